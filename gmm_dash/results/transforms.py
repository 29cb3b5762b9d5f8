"""What is done to single columns before a model sees them, and how to undo it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from numpy.typing import NDArray

Function: TypeAlias = "Callable[[Any], Any]"

SHAPES: Final = ("log", "sqrt", "asinh")
"""Transforms that bend an axis; the others only move and stretch it."""

_FORWARD: Final[Mapping[str, Function]] = {"log": np.log, "sqrt": np.sqrt, "asinh": np.arcsinh}
_BACK: Final[Mapping[str, Function]] = {"log": np.exp, "sqrt": np.square, "asinh": np.sinh}
_NOTHING: Final = (
    10 * np.finfo(float).eps
)  # a spread below this share is none, as scikit-learn has it


@dataclass(frozen=True, eq=False)
class Transformed:
    """Columns as the models are given them.

    Attributes
    ----------
    fitted : (n, d) array
        ``(bent - shift) / scale``.
    shift, scale : (d,) arrays
        In units of the bent columns.
    bends : tuple of str
        For each column one of ``SHAPES``, or empty; an empty tuple where no column is bent.
    """

    fitted: NDArray[np.float64]
    shift: NDArray[np.float64]
    scale: NDArray[np.float64]
    bends: tuple[str, ...]


def transformed(
    raw: NDArray[np.float64],
    columns: tuple[str, ...],
    kinds: Mapping[str, str],
    *,
    standardise: bool,
    weight: NDArray[np.float64] | None = None,
) -> Transformed:
    """Return the columns transformed and scaled, as scikit-learn's transformers do it.

    Parameters
    ----------
    raw : (n, d) array
    columns : tuple of str, length d
    kinds : mapping
        By column: ``log``, ``sqrt`` or ``asinh`` bend it, and the scale of all columns applies
        afterwards; ``robust``, ``standard`` or ``none`` replace that scale.
    standardise : bool
        The scale of all columns.
    weight : (n,) array, optional
        How much each row counts where a column is standardised, as ``sample_weight`` of
        ``StandardScaler.fit``.

    Raises
    ------
    FitError
        When a column holds values that have no logarithm or no root.
    """
    d = len(columns)
    bends = tuple(kind if (kind := kinds.get(c, "")) in SHAPES else "" for c in columns)
    bent = raw.copy() if any(bends) else raw
    shift, scale = np.zeros(d), np.ones(d)
    for j, name in enumerate(columns):
        if bends[j]:
            _refuse(raw[:, j], name, bends[j])
            bent[:, j] = forward(bends[j], raw[:, j])
    centres, spreads = _standard(bent, weight)
    for j, name in enumerate(columns):
        kind = kinds.get(name, "")
        if kind == "robust":
            shift[j], scale[j] = _robust(bent[:, j])
        elif kind == "standard" or (standardise and kind != "none"):
            shift[j], scale[j] = centres[j], spreads[j]
    moved = bool((scale != 1).any() or (shift != 0).any())
    fitted = (bent - shift) / scale if moved else bent
    return Transformed(fitted, shift, scale, bends if any(bends) else ())


def forward(bend: str, values: Any) -> Any:
    """Return values on a bent axis; unchanged where ``bend`` is empty."""
    return _FORWARD[bend](values) if bend else values


def back(bend: str, values: Any) -> Any:
    """Return values of a bent axis in the column's own units."""
    return _BACK[bend](values) if bend else values


def _standard(
    x: NDArray[np.float64], weight: NDArray[np.float64] | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return means and standard deviations, (d,) each; one where that is only rounding."""
    if weight is None:
        centres, spreads = x.mean(axis=0), x.std(axis=0)
    else:
        centres = np.average(x, axis=0, weights=weight)
        spreads = np.sqrt(np.average(np.square(x - centres), axis=0, weights=weight))
    return centres, np.where(spreads > _NOTHING * np.abs(centres), spreads, 1.0)


def _robust(column: NDArray[np.float64]) -> tuple[float, float]:
    """Return median and distance between the quartiles, one where there is none."""
    low, middle, high = np.percentile(column, [25, 50, 75])
    return float(middle), float(high - low) if high - low >= _NOTHING else 1.0


def _refuse(column: NDArray[np.float64], name: str, bend: str) -> None:
    lowest = float(column.min())
    if bend == "log" and lowest <= 0:
        raise FitError(
            f"Column {name} has no logarithm: its lowest value is {lowest:g}.",
            hint="Choose the signed log for it, which takes every number.",
        )
    if bend == "sqrt" and lowest < 0:
        raise FitError(
            f"Column {name} has no square root: its lowest value is {lowest:g}.",
            hint="Choose the signed log for it, which takes every number.",
        )
