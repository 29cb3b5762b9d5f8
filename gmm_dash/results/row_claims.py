"""Which rows a fit has, and how each counts: all or a sample, with gaps, by weights, labelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.engine import WEIGHTED_INITS
from gmm_dash.engine.scores import SILHOUETTE_SAMPLE
from gmm_dash.results import known
from gmm_dash.results.claim import Claim

if TYPE_CHECKING:
    from collections.abc import Collection

    from gmm_dash.engine import MixtureFit
    from gmm_dash.results.points import Points
    from gmm_dash.results.rows import Rows


def rows_claims(
    rows: Rows | None, log_likelihood: float, *, shapes: bool = False
) -> tuple[Claim, ...]:
    """Return how many rows of a long table the fits are of, and what is of fewer.

    Parameters
    ----------
    rows : Rows or None
    log_likelihood : float
        Of the mixture, or the first of several, per row that it is fitted to.
    shapes : bool
        Whether they are the mixtures of all covariance types.
    """
    if rows is None:
        return ()
    if rows.why == "weights":  # it is said above every view, where the sample is drawn
        return ()
    if rows.why:
        told = {"rows": ("limit",), "seconds": ("seconds", "limit")}.get(rows.why, ())
        facts = {name: getattr(rows, name) for name in ("n", "n_total", *told)}
        if rows.why == "seconds":
            facts["pieces"] = rows.pieces
        return (Claim(f"note.sample-{rows.why}", facts),)
    facts = {
        "n": rows.n,
        "sample": rows.sample,
        "begun": rows.begun,
        "ended": log_likelihood,
        "passes": rows.passes,
        "shapes": shapes,
        "silhouette": min(SILHOUETTE_SAMPLE, rows.n),
    }
    return (Claim("note.all-rows", facts),)


def gaps_claims(points: Points, fit: MixtureFit) -> tuple[Claim, ...]:
    """Return of which rows a mixture's scores are, where rows with gaps could be fitted.

    Parameters
    ----------
    points : Points
    fit : MixtureFit
        The mixture that is shown of them.
    """
    if points.gaps is None:
        return ()
    counts = {"n": points.n, "gaps": points.gaps.n}
    if fit.gapped is None:
        return (Claim("note.gaps-unused", counts),)
    return (Claim("note.gaps", counts | {"judged": known.n_labelled(points.labels) > 0}),)


def gap_marks_claims(points: Points, fit: MixtureFit, most: int) -> tuple[Claim, ...]:
    """Return what stands for the rows with gaps in the mixture's plot.

    Parameters
    ----------
    points : Points
    fit : MixtureFit
    most : int
        Marks that a plot draws at most.
    """
    if points.gaps is None or fit.gapped is None:
        return ()
    return (Claim("caption.gaps", {"gaps": points.gaps.n, "drawn": min(points.gaps.n, most)}),)


def weights_claims(
    points: Points, fit: MixtureFit, *, wanted: str = "", idle: tuple[str, ...] = ()
) -> tuple[Claim, ...]:
    """Return how much rows count, what the criteria make of it, and what then does not act.

    Parameters
    ----------
    points : Points
    fit : MixtureFit
        The mixture that is shown of them.
    wanted : str
        The kind of start that is asked for.
    idle : tuple of str
        What is asked for and not there with weights: ``"hard"``, ``"background"``,
        ``"bootstrap"``.
    """
    if fit.weighting is None:
        return ()
    facts = {"column": points.weighted_by, "n": points.n, "total": fit.weighting.total}
    claims = [
        Claim("note.weights" if fit.weighting.counts else "note.weights-scaled", facts),
        Claim("note.weights-rows", {"judged": known.n_labelled(points.labels) > 0}),
    ]
    if wanted and wanted not in WEIGHTED_INITS:
        claims.append(Claim("note.weights-start"))
    if idle:
        claims.append(Claim("note.weights-idle", {"idle": idle}))
    return tuple(claims)


def labelled_claims(points: Points, overlays: Collection[str]) -> tuple[Claim, ...]:
    """Return on how many points the scores against the true groups are, where not on all."""
    if not known.is_partial(points.labels):
        return ()
    hollow = "truth" in overlays
    return (Claim("note.labelled", {**known.coverage(points.labels), "hollow": hollow}),)


def drawn_claims(n: int, most: int) -> tuple[Claim, ...]:
    """Return how many of ``n`` points a plot of at most so many draws, where not all."""
    return (Claim("note.drawn", {"n": n, "most": most}),) if n > most else ()
