"""Where many starts ended: rows of a study of restarts, and the distinct ends among them.

A row tells where its components ended by a sketch: their means in standard deviations of the
data, in the first columns' place two fixed directions when there are more than two columns. Two
starts that agree in objective and sketch count as one end. The names in the code say "optimum",
but a run that met its tolerance need not rest: the page says "end".
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine import KMEANS_INITS, START_KINDS
from gmm_dash.engine.restarts import distinct_optima
from gmm_dash.errors import StateError

if TYPE_CHECKING:
    from numpy.typing import NDArray

KINDS: Final = {"gmm": START_KINDS, "kmeans": KMEANS_INITS}
COLLAPSED: Final = -1  # the end of a start that has none to speak of
DIRECTIONS: Final = 2
_DIGITS: Final = 5
_MOST_STARTS: Final = 400
_LARGEST: Final = 2**32


@dataclass(frozen=True, eq=False)
class Start:
    """One start and its end.

    Attributes
    ----------
    number : int
        Counted from zero; it fixes kind and seed.
    kind : str
    seed : int
    objective : float or None
        Mean log-likelihood per point, or inertia; None when the run broke down.
    n_iter : int
    converged, degenerate : bool
    sketch : (k, s) array or None
    """

    number: int
    kind: str
    seed: int
    objective: float | None
    n_iter: int
    converged: bool
    degenerate: bool
    sketch: NDArray[np.float64] | None

    @property
    def sound(self) -> bool:
        """Whether its objective says something about the data."""
        return self.objective is not None and not self.degenerate


@dataclass(frozen=True, eq=False)
class Study:
    """All starts of one algorithm so far.

    Attributes
    ----------
    algorithm : str
        ``"gmm"`` or ``"kmeans"``.
    starts : tuple of Start
        By number.
    """

    algorithm: str
    starts: tuple[Start, ...]

    @cached_property
    def _optima(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        sign = -1.0 if self.algorithm == "gmm" else 1.0
        cost = np.array([sign * (start.objective or 0.0) for start in self.starts])
        sketches = [start.sketch if start.sound else None for start in self.starts]
        return distinct_optima(
            cost, sketches, np.ones(DIRECTIONS), relative=self.algorithm == "kmeans"
        )

    @property
    def optimum(self) -> NDArray[np.intp]:
        """Which distinct end each start has, 0 the best; -1 where it collapsed."""
        return self._optima[0]

    @property
    def representatives(self) -> tuple[Start, ...]:
        """The best start of each distinct end, best first."""
        return tuple(self.starts[i] for i in self._optima[1])

    def reach_best(self) -> dict[str, float]:
        """Return the share of the starts of each kind that end where the best did."""
        kinds = np.array([start.kind for start in self.starts])
        return {
            kind: float((self.optimum[kinds == kind] == 0).mean())
            for kind in KINDS[self.algorithm]
            if (kinds == kind).any()
        }

    def count(self, optimum: int) -> int:
        """Return how many starts have one end."""
        return int((self.optimum == optimum).sum())


def optimum_name(optimum: int) -> str:
    """Return ``A`` for the best end, ``B`` for the next, ..., ``Z``, ``AA``."""
    if optimum == COLLAPSED:
        return "collapsed"
    letters = ""
    rest = optimum + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        letters = chr(65 + last) + letters
    return letters


def sketch_of(means: NDArray[np.float64], spread: NDArray[np.float64]) -> list[list[float]]:
    """Return where components ended in little space.

    Parameters
    ----------
    means : (k, d) array
    spread : (d,) array
        Standard deviations of the data.
    """
    scaled = means / np.where(spread > 0, spread, 1.0)
    d = means.shape[1]
    if d > DIRECTIONS:
        gaussian = np.random.default_rng(0).standard_normal((d, DIRECTIONS))
        scaled = scaled @ np.linalg.qr(gaussian)[0] / math.sqrt(d)
    found: list[list[float]] = np.round(scaled, _DIGITS).tolist()
    return found


def study_of(algorithm: str, rows: Any) -> Study:
    """Return the study made of rows in their plain form.

    Raises
    ------
    StateError
        When something in them cannot be a row.
    """
    if not isinstance(rows, list) or len(rows) > _MOST_STARTS:
        raise _unreadable()
    starts = {start.number: start for start in (_start(algorithm, row) for row in rows)}
    shapes = {start.sketch.shape for start in starts.values() if start.sketch is not None}
    if len(shapes) > 1:
        raise _unreadable()
    return Study(algorithm, tuple(starts[number] for number in sorted(starts)))


def _start(algorithm: str, raw: Any) -> Start:
    if not isinstance(raw, dict):
        raise _unreadable()
    numbers = [raw.get(name) for name in ("number", "seed", "n_iter")]
    flags = [raw.get(name) for name in ("converged", "degenerate")]
    objective = raw.get("objective")
    readable = (
        all(type(n) is int and 0 <= n < _LARGEST for n in numbers)
        and all(isinstance(flag, bool) for flag in flags)
        and raw.get("kind") in KINDS[algorithm]
        and (objective is None or (type(objective) in (int, float) and math.isfinite(objective)))
    )
    if not readable:
        raise _unreadable()
    return Start(
        number=raw["number"],
        kind=raw["kind"],
        seed=raw["seed"],
        objective=objective,
        n_iter=raw["n_iter"],
        converged=raw["converged"],
        degenerate=raw["degenerate"],
        sketch=_sketch(raw.get("sketch")),
    )


def _sketch(raw: Any) -> NDArray[np.float64] | None:
    if raw is None:
        return None
    try:
        array = np.asarray(raw, dtype=np.float64)
    except (TypeError, ValueError):
        raise _unreadable() from None
    if array.ndim != 2 or array.shape[1] != DIRECTIONS or array.shape[0] > 64:
        raise _unreadable()
    if not np.isfinite(array).all():
        raise _unreadable()
    return array


def _unreadable() -> StateError:
    return StateError(
        "The page sent results that cannot be read.", hint="Reload the page to compute them again."
    )
