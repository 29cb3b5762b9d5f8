"""More components always fit the points at hand; new points tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_TEST = {"n": 5000, "dseed": 17}


def _train(run: Run, k: int) -> float:
    return run.but(k=k).comparison.gmm_fit.log_likelihood


def _test(run: Run, k: int) -> float:
    return run.density_of(run.but(k=k).comparison.gmm_fit, run.but(**_TEST).points)


def _rises(run: Run) -> int:
    return 0 if _train(run, 30) > _train(run, 2) else 1


def _why_rises(run: Run) -> str:
    return (
        f"From {_train(run, 2):.2f} a point with 2 components to {_train(run, 30):.2f} with 30: "
        f"every component can sit on a few of the {run.points.n} points. The largest possible "
        "never falls when components are added, so it cannot choose how many."
    )


def _falls(run: Run) -> int:
    return 1 if _test(run, 30) < _test(run, 2) else 0


def _why_falls(run: Run) -> str:
    return (
        f"On 5,000 new points of the same recipe the score falls from {_test(run, 2):.2f} with 2 "
        f"components to {_test(run, 30):.2f} with 30, while on the points it was fitted to it "
        f"rises from {_train(run, 2):.2f} to {_train(run, 30):.2f}. The mixture has learnt these "
        "points by heart. Held-out points, AIC and BIC are three ways to see it coming."
    )


LESSONS.add(
    Lesson(
        name="overfit",
        title="More and more components",
        idea="More components always fit the points at hand better, and new points worse.",
        course=COURSES[0],
        place=12,
        minutes=4,
        steps=(
            Step(
                "Thirty components for two groups",
                {"data": "overfit", "k": 30},
                "120 points in two groups. The log-likelihood says how probable the mixture makes "
                "the points.",
                Choice(
                    "Is it higher with 30 components than with 2?",
                    ("Yes", "No, two is the truth"),
                    _rises,
                ),
                _why_rises,
                (Claim("training fit rises", lambda r: _train(r, 30) > _train(r, 2) + 0.5),),
            ),
            Step(
                "New points",
                {
                    "data": "overfit",
                    "k": 2,
                    "view": "select",
                    "kmin": 1,
                    "kmax": 10,
                    "types": "full",
                    "criterion": "heldout",
                },
                "Draw 5,000 new points from the same two groups and ask both mixtures how probable "
                "they find them.",
                Choice(
                    "Which mixture gives the new points the higher score?",
                    ("30 components", "2 components"),
                    _falls,
                ),
                _why_falls,
                (Claim("new points fall", lambda r: _test(r, 30) < _test(r, 2) - 0.5),),
            ),
        ),
        hide=FINE_PRINT,
    )
)
