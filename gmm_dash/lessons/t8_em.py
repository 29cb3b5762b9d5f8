"""The textbook's run of EM, as an animation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FOUR_WIDE, climb
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = FOUR_WIDE | {"step": 0}


def _first_gain(run: Run) -> float:
    """Return which share of the whole gain the first iteration brings."""
    _, rises = climb(run)
    return (rises[1] - rises[0]) / (rises[-1] - rises[0])


def _early(run: Run) -> int:
    return 0 if _first_gain(run) > 0.4 else 1


def _why_early(run: Run) -> str:
    fit, rises = climb(run)
    return (
        f"The first of {fit.n_iter} iterations brings {100 * _first_gain(run):.0f} % of the gain "
        f"in log-likelihood, from {rises[0]:.3f} to {rises[-1]:.3f} "
        f"a point in all; the rest is polish. "
        "Watch how little the centres move at the end."
    )


LESSONS.add(
    Lesson(
        name="book-em",
        title="Watch EM run",
        idea="The steps of EM, from start to rest.",
        course=COURSES[1],
        place=8,
        minutes=4,
        steps=(
            Step(
                "Four wide blobs",
                _DATA,
                "200 points in four wide blobs. Both methods start from the same centres, "
                "and can be played when you have answered.",
                Choice(
                    "When does EM gain most?",
                    ("In the first iteration", "Later, little by little"),
                    _early,
                ),
                _why_early,
                (
                    Claim(
                        "the log-likelihood climbs",
                        lambda r: climb(r)[1][-1] > climb(r)[1][0],
                    ),
                    Claim("the run converges", lambda r: climb(r)[0].converged),
                ),
            ),
        ),
    )
)
