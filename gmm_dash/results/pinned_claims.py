"""What is true of a pinned result beside the one that is shown."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from gmm_dash.engine.criteria import AIC, BIC, ICL
from gmm_dash.results.backed import CALLED
from gmm_dash.results.claim import Claim
from gmm_dash.state import PINNED

if TYPE_CHECKING:
    from gmm_dash.engine import MixtureFit
    from gmm_dash.results.pinned import Pinned

SCORES: Final = (BIC.name, AIC.name, ICL.name)
_SAME: Final = 1e-6  # of a criterion: a difference up to which two searches found one optimum


def pinned_claims(found: Pinned) -> tuple[Claim, ...]:
    """Return what differs between both settings, and which rows are compared."""
    differing = _differing(found)
    first = Claim("pinned.differs", {"settings": differing}) if differing else Claim("pinned.equal")
    return (first, *_rows(found))


def _differing(found: Pinned) -> tuple[tuple[str, Any, Any], ...]:
    """Return URL keys whose values differ, both values; of columns those that were used."""
    before, now = found.settings.to_flat(), found.now_settings.to_flat()
    for flat, points in ((before, found.before.points), (now, found.now.points)):
        flat["cols"] = list(points.origin.columns)
    return tuple((key, before[key], now[key]) for key in PINNED if before[key] != now[key])


def _rows(found: Pinned) -> tuple[Claim, ...]:
    if found.same_rows:
        return ()
    facts = {"common": found.n, "before": found.before.points.n, "now": found.now.points.n}
    return (Claim("pinned.rows" if found.n else "pinned.no-rows", facts),)


def moved_claims(found: Pinned, method: str) -> tuple[Claim, ...]:
    """Return how many rows of a method changed group, and where most of them went."""
    if not found.n:
        return ()
    moved, n = found.moved(method), found.n
    before, now = found.called(method)
    loose = (Claim("pinned.background"),) if CALLED in (*before, *now) else ()
    if not moved:
        return (Claim("pinned.stayed", {"method": method, "n": n}), *loose)
    facts = {"method": method, "moved": moved, "n": n, "groups": (len(before), len(now))}
    strayed = found.strayed(method)
    i, j = divmod(int(strayed.argmax()), len(now))
    spoken = (*found.sides(method)[1].spoken, CALLED)
    flow = {"rows": int(strayed[i, j]), "before": before[i], "now": spoken[j]}
    return (
        Claim("pinned.moved", facts | {"ari": found.ari(method)}),
        Claim("pinned.flow", {"method": method, "moved": moved} | flow),
        *loose,
    )


def criteria_claims(found: Pinned) -> tuple[Claim, ...]:
    """Return which result the criteria prefer, or why they may not be asked."""
    same = {
        "rows": found.same_rows,
        "gaps": found.same_gaps,
        "weights": found.same_weights,
        "background": found.same_background,
        "columns": found.same_columns,
        "scale": found.same_scale,
    }
    if not found.comparable:
        causes = tuple(cause for cause, holds in same.items() if not holds)
        return (Claim("pinned.apart", {"causes": causes}),)
    before, now = found.before.gmm_fit, found.now.gmm_fit
    if now.weighting is not None and not now.weighting.counts:
        return (Claim("pinned.weights"),)
    doubts = tuple(
        (which, doubt)
        for which, fit in (("pinned", before), ("present", now))
        if (doubt := _doubt(fit))
    )
    if doubts:
        return (Claim("pinned.doubtful", {"doubts": doubts}),)
    differences = {name: getattr(now, name) - getattr(before, name) for name in SCORES}
    joined = found.before.merging is not None or found.now.merging is not None
    more = (Claim("pinned.unjoined"),) if joined else ()
    if all(abs(by) <= _SAME * max(1.0, abs(before.bic)) for by in differences.values()):
        return (Claim("pinned.same-scores", {"n": found.n}), *more)
    facts = {"n": found.n, "differences": tuple(differences.items())}
    return (Claim("pinned.criteria", facts), *more)


def _doubt(fit: MixtureFit) -> str:
    """Return why a likelihood says nothing of a model; empty where it does."""
    if fit.variance is not None:
        return "held"
    return "collapsed" if fit.degenerate.any() or not math.isfinite(fit.log_likelihood) else ""
