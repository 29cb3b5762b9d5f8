"""Noise has clusters too, if you ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import best
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {"data": "uniform", "n": 500, "dseed": 0}


def _silhouettes(run: Run) -> list[float]:
    return [run.but(k=k).comparison.silhouettes[0] or 0.0 for k in range(2, 8)]


def _finds(run: Run) -> int:
    return 1 if min(_silhouettes(run)) > 0.3 else 0


def _why_finds(run: Run) -> str:
    found = _silhouettes(run)
    return (
        f"For K = 2 to 7 the silhouette lies between {min(found):.2f} and {max(found):.2f}, and "
        "the clusters look tidy. k-means always returns as many as you ask for; that it found "
        "them is no evidence that they exist."
    )


def _picked(run: Run) -> int:
    return best(run, "bic").n_components


def _one(run: Run) -> int:
    return 0 if _picked(run) == 1 else 1


def _why_one(run: Run) -> str:
    return (
        f"BIC picks {_picked(run)}. One Gaussian is a poor picture of a square with sharp edges, "
        "so several, laid over it like tiles, describe it better. A criterion compares the "
        "models you "
        "offer; it does not say that any of them is true."
    )


LESSONS.add(
    Lesson(
        name="noise",
        title="Points without groups",
        idea="Both methods report clusters where there are none; so may a criterion.",
        course=COURSES[2],
        place=12,
        minutes=4,
        steps=(
            Step(
                "500 scattered points",
                _DATA | {"k": 4},
                "500 points scattered evenly over a square: there are no groups at all. The "
                "silhouette is 0 on a border and 1 for well separated clusters.",
                Choice(
                    "What silhouette will k-means' clusters have?",
                    ("Near 0: there is nothing", "Above 0.3 for every K"),
                    _finds,
                ),
                _why_finds,
                (Claim("every K looks tidy", lambda r: min(_silhouettes(r)) > 0.3),),
            ),
            Step(
                "Ask BIC",
                _DATA | {"k": 4, "view": "select", "kmin": 1, "kmax": 8, "types": "full"},
                "BIC may answer one component: nothing to split.",
                Choice("Does it?", ("Yes", "No, it picks several"), _one),
                _why_one,
                (Claim("BIC picks several", lambda r: _picked(r) > 1),),
            ),
        ),
        needs=("criteria",),
        hide=("init", "kinit", "tol", "max_iter", "reg"),
    )
)
