"""The textbook's covariance types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT, gmm_ari, kmeans_ari, shape_aris, shape_bics
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step
from gmm_dash.lessons.t1_kmeans import STRETCHED

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_CROSSED = {"data": "crossed", "n": 2000, "noise": 0.95, "dseed": 0, "k": 2}


def _right(run: Run) -> int:
    return 0 if gmm_ari(run) > 0.95 else 1


def _why_right(run: Run) -> str:
    result = run.comparison
    return (
        f"The mixture scores {gmm_ari(run):.2f} where k-means has {kmeans_ari(run):.2f}; "
        f"{result.moved} of {result.points.n} points change colour. With full covariances each "
        "component takes the length, width and slant of its own group."
    )


def _fewest(run: Run) -> int:
    bics = shape_bics(run)
    names = ("spherical", "diag", "tied", "full")
    return names.index(min(bics, key=lambda kind: bics[kind]))


def _why_fewest(run: Run) -> str:
    bics, aris = shape_bics(run), shape_aris(run)
    told = "; ".join(f"{kind} {bics[kind]:,.0f} (ARI {aris[kind]:.2f})" for kind in bics)
    return (
        f"BIC: {told}. Circles and upright ellipses cannot slant. All four groups were slanted by "
        "the same map, so one shared ellipse, tied, says as much as four with fewer numbers."
    )


def _cross(run: Run) -> int:
    return 1 if kmeans_ari(run) < gmm_ari(run) - 0.2 else 0


def _why_cross(run: Run) -> str:
    return (
        f"k-means cuts across both arms (ARI {kmeans_ari(run):.2f}); the mixture follows each arm "
        f"through the crossing ({gmm_ari(run):.2f}). Where they cross, points of both lie on top "
        "of each other: look at how small the mixture draws them."
    )


LESSONS.add(
    Lesson(
        name="book-shapes",
        title="The four covariance types",
        idea="Spherical, diag, tied, full: what each may look like, and what it costs.",
        course=COURSES[1],
        place=3,
        minutes=6,
        steps=(
            Step(
                "Full covariances on stretched blobs",
                STRETCHED | {"seed": 42},
                "The stretched blobs, where k-means was wrong, and a mixture of full ellipses.",
                Choice("Does the mixture find the groups?", ("Yes", "No"), _right),
                _why_right,
                (
                    Claim("the mixture is right", lambda r: gmm_ari(r) > 0.97),
                    Claim("k-means was wrong", lambda r: kmeans_ari(r) < 0.9),
                ),
            ),
            Step(
                "All four side by side",
                STRETCHED | {"seed": 42, "show": ["size", "ellipses", "centers", "shapes"]},
                "The same points under each covariance type. All groups were stretched by one and "
                "the same map.",
                Choice(
                    "Which type has the best BIC?",
                    ("Spherical", "Diag", "Tied", "Full"),
                    _fewest,
                ),
                _why_fewest,
                (
                    Claim("tied wins by BIC", lambda r: _fewest(r) == 2),
                    Claim(
                        "circles do worse than full",
                        lambda r: shape_aris(r)["spherical"] < shape_aris(r)["full"],
                    ),
                ),
            ),
            Step(
                "Two groups that cross",
                _CROSSED,
                "Two long groups, one rising, one falling, through each other.",
                Choice(
                    "What will k-means do with the cross?",
                    ("Find the two arms", "Cut across both arms"),
                    _cross,
                ),
                _why_cross,
                (
                    Claim("k-means cuts across", lambda r: kmeans_ari(r) < 0.4),
                    Claim("the mixture follows", lambda r: gmm_ari(r) > 0.65),
                ),
            ),
        ),
        hide=FINE_PRINT,
    )
)
