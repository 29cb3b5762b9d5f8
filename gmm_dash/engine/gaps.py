"""A Gaussian mixture of rows with gaps: EM with what is known of each row.

The E-step takes shares from the known values alone, and fills each gap, for each component, with
the mean and the covariance that the known values leave it (Ghahramani and Jordan, 1994, equations
11 to 13; Little and Rubin, 2019, chapter 11). So the likelihood of what is known never falls. It is
right where gaps are missing at random: whether a value is missing may hang on the known values of
its row, not on the missing one.

Rows with the same gaps share every factorisation, so they are handled together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine import scores
from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.deadline import check_time
from gmm_dash.engine.em import FELL, Settings
from gmm_dash.engine.features import Features
from gmm_dash.engine.gap_fit import GapFit
from gmm_dash.engine.health import count_distinct, diagnose, mixture_findings
from gmm_dash.engine.kmeans import fit_kmeans
from gmm_dash.engine.mixture_fit import MixtureFit
from gmm_dash.engine.solve import pick_best
from gmm_dash.engine.types import Mixture, ReadOnlyArrays
from gmm_dash.engine.validate import (
    LARGEST,
    MAX_RESTARTS,
    as_count,
    as_covariance_type,
    as_seeds,
    as_settings,
)
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gmm_dash.engine.covariances import Shape
    from gmm_dash.engine.types import Bools, Floats, Ints

_CELLS: Final = 400_000  # numbers of a block of rows that are worked on at a time
_FLOOR: Final = 10 * np.finfo(np.float64).eps  # scikit-learn's, added to every count


def fit_gaps(
    x: Any,
    n_components: int,
    *,
    covariance_type: str = CovarianceType.FULL.value,
    n_init: int = 5,
    tol: float = 1e-6,
    reg_covar: float = 1e-6,
    max_iter: int = 500,
    random_state: int = 0,
) -> GapFit:
    """Return the likeliest of ``n_init`` runs of EM on rows with gaps.

    Parameters
    ----------
    x : (n, d) array-like
        The data, NaN where there is no value.
    n_components : int
        Number of components, k.
    covariance_type : str
        One of ``CovarianceType``
    n_init : int
        Restarts. Start ``i`` is ``KMeans(k, n_init=1, random_state=random_state + i)`` of the
        rows without gaps, and the M-step of these, as with ``init_params="kmeans"``.
    tol : float
        EM stops when the mean log-likelihood of what is known changes by less.
    reg_covar : float
        Added to every variance, in squared units of the data.
    max_iter : int
    random_state : int
        Seed of the first start.

    Raises
    ------
    FitError
        When a row or column has no value at all, when too few rows are without gaps to begin
        with, or when every run ended in a singular covariance.

    Notes
    -----
    Of rows without gaps each run is ``GaussianMixture(k, init_params="kmeans", n_init=1,
    random_state=random_state + i)``.
    """
    settings, shape = as_settings(tol, reg_covar, max_iter), as_covariance_type(covariance_type)
    points = as_gapped(x)
    known = ~np.isnan(points)
    whole = known.all(axis=1)
    k = as_count(n_components, "n_components", 1, len(points))
    _refuse_few(int(whole.sum()), k)
    shift = np.nanmean(points, axis=0)
    z = points - shift
    patterns = _patterns(known)
    seeds = as_seeds(random_state, as_count(n_init, "n_init", 1, MAX_RESTARTS))
    runs = [_run(z, z[whole], k, seed, patterns, shape, settings) for seed in seeds]
    winner = pick_best([run.lower_bound for run in runs])
    run = runs[winner]
    if run.failed:
        raise FitError(
            "A component has collapsed: its covariance is not positive definite.",
            hint="Use fewer components, or raise reg_covar.",
        )
    last = _expect(z, patterns, run.mixture, np.eye(z.shape[1]))
    mixture = Mixture(run.mixture.weights, run.mixture.means + shift, run.mixture.covariances)
    return GapFit(
        mixture=mixture,
        covariance_type=shape,
        responsibilities=last.shares,
        labels=last.shares.argmax(axis=1),
        known=known,
        filled=np.where(known, points, last.filled + shift),
        spread=np.where(known, 0.0, last.spread),
        log_likelihood=last.value,
        lower_bound=run.lower_bound,
        path=np.array([*run.path, last.value]),
        log_likelihoods=np.array([_value(z, patterns, one) for one in runs]),
        n_parameters=scores.n_parameters(shape, k, points.shape[1]),
        n_iter=run.n_iter,
        converged=run.converged,
        random_state=seeds[winner],
        tol=settings.tol,
        reg_covar=settings.reg_covar,
        max_iter=settings.max_iter,
    )


@dataclass(frozen=True, eq=False)
class Expected(ReadOnlyArrays):
    """What a mixture says of rows with gaps, given their known values.

    Attributes
    ----------
    responsibilities : (n, k) array
    log_density : (n,) array
        Of the known values, in nats: of rows with other gaps it has another dimension.
    mean, spread : (n, a) arrays
        Mean and standard deviation of each row along a axes; a spread is zero where no gap matters.
    """

    responsibilities: Floats
    log_density: Floats
    mean: Floats
    spread: Floats


def expect_gaps(x: Any, mixture: Mixture, axes: Any = None) -> Expected:
    """Return what ``mixture`` says of rows with gaps.

    Parameters
    ----------
    x : (n, d) array-like
        NaN where there is no value; each row has one.
    mixture : Mixture
        In d dimensions.
    axes : (a, d) array, optional
        Directions along which rows are wanted; the columns when left out.
    """
    points = np.asarray(x, dtype=np.float64)
    ways = np.eye(mixture.n_features) if axes is None else np.asarray(axes, dtype=np.float64)
    known = ~np.isnan(points)
    found = _expect(points, _patterns(known), mixture, ways)
    spread = np.where(_matters(known, ways), found.spread, 0.0)
    return Expected(found.shares, found.log_density, found.filled, spread)


def _matters(known: Bools, axes: Floats) -> Bools:
    """Return along which axes, (n, a), rows have a gap."""
    return np.asarray((~known).astype(np.intp) @ (axes != 0).T.astype(np.intp) > 0)


def of_complete_rows(fit: GapFit) -> MixtureFit:
    """Return a fit to rows with gaps in the form of other fits; shares and labels of whole rows."""
    whole = fit.complete
    features = Features(fit.filled[whole], diagonal_only=False, reproducible=False)
    diagnosis = diagnose(fit.mixture, n=fit.n, reg_covar=fit.reg_covar, data=features.shape)
    entropy = scores.entropy(fit.responsibilities)
    rise, k = np.diff(fit.path), fit.mixture.n_components
    return MixtureFit(
        mixture=fit.mixture,
        covariance_type=fit.covariance_type,
        responsibilities=fit.responsibilities[whole],
        labels=fit.labels[whole],
        log_likelihood=fit.log_likelihood,
        lower_bound=fit.lower_bound,
        log_likelihoods=fit.log_likelihoods.copy(),
        aic=fit.aic,
        bic=fit.bic,
        icl=fit.bic + 2.0 * entropy,
        aicc=scores.aicc(fit.log_likelihood, fit.n_parameters, fit.n),
        entropy=entropy,
        n_parameters=fit.n_parameters,
        n_iter=fit.n_iter,
        converged=fit.converged,
        init="kmeans",
        random_state=fit.random_state,
        degenerate=diagnosis.degenerate,
        reason=diagnosis.reason,
        health=mixture_findings(
            diagnosis,
            Settings(fit.tol, fit.reg_covar, fit.max_iter),
            converged=fit.converged,
            fell=bool((rise < -FELL * (1.0 + np.abs(fit.path[1:]))).any()),
            k=k,
            distinct=count_distinct(features.x, k),
            narrowest=features.narrowest,
        ),
        tol=fit.tol,
        reg_covar=fit.reg_covar,
        max_iter=fit.max_iter,
        start=None,
        _retrace=_untraced,
        gapped=fit,
    )


def _untraced() -> Any:
    raise FitError("This run was not recorded.", hint="Leave out the rows with gaps.")


def as_gapped(x: Any) -> Floats:
    """Return ``x`` as an (n, d) array of doubles with NaN for gaps.

    Raises
    ------
    FitError
        When it is no table of such numbers, or a row or a column has none.
    """
    try:
        points = np.array(x, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise FitError("The data must be numbers.", hint="Choose columns of numbers.") from error
    if points.ndim != 2 or len(points) < 2 or points.shape[1] < 1:
        raise FitError(
            "The data must be a table of at least two rows.", hint="Put one point in each row."
        )
    known = ~np.isnan(points)
    if not known.any(axis=0).all():
        column = int((~known.any(axis=0)).argmax()) + 1
        raise FitError(f"Column {column} has no value in any row.", hint="Leave out that column.")
    if not known.any(axis=1).all():
        raise FitError("A row has no value at all.", hint="Leave out the rows without any value.")
    if not (np.abs(points[known]) <= LARGEST).all():
        raise FitError(
            f"The data have infinite values or such beyond {LARGEST:g}.",
            hint="Leave out those rows, or divide the column by a large number.",
        )
    return points


def _refuse_few(complete: int, k: int) -> None:
    fewest = max(2, k)
    if complete < fewest:
        raise FitError(
            f"Only {complete:,} row{'s' * (complete != 1)} without gaps: k-means, where this fit "
            f"starts, needs at least {fewest:,} for K = {k}.",
            hint="Lower K, or leave out the columns with many gaps.",
        )


@dataclass(frozen=True)
class _Pattern:
    """Rows with the same gaps.

    Attributes
    ----------
    rows : (m,) array of int
    seen, gone : arrays of int
        Columns that these rows have, and lack.
    """

    rows: Ints
    seen: Ints
    gone: Ints


def _patterns(known: Bools) -> list[_Pattern]:
    kinds, inverse = np.unique(known, axis=0, return_inverse=True)
    order = np.argsort(inverse.ravel(), kind="stable")
    edges = np.cumsum(np.bincount(inverse.ravel()))[:-1]
    return [
        _Pattern(rows, np.flatnonzero(kind), np.flatnonzero(~kind))
        for rows, kind in zip(np.split(order, edges), kinds, strict=True)
    ]


@dataclass
class _Expected:
    """What an E-step has found.

    Attributes
    ----------
    log_density : (n,) array
        Of what is known of each row.
    count : (k,) array
        Sums of shares.
    moved : (k, d) array
        Sums of the rows, filled for each component and by its shares, about its mean.
    scatter : (k, d, d) array
        Sums of their products about it, with the covariances that the gaps leave.
    shares : (n, k) array
    filled, spread : (n, a) arrays
        What is expected of each row along the axes that were asked for, and its deviation.
    """

    log_density: Floats
    count: Floats
    moved: Floats
    scatter: Floats
    shares: Floats
    filled: Floats
    spread: Floats

    @property
    def value(self) -> float:
        """Log-likelihood of what is known, mean per row."""
        return float(self.log_density.mean())


def _expect(
    z: Floats, patterns: list[_Pattern], mixture: Mixture, axes: Floats | None = None
) -> _Expected:
    """Return the expected sums of all rows; ``LinAlgError`` where a covariance is singular."""
    (n, d), k, wanted = z.shape, mixture.n_components, 0 if axes is None else len(axes)
    out = _Expected(
        np.empty(n), np.zeros(k), np.zeros((k, d)), np.zeros((k, d, d)), np.empty((n, k)),
        np.empty((n, wanted)), np.empty((n, wanted)),
    )  # fmt: skip
    for pattern in patterns:
        _expect_alike(z, pattern, mixture, out, axes)
    return out


def _expect_alike(
    z: Floats, pattern: _Pattern, mixture: Mixture, out: _Expected, axes: Floats | None
) -> None:
    """Add the rows of one pattern to ``out``."""
    seen, gone, covariances = pattern.seen, pattern.gone, mixture.covariances
    within = covariances[:, seen[:, None], seen]
    factor = np.linalg.cholesky(within)
    slopes = np.linalg.solve(within, covariances[:, seen[:, None], gone]).swapaxes(1, 2)
    left = covariances[:, gone[:, None], gone] - slopes @ covariances[:, seen[:, None], gone]
    log_det = 2.0 * np.log(np.diagonal(factor, axis1=1, axis2=2)).sum(axis=1)
    with np.errstate(divide="ignore"):
        constant = np.log(mixture.weights) - 0.5 * (log_det + len(seen) * np.log(2.0 * np.pi))
    for rows in _blocks(pattern.rows, mixture.means.size):
        check_time()
        about = np.empty((mixture.n_components, z.shape[1], len(rows)))  # of the means, filled
        known = z[rows[:, None], seen].T - mixture.means[:, seen, None]
        about[:, seen], about[:, gone] = known, slopes @ known
        joint = constant[:, None] - 0.5 * np.square(np.linalg.solve(factor, known)).sum(axis=1)
        top = joint.max(axis=0)
        shares = np.exp(joint - top)
        sums = shares.sum(axis=0)
        shares /= sums
        out.log_density[rows] = top + np.log(sums)
        weighted = about * shares[:, None]
        count = shares.sum(axis=1)
        out.shares[rows] = shares.T
        out.count += count
        out.moved += weighted.sum(axis=2)
        out.scatter += weighted @ about.swapaxes(1, 2)
        out.scatter[:, gone[:, None], gone] += count[:, None, None] * left
        if axes is not None:
            both = np.hstack((axes, axes[:, gone]))
            _fill(rows, shares, mixture.means[:, :, None] + about, left, both, out)


def _fill(
    rows: Ints, shares: Floats, means: Floats, left: Floats, axes: Floats, out: _Expected
) -> None:
    """Put in what is expected of rows along some axes: means and deviations of all components.

    Means, (k, d, m), are those of filled rows, and ``left``, (k, g, g), what the gaps leave, of
    which ``axes``, (a, d), want the last g columns of ``(a, d + g)``.
    """
    d = means.shape[1]
    along = axes[:, :d] @ means
    mean = (along * shares[:, None]).sum(axis=0)
    own = np.einsum("ag,kgh,ah->ka", axes[:, d:], left, axes[:, d:])
    variance = ((np.square(along - mean) + own[:, :, None]) * shares[:, None]).sum(axis=0)
    out.filled[rows] = mean.T
    out.spread[rows] = np.sqrt(np.maximum(variance, 0.0)).T


def _blocks(rows: Ints, cells: int) -> Iterator[Ints]:
    size = max(1, _CELLS // cells)
    for first in range(0, len(rows), size):
        yield rows[first : first + size]


def _maximise(expected: _Expected, means: Floats, shape: Shape, reg_covar: float) -> Mixture:
    """Return the parameters that the expected sums about some means lead to."""
    count = expected.count + _FLOOR
    step = expected.moved / count[:, None]
    own = expected.scatter / count[:, None, None] - step[:, :, None] * step[:, None, :]
    k, d = means.shape
    if shape.pooled:
        own = np.repeat(np.average(own, axis=0, weights=count)[None], k, axis=0)
    if shape.aligned:
        variances = np.diagonal(own, axis1=1, axis2=2)
        if shape.round:
            variances = np.repeat(variances.mean(axis=1)[:, None], d, axis=1)
        own = variances[:, :, None] * np.eye(d)
    weights = np.full(k, 1.0 / k) if shape.even else count / count.sum()
    return Mixture(weights, means + step, own + reg_covar * np.eye(d))


def _start(z: Floats, k: int, seed: int, shape: Shape, reg_covar: float) -> Mixture:
    """Return the first parameters: the M-step of k-means' clusters of rows without gaps."""
    labels = fit_kmeans(z, k, n_init=1, random_state=seed).labels
    shares = np.eye(k)[labels]
    count = shares.sum(axis=0)
    means = (shares.T @ z) / (count + _FLOOR)[:, None]
    about = z - means[labels]
    scatter = np.stack([about[labels == j].T @ about[labels == j] for j in range(k)])
    nothing = np.empty((0, z.shape[1]))
    sums = _Expected(nothing[:, 0], count, np.zeros_like(means), scatter, shares, nothing, nothing)
    return _maximise(sums, means, shape, reg_covar)


@dataclass(frozen=True)
class _Run:
    mixture: Mixture
    path: list[float]
    n_iter: int
    converged: bool
    failed: bool

    @property
    def lower_bound(self) -> float:
        return -np.inf if self.failed else self.path[-1]


def _run(
    z: Floats,
    whole: Floats,
    k: int,
    seed: int,
    patterns: list[_Pattern],
    kind: CovarianceType,
    settings: Settings,
) -> _Run:
    """Return where EM leads from one start; it stops when scikit-learn would."""
    mixture = _start(whole, k, seed, kind.shape, settings.reg_covar)
    path: list[float] = []
    converged = False
    try:
        while not converged and len(path) < settings.max_iter:
            expected = _expect(z, patterns, mixture)
            mixture = _maximise(expected, mixture.means, kind.shape, settings.reg_covar)
            converged = bool(path) and abs(expected.value - path[-1]) < settings.tol
            path.append(expected.value)
        np.linalg.cholesky(mixture.covariances)
    except np.linalg.LinAlgError:
        return _Run(mixture, path, len(path), converged=False, failed=True)
    return _Run(mixture, path, len(path), converged=converged, failed=False)


def _value(z: Floats, patterns: list[_Pattern], run: _Run) -> float:
    return -np.inf if run.failed else _expect(z, patterns, run.mixture).value
