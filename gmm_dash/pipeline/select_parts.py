"""One restart at a time, for models that are too costly for a single request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine import SelectionRow, n_parameters
from gmm_dash.engine.select import heldout_folds
from gmm_dash.engine.select_each import criteria_of
from gmm_dash.engine.starts import cycle_kinds
from gmm_dash.errors import FitError, WorkLimitError
from gmm_dash.pipeline.select_engines import folds_of
from gmm_dash.results.select_parts import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from gmm_dash.engine import MixtureFit
    from gmm_dash.pipeline.fits import Fits
    from gmm_dash.pipeline.select_engines import Engine


@dataclass(frozen=True, slots=True)
class Part:
    """One restart of one fit.

    Attributes
    ----------
    restart : int
    fold : int
        Which fold is held out; ``WHOLE`` when none is.
    folds : int
    last : bool
        Whether the model is complete with it.
    """

    restart: int
    fold: int
    folds: int
    last: bool


def parts_of(n_init: int, folds: int) -> Iterable[Part]:
    """Yield every restart of the fit to all points, then of each fold's."""
    total = (folds + 1) * n_init
    for number in range(total):
        fold, restart = divmod(number, n_init)
        yield Part(restart, fold + WHOLE, folds, last=number == total - 1)


def compute_part(
    engine: Engine, covariance_type: str, k: int, part: Part, fits: Fits
) -> dict[str, Any]:
    """Return the row of one restart; ``results.select_parts`` puts them together.

    The row of a fold says no more than the held-out score needs. A restart that is stopped by
    a time limit loses against any other, as one that collapsed.
    """
    inside = _inside(engine.n, part, fits)
    kind, seed = cycle_kinds(fits.init, fits.n_init)[part.restart], fits.seed + part.restart
    fit, reason = _fit(engine, inside, k, covariance_type, (kind, seed), fits)
    row: dict[str, Any] = {
        "covariance_type": covariance_type,
        "n_components": k,
        "restart": part.restart,
        "fold": part.fold,
        "folds": part.folds,
        "lower_bound": None if fit is None else fit.lower_bound,
        "held_sum": None,
        "held_count": engine.data.mass(~inside),
    }
    if part.fold != WHOLE:
        held = None if fit is None else engine.data.log_likelihood(~inside, fit.mixture)
        return row | {"held_sum": held}
    if fit is None:
        return row | without_fit(covariance_type, k, engine.complete.shape[1], kind, seed, reason)
    row |= {
        "init": kind,
        "random_state": seed,
        "n_parameters": fit.n_parameters,
        "heldout_log_likelihood": None,
        "informed": False,
        "law": "ok",
    }
    return row | _described(fit, engine.data.n_points)


def without_fit(
    covariance_type: str, k: int, d: int, kind: str, seed: int, reason: str
) -> dict[str, Any]:
    """Return the row of a model that has no fit, and why."""
    fixed = {
        "covariance_type": covariance_type,
        "n_components": k,
        "init": kind,
        "random_state": seed,
        "n_parameters": n_parameters(covariance_type, k, d),
        "n_iter": 0,
        "converged": False,
        "degenerate": True,
        "reason": reason,
        "informed": False,
        "law": "only_collapsed",
    }
    return dict.fromkeys(SelectionRow.__dataclass_fields__) | fixed


def _inside(n: int, part: Part, fits: Fits) -> NDArray[np.bool_]:
    """Return which points a part is fitted to."""
    inside = np.ones(n, dtype=bool)
    if part.fold != WHOLE:
        inside[heldout_folds(n, folds_of(n, fits.folds), fits.seed)[part.fold]] = False
    return inside


def _fit(
    engine: Engine,
    inside: NDArray[np.bool_],
    k: int,
    covariance_type: str,
    start: tuple[str, int],
    fits: Fits,
) -> tuple[MixtureFit | None, str]:
    """Return one restart, or why there is none: every other refusal is known before."""
    try:
        fit = engine.fit(inside, k, covariance_type, start, fits)
    except WorkLimitError:
        return None, "stopped"
    except FitError:
        return None, "collapsed"
    return fit, ""


def _described(fit: MixtureFit, n_points: int | None) -> dict[str, Any]:
    names = ("log_likelihood", "n_iter", "converged", "reason")
    found = {name: getattr(fit, name) for name in names}
    return found | criteria_of(fit, n_points) | {"degenerate": bool(fit.degenerate.any())}
