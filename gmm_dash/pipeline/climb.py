"""Mixtures found with the help of their neighbours, level by level, each level remembered."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from gmm_dash.engine import estimate_cost
from gmm_dash.engine.covariances import SKLEARN_TYPES, CovarianceType
from gmm_dash.engine.gmm import fit_informed
from gmm_dash.engine.informed import Climb
from gmm_dash.engine.select import level_rows
from gmm_dash.engine.solve import REPRODUCIBLE_ROWS
from gmm_dash.errors import WorkLimitError
from gmm_dash.state import COVARIANCE_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from gmm_dash.engine import Mixture, MixtureFit, SelectionRow
    from gmm_dash.engine.drawn import Cell
    from gmm_dash.engine.levels import Found, Level
    from gmm_dash.memory import Memory
    from gmm_dash.pipeline.executor import Workplace
    from gmm_dash.pipeline.fits import Fits
    from gmm_dash.state import DataChoice

CLIMB_SECONDS: Final = 4.0  # estimated; "How many?" climbs no higher than this allows
MOST_COLUMNS: Final = 32  # with more, covariances are mostly near singular and no estimate holds
_UNKNOWN: Final = object()
_TIMES: Final = 2.6  # what a level takes, beside the usual starts of its mixtures


def level_seconds(fits: Fits, n: int, d: int, k: int) -> float:
    """Return the estimate of one level of a climb."""
    estimate = partial(
        estimate_cost, n, d, k, n_init=fits.n_init, tol=fits.tol, max_iter=fits.max_iter
    )
    return _TIMES * sum(estimate(covariance_type=kind) for kind in COVARIANCE_TYPES)


def climb_seconds(fits: Fits, n: int, d: int, k: int) -> float:
    """Return the estimate of a whole climb to ``k`` components."""
    return sum(level_seconds(fits, n, d, one) for one in range(1, k + 1))


def highest(fits: Fits, n: int, d: int, k: int, most_seconds: float = CLIMB_SECONDS) -> int:
    """Return the largest number of components up to ``k`` that a climb goes to; 0 for none."""
    able, spent = 0, 0.0
    while fits.climbs and d <= MOST_COLUMNS and able < min(k, n):
        spent += level_seconds(fits, n, d, able + 1)
        if spent > most_seconds:
            break
        able += 1
    return able


class Climbs:
    """The levels of all climbs of an application.

    Parameters
    ----------
    points : callable
        ``points(data)`` returns the (n, d) points that are fitted.
    memory : Memory
    workplace : Workplace
        Where levels are computed.
    """

    def __init__(
        self,
        points: Callable[[DataChoice], NDArray[np.float64]],
        memory: Memory[Any],
        workplace: Workplace,
    ) -> None:
        self._points, self._memory, self._workplace = points, memory, workplace
        self._level = memory.remember(self._compute)

    def begin_with(self, data: DataChoice, fits: Fits, drawn: Mapping[Cell, Found | None]) -> None:
        """Keep the best sound runs of drawn starts, so that no level draws them again.

        Only where a run's bits do not depend on which others it was computed with: levels are
        the same with this help and without.
        """
        if fits.climbs and len(self._points(data)) <= REPRODUCIBLE_ROWS:
            for cell, found in drawn.items():
                self._memory.put(("drawn", data, _key(fits), cell), found)

    def fit(self, data: DataChoice, fits: Fits, k: int, covariance_type: str) -> MixtureFit:
        """Return the best mixture that a climb finds."""
        shape = CovarianceType(covariance_type)
        x, level = self._points(data), self._level(data, _key(fits), k)
        return fit_informed(x, shape, level, fits.usual, fits.settings)

    def rows(
        self, data: DataChoice, fits: Fits, k: int, shapes: Sequence[str]
    ) -> list[SelectionRow]:
        """Return the rows of some covariance types at one level; none when time runs out."""
        climb = Climb(self._points(data), fits.usual, fits.settings)
        try:
            return level_rows(climb, self._level(data, _key(fits), k), shapes)
        except WorkLimitError:
            return []

    def starts(
        self, data: DataChoice, fits: Fits, counts: Sequence[int], shapes: Sequence[str]
    ) -> tuple[int, dict[tuple[str, int], tuple[Mixture, int]]]:
        """Return how far the climb goes, and start and ``max_iter`` of what neighbours gave."""
        out = {}
        n, d = self._points(data).shape
        most = highest(fits, n, d, max(counts))
        for k in (k for k in counts if k <= most):
            level = self._level(data, _key(fits), k)
            for shape in shapes:
                found = level.of(CovarianceType(shape))
                if found is not None and found.start is not None:
                    out[shape, k] = found.start, found.max_iter
        return most, out

    def _compute(self, data: DataChoice, fits: Fits, k: int) -> Level:
        before = self._level(data, fits, k - 1) if k > 1 else None
        x, drawn = self._points(data), {}
        for cell in ((kind, size) for size in (k, k + 1) for kind in SKLEARN_TYPES):
            found = self._memory.get(("drawn", data, fits, cell), _UNKNOWN)
            if found is not _UNKNOWN:
                drawn[cell] = found
        return self._workplace.run(_next_level, x, fits, k, before, drawn)


def _key(fits: Fits) -> Fits:
    """Return the settings that a climb depends on, the others at one value for all."""
    return replace(fits, kmeans_init="", folds=0)


def _next_level(
    x: NDArray[np.float64],
    fits: Fits,
    k: int,
    before: Level | None,
    drawn: Mapping[Cell, Found | None],
) -> Level:
    return Climb(x, fits.usual, fits.settings, drawn).level(k, before)
