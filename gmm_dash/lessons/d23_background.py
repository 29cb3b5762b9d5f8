"""Points of no group: a mixture has no place for them, unless one component is it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import DRAWING, FINE_PRINT, best, gmm_ari, kmeans_ari
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {"data": "background", "k": 3}
_LOOSE = 3  # the true group that is none


def _loose_shares(run: Run) -> list[float]:
    """Return for each component the share of its points that belong to no group."""
    result = run.comparison
    truth, labels = result.points.labels, result.gmm.labels
    assert truth is not None
    return [float((truth[labels == i] == _LOOSE).mean()) for i in range(result.gmm.k)]


def _widths(run: Run) -> list[float]:
    """Return the standard deviation of each component in its narrowest direction."""
    return [
        math.sqrt((a + c) / 2 - math.hypot((a - c) / 2, b))  # the smaller eigenvalue
        for (a, b), (_, c) in run.comparison.gmm.mixture.covariances.tolist()
    ]


def _taken(run: Run) -> int:
    return 0 if max(_loose_shares(run)) > 0.5 else 1


def _why_taken(run: Run) -> str:
    return (
        "Neither method may leave a point out. Each scattered point goes to some component, and "
        "the ellipses stretch to reach it: far points count most in a variance. With the scattered "
        f"points as a group of their own the mixture has ARI {gmm_ari(run):.2f}, k-means "
        f"{kmeans_ari(run):.2f}."
    )


def _picked(run: Run) -> int:
    return best(run, "bic").n_components


def _one_more(run: Run) -> int:
    return min(max(_picked(run) - 3, 0), 2)


def _why_one_more(run: Run) -> str:
    return (
        f"BIC picks K = {_picked(run)}. It asks what describes the points, not how many groups "
        "there are: the scattered ones have to be described, too."
    )


def _wide(run: Run) -> int:
    widths = _widths(run)
    return widths.index(max(widths))


def _becomes(run: Run) -> int:
    widths = sorted(_widths(run))
    return 1 if widths[-1] > 3 * widths[-2] else 0


def _why_becomes(run: Run) -> str:
    weight = 100 * run.comparison.gmm.mixture.weights[_wide(run)]
    return (
        f"One wide ellipse lies under all three groups and takes {weight:.0f} %; the other three "
        f"shrink to the groups: ARI {gmm_ari(run):.2f}. k-means' fourth cluster cannot do that, as "
        f"its borders ask only which centre is nearest: {kmeans_ari(run):.2f}. Report three groups "
        "and a background, not four groups."
    )


LESSONS.add(
    Lesson(
        name="background",
        title="Points of no group",
        idea="Scattered points spoil every component, until one of them is there for nothing else.",
        course=COURSES[2],
        place=20,
        minutes=4,
        steps=(
            Step(
                "Three groups among scattered points",
                _DATA,
                "Three round groups, and one point in five scattered evenly over the whole square.",
                Choice(
                    "With K = 3, what does the mixture do with the scattered points?",
                    (
                        "It gives them a component of their own",
                        "It shares them among the groups' components, which widen",
                    ),
                    _taken,
                ),
                _why_taken,
                (
                    Claim("in no component are they most", lambda r: max(_loose_shares(r)) < 0.5),
                    Claim("every component has some", lambda r: min(_loose_shares(r)) > 0),
                    Claim("every ellipse is wider than a group", lambda r: min(_widths(r)) > 1.1),
                    Claim("no method is good", lambda r: max(gmm_ari(r), kmeans_ari(r)) < 0.75),
                ),
            ),
            Step(
                "Ask BIC",
                _DATA | {"view": "select", "kmin": 1, "kmax": 6, "types": "full"},
                "The same points, with one to six components.",
                Choice("How many will BIC pick?", ("3", "4", "5 or 6"), _one_more),
                _why_one_more,
                (Claim("BIC picks four", lambda r: _picked(r) == 4),),
            ),
            Step(
                "One component more",
                _DATA | {"k": 4},
                "The same points with K = 4.",
                Choice(
                    "What becomes of the fourth component?",
                    ("It shares a group with another one", "It lies wide under all the others"),
                    _becomes,
                ),
                _why_becomes,
                (
                    Claim("it is the scattered points'", lambda r: max(_loose_shares(r)) > 0.9),
                    Claim("the others are the groups'", lambda r: gmm_ari(r) > 0.9),
                    Claim("the groups' own width", lambda r: max(sorted(_widths(r))[:3]) < 0.9),
                    Claim("k-means cannot", lambda r: kmeans_ari(r) < gmm_ari(r) - 0.1),
                ),
            ),
        ),
        needs=("criteria",),
        hide=(*FINE_PRINT, *DRAWING),
    )
)
