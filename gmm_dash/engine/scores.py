"""How good is a clustering, or a model: every score by its usual name.

Where a score is not defined (one cluster only, a single point, no parameters to correct for)
the answer is ``None``, never NaN and never a warning.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn import metrics

from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.deadline import check_time
from gmm_dash.engine.validate import as_points
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.engine.types import Floats, Ints

SILHOUETTE_SAMPLE = 2000
"""Points above which the silhouette is computed on a seeded random sample of this size."""

SILHOUETTE_ROWS = 96
"""Points whose distances to all others are held at a time: what the second-level cache holds."""


def n_parameters(covariance_type: CovarianceType | str, k: int, d: int) -> int:
    """Return the number of free parameters of a mixture of k components in d dimensions."""
    shape = CovarianceType(covariance_type).shape
    return shape.numbers(k, d) + k * d + (0 if shape.even else k - 1)


def aic(log_likelihood: float, parameters: int, n: int) -> float:
    """Return Akaike's criterion from the mean log-likelihood per point; lower is better."""
    return -2.0 * log_likelihood * n + 2.0 * parameters


def bic(log_likelihood: float, parameters: int, n: int) -> float:
    """Return Schwarz's criterion from the mean log-likelihood per point; lower is better."""
    return -2.0 * log_likelihood * n + parameters * float(np.log(n))


def aicc(log_likelihood: float, parameters: int, n: int) -> float | None:
    """Return AIC corrected for few points, or None when n is too small for it."""
    spare = n - parameters - 1
    if spare <= 0:
        return None
    return aic(log_likelihood, parameters, n) + 2.0 * parameters * (parameters + 1) / spare


def icl(bic_value: float, responsibilities: Floats) -> float:
    """Return BIC plus twice the entropy of the assignments; lower is better.

    Unsure assignments cost, so it counts clusters rather than components
    (Biernacki, Celeux and Govaert, 2000).
    """
    return bic_value + 2.0 * entropy(responsibilities)


def entropy(responsibilities: Floats) -> float:
    """Return the sum over points of the entropy of their (n, k) responsibilities, in nats."""
    total = 0.0
    for first in range(0, len(responsibilities), 65_536):
        part = responsibilities[first : first + 65_536]
        total -= float((part * np.log(np.maximum(part, np.finfo(float).tiny))).sum())
    return max(total, 0.0)


def silhouette(
    x: Any, labels: Any, *, sample_size: int = SILHOUETTE_SAMPLE, random_state: int = 0
) -> float | None:
    """Return the mean silhouette, from -1 to 1, or None with one cluster or all singletons.

    Above ``sample_size`` points it is estimated on a sample drawn with ``random_state``: the
    exact value needs every pair of points.
    """
    return silhouettes(x, (labels,), sample_size=sample_size, random_state=random_state)[0]


def silhouettes(
    x: Any,
    labellings: Sequence[Any],
    *,
    sample_size: int = SILHOUETTE_SAMPLE,
    random_state: int = 0,
) -> list[float | None]:
    """Return :func:`silhouette` of several labellings of the same points.

    The distances between the points, which is what takes long, are computed once for all.
    """
    points = as_points(x)
    columns = [_one_each(points, labels) for labels in labellings]
    if len(points) > sample_size:
        chosen = _sampled(len(points), sample_size, random_state)
        points, columns = points[chosen], [_codes(codes[chosen]) for codes in columns]
    defined = [i for i, codes in enumerate(columns) if _enough_clusters(codes)]
    out: list[float | None] = [None] * len(columns)
    if defined:
        members = [np.eye(int(columns[i].max()) + 1)[columns[i]] for i in defined]
        with np.errstate(all="ignore"):
            sums = _distance_sums(points - points.mean(axis=0), np.concatenate(members, axis=1))
            last = np.cumsum([member.shape[1] for member in members])
            for i, part in zip(defined, np.split(sums, last[:-1], axis=1), strict=True):
                out[i] = _defined(_mean_silhouette(part, columns[i]))
    return out


@lru_cache(maxsize=32)
def _sampled(n: int, size: int, seed: int) -> Ints:
    """Return which points scikit-learn's ``silhouette_score`` draws: for every labelling alike."""
    return np.random.RandomState(seed).permutation(n)[:size].copy()


def _distance_sums(x: Floats, member: Floats) -> Floats:
    """Return (n, c) sums of the distances of every point to those marked in an (n, c) array.

    A squared distance is one product of ``[-2 x, |x|^2, 1]`` and ``[x, 1, |x|^2]``.
    """
    square, one = np.square(x).sum(axis=1)[:, None], np.ones((len(x), 1))
    left, right = np.hstack((-2.0 * x, square, one)), np.hstack((x, one, square)).T
    out = np.empty(member.shape)
    for first in range(0, len(x), SILHOUETTE_ROWS):
        check_time()
        distance = left[first : first + SILHOUETTE_ROWS] @ right
        np.fill_diagonal(distance[:, first:], 0.0)  # of a point from itself, without rounding
        np.sqrt(np.maximum(distance, 0.0, out=distance), out=distance)
        out[first : first + SILHOUETTE_ROWS] = distance @ member
    return out


def _mean_silhouette(sums: Floats, codes: Ints) -> float:
    """Return the mean silhouette from (n, k) sums of distances to each cluster."""
    size, rows = np.bincount(codes), np.arange(len(codes))
    within = sums[rows, codes] / (size[codes] - 1)
    between = sums / size
    between[rows, codes] = np.inf
    other = between.min(axis=1)
    share = (other - within) / np.maximum(other, within)
    return float(np.where((size[codes] > 1) & ~np.isnan(share), share, 0.0).mean())


def calinski_harabasz(x: Any, labels: Any) -> float | None:
    """Return the ratio of between- to within-cluster spread, or None where undefined."""
    points, codes = _points_and_labels(x, labels)
    if not _enough_clusters(codes):
        return None
    with np.errstate(all="ignore"):
        return _defined(metrics.calinski_harabasz_score(points - points.mean(axis=0), codes))


def ari(truth: Any, labels: Any) -> float | None:
    """Return the adjusted Rand index: 1 is the same partition, 0 is chance; None when empty.

    Computed from the contingency table as ``sklearn.metrics.adjusted_rand_score`` does, without
    its checks of the labels, which take many times longer.
    """
    table = _contingency(truth, labels)
    n = int(table.sum())
    if n == 0:
        return None
    # Ordered pairs of points that share a cell, a row, a column of the table.
    cell, row, column = (
        int(np.square(counts).sum()) for counts in (table, table.sum(axis=1), table.sum(axis=0))
    )
    both, only_row, only_column = cell - n, row - cell, column - cell
    if only_row == only_column == 0:
        return 1.0
    neither = n * n - row - column + cell
    shared = (both + only_row) * (only_row + neither) + (both + only_column) * (
        only_column + neither
    )
    return 2.0 * (both * neither - only_row * only_column) / shared


def ami(truth: Any, labels: Any) -> float | None:
    """Return the adjusted mutual information: 1 is the same, 0 is chance; None when empty.

    Computed from the contingency table as ``sklearn.metrics.adjusted_mutual_info_score`` does,
    without its checks of the labels.
    """
    table = _contingency(truth, labels)
    n = int(table.sum())
    if n == 0:
        return None
    if min(table.shape) == 1:  # one cluster says nothing about the groups
        return 1.0 if table.size == 1 else 0.0
    both, rows, columns = (
        _entropy(counts / n) for counts in (table, table.sum(axis=1), table.sum(axis=0))
    )
    chance = float(metrics.cluster.expected_mutual_information(table, n))
    return _away_from_zero(rows + columns - both - chance) / _away_from_zero(
        (rows + columns) / 2 - chance
    )


def _contingency(truth: Any, labels: Any) -> Ints:
    """Return how many points have each pair of labels."""
    first, second = _same_length(truth, labels)
    shape = (int(first.max(initial=-1)) + 1, int(second.max(initial=-1)) + 1)
    counts = np.bincount(first * shape[1] + second, minlength=shape[0] * shape[1])
    return np.asarray(counts.reshape(shape))


def _entropy(shares: Floats) -> float:
    """Return the entropy of shares that sum to one, in nats."""
    some = shares[shares > 0]
    return -float((some * np.log(some)).sum())


def _away_from_zero(value: float) -> float:
    """Return a value that may be rounding about zero as at least one machine epsilon."""
    return math.copysign(max(abs(value), float(np.finfo(np.float64).eps)), value)


def _codes(labels: Any) -> Ints:
    """Return labels of any kind as integers."""
    try:
        array = np.asarray(labels)
        if array.ndim != 1:
            raise FitError("Labels must be one column.", hint="Give one label for each point.")
        if array.dtype.kind in "iu" and len(array) and _few(array):
            return _small_codes(array)
        if array.dtype.kind == "O":
            array = array.astype(str)
        return np.asarray(np.unique(array, return_inverse=True)[1])
    except (TypeError, ValueError) as error:
        raise FitError("These labels cannot be compared.", hint="Use numbers or text.") from error


def _few(array: Ints) -> bool:
    """Return whether whole numbers lie so near together that counting them is no waste."""
    return int(array.max()) - int(array.min()) <= max(len(array), 1_000)


def _small_codes(array: Ints) -> Ints:
    """Return what ``np.unique`` numbers them by, without the sort of all of them."""
    places = array.astype(np.intp, copy=False) - int(array.min())
    return np.asarray((np.cumsum(np.bincount(places) > 0) - 1)[places])


def _points_and_labels(x: Any, labels: Any) -> tuple[Floats, Ints]:
    """Return checked points and one code for each."""
    points = as_points(x)
    return points, _one_each(points, labels)


def _one_each(points: Floats, labels: Any) -> Ints:
    """Return labels as codes, one for each point."""
    codes = _codes(labels)
    if len(points) != len(codes):
        raise FitError("There must be one label for each point.", hint="Use the same rows.")
    return codes


def _same_length(truth: Any, labels: Any) -> tuple[Ints, Ints]:
    """Return two label columns as codes of equal length."""
    first, second = _codes(truth), _codes(labels)
    if len(first) != len(second):
        raise FitError("Both labellings must cover the same points.", hint="Use the same rows.")
    return first, second


def _enough_clusters(codes: Ints) -> bool:
    """Return whether there are at least two clusters and fewer clusters than points."""
    return 2 <= len(np.unique(codes)) < len(codes)


def _defined(value: float) -> float | None:
    """Return a finite value as a float, anything else as None."""
    return float(value) if np.isfinite(value) else None
