"""Groups of unequal size: the objective itself is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import DRAWING, FINE_PRINT, gmm_ari, kmeans_ari
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {"data": "mouse", "k": 3, "n_init": 10}


def true_inertia(run: Run) -> float:
    """Return the inertia of the true partition."""
    points = run.points
    assert points.labels is not None
    groups = (points.fitted[points.labels == g] for g in range(int(points.labels.max()) + 1))
    return float(sum(((group - group.mean(axis=0)) ** 2).sum() for group in groups))


def _who(run: Run) -> int:
    kmeans, gmm = kmeans_ari(run), gmm_ari(run)
    return 0 if gmm > kmeans + 0.1 else 1 if kmeans > gmm + 0.1 else 2


def _why_who(run: Run) -> str:
    weights = run.comparison.gmm.mixture.weights
    return (
        f"k-means gives the ears part of the head: ARI {kmeans_ari(run):.2f} against "
        f"{gmm_ari(run):.2f}. It draws the wall halfway between two centres, however wide the "
        f"groups are; the mixture learns that its components have different widths and weights "
        f"({100 * weights.min():.0f} % to {100 * weights.max():.0f} %)."
    )


def _lower(run: Run) -> int:
    return 1 if run.comparison.kmeans_fit.inertia < true_inertia(run) else 0


def _why_lower(run: Run) -> str:
    found, true = run.comparison.kmeans_fit.inertia, true_inertia(run)
    return (
        f"k-means' inertia is {found:,.0f}; that of the true groups is {true:,.0f}. By its own "
        "measure the wrong answer is better, so it is not stuck, and no number of restarts "
        "would help: what it minimises is not what we want here."
    )


LESSONS.add(
    Lesson(
        name="mouse",
        title="A head and two ears",
        idea="k-means can fail without being stuck: its objective can prefer the wrong answer.",
        course=COURSES[2],
        place=3,
        minutes=4,
        steps=(
            Step(
                "One large group and two small ones",
                _DATA,
                "The head holds 70 % of the points; each ear holds 15 % and is much narrower.",
                Choice(
                    "Who finds head and ears?",
                    ("The mixture", "k-means", "Both alike"),
                    _who,
                ),
                _why_who,
                (
                    Claim("k-means misses the head", lambda r: kmeans_ari(r) < 0.75),
                    Claim("the mixture does not", lambda r: gmm_ari(r) > 0.95),
                ),
            ),
            Step(
                "Is k-means stuck?",
                _DATA | {"show": ["circles", "centers", "truth", "ellipses"]},
                "Perhaps ten starts were unlucky. Inertia is what k-means minimises, so compare "
                "the inertia it found with the inertia of the true head and ears.",
                Choice(
                    "Which of the two is lower?",
                    ("The true groups': k-means is stuck", "k-means': it found what it looked for"),
                    _lower,
                ),
                _why_lower,
                (
                    Claim(
                        "k-means' inertia is lower than the truth's",
                        lambda r: r.comparison.kmeans_fit.inertia < true_inertia(r),
                    ),
                ),
            ),
        ),
        needs=("borders",),
        hide=(*DRAWING, *FINE_PRINT),
    )
)
