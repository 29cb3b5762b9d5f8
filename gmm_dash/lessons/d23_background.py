"""Points of no group: a mixture has no place for them, unless a component or background is it."""

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


def _share(run: Run) -> float:
    """Return the share of the background."""
    found = run.comparison.gmm_fit.background
    assert found is not None
    return found.share


def _crosses(run: Run) -> int:
    """Return how many points the background has."""
    return int((run.comparison.gmm.labels < 0).sum())


def _loose_in_background(run: Run) -> float:
    """Return the share of the background's points that belong to no group."""
    result = run.comparison
    truth = result.points.labels
    assert truth is not None
    return float((truth[result.gmm.labels < 0] == _LOOSE).mean())


def _background_taken(run: Run) -> int:
    guesses = (0.1, 0.2, 1 / 3)
    return min(range(3), key=lambda i: abs(guesses[i] - _share(run)))


def _why_background(run: Run) -> str:
    result = run.comparison
    return (
        f"Its share is {100 * _share(run):.1f} %. {_crosses(run)} of {result.points.n} points are "
        "crosses, fewer than that: a scattered point that lies within a group cannot be told from "
        "the group's own, and only adds to the share. The ellipses have shrunk to the groups: ARI "
        f"{gmm_ari(run):.2f} with the background as a group, k-means {kmeans_ari(run):.2f}. Report "
        "the share; that there is a background no criterion has shown."
    )


LESSONS.add(
    Lesson(
        name="background",
        title="Points of no group",
        idea="Scattered points spoil every component, until something is there for them alone.",
        course=COURSES[2],
        place=20,
        minutes=5,
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
            Step(
                "A place for what belongs to no group",
                _DATA | {"background": "on"},
                "K = 3 again. Beside the three components there is now a uniform background, "
                "spread evenly over the box that the points span (Model, More shapes); EM "
                "estimates its share like a weight.",
                Choice(
                    "How much of the points will the background take?",
                    ("About a tenth", "About a fifth", "About a third"),
                    _background_taken,
                ),
                _why_background,
                (
                    Claim("about a fifth", lambda r: abs(_share(r) - 0.2) < 0.03),
                    Claim("nearly all it has is loose", lambda r: _loose_in_background(r) > 0.95),
                    Claim("some loose points are in groups", lambda r: max(_loose_shares(r)) > 0),
                    Claim("it is less than its share", lambda r: _crosses(r) < 600 * _share(r)),
                    Claim("the groups' own width", lambda r: max(_widths(r)) < 1),
                    Claim("the groups are found", lambda r: gmm_ari(r) > 0.9),
                    Claim("k-means cannot", lambda r: kmeans_ari(r) < gmm_ari(r) - 0.1),
                ),
            ),
        ),
        needs=("criteria",),
        hide=(*FINE_PRINT, *DRAWING),
    )
)
