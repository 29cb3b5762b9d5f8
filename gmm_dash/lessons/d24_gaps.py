"""Rows that lack a value: left out they may take a group with them, used they bring it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import DRAWING, FINE_PRINT
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step
from gmm_dash.results import project
from gmm_dash.results.gap_marks import gap_marks

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run
    from gmm_dash.results.gap_marks import GapMarks

_DATA = {"data": "gaps", "k": 3}
_USED = _DATA | {"gaps": "use"}


def _right(run: Run) -> int:
    """Return the component farthest to the right."""
    means: list[float] = run.comparison.gmm.mixture.means[:, 0].tolist()
    return means.index(max(means))


def _weight(run: Run) -> float:
    """Return the weight of the component on the right."""
    return float(run.comparison.gmm.mixture.weights[_right(run)])


def _small(run: Run) -> int:
    guesses = (1 / 3, 0.1, 0.0)
    return min(range(3), key=lambda i: abs(guesses[i] - _weight(run)))


def _why_small(run: Run) -> str:
    return (
        f"It has a weight of {100 * _weight(run):.0f} %: the mixture knows {run.points.n} of 600 "
        "rows, few of them on the right. Leaving out rows with gaps is harmless only where they "
        "are rows like all others. Here a whole group looks rare, and no score tells."
    )


def _marks(run: Run) -> GapMarks:
    result = run.comparison
    plane = project(result.points, run.state.view.x, run.state.view.y)
    found = gap_marks(result.points, result.gmm_fit, result.gmm, plane)
    assert found is not None
    return found


def _slope(run: Run) -> float:
    """Return how much higher a mark stands for each unit that it lies farther to the right."""
    x, y = _marks(run).at.T
    across = x - x.mean()
    return float((across * y).sum() / (across * across).sum())


def _bar(run: Run) -> float:
    """Return the middle one of the bars."""
    bars = sorted(_marks(run).spread[:, 1].tolist())
    return float(bars[len(bars) // 2])


def _at_mean(run: Run) -> int:
    return 1 if _slope(run) > 0.5 else 0


def _why_filled(run: Run) -> str:
    return (
        "Each diamond stands where the mixture expects it, given the x of its row: along the "
        "ellipse. The bar is one standard deviation to either side: no value is made up. The "
        f"weight on the right is {100 * _weight(run):.0f} % now. This is right as what is missing "
        "hangs on x, which is known. Were y missing because it is high, no method could tell."
    )


LESSONS.add(
    Lesson(
        name="gaps",
        title="What rows with gaps know",
        idea="Rows with a gap say something: who leaves them out may lose a group with them.",
        course=COURSES[2],
        place=21,
        minutes=4,
        steps=(
            Step(
                "Rows with gaps, left out",
                _DATA,
                "Three groups of 200 rows each. Of the rows on the right four in five lack their "
                "y, and are left out, as most programs do.",
                Choice(
                    "Which weight does the mixture give to the group on the right?",
                    ("About a third", "About a tenth", "None: it is not found"),
                    _small,
                ),
                _why_small,
                (
                    Claim("about a tenth", lambda r: 0.07 < _weight(r) < 0.12),
                    Claim("440 rows are complete", lambda r: r.points.n == 440),
                    Claim(
                        "both agree with the groups", lambda r: (r.comparison.gmm.ari or 0) > 0.9
                    ),
                ),
            ),
            Step(
                "What is known of them",
                _USED,
                "The same rows, now with Rows with gaps: use what is known. A row without y still "
                "has its x, and EM takes its shares from that alone.",
                Choice(
                    "Where does the mixture expect the rows without y?",
                    (
                        "All at the same height, the mean of the group",
                        "The higher, the farther right they are",
                    ),
                    _at_mean,
                ),
                _why_filled,
                (
                    Claim("a third again", lambda r: abs(_weight(r) - 1 / 3) < 0.01),
                    Claim("along the slant of the group", lambda r: abs(_slope(r) - 1.2) < 0.2),
                    Claim("with its width", lambda r: 0.7 < _bar(r) < 1.1),
                    Claim("160 diamonds", lambda r: len(_marks(r).at) == 160),
                ),
            ),
        ),
        needs=("shares",),
        hide=(*FINE_PRINT, *DRAWING),
    )
)
