"""A Gaussian mixture with a uniform background: what belongs to no group has a place of its own.

A share ``b`` of the points is spread evenly over a box of volume ``V``, the data's own, and the
rest follows a mixture: in the box ``p(x) = b / V + (1 - b) sum_j w_j N(x | m_j, S_j)`` (Banfield
and Raftery, 1993; Fraley and Raftery, 2002; mclust's ``noise``). EM needs one more responsibility
for each point, that of the background; its density is the same everywhere, so all that is
estimated of it is its share.
"""

from __future__ import annotations

from typing import Any

from gmm_dash.engine.background_fit import BackgroundFit
from gmm_dash.engine.background_race import best_first
from gmm_dash.engine.background_runs import BackgroundProblem
from gmm_dash.engine.background_starts import begins
from gmm_dash.engine.uniform import data_box
from gmm_dash.engine.validate import (
    as_components,
    as_covariance_type,
    as_nonnegative,
    as_points,
    as_settings,
)
from gmm_dash.errors import FitError


def fit_background(  # noqa: PLR0913  (settings are keywords with defaults)
    x: Any,
    n_components: int,
    *,
    share: float | None = None,
    covariance_type: str = "full",
    init: Any = "mixed",
    n_init: int = 5,
    tol: float = 1e-6,
    reg_covar: float = 1e-6,
    max_iter: int = 500,
    random_state: int = 0,
) -> BackgroundFit:
    """Return the best of several runs of EM for a mixture with a uniform background.

    Parameters
    ----------
    x : (n, d) array-like
        The data; no column may be constant, as their box would have no volume.
    n_components : int
        Number of Gaussian components, k; the background is not among them.
    share : float, optional
        Of the background, from 0 to less than 1, held; estimated when left out.
    covariance_type : {"full", "tied", "diag", "spherical", "equal"}
        With ``"equal"`` the components share equally what is not background.
    init : {"mixed", "kmeans", "k-means++", "random_from_data"} or (k, d) array
        Which centres to start from; ``"mixed"`` cycles through the three. Every point belongs to
        the nearest one, and the first M-step follows.
    n_init : int
        Starts, each with every amount of ``LEFT_OUT``; with centres given, one.
    tol : float
        EM stops when the mean log-likelihood changes by less.
    reg_covar : float
        Added to every variance, in squared units of the data.
    max_iter : int
    random_state : int
        Seed of the first start.

    Returns
    -------
    BackgroundFit
        Of greatest log-likelihood among the sound ones; where none is sound, among all.

    Raises
    ------
    FitError
        When the data or a setting cannot be used, or every run ended in a singular covariance.

    Notes
    -----
    With ``share=0`` this is the EM of ``GaussianMixture`` from the same first responsibilities.

    BIC is no test of whether there is a background at all: the box reaches as far as the farthest
    points, so a small share of it describes the tails of plain Gaussian samples, too. Of one
    hundred points from one Gaussian in the plane BIC prefers a background about every second time,
    of five hundred about one time in ten.
    """
    settings = as_settings(tol, reg_covar, max_iter)
    points = as_points(x, minimum=2)
    kind = as_covariance_type(covariance_type)
    k = as_components(n_components, len(points), "n_components")
    held = _as_share(share)
    box = data_box(points)
    problem = BackgroundProblem(points, box, kind, held, settings)
    starts = list(begins(points, k, init, n_init, random_state))
    if held is None:
        ranked = (problem.run(begin) for begin in best_first(points, box, kind, starts, settings))
        best = next((run for run in ranked if run is not None), None)
    else:
        runs = [run for begin in starts if (run := problem.run(begin)) is not None]
        best = max(runs, key=lambda run: (run.sound, run.log_likelihood), default=None)
    if best is None:
        raise FitError(
            "A component has collapsed: its covariance is not positive definite.",
            hint="Use fewer components, or raise reg_covar.",
        )
    return best


def _as_share(share: Any) -> float | None:
    """Return the share that is held, None where it is estimated."""
    if share is None:
        return None
    held = as_nonnegative(share, "share")
    if held >= 1.0:
        raise FitError(
            f"share must be less than 1, not {share!r}.",
            hint="Leave some of the points to the components.",
        )
    return held
