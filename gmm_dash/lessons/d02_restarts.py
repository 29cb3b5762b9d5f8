"""Many starts of k-means: how often one fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import DRAWING, missed
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Estimate, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {"data": "grid", "k": 9, "view": "restarts", "starts": 100}


def _missed(run: Run, kind: str) -> tuple[int, int]:
    return missed(run.restarts("kmeans"), kind)


def _percent(run: Run, kind: str) -> float:
    wrong, count = _missed(run, kind)
    return 100 * wrong / count


def _random(run: Run) -> float:
    return _percent(run, "random")


def _why_random(run: Run) -> str:
    wrong, count = _missed(run, "random")
    restarts = run.restarts("kmeans")
    worst = max(one.objective or 0.0 for one in restarts.starts)
    least = restarts.representatives[0].objective or 1.0
    return (
        f"{wrong} of the {count} random starts miss the best end ({_random(run):.0f} %), the worst "
        f"with {worst / least:.1f} times the least inertia: two centres share one blob while "
        "another has to serve two. Nine random points seldom fall one into each of nine blobs."
    )


def _better(run: Run) -> int:
    careful, careless = _percent(run, "k-means++"), _random(run)
    return 0 if careful < careless / 4 else 1 if careful < careless else 2


def _why_better(run: Run) -> str:
    (wrong, count), (other, others) = _missed(run, "k-means++"), _missed(run, "random")
    return (
        f"{wrong} of {count} starts by k-means++ miss the best end, {other} of {others} random "
        "ones. k-means++ draws each further centre with a probability that grows with the squared "
        "distance to the nearest centre it has. scikit-learn's is greedy: it draws several "
        "candidates and keeps the best, which is why so few fail."
    )


LESSONS.add(
    Lesson(
        name="restarts",
        title="A hundred starts",
        idea="How often a random start fails, and how much a careful start helps.",
        course=COURSES[2],
        place=2,
        minutes=4,
        steps=(
            Step(
                "Random starts",
                _DATA | {"kinit": "random", "n_init": 1},
                "Nine blobs on a grid, K = 9. k-means starts 100 times and each time runs to its "
                "end; every second start is nine random points of the data.",
                Estimate(
                    "What percentage of the random starts miss the best end?", _random, 12, 0, 100
                ),
                _why_random,
                (Claim("more than half fail", lambda r: _random(r) > 50),),
            ),
            Step(
                "A careful start",
                _DATA | {"kinit": "k-means++", "n_init": 1},
                "The other 50 starts spread the first centres out before the first step; that is "
                "called k-means++.",
                Choice(
                    "How many of them miss the best end?",
                    ("Hardly any", "Fewer, but still many", "As many as of the random ones"),
                    _better,
                ),
                _why_better,
                (
                    Claim("fewer than a tenth fail", lambda r: _percent(r, "k-means++") < 10),
                    Claim("random fails more often", lambda r: _random(r) > 50),
                ),
            ),
        ),
        needs=("corners",),
        hide=DRAWING,
    )
)
