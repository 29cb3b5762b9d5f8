"""What is said of the uniform background of the mixture that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.explain.numbers import shown

if TYPE_CHECKING:
    from gmm_dash.explain.sentence import Words

_NOTHING: Final = 5e-5


def share_spoken(share: float) -> str:
    """Return a share in percent; of less than a point in twenty thousand nothing is left."""
    return shown(100 * share, 3) if share >= _NOTHING else "0"


def _background(share: float, loose: int, n: int) -> str:
    belong = "belongs" if loose == 1 else "belong"
    return (
        "The mixture has a uniform background over the box that the points span (our engine; "
        f"mclust's noise). Its share is {share_spoken(share)} %; of {n:,} points {loose:,} "
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


WORDS: Final[Words] = {
    "caption.background": _crosses,
    "note.background": _background,
    "note.background-scores": _background_scores,
    "note.background-start": lambda: (
        "With a background EM begins at mixed starts: the kind that is chosen knows none."
    ),
    "note.background-idle": lambda why: (
        f"Uniform background is on and does not act here: {_IDLE[why]}."
    ),
}
