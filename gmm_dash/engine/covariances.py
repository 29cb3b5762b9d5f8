"""The shapes that covariances are held to, each declared once: all that views and words need.

The M-step of each is in ``estimates``, and as a plain formula in ``plain``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What there is to know of a covariance type.

    Attributes
    ----------
    picture, phrase, explain : str
        What it is: under a plot, as the shape of some components, and in the help.
    line : str
        What it is of one column, where there are no ellipses.
    held : str
        What the M-step makes of all Σⱼ; empty where they stay as they are.
    numbers : callable
        How many numbers k covariances in d dimensions are.
    contained : tuple of str
        Types all of whose mixtures of a size are also of this one.
    pooled : bool
        Whether all components share one covariance, the average of their own by their sizes.
    aligned : bool
        Whether the axes of every ellipse are parallel to those of the data.
    round : bool
        Whether every covariance is a circle's, the mean of the diagonal in every direction.
    even : bool
        Whether all weights are equal: they are no parameters then.
    ours : bool
        Whether only this engine fits it: scikit-learn has no such type.
    precisions : callable
        From (k, d, d) inverse covariances: scikit-learn's ``precisions_init``.
    first_precisions : str
        In a script: the same, of ``covariances`` (k, d, d), ``variances`` (k, d), ``counts``.
    whole : str
        In a script: (k, d, d) covariances, of scikit-learn's form ``found``, ``k`` and ``d``.
    """

    picture: str
    phrase: str
    explain: str
    line: str
    held: str
    numbers: Callable[[int, int], int]
    contained: tuple[str, ...]
    pooled: bool = False
    aligned: bool = False
    round: bool = False
    even: bool = False
    ours: bool = False
    precisions: Callable[[NDArray[Any]], NDArray[Any]]
    first_precisions: str
    whole: str


class CovarianceType(StrEnum):
    """The shape that each component's covariance is held to, named as in scikit-learn.

    ``equal`` it does not have: circles of one size and equal weights, the mixture that is nearest
    to k-means (mclust's EII with equal proportions).
    """

    FULL = "full"
    TIED = "tied"
    DIAG = "diag"
    SPHERICAL = "spherical"
    EQUAL = "equal"

    @property
    def shape(self) -> Shape:
        """What there is to know of it."""
        return _SHAPES[self]


def _diagonals(matrices: NDArray[Any]) -> NDArray[Any]:
    return np.diagonal(matrices, axis1=1, axis2=2)


_SHAPES: Final = {
    CovarianceType.FULL: Shape(
        picture="any ellipse",
        phrase="free ellipses",
        explain="any ellipse",
        line="a variance each",
        held="",
        numbers=lambda k, d: k * d * (d + 1) // 2,
        contained=("tied", "diag", "spherical", "equal"),
        precisions=lambda inverse: inverse,
        first_precisions="np.linalg.inv(covariances)",
        whole="found",
    ),
    CovarianceType.TIED: Shape(
        picture="one ellipse for all",
        phrase="one shape for all",
        explain="any, but one for all",
        line="one variance for all",
        held="one Σ, the average of all Σⱼ weighted by wⱼ",
        numbers=lambda _, d: d * (d + 1) // 2,
        contained=("equal",),
        pooled=True,
        precisions=lambda inverse: inverse[0],
        first_precisions="np.linalg.inv(np.average(covariances, axis=0, weights=counts))",
        whole="np.array([found] * k)",
    ),
    CovarianceType.DIAG: Shape(
        picture="upright ellipses",
        phrase="upright ellipses",
        explain="axes parallel to the plot's",
        line="a variance each",
        held="only the diagonal of Σⱼ is kept",
        numbers=lambda k, d: k * d,
        contained=("spherical", "equal"),
        aligned=True,
        precisions=_diagonals,
        first_precisions="1 / variances",
        whole="np.array([np.diag(variances) for variances in found])",
    ),
    CovarianceType.SPHERICAL: Shape(
        picture="circles",
        phrase="circles",
        explain="circles, each with its own size",
        line="a variance each",
        held="the mean of the diagonal, for every direction",
        numbers=lambda k, _: k,
        contained=("equal",),
        aligned=True,
        round=True,
        precisions=lambda inverse: _diagonals(inverse)[:, 0],
        first_precisions="1 / variances.mean(axis=1)",
        whole="np.array([variance * np.eye(d) for variance in found])",
    ),
    CovarianceType.EQUAL: Shape(
        picture="equal circles, equal weights",
        phrase="equal circles",
        explain="circles of one size, and equal weights; k-means' own picture, only soft",
        line="one variance for all, and equal weights",
        held="one circle for all, and every weight is 1 / K",
        numbers=lambda _k, _d: 1,
        contained=(),
        pooled=True,
        aligned=True,
        round=True,
        even=True,
        ours=True,
        precisions=lambda inverse: _diagonals(inverse)[:, 0],
        first_precisions="np.full(k, 1 / np.average(variances.mean(axis=1), weights=counts))",
        whole="np.array([variance * np.eye(d) for variance in found])",
    ),
}

SKLEARN_TYPES: Final = tuple(kind for kind in CovarianceType if not kind.shape.ours)
"""The types that scikit-learn fits, too: those that a search over shapes tries."""

ONE_COLUMN: Final = (CovarianceType.FULL, CovarianceType.DIAG, CovarianceType.SPHERICAL)
"""The types that are the same of one column: every component has a variance of its own."""

LADDER: Final = (
    CovarianceType.EQUAL,
    CovarianceType.SPHERICAL,
    CovarianceType.DIAG,
    CovarianceType.TIED,
    CovarianceType.FULL,
)
"""All types on the way from k-means to free ellipses."""
