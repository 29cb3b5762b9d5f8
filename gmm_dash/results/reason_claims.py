"""Why a comparison looks as it does: what k-means cuts, where the doubt lies, what to beware of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.results.claim import Claim
from gmm_dash.results.column_blame import Blame, blamed
from gmm_dash.results.columns import against_reg
from gmm_dash.results.compare_claims import SURE, elongations, sound, widths

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from gmm_dash.engine import Finding
    from gmm_dash.results.comparison import Comparison, Side

_CUT: Final = 0.12  # share of a component that k-means gives away before it counts as cut
_FEWEST: Final = 20  # points of a component below which a cut is chance
_LONG: Final = 2.0
_WIDE: Final = 1.5
_FARTHER: Final = 0.2  # standard deviations that an eye can see
_ROWS: Final = 65_536  # whose posteriors are copied at a time
_SOME: Final = 5  # unsure points below which there is nothing to say


@dataclass(frozen=True, slots=True)
class Cures:
    """What can be done about a finding.

    Attributes
    ----------
    simpler : bool
        Whether there is a simpler covariance type.
    can_raise : bool
        Whether more regularisation makes nothing worse that is complained of elsewhere.
    standardise : bool
        Whether one unit for all columns makes the regularisation small beside each.
    blame : Blame or None
        What the components have collapsed onto, where that can be told.
    """

    simpler: bool = False
    can_raise: bool = False
    standardise: bool = False
    blame: Blame | None = None


def reason_claims(result: Comparison) -> tuple[Claim, ...]:
    """Return why this comparison looks as it does, most telling first."""
    return (*_split(result), *_unsure(result), *_warnings(result))


def _split(result: Comparison) -> Iterable[Claim]:
    """Yield which component k-means cuts most, and what stands out about it."""
    gmm, kmeans = result.gmm, result.kmeans
    k = len(gmm.order)
    if k < 2 or not sound(result):
        return
    counts = np.zeros((k, len(kmeans.order)), dtype=int)
    mine = gmm.labels >= 0  # the background is no component that could be cut
    np.add.at(counts, (gmm.labels[mine], kmeans.labels[mine]), 1)
    ordered = np.sort(counts, axis=1)[:, ::-1]
    sizes = counts.sum(axis=1)
    share = np.where(sizes >= _FEWEST, 1 - ordered[:, 0] / np.maximum(sizes, 1), 0.0)
    cut = int(share.argmax())
    if share[cut] < _CUT:
        return
    first, second = (int(j) for j in np.argsort(-counts[cut], kind="stable")[:2])
    yield Claim(
        "why.cut",
        {
            "component": gmm.spoken[cut],
            "most": (int(counts[cut, first]), first + 1),
            "next": (int(counts[cut, second]), second + 1),
        },
    )
    yield _about(result, cut, second)


def _about(result: Comparison, cut: int, taker: int) -> Claim:
    """Return what stands out about a component that is cut, and where its lost points lie."""
    name = result.gmm.spoken[cut]
    long, width = float(elongations(result.gmm)[cut]), widths(result.gmm)
    if long >= _LONG and (reach := _along(result, cut, taker)) is not None:
        facts = {"component": name, "times": long, "away": reach[0], "stay": reach[1]}
        return Claim("why.cut-ends", facts)
    wide = float(width[cut] / np.delete(width, cut).min())
    if wide >= _WIDE:
        return Claim("why.cut-wide", {"component": name, "times": wide})
    return Claim("why.cut-wall", {"component": name})


def _along(result: Comparison, cut: int, taker: int) -> tuple[float, float] | None:
    """Return how far along the longest axis lie the points that go away and those that stay.

    Means, in standard deviations of the component; None unless the former lie clearly farther out.
    """
    gmm, mine = result.gmm, result.gmm.labels == cut
    variances, axes = np.linalg.eigh(gmm.mixture.covariances[cut])
    away = _distance(result.points.fitted[mine], gmm, cut, axes[:, -1], variances[-1])
    gone = result.kmeans.labels[mine] == taker
    out, inside = float(away[gone].mean()), float(away[~gone].mean())
    return (out, inside) if out - inside >= _FARTHER else None


def _distance(
    x: NDArray[np.float64], gmm: Side, cut: int, axis: NDArray[np.float64], variance: float
) -> NDArray[np.float64]:
    return np.asarray(np.abs((x - gmm.mixture.means[cut]) @ axis) / np.sqrt(variance))


def _unsure(result: Comparison) -> Iterable[Claim]:
    """Yield between which components most of the doubt lies."""
    gmm = result.gmm
    doubtful = np.flatnonzero(gmm.certainty < SURE)
    if len(doubtful) < _SOME or len(gmm.order) < 2:
        return
    if gmm.background is not None:
        yield from _unsure_of_background(gmm, doubtful)
        return
    counts = _likeliest_two(gmm.responsibilities, doubtful)
    most = np.unravel_index(int(counts.argmax()), counts.shape)
    if (counts == counts[most]).sum() > 1:
        return
    facts = {
        "unsure": len(doubtful),
        "pair": (gmm.spoken[most[0]], gmm.spoken[most[1]]),
        "there": int(counts[most]),
    }
    alone = np.count_nonzero(counts) == 1
    yield Claim("why.unsure-all" if alone else "why.unsure-most", facts)


def _likeliest_two(
    responsibilities: NDArray[np.float64], rows: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return of how many rows each two components are the likeliest, (k, k): the lower is first."""
    k = responsibilities.shape[1]
    pairs = np.zeros(k * k, dtype=np.int64)
    for first in range(0, len(rows), _ROWS):
        shares = responsibilities[rows[first : first + _ROWS]]
        best = shares.argmax(axis=1)
        shares[np.arange(len(shares)), best] = -1.0
        other = shares.argmax(axis=1)
        pairs += np.bincount(np.minimum(best, other) * k + np.maximum(best, other), minlength=k * k)
    return pairs.reshape(k, k)


def _unsure_of_background(gmm: Side, doubtful: NDArray[np.int64]) -> Iterable[Claim]:
    """Yield of how many doubtful points the background is one of the two likeliest."""
    assert gmm.background is not None
    behind = gmm.background.posterior[doubtful]
    higher = (gmm.responsibilities[doubtful] > behind[:, None]).sum(axis=1)
    facts = {"unsure": len(doubtful), "there": int((higher < 2).sum())}
    yield Claim("why.unsure-background", facts)


def _warnings(result: Comparison) -> Iterable[Claim]:
    """Yield what each finding is about, by the page's numbers, and its cure."""
    mixture, kmeans = result.gmm_fit.health, result.kmeans_fit.health
    codes = {finding.code for finding in mixture}
    for i, finding in enumerate(mixture):
        if i or finding.code != "likelihood-fell":  # the notice says the first, and that is all
            cures = _cures(result, finding, codes)
            yield _warning("gmm", finding, result.gmm, cures, said=not i)
    for finding in kmeans:
        yield _warning("kmeans", finding, result.kmeans, Cures())


def _cures(result: Comparison, finding: Finding, codes: set[str]) -> Cures:
    """Return what can be done about a finding of the mixture."""
    fit = result.gmm_fit
    cures = Cures(
        simpler=_has_simpler(fit.covariance_type, result.points.d),
        # more regularisation where its effect is complained of would be poor advice
        can_raise=not codes & {"likelihood-fell", "reg-large"},
    )
    if finding.code == "reg-large":
        cure, _ = against_reg(result.points, fit.reg_covar)
        return replace(cures, standardise=cure == "standardise")
    if finding.code == "variance-floor":
        return replace(cures, blame=blamed(result.points, fit, finding.components))
    return cures


def _has_simpler(kind: CovarianceType, d: int) -> bool:
    """Return whether there is a simpler type: of one column three are the same."""
    return not kind.shape.pooled if d == 1 else kind != CovarianceType.SPHERICAL


def _warning(
    method: str, finding: Finding, side: Side, cures: Cures, *, said: bool = False
) -> Claim:
    display = np.argsort(side.order)
    return Claim(
        f"why.{finding.code}",
        {
            "method": method,
            "numbers": sorted(int(display[c]) + 1 for c in finding.components),
            "k": len(display),
            "spoken": side.spoken,
            "text": "" if said else finding.student,
            "cures": cures,
        },
    )
