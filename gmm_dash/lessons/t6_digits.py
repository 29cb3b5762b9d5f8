"""The textbook's handwritten digits: reduce, model, draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Estimate, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {"data": "digits", "view": "digits", "k": 10, "pca": 99.0}
_KEPT = 0.99
_COMPONENTS = 110


def _numbers(run: Run) -> float:
    return float(run.points.d)


def _why_numbers(run: Run) -> str:
    return (
        f"8 x 8 = {run.points.d} brightnesses, for each of {run.points.n:,} images. To the mixture "
        f"an image is one point in {run.points.d} dimensions, and a cloud of them is a digit."
    )


def _dimensions(run: Run) -> float:
    return float(run.reduced(_KEPT)[1])


def _why_dimensions(run: Run) -> str:
    columns, kept = run.reduced(_KEPT)
    return (
        f"{kept} of {columns} principal components keep 99 % of the variance: corners that are "
        "always white say nothing. A full covariance has "
        f"{kept * (kept + 1) // 2} numbers instead of {columns * (columns + 1) // 2}."
    )


def _parameters(run: Run) -> int:
    """Return how many numbers a full mixture of 110 components has after the reduction."""
    kept = run.reduced(_KEPT)[1]
    return _COMPONENTS * (kept + kept * (kept + 1) // 2) + _COMPONENTS - 1


def _more(run: Run) -> int:
    kept = run.reduced(_KEPT)[1]
    return 0 if _parameters(run) > run.points.n * kept else 1


def _why_more(run: Run) -> str:
    kept = run.reduced(_KEPT)[1]
    return (
        f"{_COMPONENTS} components have {_parameters(run):,} parameters; the data are "
        f"{run.points.n:,} x {kept} = {run.points.n * kept:,} numbers. A model with more "
        "parameters than data can repeat what it was given, so look at how near each new digit "
        "comes to a real one before you trust it."
    )


LESSONS.add(
    Lesson(
        name="book-digits",
        title="Drawing new digits",
        idea="Reduce 64 dimensions, fit a mixture as a density, and draw digits nobody wrote.",
        course=COURSES[1],
        place=6,
        minutes=8,
        steps=(
            Step(
                "A hundred digits",
                _DATA,
                "Handwritten digits, each 8 by 8 pixels with a brightness from 0 to 16.",
                Estimate("How many numbers describe one image?", _numbers, 0.5, 1, 1000),
                _why_numbers,
                (Claim("an image is 64 numbers", lambda r: r.points.d == 64),),
                shows_data=False,
            ),
            Step(
                "Fewer dimensions",
                _DATA,
                "A mixture with full covariances in 64 dimensions needs too many numbers. "
                "Principal components are directions, sorted by how much the images vary along "
                "them.",
                Estimate("How many of the 64 keep 99 % of the variance?", _dimensions, 6, 1, 64),
                _why_dimensions,
                (Claim("41 keep 99 %", lambda r: r.reduced(_KEPT) == (64, 41)),),
                shows_data=False,
            ),
            Step(
                "A hundred new ones",
                _DATA,
                "Take 110 components in those 41 dimensions. From that mixture 100 new images are "
                "drawn and mapped back to pixels.",
                Choice(
                    "Does this mixture have more parameters than there are numbers in the data?",
                    ("Yes", "No"),
                    _more,
                ),
                _why_more,
                (
                    Claim("more parameters than numbers", lambda r: _more(r) == 0),
                    Claim("there are 1,797 images", lambda r: r.points.n == 1797),
                ),
                shows_data=False,
            ),
        ),
        hide=FINE_PRINT,
    )
)
