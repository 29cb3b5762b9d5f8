"""Where runs of EM start: the four kinds of scikit-learn, and centres given by hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine import density, seeding
from gmm_dash.engine.columns import column_means, column_variances
from gmm_dash.engine.deadline import check_time
from gmm_dash.engine.estimates import COUNT_FLOOR, FirstTied, Moments, Start, moments_from_sums
from gmm_dash.engine.features import weighted_variance
from gmm_dash.engine.lloyd import nearest, run_lloyd
from gmm_dash.engine.random_gaussians import random_gaussians
from gmm_dash.engine.types import GIVEN, MIXED_CYCLE, RANDOM_GAUSSIANS, WHITENED, Mixture
from gmm_dash.engine.whitening import whitened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gmm_dash.engine.features import Features
    from gmm_dash.engine.types import Floats, Given, Ints

KMEANS_TOL = 1e-4
KMEANS_MAX_ITER = 300
LABELS_HELD = 1_000_000
"""Labels of all k-means starts computed at a time."""

FAR_SQUARED = 1e6
"""Squared distance from zero, in squared standard deviations, from which data count as far."""

MANY_COLUMNS = 8
"""With more columns than this, sums of products go through a matrix product for each label."""
"""What scikit-learn's mixture leaves its k-means start at."""


@dataclass(frozen=True)
class StartSpec:
    """A start by name: enough to draw it again.

    Attributes
    ----------
    kind : str
        One of ``START_KINDS``, ``"whitened"``, ``"random_gaussians"``, ``"given"``,
        ``"informed"``.
    seed : int
        scikit-learn's ``random_state``.
    n_components : int
    """

    kind: str
    seed: int
    n_components: int


def cycle_kinds(init: str, count: int) -> list[str]:
    """Return the kind of each of ``count`` restarts."""
    kinds = MIXED_CYCLE if init == "mixed" else (init,)
    return [kinds[i % len(kinds)] for i in range(count)]


def build_starts(
    features: Features,
    specs: Sequence[StartSpec],
    given: Given | None = None,
    reg_covar: float = 0.0,
) -> Iterator[Start]:
    """Yield the first estimates of each spec, in order.

    Parameters
    ----------
    features : Features
        The data.
    specs : sequence of StartSpec
        Equal specs are computed once.
    given : (k, d) or (n,) array or Mixture, optional
        For specs of kind ``"given"`` and ``"informed"``: centres, the component of each point, or
        the parameters.
    reg_covar : float
        What given parameters hold of it, as it is added to every start.
    """
    if isinstance(given, Mixture):
        yield from (start_from_mixture(features, given, reg_covar) for _ in specs)
        return
    at_once = max(1, LABELS_HELD // features.n)
    distinct = list(dict.fromkeys(specs))
    built: dict[StartSpec, Start] = {}
    for first in range(0, len(distinct), at_once):
        built.update(_build(features, distinct[first : first + at_once], given))
    for spec in specs:
        yield built[spec]


def _build(
    features: Features, specs: Sequence[StartSpec], given: Given | None
) -> dict[StartSpec, Start]:
    """Compute a handful of starts, those of one kind together."""
    labelled = [spec for spec in specs if spec.kind in ("kmeans", WHITENED, GIVEN)]
    pointed = [spec for spec in specs if spec.kind in ("k-means++", "random_from_data")]
    out: dict[StartSpec, Start] = {}
    if labelled:
        found = hard_labels(features.x, labelled, given, features.weight)
        for spec, labels in zip(labelled, found, strict=True):
            out[spec] = Start(_from_labels(features, labels, spec.n_components))
    if pointed:
        drawn = start_points(features.x, pointed, features.weight)
        for spec, points in zip(pointed, drawn, strict=True):
            out[spec] = _from_points(features, points)
    for spec in specs:
        if spec.kind == "random":
            check_time()
            out[spec] = Start(_from_responsibilities(features, spec))
        elif spec.kind == RANDOM_GAUSSIANS:
            shapes = random_gaussians(features.x, spec.n_components, spec.seed)
            out[spec] = start_from_mixture(features, shapes, 0.0)
    return out


def start_from_mixture(features: Features, mixture: Mixture, reg_covar: float) -> Start:
    """Return the start whose first E-step uses these very parameters.

    Parameters
    ----------
    features : Features
    mixture : Mixture
        ``reg_covar`` is part of its variances, and is added again when EM starts.
    reg_covar : float
    """
    own = mixture.covariances - reg_covar * np.eye(features.d)
    mean = np.ascontiguousarray((mixture.means - features.shift).T)
    return Start(Moments(mixture.weights * features.total, mean, features.packing.pack(own)))


def responsibilities_of(x: Floats, spec: StartSpec, given: Given | None = None) -> Floats:
    """Return the (n, k) responsibilities that a start's first estimates are made from.

    Parameters, given or drawn, come from none: then it is what they make of the points.
    """
    if isinstance(given, Mixture):
        return density.responsibilities(x, given)
    n, k = len(x), spec.n_components
    if spec.kind == "random":
        return seeding.random_responsibilities(n, k, spec.seed)
    out = np.zeros((n, k))
    if spec.kind in ("kmeans", WHITENED, GIVEN):
        out[np.arange(n), hard_labels(x, [spec], given)[0]] = 1.0
    else:
        out[start_points(x, [spec])[0], np.arange(k)] = 1.0
    return out


def hard_labels(
    x: Floats, specs: Sequence[StartSpec], given: Given | None = None, weight: Floats | None = None
) -> list[Ints]:
    """Return the (n,) labels that each k-means start, or start given by hand, assigns."""
    mean = column_means(x)
    z = x - mean
    found = _kmeans_labels(z, [spec for spec in specs if spec.kind == "kmeans"], weight)
    turned = [spec for spec in specs if spec.kind == WHITENED]
    if turned:
        found.update(_kmeans_labels(whitened(x), turned))
    if isinstance(given, np.ndarray) and len(found) < len(specs):
        by_hand = nearest(z, given - mean) if given.ndim > 1 else given.astype(np.intp)
        found.update({spec: by_hand for spec in specs if spec.kind == GIVEN})
    return [found[spec] for spec in specs]


def _kmeans_labels(
    z: Floats, specs: Sequence[StartSpec], weight: Floats | None = None
) -> dict[StartSpec, Ints]:
    """Return the labels of scikit-learn's k-means on centred points, for each seed."""
    picks = seeding.kmeans_plusplus(
        z, [spec.n_components for spec in specs], [spec.seed for spec in specs], weight
    )
    tol = float(weighted_variance(z, weight).mean()) * KMEANS_TOL
    first = [z[pick] for pick in picks]
    runs = run_lloyd(z, first, tol=tol, max_iter=KMEANS_MAX_ITER, weight=weight)
    return dict(zip(specs, (run.labels for run in runs), strict=True))


def start_points(x: Floats, specs: Sequence[StartSpec], weight: Floats | None = None) -> list[Ints]:
    """Return the (k,) rows of the data that each start places its components on."""
    greedy = [spec for spec in specs if spec.kind == "k-means++"]
    found: dict[StartSpec, Ints] = {}
    if greedy:
        picks = seeding.kmeans_plusplus(
            _near_zero(x),
            [spec.n_components for spec in greedy],
            [spec.seed for spec in greedy],
            weight,
        )
        found = dict(zip(greedy, picks, strict=True))
    return [
        found[spec]
        if spec in found
        else seeding.points_without_replacement(len(x), spec.n_components, spec.seed, weight)
        for spec in specs
    ]


def _near_zero(x: Floats) -> Floats:
    """Return data that lie so far from zero that squares lose digits, centred; others as is.

    scikit-learn's mixture hands k-means++ the data as they are. Close to zero the same is done
    here, so that even ties fall the same way.
    """
    mean, variance = column_means(x), column_variances(x)
    far = float(np.square(mean).sum()) > FAR_SQUARED * float(variance.sum())
    return x - mean if far else x


def _from_labels(features: Features, labels: Ints, k: int) -> Moments:
    """Return the moments of each label's points, about their own means."""
    packing, d, weight = features.packing, features.d, features.weight
    count = np.bincount(labels, weights=weight, minlength=k).astype(np.float64)
    divisor = count + COUNT_FLOOR
    totals = np.zeros((d, k))
    for rows, z in _centred_blocks(features):
        for i in range(d):
            mine = z[i] if weight is None else z[i] * weight[rows]
            totals[i] += np.bincount(labels[rows], weights=mine, minlength=k)
    mean = totals / divisor
    if not count.all():
        mean[:, count == 0] = -features.shift[:, None]
    squares = np.zeros((packing.n_rows, k))
    for rows, z in _centred_blocks(features):
        mine = labels[rows]
        deviation = z - mean.take(mine, axis=1)
        if weight is not None:  # products of two of them are then weighted once
            deviation *= np.sqrt(weight[rows])
        if d > MANY_COLUMNS and not packing.diagonal_only:
            squares += _grouped_products(deviation, mine, k)[:, packing.first, packing.second].T
            continue
        for p, (i, j) in enumerate(zip(packing.first, packing.second, strict=True)):
            squares[p] += np.bincount(mine, weights=deviation[i] * deviation[j], minlength=k)
    return Moments(divisor, mean, squares / divisor)


def _grouped_products(deviation: Floats, labels: Ints, k: int) -> Floats:
    """Return the (k, d, d) sums of outer products of each label's deviations."""
    order = np.argsort(labels, kind="stable")
    edges = np.searchsorted(labels[order], np.arange(k + 1))
    ordered = deviation[:, order]
    out = np.empty((k, len(deviation), len(deviation)))
    for c in range(k):
        part = ordered[:, edges[c] : edges[c + 1]]
        np.matmul(part, part.T, out=out[c])
    return out


def _from_points(features: Features, points: Ints) -> Start:
    """Return moments of components that hold one point each: no spread of their own."""
    k = len(points)
    mean = np.ascontiguousarray(features.x[points].T) - features.shift[:, None]
    spread = np.zeros((features.packing.n_rows, k))
    count = 1.0 + COUNT_FLOOR
    raw = np.ascontiguousarray(features.x[points].T)
    aligned = raw * raw / count - (raw / count) ** 2
    tied = cache(partial(_first_tied, features, points))  # two passes that only one type needs
    return Start(Moments(np.full(k, count), mean, spread), tied, aligned)


def _first_tied(features: Features, points: Ints) -> FirstTied:
    """Return the tied covariance scikit-learn starts from when only k points count.

    It subtracts the k chosen points from the scatter of all n about the origin of the axes and
    divides by k, so what remains is the scatter of the others about the origin: their scatter
    about their own mean, and the product of that mean with itself.
    """
    packing, k = features.packing, len(points)
    if features.weight is not None:
        return _first_tied_of_weights(features, points, features.weight)
    others = np.ones(features.n, dtype=bool)
    others[points] = False
    count = features.n - k
    if count == 0:
        return FirstTied(np.zeros(packing.n_rows), np.zeros(features.d))
    centre = np.zeros(features.d)
    for rows, z in _centred_blocks(features):
        centre += z[:, others[rows]].sum(axis=1) / count
    core = np.zeros(packing.n_rows)
    for rows, z in _centred_blocks(features):
        rest = z[:, others[rows]] - centre[:, None]
        products = (rest @ rest.T)[packing.first, packing.second]
        core += products
    return FirstTied(core / k, (centre + features.shift) * np.sqrt(count / k))


def _first_tied_of_weights(features: Features, points: Ints, weight: Floats) -> FirstTied:
    """Return the same of weighted rows: of each chosen row one point, or all there is, is off."""
    packing, k, rest = features.packing, len(points), weight.copy()
    np.subtract.at(rest, points, 1.0)
    rest = np.maximum(rest, 0.0)
    count = float(rest.sum())
    if count == 0.0:
        return FirstTied(np.zeros(packing.n_rows), np.zeros(features.d))
    centre, core = np.zeros(features.d), np.zeros(packing.n_rows)
    for rows, z in _centred_blocks(features):
        centre += z @ rest[rows] / count
    for rows, z in _centred_blocks(features):
        away = z - centre[:, None]
        core += ((away * rest[rows]) @ away.T)[packing.first, packing.second]
    return FirstTied(core / k, (centre + features.shift) * np.sqrt(count / k))


def _from_responsibilities(features: Features, spec: StartSpec) -> Moments:
    """Return the moments under random responsibilities."""
    share = seeding.random_responsibilities(features.n, spec.n_components, spec.seed)
    sums = np.zeros((spec.n_components, features.n_rows))
    for rows, _, transposed in features.blocks():
        sums += share[rows].T @ transposed
    nobody = np.zeros(spec.n_components, dtype=bool)
    return moments_from_sums(sums, features.packing, features.shift, nobody)


def _centred_blocks(features: Features) -> Iterator[tuple[slice, Floats]]:
    """Yield rows and (d, b) centred data, block by block."""
    width = max(256, 2_000_000 // features.d // 8)
    for start in range(0, features.n, width):
        rows = slice(start, min(start + width, features.n))
        yield rows, features.centred(rows)
