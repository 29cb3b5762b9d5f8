"""Rows of "How many?" for mixtures of rows with gaps: one model after the other.

Criteria are of the likelihood of what is known, and every row counts as one. The held-out score is
that of the known values of rows that a model was not fitted to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine.complete_rows import of_complete_rows
from gmm_dash.engine.criteria import Scored, values
from gmm_dash.engine.gap_expectation import known_log_likelihood
from gmm_dash.engine.gaps import fit_gaps
from gmm_dash.engine.scores import n_parameters
from gmm_dash.engine.select_rows import SelectionRow, SelectionRows
from gmm_dash.errors import FitError, WorkLimitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.engine.drawn import Cell
    from gmm_dash.engine.em import Settings
    from gmm_dash.engine.mixture_fit import MixtureFit
    from gmm_dash.engine.types import Floats, Ints

INIT = "kmeans"
"""The one kind of start: of the rows without gaps."""


def select_gaps(
    x: Floats,
    cells: Sequence[Cell],
    *,
    n_init: int,
    random_state: int,
    settings: Settings,
    folds: Sequence[Ints] = (),
) -> SelectionRows:
    """Return what ``select_models`` returns, of rows with gaps, from the starts of ``fit_gaps``.

    Parameters
    ----------
    x : (n, d) array
        NaN where there is no value.
    cells : sequence of Cell
    n_init, random_state : int
        As in :func:`fit_gaps`.
    settings : Settings
    folds : sequence of (m,) array
        Rows that are held out once, for the held-out score.

    Raises
    ------
    WorkLimitError
        When time is up.
    """
    rules: dict[str, Any] = {
        "n_init": n_init,
        "random_state": random_state,
        "tol": settings.tol,
        "reg_covar": settings.reg_covar,
        "max_iter": settings.max_iter,
    }
    return SelectionRows(tuple(_row(x, cell, folds, rules) for cell in cells))


def _row(x: Floats, cell: Cell, folds: Sequence[Ints], rules: dict[str, Any]) -> SelectionRow:
    kind, k = cell
    fit = _fitted(x, cell, rules)
    fixed: dict[str, Any] = {
        "covariance_type": str(kind),
        "n_components": k,
        "n_parameters": n_parameters(kind, k, x.shape[1]),
        "init": INIT,
        "heldout_log_likelihood": None if fit is None else _held_out(x, cell, folds, rules),
    }
    if fit is None:
        nothing: dict[str, Any] = {"log_likelihood": None} | values(None)
        seed = rules["random_state"]
        return SelectionRow(
            **fixed, **nothing, n_iter=0, converged=False, random_state=seed,
            degenerate=True, reason="collapsed", law="only_collapsed",
        )  # fmt: skip
    scored: dict[str, Any] = values(
        Scored(fit.log_likelihood, fit.n_parameters, len(x), fit.entropy)
    )
    degenerate = bool(fit.degenerate.any())
    return SelectionRow(
        **fixed,
        **scored,
        log_likelihood=fit.log_likelihood,
        n_iter=fit.n_iter,
        converged=fit.converged,
        random_state=fit.random_state,
        degenerate=degenerate,
        reason=fit.reason,
        law="only_collapsed" if degenerate else "ok",
    )


def _fitted(x: Floats, cell: Cell, rules: dict[str, Any]) -> MixtureFit | None:
    """Return the best run; None where every one broke down, or too few rows are complete."""
    kind, k = cell
    try:
        return of_complete_rows(fit_gaps(x, k, covariance_type=str(kind), **rules))
    except WorkLimitError:
        raise
    except FitError:
        return None


def _held_out(x: Floats, cell: Cell, folds: Sequence[Ints], rules: dict[str, Any]) -> float | None:
    """Return the mean log-likelihood of what is known of a row, of rows not fitted to."""
    total = 0.0
    for rows in folds:
        inside = np.ones(len(x), dtype=bool)
        inside[rows] = False
        fit = _fitted(x[inside], cell, rules)
        if fit is None:
            return None
        total += known_log_likelihood(x[~inside], fit.mixture)
    return total / sum(len(rows) for rows in folds) if folds else None
