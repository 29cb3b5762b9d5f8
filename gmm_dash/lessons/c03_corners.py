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
    "They move left and right, to the pairs you see",
    "They stay where they are: below and above",
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
        f"After {wrong.n_iter} rounds nothing moves: inertia {wrong.inertia:,.0f}. From (0, 1) and "
        f"(8, 1) it ends at {right.inertia:,.0f}. k-means only goes downhill from its start; here "
        "it is stuck: no half step helps, though a better end exists. Drag the "
        "centres until it finds the better one."
    )


def _restarts(run: Run) -> int:
    return (
        0 if run.comparison.kmeans_fit.inertia < 0.5 * run.kmeans_from(_LONG_SIDES).inertia else 1
    )


def _why_restarts(run: Run) -> str:
    fit = run.comparison.kmeans_fit
    return (
        f"The best of {len(fit.inertias)} starts has inertia {fit.inertia:,.0f}; the worst had "
        f"{fit.inertias.max():,.0f}. You need not see the plot to choose: the inertia itself says "
        "which run was better. So start several times, and keep the lowest."
    )


LESSONS.add(
    Lesson(
        name="corners",
        title="Where you start",
        idea="k-means goes downhill from its start and can get stuck: restart, keep the best.",
        course=COURSES[0],
        place=3,
        minutes=3,
        steps=(
            Step(
                "Two centres on the long sides",
                {
                    "data": "corners",
                    "k": 2,
                    "view": "steps",
                    "start": "own",
                    "centres": "4,0,4,2",
                    "step": "last",
                },
                "Four small groups at the corners of a flat rectangle, K = 2. The two centres "
                "start in the middle of the long sides, at (4, 0) and (4, 2).",
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
                    "show": ["centers"],
                },
                "A restart is the same method from other first centres. Here k-means makes ten: "
                "each begins at two random points of the data, and the run with the least inertia "
                "is shown.",
                Choice(
                    "Does it find left and right?",
                    ("Yes", "No, it ends below and above again"),
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
                hide=("scores",),
            ),
        ),
        hide=(*DRAWING, "start", "notice", "captions", "gmm"),
    )
)
