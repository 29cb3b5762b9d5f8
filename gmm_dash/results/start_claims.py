"""What is true of the one plot that a bare address opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.results.claim import Claim

if TYPE_CHECKING:
    from gmm_dash.results.comparison import Comparison


def start_claims(result: Comparison) -> tuple[Claim, ...]:
    """Return on how many points the two methods differ, and whether an ellipse has collapsed."""
    k, n = len(result.gmm.order), result.points.n
    if k == 1:
        return (Claim("start.single", {"n": n}),)
    facts = {"k": k, "n": n}
    said = Claim("start.differ", facts | {"moved": result.moved})
    if not result.moved:
        said = Claim("start.agree", facts)
    gone = int(result.gmm_fit.degenerate.sum())
    return (said, *([Claim("start.collapsed", {"gone": gone})] if gone else []))
