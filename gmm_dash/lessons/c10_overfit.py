"""More components always fit the points at hand; new points tell."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT, MUTE
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.engine import SelectionRow
    from gmm_dash.lessons._lesson import Run

_SHOW = {"show": ["ellipses", "centers"]}


def _fit(run: Run, k: int) -> float:
    return run.but(k=k).comparison.gmm_fit.log_likelihood


def _rises(run: Run) -> int:
    return 0 if _fit(run, 30) > _fit(run, 2) else 1


def _why_rises(run: Run) -> str:
    return (
        f"From {_fit(run, 2):.2f} with 2 components to {_fit(run, 30):.2f} with 30: each can "
        f"sit on a few of the {run.points.n} points. The largest possible log-likelihood never "
        "falls when components are added, so it cannot tell you how many to take."
    )


def _row(run: Run, k: int) -> SelectionRow:
    return next(row for row in run.selection.mixtures if row.n_components == k)


def _held(run: Run, k: int) -> float:
    return float(_row(run, k).heldout_log_likelihood or 0.0)


def _best(run: Run) -> int:
    row = run.selection.best("heldout")
    assert row is not None
    return row.n_components


def _fits_ever_better(run: Run) -> bool:
    fits = [row.log_likelihood or 0.0 for row in run.selection.mixtures]
    return all(later > earlier for earlier, later in pairwise(fits))


def _falls(run: Run) -> int:
    return 1 if _held(run, 10) < _held(run, 2) else 0


def _why_falls(run: Run) -> str:
    return (
        f"On points held out the score falls from {_held(run, 2):.2f} with 2 components to "
        f"{_held(run, 10):.2f} with 10; it is best at {_best(run)}. On the points used it would "
        "rise all the way. The larger mixture has learnt its points by heart: it describes these, "
        "not where new ones will fall."
    )


LESSONS.add(
    Lesson(
        name="overfit",
        title="More and more components",
        idea="More components fit the points at hand ever better, new points only up to a number.",
        course=COURSES[0],
        place=10,
        minutes=3,
        steps=(
            Step(
                "Thirty components for two groups",
                {"data": "overfit", "k": 30} | _SHOW,
                "120 points in two groups. You would take two components. Somebody takes 30.",
                Choice(
                    "Which mixture has the higher log-likelihood?",
                    ("30 components", "2 components"),
                    _rises,
                ),
                _why_rises,
                (Claim("the fit rises", lambda r: _fit(r, 30) > _fit(r, 2) + 0.5),),
            ),
            Step(
                "Points held out",
                {
                    "data": "overfit",
                    "k": 2,
                    "view": "select",
                    "kmin": 1,
                    "kmax": 10,
                    "types": "full",
                    "criterion": "heldout",
                },
                "Put a part of the points aside, fit the mixture on the rest, and score those held "
                "out. Every part is held out once; the plot shows the average for 1 to 10 "
                "components.",
                Choice(
                    "Which gives the points held out the higher score?",
                    ("10 components", "2 components"),
                    _falls,
                ),
                _why_falls,
                (
                    Claim("it falls", lambda r: _held(r, 10) < _held(r, 2) - 0.2),
                    Claim("two or so are best", lambda r: _best(r) <= 3),
                    Claim("the fit rises all the way", _fits_ever_better),
                ),
            ),
        ),
        hide=(*FINE_PRINT, *MUTE, "kmeans"),
    )
)
