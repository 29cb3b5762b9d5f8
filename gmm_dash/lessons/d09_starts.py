"""The start hands on its mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import DRAWING, missed
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Estimate, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_STARTS = 40
_DATA = {"data": "bars", "k": 2, "cov": "full", "n_init": 1, "starts": _STARTS}


def _successes(run: Run, kind: str) -> tuple[int, int]:
    """Return how many starts of one kind reach the best end found, and how many there are."""
    wrong, count = missed(run.restarts("gmm"), kind)
    return count - wrong, count


def _kmeans_starts(run: Run) -> float:
    return float(_successes(run, "kmeans")[0])


def _why_kmeans(run: Run) -> str:
    found, count = _successes(run, "kmeans")
    return (
        f"{found} of {count}. Another seed moves k-means' first centres, but k-means ends at the "
        "same wrong cut every time and hands it to EM, which cannot leave it. Restarts only help "
        "when they differ."
    )


def _share(run: Run, kind: str) -> float:
    found, count = _successes(run, kind)
    return found / count


def _other(run: Run) -> int:
    return 0 if _share(run, "random_from_data") > 0.5 else 1


def _why_other(run: Run) -> str:
    words = {"random_from_data": "random points", "k-means++": "k-means++", "kmeans": "k-means"}
    told = ", ".join(
        f"{found} of {count} from {name}"
        for kind, name in words.items()
        for found, count in [_successes(run, kind)]
    )
    return (
        f"The bars are found by {told}. Vary the kind of start, not only the seed: that is what "
        "mixed kinds, this page's default, does."
    )


LESSONS.add(
    Lesson(
        name="starts",
        title="Kinds of start",
        idea="Forty restarts of one kind can repeat one mistake; another kind of start does not.",
        course=COURSES[2],
        place=9,
        minutes=4,
        steps=(
            Step(
                "Starts from k-means",
                _DATA | {"view": "restarts", "init": "kmeans"},
                "The two bars again, and 40 starts of the mixture: a quarter of each of four "
                "kinds. Ten begin at the result of k-means, each with another seed.",
                Estimate("How many of those ten find the bars?", _kmeans_starts, 1, 0, 10),
                _why_kmeans,
                (Claim("none succeeds", lambda r: _kmeans_starts(r) == 0),),
            ),
            Step(
                "Starts from random points",
                _DATA | {"view": "restarts", "init": "random_from_data"},
                "Ten others take two random points of the data as their first centres: a far "
                "cruder start.",
                Choice(
                    "Do more than half of them succeed?",
                    ("Yes", "No, a cruder start is worse"),
                    _other,
                ),
                _why_other,
                (
                    Claim("most succeed", lambda r: _share(r, "random_from_data") > 0.5),
                    Claim("k-means starts do not", lambda r: _kmeans_starts(r) == 0),
                ),
            ),
        ),
        needs=("beginnings",),
        hide=DRAWING,
    )
)
