"""The textbook's photograph in sixteen colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {"view": "colors", "image": "china", "colors": 16}


def _smaller(run: Run) -> int:
    before, kmeans, _ = run.image_sizes()
    return 0 if kmeans < before / 2 else 1


def _why_smaller(run: Run) -> str:
    before, kmeans, mixture = run.image_sizes()
    return (
        f"From {before / 1000:,.0f} kB to {kmeans / 1000:,.0f} kB with k-means' sixteen colours "
        f"and {mixture / 1000:,.0f} kB with the mixture's: every pixel takes its cluster's "
        "centre, so "
        "four bits a pixel are enough. Here the clusters need not exist; a palette has to be near "
        "every pixel, and that is what k-means minimises."
    )


LESSONS.add(
    Lesson(
        name="book-colours",
        title="A photograph in sixteen colours",
        idea="Clustering pixels gives a palette; here k-means is exactly the right tool.",
        course=COURSES[1],
        place=7,
        minutes=4,
        steps=(
            Step(
                "Every pixel gets its cluster's colour",
                _DATA,
                "Each pixel of a photograph is a point in three dimensions: red, green, blue. "
                "K = 16 clusters of pixels make a palette of sixteen colours.",
                Choice(
                    "Will the image file shrink to less than half?",
                    ("Yes", "No"),
                    _smaller,
                ),
                _why_smaller,
                (
                    Claim(
                        "k-means' image is smaller",
                        lambda r: r.image_sizes()[1] < r.image_sizes()[0],
                    ),
                    Claim("so is the mixture's", lambda r: r.image_sizes()[2] < r.image_sizes()[0]),
                ),
                shows_data=False,
            ),
        ),
        hide=FINE_PRINT,
    )
)
