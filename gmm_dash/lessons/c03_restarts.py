"""Many starts of k-means: how often one fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import DRAWING, failures
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Estimate, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_STARTS = 100
_DATA = {"data": "grid", "k": 9, "view": "restarts", "starts": _STARTS}


def _wrong(start: str, run: Run) -> float:
    return 100 * failures(run.restarts("kmeans", start, _STARTS))


def _random(run: Run) -> float:
    return _wrong("random", run)


def _why_random(run: Run) -> str:
    study = run.restarts("kmeans", "random", _STARTS)
    return (
        f"{_random(run):.0f} of {_STARTS} end wrong, the worst with "
        f"{study.objective.max() / study.optima[0]:.1f} times the best inertia: two centres share "
        "one blob while another centre has to serve two. With nine blobs it is unlikely that "
        "nine random points fall one into each."
    )


def _better(run: Run) -> int:
    careful, careless = _wrong("k-means++", run), _random(run)
    return 0 if careful < careless / 4 else 1 if careful < careless else 2


def _why_better(run: Run) -> str:
    return (
        f"With k-means++ {_wrong('k-means++', run):.0f} of {_STARTS} starts fail, with random "
        f"points {_random(run):.0f}. k-means++ picks each further centre with a probability that "
        "grows with the squared distance to the centres it has, so it rarely leaves a blob out."
    )


LESSONS.add(
    Lesson(
        name="restarts",
        title="One start is not enough",
        idea="How often a random start fails, and how much a careful start helps.",
        course=COURSES[0],
        place=3,
        minutes=4,
        steps=(
            Step(
                "A hundred random starts",
                _DATA | {"kinit": "random", "n_init": 1},
                "Nine blobs on a grid, K = 9. k-means starts 100 times from nine random points "
                "and each time runs to its end.",
                Estimate("How many of the 100 runs end with a wrong result?", _random, 12, 0, 100),
                _why_random,
                (Claim("more than half fail", lambda r: _random(r) > 50),),
            ),
            Step(
                "A careful start",
                _DATA | {"kinit": "k-means++", "n_init": 1},
                "k-means++ spreads the first centres out before the first step.",
                Choice(
                    "How many of 100 starts fail now?",
                    ("Hardly any", "Fewer, but still many", "As many as before"),
                    _better,
                ),
                _why_better,
                (
                    Claim("fewer than a tenth fail", lambda r: _wrong("k-means++", r) < 10),
                    Claim("random fails more often", lambda r: _random(r) > 50),
                ),
            ),
        ),
        hide=DRAWING,
    )
)
