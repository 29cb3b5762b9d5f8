"""The sentence over the Compare view: what to notice in this very result.

Rules are tried in order and the first that holds speaks; each one is a function that
returns a sentence or None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.explain.numbers import MINUS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from gmm_dash.results import Comparison, Shapes

_CLEAR = 0.1  # a difference in ARI that an eye can see
_GOOD = 0.9
_MANY_UNSURE = 0.15  # the share of points that are no clear case where groups run together
_SURE = 0.8
_LONG = 2.5  # ratio of the axes of an ellipse that nobody calls round


def notice(result: Comparison) -> str:
    """Return one or two sentences on what this comparison shows."""
    warnings = [finding.student for finding in result.gmm_fit.health[:1]]
    sentence = next(s for rule in _RULES if (s := rule(result)))
    return " ".join([sentence, *warnings])


def shapes_notice(result: Shapes) -> str:
    """Return which covariance type these data speak for, by BIC."""
    usable = [fit for fit in result.fits if not fit.degenerate.any()]
    if not usable:
        return (
            "All four shapes have collapsed onto a few points; their scores mean nothing. Lower K."
        )
    best = min(usable, key=lambda fit: fit.bic)
    full = result.fits[0]
    saved = full.n_parameters - best.n_parameters
    if best is full:
        return (
            f"BIC prefers full covariances ({best.bic:,.0f}): the groups differ in shape or "
            f"slant, and that is worth {full.n_parameters} parameters."
        )
    return (
        f"BIC prefers {best.covariance_type} ({best.bic:,.0f} against {full.bic:,.0f} for full): "
        f"it describes these points with {saved} parameters fewer."
    )


def _single(result: Comparison) -> str | None:
    if len(result.gmm.order) > 1:
        return None
    return (
        "With K = 1 k-means is one centre and the mixture one Gaussian: the mean and the "
        "covariance of all points. Raise K to split the data."
    )


def _mixture_wins(result: Comparison) -> str | None:
    kmeans, gmm = result.kmeans.ari, result.gmm.ari
    if kmeans is None or gmm is None or gmm - kmeans < _CLEAR:
        return None
    return (
        f"{_why_kmeans_fails(result)} {_moved(result)} Against the true groups the mixture "
        f"scores {_score(gmm)}, k-means {_score(kmeans)}."
    )


def _kmeans_wins(result: Comparison) -> str | None:
    kmeans, gmm = result.kmeans.ari, result.gmm.ari
    if kmeans is None or gmm is None or kmeans - gmm < _CLEAR:
        return None
    return (
        f"Here k-means is nearer to the true groups ({_score(kmeans)} against {_score(gmm)}): "
        f"a more flexible model is not always a better one. {_moved(result)} "
        f"Try another covariance type or more restarts."
    )


def _both_fail(result: Comparison) -> str | None:
    kmeans, gmm = result.kmeans.ari, result.gmm.ari
    if kmeans is None or gmm is None or max(kmeans, gmm) >= 0.6:
        return None
    k = len(result.gmm.order)
    groups = len(np.unique(result.points.labels)) if result.points.labels is not None else 0
    if groups == 1:
        return (
            f"There is only one group in these data, yet both methods report {k} clusters: "
            "they always find as many as you ask for."
        )
    if k > groups:
        return (
            f"{k} components for {groups} groups: the mixture now describes where the points "
            "lie, not which group they belong to. A component is not a cluster."
        )
    return (
        f"Neither method finds the true groups (k-means {_score(kmeans)}, "
        f"mixture {_score(gmm)}): "
        "they are not made of ellipses."
    )


def _same(result: Comparison) -> str | None:
    if result.moved or result.points.n == 0:
        return None
    return (
        "Both methods draw the same clusters: round, separate groups are the case k-means "
        f"was made for.{_unsure(result)}"
    )


def _nearly_same(result: Comparison) -> str | None:
    if result.agreement < _GOOD:
        return None
    return f"The two nearly agree. {_moved(result)}{_unsure(result)}"


def _no_gaps(result: Comparison) -> str | None:
    unsure = _count_unsure(result)
    if result.kmeans.truth is not None or unsure < _MANY_UNSURE * result.points.n:
        return None
    return (
        f"{_moved(result)} The mixture is less than 80 % sure of {unsure:,}, drawn small: where "
        'no gap parts two clusters, ask "How many?" before believing them.'
    )


def _differ(result: Comparison) -> str:
    return f"{_why_kmeans_fails(result)} {_moved(result)}{_unsure(result)}"


def _score(value: float) -> str:
    """Return a score with two decimals, and never minus nothing."""
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", MINUS)


def _moved(result: Comparison) -> str:
    share = f"{result.moved:,} of {result.points.n:,} points"
    verb = "changes" if result.moved == 1 else "change"
    return f"{share} {verb} colour between the two."


def _unsure(result: Comparison) -> str:
    unsure = _count_unsure(result)
    if not unsure:
        return ""
    if unsure == 1:
        return " The mixture is less than 80 % sure of one point, drawn small."
    return f" The mixture is less than 80 % sure of {unsure:,} points, drawn small."


def _count_unsure(result: Comparison) -> int:
    return int((result.gmm.certainty < _SURE).sum())


def _why_kmeans_fails(result: Comparison) -> str:
    """Return the reason for the difference that this mixture's shapes give."""
    elongation = _elongation(result.gmm.mixture.covariances)
    volume = _volume_ratio(result.gmm.mixture.covariances)
    if elongation > _LONG:
        return "k-means draws round borders, so it cuts long groups; the mixture follows them."
    if volume > 4:
        return (
            "k-means gives every cluster the same reach, so a wide group loses its rim to a "
            "narrow neighbour; the mixture fits each one's own size."
        )
    weights = result.gmm.mixture.weights
    if weights.max() > 4 * weights.min():
        return (
            "k-means likes clusters of similar size; the mixture lets a component be rare "
            f"(weights from {100 * weights.min():.0f} % to {100 * weights.max():.0f} %)."
        )
    return "k-means decides hard at the midline; the mixture shares the points between."


def _elongation(covariances: NDArray[np.float64]) -> float:
    """Return the median over components of longest axis over shortest."""
    variance = np.linalg.eigvalsh(covariances).clip(min=np.finfo(float).tiny)
    return float(np.median(np.sqrt(variance[:, -1] / variance[:, 0])))


def _volume_ratio(covariances: NDArray[np.float64]) -> float:
    """Return the largest component's mean variance over the smallest's."""
    size = np.trace(covariances, axis1=1, axis2=2)
    return float(size.max() / max(size.min(), np.finfo(float).tiny))


_RULES: tuple[Callable[[Comparison], str | None], ...] = (
    _single,
    _both_fail,
    _mixture_wins,
    _kmeans_wins,
    _same,
    _nearly_same,
    _no_gaps,
    _differ,
)
