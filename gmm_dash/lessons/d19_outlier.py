"""One point far away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run


def _sizes(run: Run) -> tuple[int, int]:
    """Return the size of the smallest cluster of k-means and of the mixture."""
    result = run.comparison
    kmeans = [int((result.kmeans.labels == i).sum()) for i in range(2)]
    gmm = [int((result.gmm.labels == i).sum()) for i in range(2)]
    return min(kmeans), min(gmm)


def _alone(run: Run) -> int:
    kmeans, gmm = _sizes(run)
    return 0 if kmeans <= 2 and gmm <= 2 else 1 if kmeans <= 2 else 2


def _why_alone(run: Run) -> str:
    kmeans, gmm = _sizes(run)
    return (
        f"The smaller cluster holds {kmeans} of {run.points.n} points in k-means and {gmm} in the "
        "mixture: both spend a whole cluster on one far point and put the two groups together. "
        "Squared distances and Gaussian tails alike cannot bear an outlier. Look at the data "
        "first, and set such a point aside."
    )


LESSONS.add(
    Lesson(
        name="outlier",
        title="One far point",
        idea="A single outlier can cost both methods a cluster.",
        course=COURSES[2],
        place=14,
        minutes=3,
        steps=(
            Step(
                "Two groups and a stray point",
                {"data": "outlier", "k": 2},
                "199 points in two round groups, and one point at (30, 30).",
                Choice(
                    "With K = 2, who sets the stray point apart and joins the two groups?",
                    ("Both", "Only k-means", "Neither"),
                    _alone,
                ),
                _why_alone,
                (
                    Claim("k-means gives it a cluster", lambda r: _sizes(r)[0] == 1),
                    Claim("so does the mixture", lambda r: _sizes(r)[1] <= 2),
                ),
            ),
        ),
        needs=("shares",),
        hide=FINE_PRINT,
    )
)
