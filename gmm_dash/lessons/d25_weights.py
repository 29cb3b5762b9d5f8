"""Rows that count: a table of counts is not a table of observations, unless it is told."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import DRAWING, FINE_PRINT
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {"data": "galton", "k": 1, "x": "parents", "y": "child"}
_COUNTED = _DATA | {"weights": "children"}


def _spread(run: Run) -> float:
    """Return the standard deviation of the child's height in the first component, in inches."""
    return math.sqrt(run.comparison.gmm.mixture.covariances[0][1, 1])


def _together(run: Run) -> float:
    """Return the correlation of both heights in the first component."""
    (a, b), (_, c) = run.comparison.gmm.mixture.covariances[0].tolist()
    return float(b / math.sqrt(a * c))


def _slope(run: Run) -> float:
    """Return by how much the child's mean rises with an inch of the parents."""
    (a, b), _ = run.comparison.gmm.mixture.covariances[0].tolist()
    return float(b / a)


def _points(run: Run) -> float:
    """Return the number of points that BIC takes the logarithm of."""
    fit = run.comparison.gmm_fit
    price = (fit.bic - fit.aic) / fit.n_parameters + 2
    return math.exp(price)


def _wider(run: Run) -> int:
    ratio = _spread(run) / _spread(run.but(weights="children"))
    return 0 if abs(ratio - 1) < 0.1 else 1 if ratio > 1 else 2


def _why_wider(run: Run) -> str:
    return (
        "A cell at the rim with one child counts as much as the fullest one, and there are many "
        f"such cells. So the child's height has a standard deviation of {_spread(run):.1f} inches "
        f"here; of the 928 children it is {_spread(run.but(weights='children')):.1f}."
    )


def _kept(run: Run) -> int:
    return 0 if _together(run) < 0.25 else 1 if _together(run) < 0.75 else 2


def _why_kept(run: Run) -> str:
    return (
        f"It is {_together(run):.2f}, and was {_together(run.but(weights='')):.2f}: the ellipse "
        "shrinks, and its slant stays. With each inch of the parents the child's mean rises by "
        f"{_slope(run):.2f} inches, about Galton's two thirds: that is regression to the mean. "
        "Every number here is that of a table with 928 rows, one for each child."
    )


def _counted(run: Run) -> int:
    return min(range(2), key=lambda i: abs((102, 928)[i] - _points(run)))


def _why_counted(run: Run) -> str:
    two, one = run.comparison.gmm_fit.bic, run.but(k=1).comparison.gmm_fit.bic
    return (
        f"The weights are whole numbers, so they count: {_points(run):.0f} children. BIC is "
        f"{two:,.0f}, with K = 1 it is {one:,.0f}: one ellipse is enough. Weights that are no "
        "whole numbers have no such number behind them; then the page withholds AIC and BIC."
    )


LESSONS.add(
    Lesson(
        name="weights",
        title="Rows that count",
        idea="A row that stands for many observations has to count so often.",
        course=COURSES[2],
        place=22,
        minutes=4,
        steps=(
            Step(
                "A table of counts",
                _DATA,
                "In 1886 Francis Galton counted 928 grown-up children by their height and that of "
                "their parents. Each point is one of the 102 cells of his table that have any, and "
                "counts once here, however many children it has.",
                Choice(
                    "How wide is the ellipse, beside that of the 928 children?",
                    ("As wide", "Wider", "Narrower"),
                    _wider,
                ),
                _why_wider,
                (
                    Claim("102 rows", lambda r: r.comparison.points.n == 102),
                    Claim(
                        "a third wider",
                        lambda r: _spread(r) > 1.3 * _spread(r.but(weights="children")),
                    ),
                ),
            ),
            Step(
                "Each row as often as it counts",
                _COUNTED,
                "The same cells. Weights of rows, in Data, is now the column children: k-means and "
                "the mixture count each cell as if it stood there once for each child.",
                Choice(
                    "What becomes of the correlation of both heights?",
                    ("It falls below 0.25", "It stays near 0.5", "It rises above 0.75"),
                    _kept,
                ),
                _why_kept,
                (
                    Claim("928 children", lambda r: abs(_points(r) - 928) < 1),
                    Claim(
                        "the correlation stays",
                        lambda r: abs(_together(r) - _together(r.but(weights=""))) < 0.02,
                    ),
                    Claim("about two thirds", lambda r: abs(_slope(r) - 2 / 3) < 0.04),
                ),
            ),
            Step(
                "The number of points",
                _COUNTED | {"k": 2},
                "Two components, each child counted. BIC has a price of log n for each parameter, "
                "n the number of points.",
                Choice(
                    "Which n does it take?",
                    ("102, the rows", "928, the children"),
                    _counted,
                ),
                _why_counted,
                (
                    Claim("the children are counted", lambda r: abs(_points(r) - 928) < 1),
                    Claim(
                        "one ellipse is enough",
                        lambda r: r.but(k=1).comparison.gmm_fit.bic < r.comparison.gmm_fit.bic - 10,
                    ),
                ),
            ),
        ),
        needs=("criteria",),
        hide=(*FINE_PRINT, *DRAWING),
    )
)
