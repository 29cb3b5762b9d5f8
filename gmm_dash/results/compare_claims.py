"""What is true of a comparison and worth saying, most telling first.

The first of the openings that holds speaks; each returns claims that were computed, or nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.engine import scores
from gmm_dash.engine.covariances import LADDER
from gmm_dash.results import known
from gmm_dash.results.claim import Claim
from gmm_dash.results.low_score import LOW, n_groups

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from gmm_dash.engine import MixtureFit
    from gmm_dash.results.comparison import Comparison, Side
    from gmm_dash.results.low_score import LowScore

CLEAR: Final = 0.1
"""A difference in the adjusted Rand index that an eye can see."""

NEARLY: Final = 0.9
"""An adjusted Rand index of two labellings that nearly agree."""

SURE: Final = 0.8
"""A posterior from which a point counts as sure."""

SHARED: Final = 0.99
"""A posterior below which a point is seen to be shared."""

_MANY_UNSURE: Final = 0.15  # the share of points that are no clear case where groups run together
_ROUND: Final = 2.0  # ratio of the axes, or of two widths, up to which nobody sees a difference
_APART: Final = 0.6  # a silhouette of clusters with gaps between them
_LONG: Final = 2.5  # ratio of the axes of an ellipse that nobody calls round
_WIDE: Final = 2.0  # ratio of the widths of the widest and the narrowest component
_RARE: Final = 4.0  # ratio of the largest and the smallest share
_ONE_NAT: Final = 1.0  # a difference of total log-likelihood that is no matter of rounding
_SAME_LABELS: Final = 0.99
_TINY: Final = 0.01  # the share of the points up to which a cluster is a handful


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the rules look at."""

    result: Comparison
    low: LowScore | None
    sized: bool


def compare_claims(
    result: Comparison, low: LowScore | None = None, *, sized: bool = True
) -> tuple[Claim, ...]:
    """Return what the comparison shows.

    Parameters
    ----------
    result : Comparison
    low : LowScore, optional
        The experiments, where the score is low.
    sized : bool
        Whether the plot draws unsure points small.
    """
    seen = _Seen(result, low, sized)
    said = next(found for rule in _OPENINGS if (found := rule(seen)))
    return (*said, *_ladder(result), *more_parameters(result.gmm_fit, fitted_rows(result)))


def fitted_rows(result: Comparison) -> int:
    """Return how many rows the mixture is fitted to, those with gaps among them."""
    gapped = result.gmm_fit.gapped
    return result.points.n if gapped is None else gapped.n


def hidden(result: Comparison) -> bool:
    """Return whether the regularisation hides a column from the mixture."""
    return any(finding.code == "reg-large" for finding in result.gmm_fit.health)


def used(side: Side) -> int:
    """Return how many clusters hold at least one point."""
    return len(np.unique(side.labels[side.labels >= 0]))


def _used_by_labelled(side: Side) -> int:
    """Return how many clusters hold at least one point whose group is known."""
    return 0 if side.truth is None else len(np.unique(side.labels[known.labelled(side.truth)]))


def sound(result: Comparison) -> bool:
    """Return whether no component of the mixture is degenerate."""
    return not result.gmm_fit.degenerate.any()


def flattenings(side: Side) -> NDArray[np.float64]:
    """Return the longest axis over the shortest of each component, (k,)."""
    variances = np.linalg.eigvalsh(side.mixture.covariances).clip(min=np.finfo(float).tiny)
    return np.asarray(np.sqrt(variances[:, -1] / variances[:, 0]))


def elongations(side: Side) -> NDArray[np.float64]:
    """Return the longest axis over the next longest of each component, (k,)."""
    variances = np.linalg.eigvalsh(side.mixture.covariances).clip(min=np.finfo(float).tiny)
    if variances.shape[1] == 1:  # a line has no second axis
        return np.ones(len(variances))
    return np.asarray(np.sqrt(variances[:, -1] / variances[:, -2]))


def widths(side: Side) -> NDArray[np.float64]:
    """Return the root mean squared distance of each component from its mean, (k,)."""
    return np.asarray(np.sqrt(np.trace(side.mixture.covariances, axis1=1, axis2=2)))


def _single(seen: _Seen) -> Sequence[Claim]:
    if len(seen.result.gmm.order) > 1:
        return []
    if seen.result.gmm_fit.gapped is not None:
        return [Claim("compare.single-gaps")]
    shape = seen.result.gmm_fit.covariance_type.shape
    weighted = seen.result.gmm_fit.weighting is not None
    spread = "mean-variance" if shape.round else "variances" if shape.aligned else "covariance"
    spread = "variance" if seen.result.points.d == 1 else spread
    code = "compare.single-weights" if weighted else "compare.single"
    return [Claim(code, {"spread": spread})]


def _hardened(seen: _Seen) -> Sequence[Claim]:
    """Equal circles on their way to k-means: how far they are, and whether it is k-means now."""
    result = seen.result
    variance = result.gmm_fit.variance
    if variance is None:
        return []
    if variance > 0:
        width = {"width": float(np.sqrt(variance)), "shared": _count_shared(result)}
        return [Claim("compare.hardening", width | {"n": result.points.n}), _moved(result)]
    if not result.moved:
        return [Claim("compare.hard-is-kmeans")]
    inertias = {"here": _inertia(result), "kmeans": result.kmeans_fit.inertia}
    return [Claim("compare.hard-elsewhere", inertias), _moved(result)]


def _backed(seen: _Seen) -> Sequence[Claim]:
    """Of a mixture with a background: its score, who is in no group or another one, and doubt."""
    result = seen.result
    if result.gmm.background is None:
        return []
    if len(result.gmm.order) == 1:
        return [Claim("compare.single-background")]
    kmeans, gmm = result.kmeans.ari, result.gmm.ari
    both = {"kmeans": kmeans, "gmm": gmm}
    scored = [] if None in (kmeans, gmm) else [Claim("compare.background-scores", both)]
    return [*scored, _moved(result), *_unsure(seen)]


def _count_shared(result: Comparison) -> int:
    """Return how many points are shared: none of their components has 99 % of them."""
    return int((result.gmm.certainty < SHARED).sum())


def _inertia(result: Comparison) -> float:
    """Return the sum of squared distances of the points from their component's mean."""
    fit = result.gmm_fit
    return float(np.square(result.points.fitted - fit.means[fit.labels]).sum())


def _ladder(result: Comparison) -> Iterable[Claim]:
    """Yield how many parameters every shape has, where the one shown is nearest to k-means."""
    fit = result.gmm_fit
    if not fit.covariance_type.shape.even or fit.variance is not None or fit.background:
        return
    k, d = fit.means.shape
    counts = {str(kind): scores.n_parameters(kind, k, d) for kind in LADDER}
    yield Claim("compare.ladder", {"counts": counts})


def _missed(seen: _Seen) -> Sequence[Claim]:
    """Neither method finds the groups: what can be proven of why."""
    result = seen.result
    kmeans, gmm, groups = result.kmeans.ari, result.gmm.ari, n_groups(result.points)
    if kmeans is None or gmm is None or max(kmeans, gmm) >= LOW:
        return []
    k, truth = len(result.gmm.order), result.points.labels
    if groups == 1 and known.is_partial(truth):
        return [Claim("compare.one-group-known", known.coverage(truth))]
    if groups == 1:
        both = {"kmeans": used(result.kmeans), "gmm": used(result.gmm)}
        return [Claim("compare.one-group", both)]
    scored = Claim("compare.neither", {"kmeans": kmeans, "gmm": gmm})
    if k > groups:
        more = Claim("compare.more-components", {"k": k, "groups": groups})
        return [scored, more] if _used_by_labelled(result.gmm) > groups else [scored]
    if k < groups:
        return [scored, Claim("compare.fewer-components", {"k": k, "groups": groups})]
    return [scored, *_causes(result, seen.low), *_tiny(result)]


def _causes(result: Comparison, low: LowScore | None) -> Iterable[Claim]:
    """Yield the causes that an experiment has shown."""
    if low is None or hidden(result):
        return
    best = low.sources_ari
    if best is not None and best < LOW:
        yield Claim("compare.overlap", {"ari": best})
        if (result.gmm.ari or 0.0) > best - CLEAR:
            return
    yield from _from_groups(result, low)
    if low.several and best is None:
        names = tuple(result.points.label_names[group] for group, _, _ in low.several)
        first = low.several[0]
        yield Claim("compare.not-gaussian", {"names": names, "one": first[1], "two": first[2]})


def _from_groups(result: Comparison, low: LowScore) -> Iterable[Claim]:
    """Yield what comes of running on, and of starting EM at the true groups."""
    there, here, shown = low.at_groups, low.here, result.gmm_fit
    if there is None or here is None or here.degenerate.any():
        return
    n, truth = result.points.n, result.points.labels
    if (here.log_likelihood - shown.log_likelihood) * n > _ONE_NAT:
        facts = {
            "there": here.log_likelihood,
            "here": shown.log_likelihood,
            "ari": known.ari(truth, here.labels),
            "limited": not shown.converged,
        }
        yield Claim("compare.not-at-rest", facts)
        return
    if there.degenerate.any():
        return
    facts = {
        "there": there.log_likelihood,
        "here": here.log_likelihood,
        "ari": known.ari(truth, there.labels),
    }
    gain = (there.log_likelihood - here.log_likelihood) * n
    if gain > _ONE_NAT:
        better = (facts["ari"] or 0.0) - (result.gmm.ari or 0.0) >= CLEAR
        findable = better and shown.n_parameters <= n
        yield Claim("compare.search-missed", facts | {"findable": findable})
    elif gain < -_ONE_NAT:
        yield Claim("compare.likelihood-prefers", facts)
    elif (scores.ari(there.labels, shown.labels) or 0.0) >= _SAME_LABELS:
        yield Claim("compare.drifts", {"ari": facts["ari"]})
    else:
        yield Claim("compare.as-likely", {"ari": facts["ari"]})


def _tiny(result: Comparison) -> Iterable[Claim]:
    for side in (result.kmeans, result.gmm):
        sizes = np.bincount(side.labels, minlength=len(side.order))
        if 0 < sizes.min() <= _TINY * result.points.n:
            facts = {"method": side.method, "size": int(sizes.min()), "n": result.points.n}
            yield Claim("compare.handful", facts)


def _mixture_nearer(seen: _Seen) -> Sequence[Claim]:
    result = seen.result
    kmeans, gmm = result.kmeans.ari, result.gmm.ari
    if kmeans is None or gmm is None or gmm - kmeans < CLEAR:
        return []
    scored = Claim("compare.mixture-nearer", {"kmeans": kmeans, "gmm": gmm})
    return [*_shapes(result), _moved(result), scored]


def _kmeans_nearer(seen: _Seen) -> Sequence[Claim]:
    result = seen.result
    kmeans, gmm = result.kmeans.ari, result.gmm.ari
    if kmeans is None or gmm is None or kmeans - gmm < CLEAR:
        return []
    fair = sound(result) and not hidden(result)
    scored = Claim("compare.kmeans-nearer", {"kmeans": kmeans, "gmm": gmm, "fair": fair})
    # where the fit itself is in trouble, its warning has the advice
    return [scored, _moved(result), *([Claim("compare.try-another")] if fair else [])]


def _same(seen: _Seen) -> Sequence[Claim]:
    result = seen.result
    if result.moved:
        return []
    return [Claim("compare.same-clusters"), *_ideal(result), *_unsure(seen)]


def _ideal(result: Comparison) -> Iterable[Claim]:
    """Yield that the clusters are such as suit k-means: apart, round, and alike."""
    silhouette = result.silhouettes[0]
    if not sound(result) or silhouette is None or silhouette < _APART:
        return
    if result.gmm_fit.covariance_type.shape.even:  # they could not be anything but round and alike
        return
    if result.points.d == 1:  # nothing on a line is round, or long
        return
    longest, wide = float(flattenings(result.gmm).max()), widths(result.gmm)
    weights = result.gmm.mixture.weights
    alike = wide.max() <= _ROUND * wide.min() and weights.max() <= _RARE * weights.min()
    if longest <= _ROUND and alike:
        facts = {"silhouette": silhouette, "longest": longest}
        yield Claim("compare.round-and-apart", facts)


def _nearly_same(seen: _Seen) -> Sequence[Claim]:
    result = seen.result
    if result.agreement < NEARLY:
        return []
    nearly = Claim("compare.nearly-agree", {"agreement": result.agreement})
    return [nearly, _moved(result), *_unsure(seen)]


def _no_gaps(seen: _Seen) -> Sequence[Claim]:
    result = seen.result
    if result.kmeans.truth is not None or _count_unsure(result) < _MANY_UNSURE * result.points.n:
        return []
    return [_moved(result), *_unsure(seen), Claim("compare.ask-how-many")]


def _differ(seen: _Seen) -> Sequence[Claim]:
    result = seen.result
    return [*_shapes(result), _moved(result), *_unsure(seen)]


def _shapes(result: Comparison) -> Iterable[Claim]:
    """Yield what the mixture's components have that k-means cannot express."""
    if not sound(result):
        return
    long, wide = elongations(result.gmm), widths(result.gmm)
    weights = result.gmm.mixture.weights
    if np.median(long) > _LONG:
        facts = {"least": float(long.min()), "most": float(long.max())}
        yield Claim("compare.long-components", facts)
    elif wide.max() > _WIDE * wide.min():
        yield Claim("compare.unequal-widths", {"times": float(wide.max() / wide.min())})
    elif weights.max() > _RARE * weights.min() and result.gmm_fit.weighting is None:
        facts = {"least": float(weights.min()), "most": float(weights.max())}
        yield Claim("compare.unequal-shares", facts)
    elif _count_unsure(result):
        yield Claim("compare.shared-points")


def _moved(result: Comparison) -> Claim:
    return Claim("compare.moved", {"moved": result.moved, "n": result.points.n})


def _unsure(seen: _Seen) -> Sequence[Claim]:
    unsure = _count_unsure(seen.result)
    return [Claim("compare.unsure", {"unsure": unsure, "sized": seen.sized})] if unsure else []


def _count_unsure(result: Comparison) -> int:
    return int((result.gmm.certainty < SURE).sum())


def more_parameters(fit: MixtureFit, n: int) -> Sequence[Claim]:
    """Return that a mixture has more parameters than points: never passed over in silence."""
    if fit.n_parameters <= n:
        return []
    facts = {"kind": str(fit.covariance_type), "parameters": fit.n_parameters, "n": n}
    return [Claim("compare.more-parameters", facts)]


_OPENINGS: tuple[Callable[[_Seen], Sequence[Claim]], ...] = (
    _hardened,
    _backed,
    _single,
    _missed,
    _mixture_nearer,
    _kmeans_nearer,
    _same,
    _nearly_same,
    _no_gaps,
    _differ,
)
