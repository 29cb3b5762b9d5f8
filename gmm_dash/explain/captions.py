"""The sentence under each plot, and the short facts beside its title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.engine.cost import spoken
from gmm_dash.explain.numbers import counted, percent, shown
from gmm_dash.explain.sentence import spell
from gmm_dash.results.caption_claims import (
    background_claims,
    borders_claims,
    crosses_claims,
    drawn_claims,
    gap_marks_claims,
    gaps_claims,
    gmm_badge_claim,
    gmm_caption_claims,
    kmeans_badge_claim,
    kmeans_caption_claims,
    labelled_claims,
    note_claims,
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
_NOTHING: Final = 5e-5
_MOST_NAME = 40  # characters of a column's name that a sentence repeats


def _kmeans_badge(k: int, n_iter: int, converged: bool) -> str:  # noqa: FBT001  (facts by name)
    stopped = "" if converged else " · stopped at the limit"
    return f"{counted(k, 'cluster')} · {counted(n_iter, 'iteration')}{stopped}"


def _gmm_badge(
    *, kind: str, n_iter: int, converged: bool, ours: bool, rows: int, share: float | None
) -> str:
    stopped = "converged" if converged else "stopped at the limit"
    engine = "our engine" if ours else ""
    known = f"what is known of {rows:,} rows" if rows else ""
    behind = "" if share is None else f"background {_share(share)} %"
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
    listed = [f"the {_BENT[bend]} of {name[:_MOST_NAME]}" for name, bend in bent]
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


def _labelled(labelled: int, n: int, *, hollow: bool) -> str:
    """Return on how many points a fit is judged."""
    drawn = " Points without a label are hollow." if hollow else ""
    if labelled == 1:
        return f"Only 1 of {n:,} points has a label: too few to score against.{drawn}"
    return (
        f"ARI and AMI are on the {labelled:,} labelled of {n:,} points; the fits use all of "
        f"them.{drawn}"
    )


def _all_rows(
    *, n: int, sample: int, begun: float, ended: float, passes: int, shapes: bool, silhouette: int
) -> str:
    who = "All four mixtures end" if shapes else "Both models end"
    which = "the first one's" if shapes else "the mixture's"
    scored = "" if shapes else f" The silhouette is of a random {silhouette:,} of them."
    return (
        f"{who} on all {n:,} rows; they begin at the best fits to a random sample of {sample:,} "
        f"(seed 0). {which[0].upper()}{which[1:]} log-likelihood per row is {shown(begun, 5)} on "
        f"the sample, where it begins, and {shown(ended, 5)} on all rows, after "
        f"{counted(passes, 'iteration')}.{scored}"
    )


def _gap_marks(gaps: int, drawn: int) -> str:
    what = (
        "The diamond stands for the row with gaps"
        if gaps == 1
        else f"Diamonds stand for the {gaps:,} rows with gaps"
        if drawn == gaps
        else f"Diamonds stand for {drawn:,} of the {gaps:,} rows with gaps"
    )
    return (
        f"{what}, where the mixture expects them given what is known; a bar is one standard "
        "deviation to either side."
    )


def _gaps(n: int, gaps: int, *, judged: bool) -> str:
    rows = "row" if gaps == 1 else "rows"
    scores = "silhouette, ARI and AMI" if judged else "silhouette"
    return (
        f"The mixture is fitted to what is known of {n + gaps:,} rows: {n:,} complete ones and "
        f"{gaps:,} {rows} with gaps (our engine; it starts from k-means of the complete rows). Its "
        "log-likelihood, AIC and BIC are of the known values of all these rows, so they compare "
        f"only with fits of the same rows. k-means, the {scores}, and all counts of points are of "
        f"the {n:,} complete ones."
    )


def _gaps_unused(n: int, gaps: int) -> str:
    rows = "row" if gaps == 1 else "rows"
    return (
        f"Here the mixture has the {n:,} complete rows only, not the {gaps:,} {rows} with gaps: "
        "the four covariance types side by side, and a width held by hand, leave these out."
    )


def _share(share: float) -> str:
    """Return a share in percent; of less than a point in twenty thousand nothing is left."""
    return shown(100 * share, 3) if share >= _NOTHING else "0"


def _background(share: float, loose: int, n: int) -> str:
    belong = "belongs" if loose == 1 else "belong"
    return (
        "The mixture has a uniform background over the box that the points span (our engine; "
        f"mclust's noise). Its share is {_share(share)} %; of {n:,} points {loose:,} "
        f"{belong} to it more than to any component, with the label −1 in tables and files. "
        "Weights are shares of all points."
    )


def _background_scores(*, judged: bool) -> str:
    against = "ARI and AMI count the background as a group; the" if judged else "The"
    return (
        f"{against} silhouette leaves its points out. AIC and BIC count 2 parameters for it, and "
        "are no test of whether there is one: a small share describes the tails of plain "
        "Gaussians, too."
    )


_IDLE: Final = {
    "hard": "a width held by hand has none",
    "gaps": "a mixture that is fitted to rows with gaps has none",
}


def _weights(column: str, n: int, total: float) -> str:
    return (
        f"Both models count each row as often as {column[:_MOST_NAME]} says: {n:,} rows are "
        f"{total:,.0f} points (k-means by scikit-learn's sample_weight, the mixture by our "
        "engine). Log-likelihood is per point; inertia, AIC and BIC are of all of them."
    )


def _weights_scaled(column: str, n: int, total: float) -> str:
    return (
        f"Both models weight each of {n:,} rows by {column[:_MOST_NAME]}, not all whole numbers, "
        f"scaled to mean 1 (k-means by scikit-learn's sample_weight, the mixture by our engine): "
        f"the weights add up to {total:,.0f}. AIC and BIC are withheld: they need a number of "
        "points, and such weights give none."
    )


def _weights_rows(*, judged: bool) -> str:
    scores = "silhouette, ARI and AMI" if judged else "silhouette"
    return (
        f"The {scores}, all counts of points, and the entropy by which components are joined are "
        "of the rows, each once."
    )


_UNWEIGHTED: Final = {
    "hard": "a width held by hand",
    "background": "a uniform background",
    "bootstrap": "k-means' certainty by bootstrap",
}


def _weights_idle(idle: tuple[str, ...]) -> str:
    *most, last = [_UNWEIGHTED[one] for one in idle]
    listed = f"{', '.join(most)} and {last}" if most else last
    return f"With weights of rows there is no {listed}: what asks for it does not act."


def _crosses(*, loose: int, n: int, truth: bool, contours: bool, regions: bool) -> str:
    marks = "symbols" if truth else "crosses"
    said = [
        f"Small grey {marks}, all of one size: the {loose:,} of {n:,} points that the background "
        "has."
        if loose
        else f"Of {n:,} points none belongs to the background more than to a component."
    ]
    if contours:
        said.append("The contours are without the background.")
    if regions:
        said.append("Where no colour lies the background wins.")
    return " ".join(said)


def _borders(*, moved: int, n: int, lines: bool) -> str:
    drawn = "Dashed: the borders of k-means. " if lines else ""
    if not moved:
        return f"{drawn}No point is ringed: the two methods group all {n:,} alike."
    return f"{drawn}Ringed: the {moved:,} of {n:,} points that the two methods group differently."


def _sample(n: int, n_total: int, why: str) -> str:
    return f"This is of a random sample of {n:,} of {n_total:,} rows (seed 0): {why}."


WORDS: Final[Words] = {
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
    "caption.gaps": _gap_marks,
    "caption.background": _crosses,
    "caption.no-regions": lambda: "Regions can only be drawn when there are exactly two columns.",
    "note.no-column": lambda axis, name: (
        f"There is no column {name[:_MOST_NAME]!r} here; the {axis} axis shows another one."
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
    "note.labelled": _labelled,
    "note.gaps": _gaps,
    "note.gaps-unused": _gaps_unused,
    "note.background": _background,
    "note.background-scores": _background_scores,
    "note.background-start": lambda: (
        "With a background EM begins at mixed starts: the kind that is chosen knows none."
    ),
    "note.background-idle": lambda why: (
        f"Uniform background is on and does not act here: {_IDLE[why]}."
    ),
    "note.weights": _weights,
    "note.weights-scaled": _weights_scaled,
    "note.weights-rows": _weights_rows,
    "note.weights-start": lambda: (
        "With weights of rows EM begins at mixed starts: the kind that is chosen knows none."
    ),
    "note.weights-idle": _weights_idle,
    "note.all-rows": _all_rows,
    "note.sample-rows": lambda n, n_total, limit: _sample(
        n, n_total, f"of more than {limit:,} rows this server fits no more than a sample"
    ),
    "note.sample-seconds": lambda n, n_total, seconds, limit: (
        _sample(
            n,
            n_total,
            f"all would take about {spoken(seconds)} of computing; the limit is {spoken(limit)}",
        )
        + " How many? goes on to all rows in pieces."
    ),
    "note.sample-bootstrap": lambda n, n_total: _sample(
        n, n_total, "k-means is refitted many times for the sizes of its points"
    ),
    "note.sample-hard": lambda n, n_total: _sample(
        n, n_total, "a variance that is held, not estimated, is tried on a sample"
    ),
    "note.sample-background": lambda n, n_total: _sample(
        n, n_total, "a mixture with a background is fitted to a sample"
    ),
    "note.sample-weights": lambda n, n_total: _sample(
        n, n_total, "rows that count by weights are fitted as a sample"
    ),
    "note.sample-pca": lambda n, n_total: _sample(
        n, n_total, "the principal components are those of a sample"
    ),
    "note.drawn": lambda n, most: (
        f"{most:,} of the {n:,} points are drawn; every part of the plot keeps its share of them."
    ),
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
