"""Soft edges: what a mixture knows of its own doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT, unsure
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Estimate, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {"data": "overlap", "k": 2, "show": ["size", "ellipses", "centers"]}


def _unsure_share(run: Run) -> float:
    return 100 * unsure(run.comparison) / run.points.n


def _why_unsure(run: Run) -> str:
    result = run.comparison
    return (
        f"{unsure(result):,} of {run.points.n:,} points, {_unsure_share(run):.0f} %, are drawn "
        f"small; the mean certainty is {result.gmm.certainty.mean():.2f}. k-means gives every "
        "one of them a cluster as if it were sure: a hard label hides the doubt."
    )


def _near(run: Run) -> Run:
    return run.but(noise=1.0)


def _slow(run: Run) -> int:
    far, near = run.comparison.gmm_fit.n_iter, _near(run).comparison.gmm_fit.n_iter
    return 0 if near > 4 * far else 1 if near > far else 2


def _why_slow(run: Run) -> str:
    far, near = run.comparison, _near(run).comparison
    return (
        f"6 apart EM stops after {counted(far.gmm_fit.n_iter)} with mean certainty "
        f"{far.gmm.certainty.mean():.3f}; 1 apart it needs {counted(near.gmm_fit.n_iter)} and is "
        f"sure to {near.gmm.certainty.mean():.2f} only. Where every point is shared, each "
        "iteration moves the components a little, so EM creeps."
    )


def counted(n: int) -> str:
    """Return ``n`` iterations in words."""
    return "1 iteration" if n == 1 else f"{n} iterations"


LESSONS.add(
    Lesson(
        name="soft",
        title="Soft edges",
        idea="A mixture says how sure it is; close groups make it unsure, and EM slow.",
        course=COURSES[0],
        place=7,
        minutes=4,
        steps=(
            Step(
                "Two groups that overlap",
                _DATA | {"noise": 2.0},
                "Two round groups, their centres two standard deviations apart. A point's "
                "certainty is its largest posterior probability.",
                Estimate(
                    "Of how many points in a hundred is the mixture less than 80 % sure?",
                    _unsure_share,
                    8,
                    0,
                    100,
                ),
                _why_unsure,
                (
                    Claim("a good share is unsure", lambda r: 10 < _unsure_share(r) < 60),
                    Claim(
                        "k-means shows none of it",
                        lambda r: bool((r.comparison.kmeans.certainty == 1).all()),
                    ),
                ),
            ),
            Step(
                "Far apart, close together",
                _DATA | {"noise": 6.0},
                "Six standard deviations apart the groups hardly touch. Now imagine them only one "
                "apart.",
                Choice(
                    "How many iterations does EM need when they are one apart, compared with six?",
                    ("Many times as many", "A few more", "Fewer"),
                    _slow,
                ),
                _why_slow,
                (
                    Claim(
                        "far apart it is sure", lambda r: r.comparison.gmm.certainty.mean() > 0.99
                    ),
                    Claim("close together EM takes far longer", lambda r: _slow(r) == 0),
                ),
            ),
        ),
        hide=FINE_PRINT,
    )
)
