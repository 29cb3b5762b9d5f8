"""What is true of a mixture's background: its share, its scores, its marks in the plot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.engine import BACKGROUND_INITS
from gmm_dash.results import known
from gmm_dash.results.claim import Claim

if TYPE_CHECKING:
    from collections.abc import Collection

    from gmm_dash.engine import MixtureFit
    from gmm_dash.results.comparison import Side
    from gmm_dash.results.points import Points
    from gmm_dash.results.projection import Projection


def background_claims(
    points: Points, fit: MixtureFit, *, wanted: str = "", idle: str = ""
) -> tuple[Claim, ...]:
    """Return what the background of a mixture is, what the scores make of it, and how it starts.

    Parameters
    ----------
    points : Points
    fit : MixtureFit
        The mixture that is shown of them.
    wanted : str
        The kind of start that is asked for.
    idle : str
        Why a background that is asked for is not there: ``"hard"`` or ``"gaps"``; or empty.
    """
    if fit.background is None:
        return (Claim("note.background-idle", {"why": idle}),) if idle else ()
    loose, n = int((fit.labels < 0).sum()), len(fit.labels)
    claims = [
        Claim("note.background", {"share": fit.background.share, "loose": loose, "n": n}),
        Claim("note.background-scores", {"judged": known.n_labelled(points.labels) > 0}),
    ]
    if wanted and wanted not in BACKGROUND_INITS:
        claims.append(Claim("note.background-start"))
    return tuple(claims)


def crosses_claims(
    side: Side, projection: Projection, overlays: Collection[str]
) -> tuple[Claim, ...]:
    """Return which marks of the mixture's plot are the background's, and what is without it."""
    if side.background is None:
        return ()
    facts = {
        "loose": int((side.labels < 0).sum()),
        "n": len(side.labels),
        "truth": "truth" in overlays,
        "contours": "density" in overlays and not projection.line,
        "regions": "regions" in overlays and (projection.faithful or projection.line),
    }
    return (Claim("caption.background", facts),)
