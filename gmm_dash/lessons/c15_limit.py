"""The last picture: a mixture whose components shrink becomes k-means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT, MUTE, unsure
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {"data": "overlap", "k": 2, "cov": "spherical", "show": ["size", "ellipses", "centers"]}
_DOUBT = 0.99
_HARD = (0.0, 0.5, 0.9, 1.0)


def _doubtful(run: Run) -> int:
    return unsure(run.comparison, below=_DOUBT)


def _fewer(run: Run) -> int:
    wide = run.but(noise=2.0)
    return 0 if _doubtful(run) < 0.05 * _doubtful(wide) else 1


def _why_fewer(run: Run) -> str:
    wide, narrow = run.but(noise=2.0).comparison, run.comparison
    return (
        f"At 2 standard deviations {_doubtful(run.but(noise=2.0))} of {run.points.n:,} points have "
        f"a certainty below {_DOUBT}, and {wide.moved} have another cluster than k-means gives "
        f"them; at 8 it is {_doubtful(run)} and {narrow.moved}. The narrower components are beside "
        "their distance, the more all shares become 1 or 0."
    )


def _shrunk(run: Run) -> list[int]:
    """Return how many points are in doubt, the further the smaller the components are held."""
    return [_doubtful(run.but(hard=one)) for one in _HARD]


def _left(run: Run) -> int:
    return 0 if run.comparison.moved == 0 and _doubtful(run) == 0 else 1


def _why_left(run: Run) -> str:
    whole, half, tenth, nothing = _shrunk(run)
    return (
        f"k-means. At full width {whole} of {run.points.n:,} points are in doubt, at half of it "
        f"{half}, at a tenth {tenth}, at none {nothing}. The border of equal round components is "
        "halfway between the centres; with shares of 1 and 0, E is assign and M is move. k-means "
        "is this mixture's hard limit: its straight borders are the price."
    )


LESSONS.add(
    Lesson(
        name="limit",
        title="The last picture",
        idea="Equal, round components that shrink make a mixture k-means: hard is a limit of soft.",
        course=COURSES[0],
        place=15,
        minutes=3,
        steps=(
            Step(
                "Narrow components",
                _DATA | {"noise": 8.0},
                "Two round groups, their centres 8 standard deviations apart, and both methods. "
                "Imagine them 2 apart, where many points were half and half.",
                Choice(
                    "How many points are in doubt at 8, compared with 2?",
                    ("Next to none", "About half as many"),
                    _fewer,
                ),
                _why_fewer,
                (
                    Claim("next to none are in doubt", lambda r: _fewer(r) == 0),
                    Claim("both methods agree", lambda r: r.comparison.moved == 0),
                ),
            ),
            Step(
                "Shrink them",
                _DATA | {"noise": 2.0, "cov": "equal", "hard": 1.0},
                "2 standard deviations apart again. Both components get the same weight and the "
                "same round shape, and that shape is shrunk to nothing.",
                Choice(
                    "What does the mixture become?",
                    ("k-means", "A finer mixture, with more doubt"),
                    _left,
                ),
                _why_left,
                (
                    Claim("it becomes k-means", lambda r: _left(r) == 0),
                    Claim(
                        "doubt shrinks with the spread",
                        lambda r: _shrunk(r) == sorted(_shrunk(r), reverse=True),
                    ),
                ),
            ),
        ),
        hide=(*FINE_PRINT, *MUTE),
    )
)
