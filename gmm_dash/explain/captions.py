"""The sentence under each plot, and the short facts beside its title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.explain import background_notes, row_notes
from gmm_dash.explain.background_notes import share_spoken
from gmm_dash.explain.numbers import counted, percent, shown
from gmm_dash.explain.row_notes import MOST_NAME
from gmm_dash.explain.sentence import spell
from gmm_dash.results.background_claims import background_claims, crosses_claims
from gmm_dash.results.caption_claims import (
    borders_claims,
    gmm_badge_claim,
    gmm_caption_claims,
    kmeans_badge_claim,
    kmeans_caption_claims,
    note_claims,
)
from gmm_dash.results.row_claims import (
    drawn_claims,
    gap_marks_claims,
    gaps_claims,
    labelled_claims,
    rows_claims,
    weights_claims,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy as np
    from numpy.typing import NDArray

    from gmm_dash.engine import KMeansFit, Mixture, MixtureFit
    from gmm_dash.explain.sentence import Sentence, Words
    from gmm_dash.results import Points, Projection, Side
    from gmm_dash.results.rows import Rows

_BENT: Final = {"log": "logarithm", "sqrt": "square root", "asinh": "signed log (arsinh)"}


def _kmeans_badge(k: int, n_iter: int, converged: bool) -> str:  # noqa: FBT001  (facts by name)
    stopped = "" if converged else " · stopped at the limit"
    return f"{counted(k, 'cluster')} · {counted(n_iter, 'iteration')}{stopped}"


def _gmm_badge(
    *, kind: str, n_iter: int, converged: bool, ours: bool, rows: int, share: float | None
) -> str:
    stopped = "converged" if converged else "stopped at the limit"
    engine = "our engine" if ours else ""
    known = f"what is known of {rows:,} rows" if rows else ""
    behind = "" if share is None else f"background {share_spoken(share)} %"
    parts = [kind, engine, known, behind, counted(n_iter, "iteration"), stopped]
    return " · ".join(filter(None, parts))


def _unequal_scales(times: float, standardised: bool, columns: bool) -> str:  # noqa: FBT001
    far = (
        f"Along one axis the points reach {shown(times, 3)} times as far as along the other"
        if times < float("inf")
        else "Along one axis the points do not spread at all"
    )
    units = " in standardised units" if standardised else ""
    mend = columns and not standardised and times < float("inf")
    advice = " Standardise to give both the same weight." if mend else ""
    return (
        f"{far}{units}, so the axes are not to the same scale: what looks round need not be."
        f"{advice}"
    )


def _bent(bent: tuple[tuple[str, str], ...]) -> str:
    listed = [f"the {_BENT[bend]} of {name[:MOST_NAME]}" for name, bend in bent]
    *most, last = listed
    names = f"{', '.join(most)} and {last}" if most else last
    return (
        f"The models see {names}: there a centre of the mixture is its component's median, not "
        "the mean. Likelihoods, AIC and BIC compare only with fits of the same transforms."
    )


def _reduced(k: int, d: int, kept: float, *, scaled: bool) -> str:
    lost = 1 - kept
    loss = f"{shown(100 * lost, 3)} % is lost to the fits" if lost > 1e-9 else "none is lost"
    return (
        f"The fits see {counted(k, 'principal component')} of {counted(d, 'column')}"
        f"{' (standardised)' if scaled else ''}: {shown(100 * kept, 3)} % of the variance, {loss}. "
        "Likelihoods, AIC and BIC compare only with fits of the same components."
    )


def _projected(d: int, shapes: tuple[str, ...], *, components: bool) -> str:
    drawn = f", with {' and '.join(shapes)} projected" if shapes else ""
    what = "principal components" if components else "columns"
    return f"The models use all {d} {what}; the plot shows two directions of them{drawn}."


def _curves(*, parts: bool, whole: bool) -> str:
    if whole:
        return (
            "Each coloured curve is a component's density times its weight; the dark one, their "
            "sum, is the mixture's density."
            if parts
            else "The curve is the mixture's density."
        )
    return (
        "Each coloured curve is a component's density times its weight; the dark one is their sum, "
        "without the background."
        if parts
        else "The curve is the density of all components, without the background."
    )


def _curve_above(components: tuple[str, ...]) -> str:
    if len(components) == 1:
        return f"The density of component {components[0]} goes on above the plot."
    listed = f"{', '.join(components[:-1])} and {components[-1]}"
    return f"The densities of components {listed} go on above the plot."


def _separates(kind: str, k: int, share: float) -> str:
    return (
        f"DR stands for a direction in which the components of the {kind} mixture with K = {k} "
        "differ most (in means; differences of covariances count a tenth): this plane shows "
        f"{percent(share)} of what they differ by."
    )


def _borders(*, moved: int, n: int, lines: bool) -> str:
    drawn = "Dashed: the borders of k-means. " if lines else ""
    if not moved:
        return f"{drawn}No point is ringed: the two methods group all {n:,} alike."
    return f"{drawn}Ringed: the {moved:,} of {n:,} points that the two methods group differently."


WORDS: Final[Words] = {
    **row_notes.WORDS,
    **background_notes.WORDS,
    "badge.kmeans": _kmeans_badge,
    "badge.gmm": _gmm_badge,
    "caption.axes": lambda n, across, up: f"{counted(n, 'point')}: {up} against {across}.",
    "caption.histogram": lambda n, across: (
        f"{counted(n, 'point')} of {across}: a histogram whose area is 1, below it each point."
    ),
    "caption.cuts": lambda: "Dashed: k-means' cuts, halfway between neighbouring centres.",
    "caption.curves": _curves,
    "caption.curve-above": _curve_above,
    "caption.circles": lambda: "Each circle reaches its cluster's farthest member.",
    "caption.flooded": lambda d: (
        f"Circles are not drawn: in {d:,} columns they reach so far that most would cover the "
        "other clusters' points, too."
    ),
    "caption.kmeans-one-size": lambda: "All points have one size: k-means knows no doubt.",
    "caption.kmeans-sizes": lambda: (
        "Small points changed cluster when k-means was refitted on resampled data."
    ),
    "caption.kmeans-unchanged": lambda: (
        "No point changed cluster when k-means was refitted on resampled data."
    ),
    "caption.gmm-sizes": lambda: (
        "The smaller a point, the less sure its cluster; its area goes with certainty squared."
    ),
    "caption.gmm-sure": lambda least: (
        "All points are large: the mixture is sure of every one "
        f"(at least {shown(100 * least, 3)} %)."
    ),
    "caption.ellipses": lambda: (
        "Ellipses at 1, 2, 3 standard deviations hold 39, 86, 99 % of a component."
    ),
    "caption.sources": lambda: "× marks the centre that each true group was drawn from.",
    "caption.borders": _borders,
    "caption.no-regions": lambda: "Regions can only be drawn when there are exactly two columns.",
    "note.no-column": lambda axis, name: (
        f"There is no column {name[:MOST_NAME]!r} here; the {axis} axis shows another one."
    ),
    "note.reduced": _reduced,
    "note.bent": _bent,
    "note.unequal-scales": _unequal_scales,
    "note.one-column": lambda: (
        "With one column full, diag and spherical are the same mixture: every component has its "
        "own variance; with tied all have one variance."
    ),
    "note.projected": _projected,
    "note.separates": _separates,
    "note.no-truth": lambda: "These data have no known true groups to show.",
    "note.no-sources": lambda: "These data have no known true centres to show.",
}


def kmeans_badge_sentence(fit: KMeansFit) -> tuple[Sentence, ...]:
    """Return clusters and iterations."""
    return spell([kmeans_badge_claim(fit)], WORDS)


def gmm_badge_sentence(fit: MixtureFit, *, named: bool = True) -> tuple[Sentence, ...]:
    """Return covariance type (if ``named``), iterations, and whether the run converged."""
    return spell([gmm_badge_claim(fit, named=named)], WORDS)


def kmeans_caption_sentences(
    points: Points,
    projection: Projection,
    overlays: Collection[str],
    *,
    bootstrapped: bool,
    certainty: NDArray[np.float64] | None = None,
    flooded: bool = False,
    clusters: int = 1,
) -> tuple[Sentence, ...]:
    """Return what k-means' plot shows; ``certainty`` is what the points' sizes show."""
    claims = kmeans_caption_claims(
        points,
        projection,
        overlays,
        bootstrapped=bootstrapped,
        certainty=certainty,
        flooded=flooded,
        clusters=clusters,
    )
    return spell(claims, WORDS)


def gmm_caption_sentences(
    points: Points,
    projection: Projection,
    overlays: Collection[str],
    *,
    certainty: NDArray[np.float64] | None = None,
    mixture: Mixture | None = None,
    spoken: tuple[str, ...] = (),
) -> tuple[Sentence, ...]:
    """Return what the mixture's plot shows; ``certainty`` is what the points' sizes show."""
    claims = gmm_caption_claims(
        points, projection, overlays, certainty=certainty, mixture=mixture, spoken=spoken
    )
    return spell(claims, WORDS)


def borders_sentences(
    projection: Projection, overlays: Collection[str], *, moved: int, n: int
) -> tuple[Sentence, ...]:
    """Return what dashed lines and rings mean, where they are drawn."""
    return spell(borders_claims(projection, overlays, moved=moved, n=n), WORDS)


def note_sentences(
    points: Points, projection: Projection, overlays: Collection[str]
) -> tuple[Sentence, ...]:
    """Return what a careful reader must know about this view of the data."""
    return spell(note_claims(points, projection, overlays), WORDS)


def rows_sentences(
    rows: Rows | None, log_likelihood: float, *, shapes: bool = False
) -> tuple[Sentence, ...]:
    """Return how many rows of a long table the fits are of."""
    return spell(rows_claims(rows, log_likelihood, shapes=shapes), WORDS)


def gaps_sentences(points: Points, fit: MixtureFit) -> tuple[Sentence, ...]:
    """Return of which rows the scores are, where rows with gaps could be fitted."""
    return spell(gaps_claims(points, fit), WORDS)


def background_sentences(
    points: Points, fit: MixtureFit, *, wanted: str = "", idle: str = ""
) -> tuple[Sentence, ...]:
    """Return what the background is, where there is one; see ``background_claims``."""
    return spell(background_claims(points, fit, wanted=wanted, idle=idle), WORDS)


def weights_sentences(
    points: Points, fit: MixtureFit, *, wanted: str = "", idle: tuple[str, ...] = ()
) -> tuple[Sentence, ...]:
    """Return how much rows count, where they have weights; see ``weights_claims``."""
    return spell(weights_claims(points, fit, wanted=wanted, idle=idle), WORDS)


def crosses_sentences(
    side: Side, projection: Projection, overlays: Collection[str]
) -> tuple[Sentence, ...]:
    """Return which marks of the mixture's plot are the background's."""
    return spell(crosses_claims(side, projection, overlays), WORDS)


def gap_marks_sentences(points: Points, fit: MixtureFit, most: int) -> tuple[Sentence, ...]:
    """Return what stands for the rows with gaps in the mixture's plot."""
    return spell(gap_marks_claims(points, fit, most), WORDS)


def drawn_sentences(n: int, most: int) -> tuple[Sentence, ...]:
    """Return how many points a plot draws, where not all."""
    return spell(drawn_claims(n, most), WORDS)


def labelled_sentences(points: Points, overlays: Collection[str]) -> tuple[Sentence, ...]:
    """Return on how many points the scores against the true groups are, where not on all."""
    return spell(labelled_claims(points, overlays), WORDS)


def kmeans_badge(fit: KMeansFit) -> str:
    """Return ``kmeans_badge_sentence`` as text."""
    return _text(kmeans_badge_sentence(fit))


def gmm_badge(fit: MixtureFit, *, named: bool = True) -> str:
    """Return ``gmm_badge_sentence`` as text."""
    return _text(gmm_badge_sentence(fit, named=named))


def kmeans_caption(
    points: Points,
    projection: Projection,
    overlays: Collection[str],
    *,
    bootstrapped: bool,
    certainty: NDArray[np.float64] | None = None,
    clusters: int = 1,
) -> str:
    """Return ``kmeans_caption_sentences`` as text."""
    return _text(
        kmeans_caption_sentences(
            points,
            projection,
            overlays,
            bootstrapped=bootstrapped,
            certainty=certainty,
            clusters=clusters,
        )
    )


def gmm_caption(
    points: Points,
    projection: Projection,
    overlays: Collection[str],
    *,
    certainty: NDArray[np.float64] | None = None,
    mixture: Mixture | None = None,
) -> str:
    """Return ``gmm_caption_sentences`` as text."""
    return _text(
        gmm_caption_sentences(points, projection, overlays, certainty=certainty, mixture=mixture)
    )


def notes(points: Points, projection: Projection, overlays: Collection[str]) -> list[str]:
    """Return ``note_sentences`` as texts."""
    return [sentence.text for sentence in note_sentences(points, projection, overlays)]


def _text(sentences: tuple[Sentence, ...]) -> str:
    return " ".join(sentence.text for sentence in sentences)
