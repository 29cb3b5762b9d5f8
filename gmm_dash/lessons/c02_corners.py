"""A local optimum, made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import DRAWING
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_LONG_SIDES = ((4.0, 0.0), (4.0, 2.0))
_SHORT_SIDES = ((0.0, 1.0), (8.0, 1.0))
_OPTIONS = (
    "They move left and right, to the true pairs",
    "They stay where they are: top and bottom",
    "They wander for ever",
)


def _end(run: Run) -> int:
    wrong = run.kmeans_from(_LONG_SIDES)
    if not wrong.converged:
        return 2
    return 1 if abs(wrong.centers[:, 0] - 4.0).max() < 1.0 else 0


def _why(run: Run) -> str:
    wrong, right = run.kmeans_from(_LONG_SIDES), run.kmeans_from(_SHORT_SIDES)
    return (
        f"After {wrong.n_iter} iterations nothing moves any more: inertia {wrong.inertia:,.0f}. "
        f"From (0, 1) and (8, 1) it ends at {right.inertia:,.0f}, "
        f"{wrong.inertia / right.inertia:.0f} times better. Every step was an improvement, yet "
        "the end is bad: k-means only goes downhill from where it starts. Drag the centres and "
        "find out how far you must move them."
    )


def _restarts(run: Run) -> int:
    return (
        0 if run.comparison.kmeans_fit.inertia < 0.5 * run.kmeans_from(_LONG_SIDES).inertia else 1
    )


def _why_restarts(run: Run) -> str:
    fit = run.comparison.kmeans_fit
    return (
        f"The best of {len(fit.inertias)} starts has inertia {fit.inertia:,.0f}; the worst had "
        f"{fit.inertias.max():,.0f}. Keeping the best of several starts is cheap insurance: the "
        "inertia itself tells which run was better."
    )


LESSONS.add(
    Lesson(
        name="corners",
        title="Where you start",
        idea="k-means goes downhill from where it starts; a bad start can keep it there.",
        course=COURSES[0],
        place=2,
        minutes=4,
        steps=(
            Step(
                "Two centres on the long sides",
                {
                    "data": "corners",
                    "k": 2,
                    "view": "steps",
                    "start": "own",
                    "centres": "4,0,4,2",
                    "step": 0,
                },
                "Four small blobs at the corners of a flat rectangle. Two centres start in the "
                "middle of the long sides, at (4, 0) and (4, 2).",
                Choice("Where do the centres end up?", _OPTIONS, _end),
                _why,
                (
                    Claim(
                        "the bad start converges", lambda r: r.kmeans_from(_LONG_SIDES).converged
                    ),
                    Claim(
                        "to an end ten times worse",
                        lambda r: (
                            r.kmeans_from(_LONG_SIDES).inertia
                            > 10 * r.kmeans_from(_SHORT_SIDES).inertia
                        ),
                    ),
                ),
            ),
            Step(
                "Let it start several times",
                {
                    "data": "corners",
                    "k": 2,
                    "n_init": 10,
                    "kinit": "random",
                    "show": ["centers", "circles", "ellipses"],
                },
                "The same points, but now k-means starts ten times from two random "
                "points and keeps the run with the least inertia.",
                Choice(
                    "Does it find left and right?",
                    ("Yes", "No, it gets stuck again"),
                    _restarts,
                ),
                _why_restarts,
                (
                    Claim(
                        "the best of ten starts is the good one",
                        lambda r: (
                            abs(
                                r.comparison.kmeans_fit.inertia
                                - r.kmeans_from(_SHORT_SIDES).inertia
                            )
                            < 1e-6
                        ),
                    ),
                    Claim(
                        "some of the ten were stuck",
                        lambda r: (
                            r.comparison.kmeans_fit.inertias.max()
                            > 2 * r.comparison.kmeans_fit.inertia
                        ),
                    ),
                ),
            ),
        ),
        hide=DRAWING,
    )
)
