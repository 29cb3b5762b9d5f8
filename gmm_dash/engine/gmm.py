"""Fit a Gaussian mixture: the best of several starts, each one exactly a scikit-learn fit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.informed import Climb
from gmm_dash.engine.mixture_fit import MixtureFit, best_fit
from gmm_dash.engine.solve import Job
from gmm_dash.engine.starts import StartSpec, cycle_kinds
from gmm_dash.engine.types import (
    GIVEN,
    INFORMED,
    MIXED_CYCLE,
    RANDOM_GAUSSIANS,
    START_KINDS,
    WHITENED,
)
from gmm_dash.engine.validate import (
    MAX_RESTARTS,
    as_choice,
    as_components,
    as_count,
    as_covariance_type,
    as_points,
    as_seeds,
    as_settings,
)
from gmm_dash.engine.weights import as_weighting
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.engine.em import Settings
    from gmm_dash.engine.levels import Level
    from gmm_dash.engine.types import Floats

DRAWN_INITS = (*START_KINDS, WHITENED, RANDOM_GAUSSIANS, "mixed")
"""Kinds of start that only look at the points."""

WEIGHTED_INITS = (*MIXED_CYCLE, "mixed")
"""Kinds of start that are drawn by the weights of rows, as from copies of these."""


def weighted_init(init: str) -> str:
    """Return the kind of start of a mixture of weighted rows: mixed, where it knows none such."""
    return init if init in WEIGHTED_INITS else "mixed"


def fit_gmm(  # noqa: PLR0913  (settings are keywords with defaults)
    x: Any,
    n_components: int,
    *,
    covariance_type: str = "full",
    init: Any = "mixed",
    n_init: int = 5,
    tol: float = 1e-6,
    reg_covar: float = 1e-6,
    max_iter: int = 500,
    random_state: int = 0,
    sample_weight: Any = None,
) -> MixtureFit:
    """Return the best of ``n_init`` runs of EM.

    Parameters
    ----------
    x : (n, d) array-like
        The data. Kept by reference for the trace: do not change it afterwards.
    n_components : int
        Number of components, k.
    covariance_type : {"full", "tied", "diag", "spherical", "equal"}
        scikit-learn's, and ``"equal"``: circles of one size with equal weights.
    init : str or (k, d) array
        A kind of start as in ``GaussianMixture(init_params=...)``; ``"mixed"`` cycles through
        kmeans, k-means++ and random_from_data; ``"whitened"`` is k-means on whitened data,
        blind to units and to a slant that all groups share; ``"random_gaussians"`` draws means and
        covariances, so that the first E-step is soft; ``"informed"`` improves on mixed
        ones with starts made from fits of neighbouring sizes and contained types, as
        :func:`select_models` does; or centres to start from (see Notes).
    n_init : int
        Restarts; ignored when centres are given.
    tol : float
        EM stops when the mean log-likelihood changes by less.
    reg_covar : float
        Added to every variance, in squared units of the data.
    max_iter : int
    random_state : int
        Seed of the first restart.
    sample_weight : (n,) array-like, optional
        How many times each row counts, greater than zero; from drawn starts of
        ``WEIGHTED_INITS``, or given centres.

    Raises
    ------
    FitError
        When the data or a setting cannot be used, or every restart ended in a singular
        covariance.

    Notes
    -----
    Restart ``i`` with kind ``s`` is ``GaussianMixture(k, init_params=s, random_state=
    random_state + i, n_init=1, ...).fit(x)``. The one of highest ``lower_bound_`` wins, the
    first of equals. For ``"equal"`` the start is scikit-learn's, and the rest EM as in ``plain``.

    ``"informed"`` climbs from one component to k in all four types, and takes the best sound
    mixture: mostly the run from parameters made of neighbours (``start``), which is one
    ``GaussianMixture(weights_init=..., means_init=..., precisions_init=...)``, else a drawn start.

    ``"whitened"`` labels the points by ``KMeans(k, n_init=1, random_state=random_state + i)`` on
    standardised data after ``PCA(whiten=True)``; the first M-step follows, as from given labels,
    and ``start`` holds what it gives.

    ``"random_gaussians"`` is ``GaussianMixture(weights_init=..., means_init=...,
    precisions_init=...)`` with ``start``, the drawn Gaussians held to the covariance type.

    Given centres assign every point to the nearest one, and the first M-step follows. For
    centres that are already the means of their points this is ``GaussianMixture(means_init=
    centres, weights_init=shares, precisions_init=inverse covariances of the groups)``;
    scikit-learn has no shorter form.

    ``sample_weight`` scikit-learn's mixture does not have. Whole numbers count: the fit is that of
    ``np.repeat(x, sample_weight, axis=0)``, from the same starts. Others are scaled to mean 1, and
    the criteria, for which points have to be counted, are NaN.
    """
    settings = as_settings(tol, reg_covar, max_iter)
    points = as_points(x, minimum=2)
    shape = as_covariance_type(covariance_type)
    k = as_components(n_components, len(points), "n_components")
    if sample_weight is not None and isinstance(init, str):
        as_choice(init, "init", WEIGHTED_INITS)
    if isinstance(init, str) and init == INFORMED and shape.shape.ours:
        init = "mixed"  # no neighbour knows a start that keeps the weights equal
    if isinstance(init, str) and init == INFORMED:
        usual = usual_starts("mixed", n_init, random_state)
        *_, level = Climb(points, usual, settings).levels(k)
        return fit_informed(points, shape, level, usual, settings)
    specs, given = _specs(points, k, init, n_init, random_state)
    weighting = None if sample_weight is None else as_weighting(sample_weight, len(points))
    return best_fit(points, [Job(spec, shape) for spec in specs], settings, given, weighting)


def fit_informed(
    points: Floats,
    covariance_type: CovarianceType,
    level: Level,
    usual: Sequence[tuple[str, int]],
    settings: Settings,
) -> MixtureFit:
    """Return the best mixture of one type that a climb knows at a level.

    Where it knows no sound one, the best of the ``usual`` starts.
    """
    found, k = level.of(covariance_type), level.n_components
    if found is None:
        jobs = [Job(StartSpec(kind, seed, k), covariance_type) for kind, seed in usual]
        return best_fit(points, jobs, settings, None)
    spec = StartSpec(found.init, found.random_state, k)
    own = replace(settings, max_iter=found.max_iter)
    fit = best_fit(points, [Job(spec, covariance_type)], own, found.start)
    return replace(fit, move=found.move)


def usual_starts(init: Any, n_init: Any, random_state: Any) -> list[tuple[str, int]]:
    """Return kind and seed of each drawn start."""
    kind = as_choice(init, "init", DRAWN_INITS)
    count = as_count(n_init, "n_init", 1, MAX_RESTARTS)
    return list(zip(cycle_kinds(kind, count), as_seeds(random_state, count), strict=True))


def _specs(
    x: Floats, k: int, init: Any, n_init: Any, random_state: Any
) -> tuple[list[StartSpec], Floats | None]:
    """Return the starts to run, and the centres when they were given."""
    if not isinstance(init, str):
        given = as_centers(init, k, x.shape[1])
        return [StartSpec(GIVEN, as_seeds(random_state, 1)[0], k)], given
    as_choice(init, "init", (*DRAWN_INITS, INFORMED))
    return [StartSpec(s, seed, k) for s, seed in usual_starts(init, n_init, random_state)], None


def as_centers(init: Any, k: int, d: int) -> Floats:
    """Return given centres as a checked (k, d) array."""
    centers = as_points(init, what="The start centres")
    if centers.shape != (k, d):
        raise FitError(
            f"The start centres must be {k} x {d} numbers, not {centers.shape}.",
            hint="Give one row for each component and one column for each feature.",
        )
    return centers
