"""Groups of different width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import (
    DRAWING,
    FINE_PRINT,
    gmm_ari,
    kmeans_ari,
    lost_points,
    shape_aris,
)
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {"data": "unequal", "k": 3}
_GROUPS = ("The medium one", "The wide one", "The tight one")


def _loser(run: Run) -> int:
    lost = lost_points(run.comparison)
    return lost.index(max(lost))


def _why(run: Run) -> str:
    lost = lost_points(run.comparison)
    return (
        f"The wide group loses {lost[1]} points, the medium one {lost[0]}, the tight one "
        f"{lost[2]}. k-means draws the border halfway between two centres, however "
        f"wide the groups: ARI {kmeans_ari(run):.2f} against {gmm_ari(run):.2f} for the mixture."
    )


def _tied(run: Run) -> int:
    found = shape_aris(run)
    return 1 if found["tied"] == min(found.values()) else 0


def _why_tied(run: Run) -> str:
    found = shape_aris(run)
    return (
        f"Tied scores {found['tied']:.2f}, no better than k-means ({kmeans_ari(run):.2f}); full "
        f"{found['full']:.2f} and even circles {found['spherical']:.2f}. One width for all is the "
        "very assumption that fails here; circles of their own width are enough."
    )


LESSONS.add(
    Lesson(
        name="unequal",
        title="Wide and tight",
        idea="k-means' borders lie halfway between centres; a mixture fits a width to each group.",
        course=COURSES[2],
        place=5,
        minutes=3,
        steps=(
            Step(
                "Three round groups of different width",
                _DATA,
                "The groups have standard deviations 1, 2.5 and 0.5.",
                Choice(
                    "Which group loses the most points to its neighbours in k-means?",
                    _GROUPS,
                    _loser,
                ),
                _why,
                (
                    Claim("the wide group loses most", lambda r: _loser(r) == 1),
                    Claim("the mixture is better", lambda r: gmm_ari(r) > kmeans_ari(r) + 0.1),
                ),
            ),
            Step(
                "The four types on these groups",
                _DATA | {"show": ["size", "ellipses", "centers", "shapes"]},
                "The four covariance types on these points. Tied gives all components one and "
                "the same ellipse.",
                Choice(
                    "Which type does worst?",
                    ("Spherical: circles are too simple", "Tied: one width for all"),
                    _tied,
                ),
                _why_tied,
                (
                    Claim("tied is worst", lambda r: _tied(r) == 1),
                    Claim(
                        "spherical is as good as full", lambda r: shape_aris(r)["spherical"] > 0.95
                    ),
                ),
            ),
        ),
        needs=("types",),
        hide=(*DRAWING, *FINE_PRINT),
    )
)
