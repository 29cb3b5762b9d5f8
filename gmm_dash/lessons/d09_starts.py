"""The start hands on its mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import DRAWING
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Estimate, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_STARTS = 40
_DATA = {"data": "bars", "k": 2, "cov": "full", "n_init": 1, "starts": _STARTS}


def _successes(run: Run, kind: str) -> int:
    """Return how many of 40 starts of one kind end near the best that any kind finds."""
    top = max(
        float(run.restarts("gmm", one, _STARTS).objective.max())
        for one in ("kmeans", "random_from_data", "k-means++")
    )
    return int((run.restarts("gmm", kind, _STARTS).objective > top - 0.01).sum())


def _kmeans_starts(run: Run) -> float:
    return float(_successes(run, "kmeans"))


def _why_kmeans(run: Run) -> str:
    return (
        f"{_successes(run, 'kmeans')} of {_STARTS}. Another seed moves k-means' first centres, but "
        "k-means ends at the same wrong cut every time and hands it to EM, which cannot leave it. "
        "Restarts only help when they differ."
    )


def _other(run: Run) -> int:
    return 0 if _successes(run, "random_from_data") > 0.5 * _STARTS else 1


def _why_other(run: Run) -> str:
    return (
        f"From random points {_successes(run, 'random_from_data')} of {_STARTS} starts find the "
        f"bars, from k-means++ points {_successes(run, 'k-means++')}, from k-means "
        f"{_successes(run, 'kmeans')}. Vary the kind of start, not only the seed: that is what "
        "mixed kinds, this page's default, does."
    )


LESSONS.add(
    Lesson(
        name="starts",
        title="The start hands on its mistake",
        idea="Forty restarts of one kind can repeat one mistake; another kind of start does not.",
        course=COURSES[2],
        place=3,
        minutes=4,
        steps=(
            Step(
                "Forty starts from k-means",
                _DATA | {"view": "restarts", "init": "kmeans"},
                "The two bars again. The mixture starts forty times from the result of k-means, "
                "each time with another seed.",
                Estimate("How many of the forty find the bars?", _kmeans_starts, 2, 0, 40),
                _why_kmeans,
                (Claim("none succeeds", lambda r: _successes(r, "kmeans") == 0),),
            ),
            Step(
                "Forty starts from random points",
                _DATA | {"view": "restarts", "init": "random_from_data"},
                "Now each start takes two random points of the data as its first centres: a far "
                "cruder start.",
                Choice(
                    "Do more than half of them succeed?",
                    ("Yes", "No, a cruder start is worse"),
                    _other,
                ),
                _why_other,
                (
                    Claim("most succeed", lambda r: _successes(r, "random_from_data") > 20),
                    Claim("k-means starts do not", lambda r: _successes(r, "kmeans") == 0),
                ),
            ),
        ),
        hide=DRAWING,
    )
)
