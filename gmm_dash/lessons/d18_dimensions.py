"""High dimension: false certainty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Estimate, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {"data": "manydims", "n": 200, "noise": 3.0, "dseed": 1, "k": 3}


def _parameters(run: Run) -> float:
    return float(run.comparison.gmm_fit.n_parameters)


def _why_parameters(run: Run) -> str:
    few = run.but(centers=2).comparison.gmm_fit.n_parameters
    return (
        f"{_parameters(run):.0f} in {run.points.d} dimensions, against {few} in two: three "
        f"ellipsoids of {run.points.d * (run.points.d + 1) // 2} numbers each, and all that from "
        f"{run.points.n} rows."
    )


def _certain(run: Run) -> int:
    return 1 if run.comparison.gmm.certainty.mean() > 0.999 else 0


def _why_certain(run: Run) -> str:
    result, flat = run.comparison, run.but(centers=2).comparison
    return (
        f"Mean certainty {result.gmm.certainty.mean():.4f}, against "
        f"{flat.gmm.certainty.mean():.2f} in two dimensions. Log-densities add up over dimensions, "
        "so small differences become odds of millions to one. Certainty close to 1 is a matter of "
        "course here, and says nothing about being right."
    )


LESSONS.add(
    Lesson(
        name="dimensions",
        title="Many dimensions",
        idea="Parameters grow with the square of the dimension, and certainty turns into 0 or 1.",
        course=COURSES[2],
        place=13,
        minutes=4,
        steps=(
            Step(
                "Count the parameters",
                _DATA | {"centers": 20},
                "200 points in three groups, described by 20 numbers each. In two dimensions a "
                "full mixture of three has 17 parameters.",
                Estimate(
                    "How many parameters does it have in 20 dimensions?", _parameters, 100, 0, 5000
                ),
                _why_parameters,
                (
                    Claim("692 parameters", lambda r: _parameters(r) == 692),
                    Claim("more than three a row", lambda r: _parameters(r) > 3 * r.points.n),
                ),
            ),
            Step(
                "How sure is it?",
                _DATA | {"centers": 20, "show": ["size", "ellipses", "centers"]},
                "With three parameters for every row, one might expect doubt.",
                Choice(
                    "What certainty will the points have?",
                    ("Low: there are too few rows", "Nearly 1 for almost every point"),
                    _certain,
                ),
                _why_certain,
                (
                    Claim("false certainty", lambda r: _certain(r) == 1),
                    Claim(
                        "less in two dimensions",
                        lambda r: r.but(centers=2).comparison.gmm.certainty.mean() < 0.99,
                    ),
                ),
            ),
        ),
        needs=("types", "shares"),
        hide=FINE_PRINT,
    )
)
