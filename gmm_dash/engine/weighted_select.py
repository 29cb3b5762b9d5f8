"""Rows of "How many?" for mixtures of rows that count by weights: one model after the other.

Counts are copies, so criteria are of as many points. Other weights give no number of points, so
there the criteria have no value. The held-out score is the weighted mean of the log-likelihood of
rows that a model was not fitted to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine.criteria import Scored, values
from gmm_dash.engine.density import score_samples
from gmm_dash.engine.gmm import fit_gmm
from gmm_dash.engine.scores import n_parameters
from gmm_dash.engine.select_rows import SelectionRow, SelectionRows
from gmm_dash.engine.starts import cycle_kinds
from gmm_dash.errors import FitError, WorkLimitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.engine.drawn import Cell
    from gmm_dash.engine.em import Settings
    from gmm_dash.engine.mixture_fit import MixtureFit
    from gmm_dash.engine.types import Floats, Ints, Mixture
    from gmm_dash.engine.weights import Weighting


def select_weighted(
    x: Floats,
    weighting: Weighting,
    cells: Sequence[Cell],
    *,
    init: str,
    n_init: int,
    random_state: int,
    settings: Settings,
    folds: Sequence[Ints] = (),
) -> SelectionRows:
    """Return what ``select_models`` returns, of weighted rows and from drawn starts alone.

    Parameters
    ----------
    x : (n, d) array
    weighting : Weighting
        What each of the n rows counts.
    cells : sequence of Cell
    init, n_init, random_state : str, int, int
        As in :func:`fit_gmm` with weights.
    settings : Settings
    folds : sequence of (m,) array
        Rows that are held out once, for the held-out score.

    Raises
    ------
    WorkLimitError
        When time is up.
    """
    rules: dict[str, Any] = {
        "init": init,
        "n_init": n_init,
        "random_state": random_state,
        "tol": settings.tol,
        "reg_covar": settings.reg_covar,
        "max_iter": settings.max_iter,
    }
    return SelectionRows(tuple(_row(x, weighting, cell, folds, rules) for cell in cells))


def weighted_log_likelihood(x: Floats, each: Floats, mixture: Mixture) -> float:
    """Return the log-likelihood of (n, d) rows, summed with the weights ``each``, in nats."""
    return float(score_samples(x, mixture) @ each)


def _row(
    x: Floats, weighting: Weighting, cell: Cell, folds: Sequence[Ints], rules: dict[str, Any]
) -> SelectionRow:
    (kind, k), each = cell, weighting.values
    fit = _fitted(x, each, cell, rules)
    fixed: dict[str, Any] = {
        "covariance_type": str(kind),
        "n_components": k,
        "n_parameters": n_parameters(kind, k, x.shape[1]),
        "heldout_log_likelihood": None if fit is None else _held_out(x, each, cell, folds, rules),
    }
    if fit is None:
        nothing: dict[str, Any] = {"log_likelihood": None} | values(None)
        return SelectionRow(
            **fixed, **nothing, n_iter=0, converged=False,
            init=cycle_kinds(rules["init"], 1)[0], random_state=rules["random_state"],
            degenerate=True, reason="collapsed", law="only_collapsed",
        )  # fmt: skip
    n = weighting.n_points
    scored = None if n is None else Scored(fit.log_likelihood, fit.n_parameters, n, fit.entropy)
    criteria: dict[str, Any] = values(scored)
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


def _fitted(x: Floats, each: Floats, cell: Cell, rules: dict[str, Any]) -> MixtureFit | None:
    """Return the best run; None where every one broke down, or there are too few rows."""
    kind, k = cell
    try:
        return fit_gmm(x, k, covariance_type=str(kind), sample_weight=each, **rules)
    except WorkLimitError:
        raise
    except FitError:
        return None


def _held_out(
    x: Floats, each: Floats, cell: Cell, folds: Sequence[Ints], rules: dict[str, Any]
) -> float | None:
    """Return the weighted mean log-likelihood of rows that are not fitted to."""
    total, mass = 0.0, 0.0
    for rows in folds:
        inside = np.ones(len(x), dtype=bool)
        inside[rows] = False
        fit = _fitted(x[inside], each[inside], cell, rules)
        if fit is None:
            return None
        total += weighted_log_likelihood(x[~inside], each[~inside], fit.mixture)
        mass += float(each[~inside].sum())
    return total / mass if folds else None
