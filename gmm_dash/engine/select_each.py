"""Rows of "How many?" for data whose mixtures cannot be fitted together: one after the other.

The held-out score is the mean log-likelihood of rows that a model was not fitted to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from gmm_dash.engine.criteria import Scored, values
from gmm_dash.engine.scores import n_parameters
from gmm_dash.engine.select_rows import SelectionRow, SelectionRows
from gmm_dash.engine.starts import cycle_kinds
from gmm_dash.errors import FitError, WorkLimitError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gmm_dash.engine.drawn import Cell
    from gmm_dash.engine.levels import Found
    from gmm_dash.engine.mixture_fit import MixtureFit
    from gmm_dash.engine.types import Bools, Floats, Ints, Mixture


class Data(Protocol):
    """Rows that mixtures are fitted to, or parts of them.

    Attributes
    ----------
    x : (n, d) array
    n_points : int or None
        How many points criteria count; None where nothing tells how many there are.
    sample_weight : (n,) array or None
        What each row counts; None where they count alike.
    """

    @property
    def x(self) -> Floats:
        """All rows."""

    @property
    def n_points(self) -> int | None:
        """Number of points of the criteria."""

    @property
    def sample_weight(self) -> Floats | None:
        """Weights of the rows."""

    def select(
        self, cells: Sequence[Cell], rules: Mapping[str, Any], folds: Sequence[Ints]
    ) -> tuple[SelectionRows, dict[Cell, Found | None]]:
        """Return the rows of models, as :func:`select_each`.

        Beside them the best sound run of each, where a climb can begin with it.
        """

    def fit(self, inside: Bools | slice, cell: Cell, rules: Mapping[str, Any]) -> MixtureFit:
        """Return the mixture of some rows; ``rules`` are arguments as of ``fit_gmm``."""

    def log_likelihood(self, outside: Bools, mixture: Mixture) -> float:
        """Return the log-likelihood of some rows, summed over them, in nats."""

    def mass(self, outside: Bools) -> float:
        """Return how much these rows count in that sum."""


def select_each(
    data: Data, cells: Sequence[Cell], rules: Mapping[str, Any], folds: Sequence[Ints] = ()
) -> SelectionRows:
    """Return what ``select_models`` returns, from drawn starts alone.

    Parameters
    ----------
    data : Data
    cells : sequence of Cell
    rules : mapping
        init, n_init, random_state, tol, reg_covar, max_iter, as in :func:`fit_gmm`.
    folds : sequence of (m,) array
        Rows that are held out once, for the held-out score.

    Raises
    ------
    WorkLimitError
        When time is up.
    """
    return SelectionRows(tuple(_row(data, cell, rules, folds) for cell in cells))


def _row(data: Data, cell: Cell, rules: Mapping[str, Any], folds: Sequence[Ints]) -> SelectionRow:
    (kind, k), fit = cell, _fitted(data, slice(None), cell, rules)
    fixed: dict[str, Any] = {
        "covariance_type": str(kind),
        "n_components": k,
        "n_parameters": n_parameters(kind, k, data.x.shape[1]),
        "heldout_log_likelihood": None if fit is None else _held_out(data, cell, rules, folds),
    }
    if fit is None:
        nothing: dict[str, Any] = {"log_likelihood": None} | values(None)
        return SelectionRow(
            **fixed, **nothing, n_iter=0, converged=False,
            init=cycle_kinds(rules["init"], 1)[0], random_state=rules["random_state"],
            degenerate=True, reason="collapsed", law="only_collapsed",
        )  # fmt: skip
    criteria: dict[str, Any] = criteria_of(fit, data.n_points)
    degenerate = bool(fit.degenerate.any())
    return SelectionRow(
        **fixed,
        **criteria,
        log_likelihood=fit.log_likelihood,
        n_iter=fit.n_iter,
        converged=fit.converged,
        init=fit.init,
        random_state=fit.random_state,
        degenerate=degenerate,
        reason=fit.reason,
        law="only_collapsed" if degenerate else "ok",
    )


def criteria_of(fit: MixtureFit, n_points: int | None) -> dict[str, float | None]:
    """Return by column what every criterion of a fit is; without a number of points none is."""
    if n_points is None:
        return values(None)
    return values(Scored(fit.log_likelihood, fit.n_parameters, n_points, fit.entropy))


def _fitted(
    data: Data, inside: Bools | slice, cell: Cell, rules: Mapping[str, Any]
) -> MixtureFit | None:
    """Return the best run; None where every one broke down, or there are too few rows."""
    try:
        return data.fit(inside, cell, rules)
    except WorkLimitError:
        raise
    except FitError:
        return None


def _held_out(
    data: Data, cell: Cell, rules: Mapping[str, Any], folds: Sequence[Ints]
) -> float | None:
    """Return the mean log-likelihood of rows that are not fitted to."""
    total, mass = 0.0, 0.0
    for rows in folds:
        inside = np.ones(len(data.x), dtype=bool)
        inside[rows] = False
        fit = _fitted(data, inside, cell, rules)
        if fit is None:
            return None
        total += data.log_likelihood(~inside, fit.mixture)
        mass += data.mass(~inside)
    return total / mass if folds else None
