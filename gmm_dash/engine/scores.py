"""How good is a clustering, or a model: every score by its usual name.

Where a score is not defined (one cluster only, a single point, no parameters to correct for)
the answer is ``None``, never NaN and never a warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn import metrics

from gmm_dash.engine.types import CovarianceType
from gmm_dash.engine.validate import as_points
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from gmm_dash.engine.types import Floats, Ints

SILHOUETTE_SAMPLE = 2000
"""Points above which the silhouette is computed on a seeded random sample of this size."""


def n_parameters(covariance_type: CovarianceType | str, k: int, d: int) -> int:
    """Return the number of free parameters of a mixture of k components in d dimensions."""
    shape = {
        "full": k * d * (d + 1) // 2,
        "tied": d * (d + 1) // 2,
        "diag": k * d,
        "spherical": k,
    }[str(covariance_type)]
    return shape + k * d + k - 1


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
    points, codes = _points_and_labels(x, labels)
    if len(points) > sample_size:
        generator = np.random.RandomState(random_state)
        chosen = generator.permutation(len(points))[:sample_size]
        points, codes = points[chosen], codes[chosen]
    if not _enough_clusters(codes):
        return None
    with np.errstate(all="ignore"):
        return _defined(metrics.silhouette_score(points - points.mean(axis=0), codes))


def calinski_harabasz(x: Any, labels: Any) -> float | None:
    """Return the ratio of between- to within-cluster spread, or None where undefined."""
    points, codes = _points_and_labels(x, labels)
    if not _enough_clusters(codes):
        return None
    with np.errstate(all="ignore"):
        return _defined(metrics.calinski_harabasz_score(points - points.mean(axis=0), codes))


def ari(truth: Any, labels: Any) -> float | None:
    """Return the adjusted Rand index: 1 is the same partition, 0 is chance; None when empty."""
    first, second = _same_length(truth, labels)
    return _defined(metrics.adjusted_rand_score(first, second)) if len(first) else None


def ami(truth: Any, labels: Any) -> float | None:
    """Return the adjusted mutual information: 1 is the same, 0 is chance; None when empty."""
    first, second = _same_length(truth, labels)
    return _defined(metrics.adjusted_mutual_info_score(first, second)) if len(first) else None


def _codes(labels: Any) -> Ints:
    """Return labels of any kind as integers."""
    try:
        array = np.asarray(labels)
        if array.ndim != 1:
            raise FitError("Labels must be one column.", hint="Give one label for each point.")
        if array.dtype.kind == "O":
            array = array.astype(str)
        return np.asarray(np.unique(array, return_inverse=True)[1])
    except (TypeError, ValueError) as error:
        raise FitError("These labels cannot be compared.", hint="Use numbers or text.") from error


def _points_and_labels(x: Any, labels: Any) -> tuple[Floats, Ints]:
    """Return checked points and one code for each."""
    points, codes = as_points(x), _codes(labels)
    if len(points) != len(codes):
        raise FitError("There must be one label for each point.", hint="Use the same rows.")
    return points, codes


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
