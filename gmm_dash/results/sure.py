"""How sure the best of many models is: what its test and its refits have found so far.

The rows travel through the browser, which keeps them, so what comes back is read with the same
suspicion as any other text from outside.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine.bootstrap import MOST_REPLICATES, p_value
from gmm_dash.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from gmm_dash.state import AppState

LEVEL: Final = 0.05
LOWEST_TENTH: Final = 0.1
_MOST_STARTS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Model:
    """What is tested.

    Attributes
    ----------
    covariance_type : str
    chosen : int
        Components of the best model, K.
    null : int
        Components under the null hypothesis; the other model has one more.
    replicates : int
        How many were asked for.
    best : float or None
        Mean log-likelihood per point of the best model, as the comparison found it.
    """

    covariance_type: str
    chosen: int
    null: int
    replicates: int
    best: float | None = None


@dataclass(frozen=True, eq=False)
class Sure:
    """What is known so far.

    Attributes
    ----------
    model : Model
    n : int
        Points.
    observed : mapping or None
        Of the data: ``statistic`` (None when one of both models has no sound fit), ``sound``
        (whether the null model has), ``log_likelihood`` of the chosen model as the test searches
        it, and of ``starts`` of it how many ``reached`` it and how many ended ``above``.
    statistics : (b,) array
        Of replicates that have one.
    collapsed : int
        Replicates without.
    agreements : (r,) array
        Adjusted Rand index of the labels of all rows, one for each refit to drawn rows.
    unsound : int
        Such refits without a sound model.
    """

    model: Model
    n: int
    observed: Mapping[str, Any] | None
    statistics: NDArray[np.float64]
    collapsed: int
    agreements: NDArray[np.float64]
    unsound: int

    @property
    def statistic(self) -> float | None:
        """Twice the gain in log-likelihood on the data."""
        return None if self.observed is None else self.observed["statistic"]

    @cached_property
    def p_value(self) -> float | None:
        """None before there is a replicate."""
        if self.statistic is None or not len(self.statistics):
            return None
        return p_value(self.statistic, self.statistics)

    @property
    def error(self) -> float | None:
        """Standard error of the p-value, as so many replicates were drawn and not all."""
        if self.p_value is None:
            return None
        return math.sqrt(self.p_value * (1.0 - self.p_value) / (len(self.statistics) + 1))

    @property
    def agreement(self) -> float | None:
        """Mean adjusted Rand index; None without a refit."""
        return float(self.agreements.mean()) if len(self.agreements) else None


def model_of(state: AppState, best: float | None) -> Model:
    """Return what ``state`` asks to be tested.

    Parameters
    ----------
    state : AppState
        Its model is the chosen one.
    best : float or None
        Mean log-likelihood per point that the comparison reached with it.
    """
    k = state.model.k
    null = k if state.select.against == "more" else k - 1
    return Model(state.model.covariance_type, k, null, state.select.replicates, best)


def sure_of(model: Model, n: int, rows: Mapping[str, Any]) -> Sure:
    """Return what rows in their plain form come to.

    Parameters
    ----------
    model : Model
    n : int
    rows : mapping
        Lists of rows by kind: ``observed``, ``test`` and ``labels``.

    Raises
    ------
    StateError
        When something in them cannot be a row.
    """
    observed = [_checked(row, _OBSERVED) for row in rows.get("observed", [])]
    test, left = _values(rows.get("test", []), "statistic")
    labels, unsound = _values(rows.get("labels", []), "agreement")
    first = observed[0] if observed else None
    return Sure(model, n, first, test, left, labels, unsound)


def _values(rows: Any, name: str) -> tuple[NDArray[np.float64], int]:
    """Return the values that rows have, each number once, and how many have none."""
    kinds = {"number": _count(MOST_REPLICATES), name: _number}
    found = {row["number"]: row[name] for row in (_checked(row, kinds) for row in rows)}
    values = [found[number] for number in sorted(found) if found[number] is not None]
    return np.array(values, dtype=np.float64), len(found) - len(values)


def _checked(row: Any, kinds: Mapping[str, Callable[[Any], bool]]) -> dict[str, Any]:
    if not isinstance(row, dict) or row.keys() != kinds.keys():
        raise _unreadable()
    if not all(check(row[key]) for key, check in kinds.items()):
        raise _unreadable()
    return row


def _unreadable() -> StateError:
    return StateError("The page sent results that cannot be read.", hint="Reload the page.")


def _number(value: Any) -> bool:
    if value is None:
        return True
    return isinstance(value, int | float) and type(value) is not bool and math.isfinite(value)


def _count(most: int) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and 0 <= value <= most


_OBSERVED: Final = {
    "statistic": _number,
    "sound": lambda value: isinstance(value, bool),
    "log_likelihood": _number,
    "starts": _count(_MOST_STARTS),
    "reached": _count(_MOST_STARTS),
    "above": _count(_MOST_STARTS),
}
