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
    held : str
        What the M-step makes of all Σⱼ; empty where they stay as they are.
    numbers : callable
        How many numbers k covariances in d dimensions are.
    contained : tuple of str
        Types all of whose mixtures of a size are also of this one.
    aligned : bool
        Whether the axes of every ellipse are parallel to those of the data.
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
    held: str
    numbers: Callable[[int, int], int]
    contained: tuple[str, ...]
    aligned: bool
    precisions: Callable[[NDArray[Any]], NDArray[Any]]
    first_precisions: str
    whole: str


class CovarianceType(StrEnum):
    """The shape that each component's covariance is held to, named as in scikit-learn."""

    FULL = "full"
    TIED = "tied"
    DIAG = "diag"
    SPHERICAL = "spherical"

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
        held="",
        numbers=lambda k, d: k * d * (d + 1) // 2,
        contained=("tied", "diag", "spherical"),
        aligned=False,
        precisions=lambda inverse: inverse,
        first_precisions="np.linalg.inv(covariances)",
        whole="found",
    ),
    CovarianceType.TIED: Shape(
        picture="one ellipse for all",
        phrase="one shape for all",
        explain="any, but one for all",
        held="one Σ, the average of all Σⱼ weighted by wⱼ",
        numbers=lambda _, d: d * (d + 1) // 2,
        contained=(),
        aligned=False,
        precisions=lambda inverse: inverse[0],
        first_precisions="np.linalg.inv(np.average(covariances, axis=0, weights=counts))",
        whole="np.array([found] * k)",
    ),
    CovarianceType.DIAG: Shape(
        picture="upright ellipses",
        phrase="upright ellipses",
        explain="axes parallel to the plot's",
        held="only the diagonal of Σⱼ is kept",
        numbers=lambda k, d: k * d,
        contained=("spherical",),
        aligned=True,
        precisions=_diagonals,
        first_precisions="1 / variances",
        whole="np.array([np.diag(variances) for variances in found])",
    ),
    CovarianceType.SPHERICAL: Shape(
        picture="circles",
        phrase="circles",
        explain="circles, each with its own size",
        held="the mean of the diagonal, for every direction",
        numbers=lambda k, _: k,
        contained=(),
        aligned=True,
        precisions=lambda inverse: _diagonals(inverse)[:, 0],
        first_precisions="1 / variances.mean(axis=1)",
        whole="np.array([variance * np.eye(d) for variance in found])",
    ),
}
