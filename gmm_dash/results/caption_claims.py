"""What is true of a plot of points and clusters, whichever view shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.engine import BACKGROUND_INITS, WEIGHTED_INITS, project
from gmm_dash.engine.scores import SILHOUETTE_SAMPLE
from gmm_dash.results import known
from gmm_dash.results.claim import Claim
from gmm_dash.results.histogram import HIGHEST, has_curves, histogram, peaks

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from gmm_dash.engine import KMeansFit, Mixture, MixtureFit
    from gmm_dash.results.comparison import Side
    from gmm_dash.results.points import Points
    from gmm_dash.results.projection import Projection
    from gmm_dash.results.rows import Rows

SURE: Final = 0.995  # from here on no eye sees that a point is drawn smaller


def kmeans_badge_claim(fit: KMeansFit) -> Claim:
    """Return clusters, iterations, and whether the limit stopped the run."""
    facts = {"k": len(fit.centers), "n_iter": fit.n_iter, "converged": fit.converged}
    return Claim("badge.kmeans", facts)


def gmm_badge_claim(fit: MixtureFit, *, named: bool = True) -> Claim:
    """Return covariance type (if ``named``), iterations, and whether the run converged.

    And whether scikit-learn has no such fit; of how many rows it has the known values, where some
    have gaps; and the share of its background.
    """
    kind = str(fit.covariance_type) if named else ""
    beyond = (fit.gapped, fit.background, fit.weighting)
    ours = fit.covariance_type.shape.ours or any(one is not None for one in beyond)
    facts = {
        "kind": kind,
        "n_iter": fit.n_iter,
        "converged": fit.converged,
        "ours": ours,
        "rows": 0 if fit.gapped is None else fit.gapped.n,
        "share": None if fit.background is None else fit.background.share,
    }
    return Claim("badge.gmm", facts)


def axes_claim(points: Points, projection: Projection) -> Claim:
    """Return how many points are shown along which axes."""
    across, up = projection.titles
    if projection.line:
        return Claim("caption.histogram", {"n": points.n, "across": across})
    return Claim("caption.axes", {"n": points.n, "across": across, "up": up})


def kmeans_caption_claims(
    points: Points,
    projection: Projection,
    overlays: Collection[str],
    *,
    bootstrapped: bool,
    certainty: NDArray[np.float64] | None = None,
    flooded: bool = False,
    clusters: int = 1,
) -> tuple[Claim, ...]:
    """Return what k-means' plot shows.

    Parameters
    ----------
    points : Points
    projection : Projection
    overlays : collection of str
    bootstrapped : bool
        Whether points are drawn by how often refits agreed on them.
    certainty : (n,) array, optional
        Those shares; without them only the legend is given.
    flooded : bool
        Whether the circles are left out because they would reach over all of the plot.
    clusters : int
        How many centres are apart: of one column all but the last have a cut.
    """
    claims = [axes_claim(points, projection)]
    if projection.line:
        if clusters > 1 and "borders" not in overlays:  # which says what is dashed, too
            claims.append(Claim("caption.cuts"))
    elif "circles" in overlays and flooded:
        claims.append(Claim("caption.flooded", {"d": points.d}))
    elif "circles" in overlays:
        claims.append(Claim("caption.circles"))
    if "size" in overlays:
        if not bootstrapped:
            claims.append(Claim("caption.kmeans-one-size"))
        elif certainty is None or certainty.min() < 1:
            claims.append(Claim("caption.kmeans-sizes"))
        else:
            claims.append(Claim("caption.kmeans-unchanged"))
    return (*claims, *_sources(points, overlays), *_regions(projection, overlays))


def borders_claims(
    projection: Projection, overlays: Collection[str], *, moved: int, n: int
) -> tuple[Claim, ...]:
    """Return what the dashed lines and the rings of two plots beside each other mean.

    Parameters
    ----------
    projection : Projection
    overlays : collection of str
    moved, n : int
        Points that the two methods put in different groups, of how many.
    """
    if "borders" not in overlays:
        return ()
    facts = {"moved": moved, "n": n, "lines": projection.faithful or projection.line}
    return (Claim("caption.borders", facts),)


def gmm_caption_claims(
    points: Points,
    projection: Projection,
    overlays: Collection[str],
    *,
    certainty: NDArray[np.float64] | None = None,
    mixture: Mixture | None = None,
    spoken: tuple[str, ...] = (),
) -> tuple[Claim, ...]:
    """Return what the mixture's plot shows.

    Parameters
    ----------
    points : Points
    projection : Projection
    overlays : collection of str
    certainty : (n,) array, optional
        Largest posterior of each point; without it only the legend is given.
    mixture : Mixture, optional
        Whose curves are drawn, where there is one column.
    spoken : tuple of str, length k, optional
        What a sentence calls its components; else their numbers.
    """
    claims = [axes_claim(points, projection)]
    if "size" in overlays:
        sure = certainty is not None and certainty.min() > SURE
        claims.append(
            Claim("caption.gmm-sure", {"least": SURE}) if sure else Claim("caption.gmm-sizes")
        )
    if projection.line:
        parts = "ellipses" in overlays
        claims += curves_claims(points, projection, mixture, parts=parts, spoken=spoken)
    elif "ellipses" in overlays:
        claims.append(Claim("caption.ellipses"))
    return (*claims, *_sources(points, overlays), *_regions(projection, overlays))


def curves_claims(
    points: Points,
    projection: Projection,
    mixture: Mixture | None,
    *,
    parts: bool,
    spoken: tuple[str, ...] = (),
) -> list[Claim]:
    """Return what the curves over one column are, and which of them go on above the plot.

    Parameters
    ----------
    points : Points
    projection : Projection
        Of one column.
    mixture : Mixture or None
        In the fitted space, in display order; one without any width has no curve.
    parts : bool
        Whether each component has a curve of its own.
    spoken : tuple of str, length k, optional
        What a sentence calls the components; else their numbers.
    """
    if mixture is None or not has_curves(mixture, points.fitted):
        return []
    line = project(mixture, projection.matrix[:1], projection.offset[:1])
    most = HIGHEST * histogram(projection.points(points.fitted)[:, 0])[0].max()
    high = tuple(
        spoken[i] if spoken else str(i + 1) for i in np.flatnonzero(peaks(line) > most).tolist()
    )
    above = [Claim("caption.curve-above", {"components": high})] if high else []
    whole = bool(np.isclose(mixture.weights.sum(), 1.0))  # a background is no curve
    return [Claim("caption.curves", {"parts": parts, "whole": whole}), *above]


def note_claims(
    points: Points, projection: Projection, overlays: Collection[str]
) -> tuple[Claim, ...]:
    """Return what a careful reader must know about this view of the data.

    What was done to the data themselves (``points.notes``) stands above every view.
    """
    claims = [
        Claim("note.no-column", {"axis": axis, "name": name}) for axis, name in projection.missing
    ]
    claims += _prepared(points)
    if projection.line:
        claims.append(Claim("note.one-column"))
    elif projection.scale_ratio is None:
        claims.append(Claim("note.unequal-scales", _scales(points, projection)))
    if points.d > 2:
        shapes = tuple(name for name in ("circles", "ellipses") if name in overlays)
        claims.append(
            Claim(
                "note.projected",
                {"d": points.d, "shapes": shapes, "components": bool(points.reduction)},
            )
        )
    if projection.separates is not None:
        kind, k, share = projection.separates
        claims.append(Claim("note.separates", {"kind": kind, "k": k, "share": share}))
    if "truth" in overlays and points.labels is None:
        claims.append(Claim("note.no-truth"))
    if "sources" in overlays and points.sources is None:
        claims.append(Claim("note.no-sources"))
    return tuple(claims)


def _prepared(points: Points) -> list[Claim]:
    """Return what the fits see in place of the columns."""
    claims = []
    if points.reduction:
        facts = {"k": points.d, "d": points.origin.d, "kept": points.reduction.kept}
        claims.append(Claim("note.reduced", facts | {"scaled": points.standardised}))
    if points.bends:
        bent = [(name, bend) for name, bend in zip(points.columns, points.bends, strict=True)]
        claims.append(Claim("note.bent", {"bent": tuple(pair for pair in bent if pair[1])}))
    return claims


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
    if rows.why:
        told = {"rows": ("limit",), "seconds": ("seconds", "limit")}.get(rows.why, ())
        facts = {name: getattr(rows, name) for name in ("n", "n_total", *told)}
        if rows.why == "seconds":
            facts["pieces"] = rows.pieces and not shapes
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


def drawn_claims(n: int, most: int) -> tuple[Claim, ...]:
    """Return how many of ``n`` points a plot of at most so many draws, where not all."""
    return (Claim("note.drawn", {"n": n, "most": most}),) if n > most else ()


def labelled_claims(points: Points, overlays: Collection[str]) -> tuple[Claim, ...]:
    """Return on how many points the scores against the true groups are, where not on all."""
    if not known.is_partial(points.labels):
        return ()
    hollow = "truth" in overlays
    return (Claim("note.labelled", {**known.coverage(points.labels), "hollow": hollow}),)


def _scales(points: Points, projection: Projection) -> dict[str, float | bool]:
    """Return how many times as far the points reach along one axis, as the models see it."""
    radius = np.linalg.norm(projection.matrix, axis=1)
    reach = np.ptp(projection.points(points.fitted), axis=0) / radius
    low, high = sorted(reach.tolist())
    return {
        "times": high / low if low > 0 else np.inf,
        "standardised": points.standardised,
        "columns": set(projection.titles) <= set(points.columns),
    }


def _sources(points: Points, overlays: Collection[str]) -> list[Claim]:
    known = "sources" in overlays and points.sources is not None
    return [Claim("caption.sources")] if known else []


def _regions(projection: Projection, overlays: Collection[str]) -> list[Claim]:
    if "regions" in overlays and not projection.faithful and not projection.line:
        return [Claim("caption.no-regions")]
    return []
