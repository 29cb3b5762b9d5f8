"""The textbook's moons: two components, sixteen components, new points."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step
from gmm_dash.lessons.c09_density import MOONS, moon_steps

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run


def _bent(run: Run) -> int:
    return 1 if (run.comparison.kmeans.ari or 0) < 0.6 else 0


def _why_bent(run: Run) -> str:
    return (
        f"k-means scores {run.comparison.kmeans.ari:.2f}: its border is straight, halfway "
        "between two centres, and the moons reach around each other. No ellipse is bent either."
    )


_FIRST = Step(
    "Two moons",
    MOONS | {"k": 2, "show": ["centers", "truth", "circles"]},
    "200 points on two interleaving half circles.",
    Choice("Can k-means with K = 2 tell the moons apart?", ("Yes", "No"), _bent),
    _why_bent,
    (Claim("k-means fails on moons", lambda r: (r.comparison.kmeans.ari or 0) < 0.6),),
)


def _textbook() -> tuple[Step, ...]:
    """Return the class's steps with the textbook's seeds and one start."""
    return (
        _FIRST,
        *(replace(step, settings=dict(step.settings) | {"seed": 0}) for step in moon_steps()),
    )


LESSONS.add(
    Lesson(
        name="book-density",
        title="Moons: a mixture as a density",
        idea="Two components do not find the moons; sixteen fit far better, and can be drawn from.",
        course=COURSES[1],
        place=4,
        minutes=8,
        steps=_textbook(),
        hide=FINE_PRINT,
    )
)
