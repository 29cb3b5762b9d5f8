"""Soft edges: what a mixture knows of its own doubt."""

from __future__ import annotations

import math
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


def _far(run: Run) -> Run:
    return run.but(noise=6.0)


def best_certainty(apart: float) -> float:
    """Return the mean certainty of the true mixture: two equal unit Gaussians so far apart."""
    return 0.5 * (1 + math.erf(apart / 2 / math.sqrt(2)))


def _slow(run: Run) -> int:
    far, near = _far(run).comparison.gmm_fit.n_iter, run.comparison.gmm_fit.n_iter
    return 0 if near > 4 * far else 1 if near > far else 2


def _why_slow(run: Run) -> str:
    far, near = _far(run).comparison, run.comparison
    return (
        f"6 apart EM stops after {counted(far.gmm_fit.n_iter)} with mean certainty "
        f"{far.gmm.certainty.mean():.3f}; 1 apart it needs {counted(near.gmm_fit.n_iter)} and has "
        f"{near.gmm.certainty.mean():.2f}. There even the true mixture is sure to "
        f"{best_certainty(1):.2f} only; what is above that is luck of these points. Where every "
        "point is shared, each iteration moves the components a little, so EM creeps."
    )


def counted(n: int) -> str:
    """Return ``n`` iterations in words."""
    return "1 iteration" if n == 1 else f"{n} iterations"


LESSONS.add(
    Lesson(
        name="soft",
        title="Soft edges",
        idea="A mixture says how sure it is; close groups make it unsure, and EM slow.",
        course=COURSES[2],
        place=6,
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
                _DATA | {"noise": 1.0},
                "Here the centres are one standard deviation apart. Imagine them six apart, where "
                "the groups hardly touch.",
                Choice(
                    "How many iterations does EM need one apart, compared with six?",
                    ("Many times as many", "A few more", "Fewer"),
                    _slow,
                ),
                _why_slow,
                (
                    Claim(
                        "far apart it is sure",
                        lambda r: _far(r).comparison.gmm.certainty.mean() > 0.99,
                    ),
                    Claim("close together EM takes far longer", lambda r: _slow(r) == 0),
                    Claim("0.69 at best", lambda _: abs(best_certainty(1) - 0.6915) < 1e-4),
                ),
            ),
        ),
        needs=("shares", "em"),
        hide=FINE_PRINT,
    )
)
