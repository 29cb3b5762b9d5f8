"""Which columns of a table follow from others: exactly, to within rounding, or nearly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_COLUMNS: Final = 40
"""Wider tables are not searched: what follows from a hundred other columns tells nobody much."""

NEARLY: Final = 0.99
"""Share of a column's variance from which it counts as nearly a function of others."""

_CANDIDATE: Final = 0.05  # standard deviations left over from which no relation is exact
_EXACT: Final = 0.01  # standard deviations that rounding may leave over in an exact relation
_MINOR: Final = 0.02  # a term that moves the sum less than this is no term
_DECIMALS: Final = 6
_DIGITS: Final = 6
_LOOKED_AT: Final = 4_000  # rows in which candidates are sought; every row is asked afterwards
_FEWEST_ROWS: Final = 3  # rows beyond the number of columns: fewer fit any relation
_LOST: Final = 1e-9  # of the largest number involved: what floats lose in sums


@dataclass(frozen=True)
class Relation:
    """``column = constant + sum of coefficient x term``, in the data's own units.

    Attributes
    ----------
    column : int
    terms : tuple of int
        Earlier columns.
    coefficients : tuple of float
        One for each term.
    constant : float
    exact : bool
        Whether it holds in every row to within what the numbers are rounded to.
    explained : float
        Share of the column's variance that follows from the terms.
    """

    column: int
    terms: tuple[int, ...]
    coefficients: tuple[float, ...]
    constant: float
    exact: bool
    explained: float


def relations(raw: NDArray[np.float64]) -> tuple[Relation, ...]:
    """Return which columns of (n, d) numbers follow linearly from columns before them.

    Columns are taken in order; one that follows is used to explain no other. Nothing is found
    in tables that have more than ``MOST_COLUMNS`` columns, or hardly more rows than columns.
    """
    n, d = raw.shape
    if d > MOST_COLUMNS or n < d + _FEWEST_ROWS:
        return ()
    centred = raw - raw.mean(axis=0)
    width = centred.std(axis=0)
    units = np.array([_unit(column) for column in raw.T])
    some = centred[:: -(-n // _LOOKED_AT)]
    found, kept = list[Relation](), list[int]()
    directions = np.empty((len(some), 0))
    for j in np.flatnonzero(width > 0):
        z = some[:, j] / width[j]
        left = z - directions @ (directions.T @ z)
        left -= directions @ (directions.T @ left)  # once more: the first pass leaves rounding
        if np.mean(np.square(left)) <= 2 * (1 - NEARLY) and (
            one := _relation(raw, int(j), kept, width, units)
        ):
            found.append(one)
            continue
        kept.append(int(j))
        norm = np.linalg.norm(left)
        if norm > _LOST * np.sqrt(len(some)):
            directions = np.column_stack([directions, left / norm])
    return tuple(found)


def _unit(column: NDArray[np.float64]) -> float:
    """Return what the numbers of a column are rounded to; 0 for whole or unrounded numbers."""
    for decimals in range(_DECIMALS + 1):
        if np.allclose(column, np.round(column, decimals), rtol=1e-12, atol=1e-12):
            return 0.0 if decimals == 0 else 10.0**-decimals
    return 0.0


def _relation(
    raw: NDArray[np.float64],
    j: int,
    kept: list[int],
    width: NDArray[np.float64],
    units: NDArray[np.float64],
) -> Relation | None:
    """Return how column ``j`` follows from the ``kept`` ones: exactly if it can be, or nearly."""
    terms = np.array(kept)
    for _ in range(2):  # the second time without the terms that hardly matter
        b, explained = _fit(raw, j, terms)
        matters = np.abs(b) * width[terms] >= _MINOR * width[j]
        if not matters.any():
            return None
        if matters.all():
            break
        terms = terms[matters]
    b, explained = _fit(raw, j, terms)
    if explained < NEARLY:
        return None
    clean = None
    if 1 - explained <= _CANDIDATE**2:
        clean = _clean(raw, j, terms, b, units, width[j])
    if clean is None:
        constant = float((raw[:, j] - raw[:, terms] @ b).mean())
        return Relation(
            j, _ints(terms), tuple(b.tolist()), constant, exact=False, explained=explained
        )
    return Relation(j, _ints(terms), clean[0], clean[1], exact=True, explained=explained)


def _ints(terms: NDArray[np.int64]) -> tuple[int, ...]:
    return tuple(int(term) for term in terms)


def _fit(
    raw: NDArray[np.float64], j: int, terms: NDArray[np.int64]
) -> tuple[NDArray[np.float64], float]:
    """Return least-squares coefficients of the terms, and the share of variance explained."""
    x, y = (part - part.mean(axis=0) for part in (raw[:, terms], raw[:, j]))
    size = x.std(axis=0)
    b = np.linalg.lstsq(x / size, y, rcond=None)[0] / size
    return b, float(1 - np.square(y - x @ b).mean() / np.square(y).mean())


def _clean(
    raw: NDArray[np.float64],
    j: int,
    terms: NDArray[np.int64],
    b: NDArray[np.float64],
    units: NDArray[np.float64],
    width: float,
) -> tuple[tuple[float, ...], float] | None:
    """Return the shortest coefficients and constant that hold in every row; None if none do."""
    lost = _LOST * np.abs(np.column_stack([raw[:, j], raw[:, terms] * b])).max()
    for digits in range(1, _DIGITS + 1):
        short = np.array([float(f"{one:.{digits}g}") for one in b])
        rounding = (units[j] + np.abs(short) @ units[terms]) / 2
        rest = raw[:, j] - raw[:, terms] @ short
        low, high = float(rest.min()), float(rest.max())
        if high - low > 2 * (rounding + lost) or rest.std() > _EXACT * width:
            continue
        constant = _shortest(low, high, rounding + lost)
        if constant is not None:
            return tuple(short.tolist()), constant
    return None


def _shortest(low: float, high: float, allowed: float) -> float | None:
    """Return the number with the fewest decimals from which neither end is farther than allowed."""
    middle = (low + high) / 2
    for decimals in range(-2, _DECIMALS + 1):
        constant = round(middle, decimals)
        if max(high - constant, constant - low) <= allowed:
            return constant + 0.0  # no minus zero
    return None
