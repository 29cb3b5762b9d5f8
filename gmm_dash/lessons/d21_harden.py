"""Hard is a limit of soft: equal circles that shrink become k-means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import DRAWING, FINE_PRINT
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Estimate, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {"data": "blobs", "noise": 1.0, "cov": "equal"}


def _parameters(run: Run) -> float:
    return float(run.comparison.gmm_fit.n_parameters)


def _why_parameters(run: Run) -> str:
    fit = run.comparison.gmm_fit
    return (
        f"{fit.n_components} centres with two coordinates each, and one size for all: "
        f"{fit.n_parameters}. The weights are equal, so they are not counted. No mixture is nearer "
        "to k-means, which has the centres alone."
    )


def _shared(run: Run) -> int:
    """Return how many points no component has 99 % of."""
    return int((run.comparison.gmm.certainty < 0.99).sum())


def _fewer(run: Run) -> int:
    return 1 if _shared(run) < _shared(run.but(hard=0.0)) else 0


def _why_fewer(run: Run) -> str:
    return (
        f"With circles of full size {_shared(run.but(hard=0.0))} points are shared, no component "
        f"having 99 % of them; with circles half as wide {_shared(run)}. The smaller the circles, "
        "the more it counts to be nearest."
    )


def _moved(run: Run) -> int:
    return 0 if run.comparison.moved == 0 else 1


def _why_moved(run: Run) -> str:
    result = run.comparison
    return (
        f"{result.moved} points change colour. With no width left each share is 0 or 1, the "
        "E-step gives every point to its nearest centre, and the M-step puts each centre into the "
        "middle of its points: this is k-means. Hard is a limit of soft."
    )


LESSONS.add(
    Lesson(
        name="harden",
        title="Hard is a limit of soft",
        idea="k-means is what a mixture becomes when its circles are equal and shrink to nothing.",
        course=COURSES[2],
        place=18,
        minutes=4,
        steps=(
            Step(
                "The nearest mixture",
                _DATA,
                "A mixture may be held to circles of one size, all components of equal weight. "
                "Here it has four components in the plane.",
                Estimate(
                    "How many numbers does it estimate?", _parameters, close=0.4, low=1, high=40
                ),
                _why_parameters,
                (Claim("nine parameters", lambda r: _parameters(r) == 9),),
            ),
            Step(
                "Half as wide",
                _DATA | {"hard": 0.5},
                "The circles are now held at half the width that EM finds.",
                Choice(
                    "Are fewer points shared between components, or more?",
                    ("As many, or more", "Fewer"),
                    _fewer,
                ),
                _why_fewer,
                (
                    Claim(
                        "fewer than half are shared",
                        lambda r: 2 * _shared(r) < _shared(r.but(hard=0.0)),
                    ),
                ),
            ),
            Step(
                "No width left",
                _DATA
                | {"hard": 1.0, "show": ["size", "ellipses", "circles", "centers", "regions"]},
                "Now the circles shrink to nothing. k-means stands beside it.",
                Choice(
                    "Does any point have another colour than with k-means?",
                    ("None", "Some do"),
                    _moved,
                ),
                _why_moved,
                (
                    Claim("the same clusters", lambda r: r.comparison.moved == 0),
                    Claim("nothing is shared", lambda r: r.comparison.gmm.certainty.min() == 1.0),
                ),
            ),
        ),
        hide=(*FINE_PRINT, *DRAWING),
        needs=("types", "em"),
    )
)
