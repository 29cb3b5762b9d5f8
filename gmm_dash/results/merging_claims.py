"""What is true of joining a mixture's components, and worth saying."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gmm_dash.engine.merging import bend
from gmm_dash.results.claim import Claim

if TYPE_CHECKING:
    from gmm_dash.engine import Merging
    from gmm_dash.results.comparison import Comparison

LEAST: Final = 0.01  # nats, over all rows: what joining still can take from less is nothing


def joined_claims(result: Comparison) -> tuple[Claim, ...]:
    """Return what joining has done; nothing where nothing is joined."""
    side, merging = result.gmm, result.merging
    if merging is None:
        return ()
    facts: dict[str, Any] = {
        "k": merging.k,
        "groups": side.spoken,
        "before": merging.entropy(merging.k),
        "after": merging.entropy(side.k),
    }
    claims = [Claim("merge.done", facts)]
    assert side.groups is not None
    own = side.components.labels
    grouped = own >= 0
    if side.background is not None:
        gained = int((side.labels[~grouped] >= 0).sum())
        claims.append(Claim("merge.background", {"rows": int(grouped.sum()), "gained": gained}))
    if changed := int((side.groups[own[grouped]] != side.labels[grouped]).sum()):
        claims.append(Claim("merge.changed", {"rows": changed}))
    before, after = side.components.ari, side.ari
    if before is not None and after is not None:
        claims.append(Claim("merge.truth", {"before": before, "after": after}))
    return tuple(claims)


def merging_claims(result: Comparison, merging: Merging, wanted: int) -> tuple[Claim, ...]:
    """Return what could be joined next, and where the entropies bend.

    Parameters
    ----------
    result : Comparison
        As it is shown.
    merging : Merging
    wanted : int
        Groups that are asked for, 0 for as many as components.
    """
    k, side = merging.k, result.gmm
    if k == 1:
        return ()
    claims = [] if wanted <= k else [Claim("merge.idle", {"wanted": wanted, "k": k})]
    left = merging.entropy(side.k)
    if left < LEAST:
        if side.k > 1:
            claims.append(Claim("merge.decided", {"least": LEAST}))
    else:
        pair = merging.pairs[k - side.k].tolist()
        names = {members[0]: name for members, name in zip(side.members, side.spoken, strict=True)}
        facts = {
            "one": names[pair[0]],
            "other": names[pair[1]],
            "takes": left - merging.entropy(side.k - 1),
            "left": left,
        }
        claims.append(Claim("merge.next", facts))
    return (*claims, *_bend(merging))


def _bend(merging: Merging) -> tuple[Claim, ...]:
    """Return where the curve of entropies bends, where it falls more steeply before it."""
    at = bend(merging.entropies)
    if at is None or merging.entropy(merging.k) < LEAST:
        return ()
    at_bend = merging.entropy(at)
    down_to = (merging.entropy(merging.k) - at_bend) / (merging.k - at)
    further = at_bend / (at - 1)
    if down_to <= further:
        return ()
    return (Claim("merge.bend", {"at": at, "down_to": down_to, "further": further}),)
