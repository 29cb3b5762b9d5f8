"""Which rows a fit has, and how each counts: all or a sample, with gaps, by weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.engine.cost import spoken
from gmm_dash.explain.numbers import counted, shown

if TYPE_CHECKING:
    from gmm_dash.explain.sentence import Words

MOST_NAME: Final = 40  # characters of a column's name that a sentence repeats


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


def _sample(n: int, n_total: int, why: str) -> str:
    return f"This is of a random sample of {n:,} of {n_total:,} rows (seed 0): {why}."


def _sample_seconds(n: int, n_total: int, seconds: float, limit: float, *, pieces: bool) -> str:
    why = f"all would take about {spoken(seconds)} of computing; the limit is {spoken(limit)}"
    who = "Fit all rows goes on to them" if pieces else "How many? goes on to all rows"
    return f"{_sample(n, n_total, why)} {who} in pieces."


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


def _weights(column: str, n: int, total: float) -> str:
    return (
        f"Both models count each row as often as {column[:MOST_NAME]} says: {n:,} rows are "
        f"{total:,.0f} points (k-means by scikit-learn's sample_weight, the mixture by our "
        "engine). Log-likelihood is per point; inertia, AIC and BIC are of all of them."
    )


def _weights_scaled(column: str, n: int, total: float) -> str:
    return (
        f"Both models weight each of {n:,} rows by {column[:MOST_NAME]}, not all whole numbers, "
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


WORDS: Final[Words] = {
    "note.labelled": _labelled,
    "note.all-rows": _all_rows,
    "note.sample-rows": lambda n, n_total, limit: _sample(
        n,
        n_total,
        f"of more than {limit:,} rows this server fits no more than a sample (GMM_DASH_ALL_ROWS)",
    ),
    "note.sample-seconds": _sample_seconds,
    "note.sample-bootstrap": lambda n, n_total: _sample(
        n, n_total, "k-means is refitted many times for the sizes of its points"
    ),
    "note.sample-hard": lambda n, n_total: _sample(
        n, n_total, "a variance that is held, not estimated, is tried on a sample"
    ),
    "note.sample-background": lambda n, n_total: _sample(
        n, n_total, "a mixture with a background is fitted to a sample"
    ),
    "note.sample-pca": lambda n, n_total: _sample(
        n, n_total, "the principal components are those of a sample"
    ),
    "note.drawn": lambda n, most: (
        f"{most:,} of the {n:,} points are drawn; every part of the plot keeps its share of them."
    ),
    "caption.gaps": _gap_marks,
    "note.gaps": _gaps,
    "note.gaps-unused": _gaps_unused,
    "note.weights": _weights,
    "note.weights-scaled": _weights_scaled,
    "note.weights-rows": _weights_rows,
    "note.weights-start": lambda: (
        "With weights of rows EM begins at mixed starts: the kind that is chosen knows none."
    ),
    "note.weights-idle": _weights_idle,
}
