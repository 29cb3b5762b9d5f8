"""A Gaussian mixture with a uniform background: what belongs to no group has a place of its own.

A share ``b`` of the points is spread evenly over a box of volume ``V``, the data's own, and the
rest follows a mixture: in the box ``p(x) = b / V + (1 - b) sum_j w_j N(x | m_j, S_j)`` (Banfield
and Raftery, 1993; Fraley and Raftery, 2002; mclust's ``noise``). EM needs one more responsibility
for each point, that of the background; its density is the same everywhere, so all that is
estimated of it is its share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from sklearn.neighbors import NearestNeighbors

from gmm_dash.engine import density, plain, scores
from gmm_dash.engine.background_fit import BACKGROUND, BackgroundFit, scaled
from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.deadline import check_time
from gmm_dash.engine.estimates import COUNT_FLOOR
from gmm_dash.engine.flatness import DataShape
from gmm_dash.engine.gmm import as_centers
from gmm_dash.engine.health import diagnose
from gmm_dash.engine.lloyd import nearest
from gmm_dash.engine.starts import StartSpec, cycle_kinds, hard_labels, start_points
from gmm_dash.engine.types import GIVEN, MIXED_CYCLE, Mixture
from gmm_dash.engine.uniform import Uniform
from gmm_dash.engine.validate import (
    MAX_RESTARTS,
    as_choice,
    as_components,
    as_count,
    as_covariance_type,
    as_nonnegative,
    as_points,
    as_seeds,
    as_settings,
)
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gmm_dash.engine.em import Settings
    from gmm_dash.engine.types import Floats, Ints

BACKGROUND_INITS: Final = (*MIXED_CYCLE, "mixed")
"""Kinds of start: which centres every point is first given to the nearest of."""

LEFT_OUT: Final = (0.0, 0.25, 0.5)
"""Each start is tried with all points, and without so many of the loneliest. The first
covariances of groups among much background are otherwise so wide that they keep it."""

_FIRST_SHARE: Final = 0.05  # where no point is left out; zero would stay zero for ever
_NEIGHBOURS: Final = 10  # lonely is who is far from the tenth neighbour
_SHAPES: Final = {
    CovarianceType.FULL: plain.full,
    CovarianceType.TIED: plain.tied,
    CovarianceType.DIAG: plain.diag,
    CovarianceType.SPHERICAL: plain.spherical,
    CovarianceType.EQUAL: plain.equal,
}


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
    problem = _Problem(points, data_box(points), kind, held, settings)
    runs = [
        run
        for begin in _begins(points, k, init, n_init, random_state)
        if (run := problem.run(begin)) is not None
    ]
    if not runs:
        raise FitError(
            "A component has collapsed: its covariance is not positive definite.",
            hint="Use fewer components, or raise reg_covar.",
        )
    return max(runs, key=lambda run: (run.sound, run.log_likelihood))


def data_box(x: Any) -> Floats:
    """Return the (2, d) lowest and highest values of the columns of (n, d) points.

    Raises
    ------
    FitError
        When a column is constant: then the box has no volume, and no density.
    """
    points = as_points(x)
    box = np.stack((points.min(axis=0), points.max(axis=0)))
    if not (box[1] > box[0]).all():
        raise FitError(
            "A uniform background needs a box: a column of the data has one value only.",
            hint="Leave that column out.",
        )
    return box


class _Begin(NamedTuple):
    """Where a run begins: some rows, the component of each, and the name of the start."""

    rows: Ints
    labels: Ints
    n_components: int
    left_out: float
    init: str
    seed: int


class _Guess(NamedTuple):
    """Parameters on the way: a mixture whose weights sum to one, and the background's share."""

    mixture: Mixture
    share: float


class _Expected(NamedTuple):
    """Responsibilities of the components (n, k) and of the background (n,); log p(x) (n,)."""

    components: Floats
    background: Floats
    log_density: Floats


class _Problem:
    """EM on some points, from any start."""

    def __init__(
        self,
        points: Floats,
        box: Floats,
        kind: CovarianceType,
        held: float | None,
        settings: Settings,
    ) -> None:
        self.box, self.kind, self.held, self.settings = box, kind, held, settings
        self.shift = points.mean(axis=0)
        self.z = points - self.shift

    def run(self, begin: _Begin) -> BackgroundFit | None:
        """Return where EM ends; None where a covariance became singular on the way."""
        try:
            return self._climb(begin)
        except FitError:
            return None

    def _climb(self, begin: _Begin) -> BackgroundFit:
        hard = np.eye(begin.n_components)[begin.labels]
        first = _FIRST_SHARE if begin.left_out == 0.0 else begin.left_out
        guess = self._guess(self.z[begin.rows], hard, first)
        values: list[float] = []
        converged = False
        while len(values) < self.settings.max_iter and not converged:
            check_time()
            expected = self._expect(guess)
            values.append(float(expected.log_density.mean()))
            guess = self._guess(self.z, expected.components, float(expected.background.mean()))
            converged = len(values) > 1 and abs(values[-1] - values[-2]) < self.settings.tol
        return self._described(begin, guess, np.array(values), converged=converged)

    def _expect(self, guess: _Guess) -> _Expected:
        """Return what every point makes of the components and of the background."""
        joint = density.log_joint(self.z, scaled(guess.mixture, guess.share))
        even = Uniform(guess.share, self.box).log_level
        top = np.maximum(joint.max(axis=1), even)
        joint -= top[:, None]
        np.exp(joint, out=joint)
        behind = np.exp(even - top)
        total = joint.sum(axis=1) + behind
        joint /= total[:, None]
        return _Expected(joint, behind / total, np.log(total) + top)

    def _guess(self, z: Floats, shares: Floats, background: float) -> _Guess:
        """Return the parameters that fit some (n, k) responsibilities best: the M-step."""
        counts = shares.sum(axis=0) + COUNT_FLOOR
        means = shares.T @ z / counts[:, None]
        own = np.empty((len(counts), z.shape[1], z.shape[1]))
        for j, mean in enumerate(means):
            away = z - mean
            own[j] = (shares[:, j, None] * away).T @ away / counts[j]
        sizes = counts / counts.sum()
        covariances = _SHAPES[self.kind](own, sizes)
        covariances = covariances + self.settings.reg_covar * np.eye(z.shape[1])
        weights = np.full_like(sizes, 1.0 / len(sizes)) if self.kind.shape.even else sizes
        share = background if self.held is None else self.held
        return _Guess(Mixture(weights, means, covariances), share)

    def _described(
        self, begin: _Begin, guess: _Guess, values: Floats, *, converged: bool
    ) -> BackgroundFit:
        """Return everything there is to know about a run that has ended."""
        expected = self._expect(guess)
        (n, k), d = expected.components.shape, self.z.shape[1]
        value = float(expected.log_density.mean())
        free = scores.n_parameters(self.kind, k, d) + (self.held is None) + (self.held != 0.0)
        bic = scores.bic(value, free, n)
        every = np.column_stack((expected.components, expected.background))
        best = every.argmax(axis=1)
        found = guess.mixture
        mixture = Mixture(found.weights, found.means + self.shift, found.covariances)
        spread = DataShape.of(self.z.T @ self.z / n)
        floor = self.settings.reg_covar
        degenerate = diagnose(
            scaled(guess.mixture, guess.share), n=n, reg_covar=floor, data=spread
        ).degenerate
        return BackgroundFit(
            mixture=mixture,
            share=guess.share,
            box=self.box,
            covariance_type=self.kind,
            responsibilities=expected.components,
            background=expected.background,
            labels=np.where(best == k, BACKGROUND, best),
            log_likelihood=value,
            log_likelihoods=values,
            aic=scores.aic(value, free, n),
            bic=bic,
            icl=scores.icl(bic, every),
            n_parameters=free,
            n_iter=len(values),
            converged=converged,
            init=begin.init,
            random_state=begin.seed,
            left_out=begin.left_out,
            sound=not degenerate.any(),
        )


def _begins(x: Floats, k: int, init: Any, n_init: Any, random_state: Any) -> Iterator[_Begin]:
    """Yield where each run begins: every start with each amount of lonely points left out."""
    if isinstance(init, str):
        as_choice(init, "init", BACKGROUND_INITS)
        count = as_count(n_init, "n_init", 1, MAX_RESTARTS)
        kinds = cycle_kinds(init, count)
        specs = [
            StartSpec(kind, seed, k)
            for kind, seed in zip(kinds, as_seeds(random_state, count), strict=True)
        ]
        given = None
    else:
        specs = [StartSpec(GIVEN, as_seeds(random_state, 1)[0], k)]
        given = as_centers(init, k, x.shape[1])
    order = np.argsort(_loneliness(x), kind="stable")
    for left_out in LEFT_OUT:
        kept = max(k, len(x) - int(left_out * len(x)))
        rows = np.sort(order[:kept])
        for spec in specs:
            labels = _first_labels(x[rows], spec, given)
            yield _Begin(rows, labels, k, left_out, spec.kind, spec.seed)


def _first_labels(x: Floats, spec: StartSpec, given: Floats | None) -> Ints:
    """Return the (n,) component that a start gives each point to."""
    if spec.kind in ("kmeans", GIVEN):
        return hard_labels(x, [spec], given)[0]
    centre = x.mean(axis=0)
    return nearest(x - centre, x[start_points(x, [spec])[0]] - centre)


def _loneliness(x: Floats) -> Floats:
    """Return the (n,) distances to the tenth neighbour, in a box of equal sides.

    Byers and Raftery (1998) tell features from clutter by such distances; here they only make
    starts.
    """
    low, high = data_box(x)
    places = (x - low) / (high - low)
    count = min(_NEIGHBOURS, len(x) - 1)
    found, _ = NearestNeighbors(n_neighbors=count).fit(places).kneighbors()
    return np.asarray(found[:, -1])


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
