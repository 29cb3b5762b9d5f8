"""How many components, and of which shape: every combination fitted in one sweep."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from gmm_dash.engine import scores
from gmm_dash.engine.density import score_samples
from gmm_dash.engine.em import Settings
from gmm_dash.engine.gmm import INITS, MAX_ITERATIONS, MAX_RESTARTS
from gmm_dash.engine.health import diagnose
from gmm_dash.engine.solve import Job, pick_best, solve
from gmm_dash.engine.starts import StartSpec, cycle_kinds
from gmm_dash.engine.types import CovarianceType
from gmm_dash.engine.validate import (
    as_choice,
    as_components,
    as_count,
    as_covariance_type,
    as_nonnegative,
    as_points,
    as_seeds,
)
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from gmm_dash.engine.em import Run
    from gmm_dash.engine.features import Features
    from gmm_dash.engine.types import Floats, Ints, Mixture

LOWER_IS_BETTER = ("aic", "aicc", "bic", "icl")
HIGHER_IS_BETTER = ("heldout_log_likelihood", "log_likelihood")


@dataclass(frozen=True)
class SelectionRow:
    """One combination of covariance type and number of components.

    Attributes
    ----------
    covariance_type : str
    n_components : int
    log_likelihood : float or None
        Mean per point, in nats, on the points fitted; None when every restart collapsed.
    heldout_log_likelihood : float or None
        The same on points held out; None when none were.
    aic, aicc, bic, icl : float or None
    n_parameters, n_iter : int
    converged : bool
    init, random_state : str, int
        Of the winning restart.
    degenerate : bool
        At least one component's likelihood says nothing about the data.
    reason : str
        Code of why; empty when not degenerate.
    """

    covariance_type: str
    n_components: int
    log_likelihood: float | None
    heldout_log_likelihood: float | None
    aic: float | None
    aicc: float | None
    bic: float | None
    icl: float | None
    n_parameters: int
    n_iter: int
    converged: bool
    init: str
    random_state: int
    degenerate: bool
    reason: str

    def as_dict(self) -> dict[str, Any]:
        """Return the row as a plain dictionary."""
        return asdict(self)


@dataclass(frozen=True)
class Selection:
    """The outcome of a sweep.

    Attributes
    ----------
    rows : tuple of SelectionRow
        By covariance type, then number of components, in the order asked for.
    """

    rows: tuple[SelectionRow, ...]

    @cached_property
    def table(self) -> pd.DataFrame:
        """The rows as a pandas table, missing values as NaN."""
        import pandas as pd  # noqa: PLC0415  (slow to import, and only this needs it)

        return pd.DataFrame([row.as_dict() for row in self.rows])

    def best(self, criterion: str = "bic") -> SelectionRow | None:
        """Return the best row that is not degenerate, or None when all of them are.

        Parameters
        ----------
        criterion : str
            aic, aicc, bic, icl (least wins), or log_likelihood, heldout_log_likelihood
            (greatest wins). Of equals the first wins.
        """
        name = as_choice(criterion, "criterion", LOWER_IS_BETTER + HIGHER_IS_BETTER)
        sign = 1.0 if name in LOWER_IS_BETTER else -1.0
        sound = [row for row in self.rows if not row.degenerate and getattr(row, name) is not None]
        return min(sound, key=lambda row: sign * getattr(row, name), default=None)


def select_models(  # noqa: PLR0913  (settings are keywords with defaults)
    x: Any,
    n_components: Iterable[int] = range(1, 21),
    covariance_types: Iterable[str] = tuple(CovarianceType),
    *,
    init: str = "mixed",
    n_init: int = 5,
    tol: float = 1e-6,
    reg_covar: float = 1e-6,
    max_iter: int = 500,
    random_state: int = 0,
    heldout: float = 0.0,
) -> Selection:
    """Return information criteria for every covariance type and number of components.

    Parameters
    ----------
    x : (n, d) array-like
    n_components : iterable of int
    covariance_types : iterable of str
    init, n_init, tol, reg_covar, max_iter, random_state
        As in :func:`fit_gmm`; each row is what that returns.
    heldout : float or int
        A share below 1 holds that part of the rows out, drawn with ``random_state``; the models
        for the held-out score are fitted to the others. A whole number from 2 on is a number of
        folds, each held out once. All other columns always use every row.

    Returns
    -------
    Selection
        A row does not depend on which others were asked for with it.

    Raises
    ------
    FitError
        When the data or a setting cannot be used.
    """
    settings = Settings(
        as_nonnegative(tol, "tol"),
        as_nonnegative(reg_covar, "reg_covar"),
        as_count(max_iter, "max_iter", 1, MAX_ITERATIONS),
    )
    points = as_points(x, minimum=2)
    cells = _cells(points, n_components, covariance_types)
    specs = _specs(init, n_init, random_state)
    folds = heldout_folds(len(points), heldout, random_state)
    winners = _winners(points, cells, specs, settings)
    outside = _heldout(points, cells, specs, settings, folds)
    rows = (
        _row(cell, settings, winner, held)
        for cell, winner, held in zip(cells, winners, outside, strict=True)
    )
    return Selection(tuple(rows))


Cell = tuple[CovarianceType, int]


def _cells(x: Floats, ks: Iterable[int], types: Iterable[str]) -> list[Cell]:
    """Return every combination asked for, each once."""
    counts = [as_components(k, len(x), "n_components") for k in _listed(ks, "n_components")]
    shapes = [as_covariance_type(t) for t in _listed(types, "covariance_types")]
    return list(dict.fromkeys((shape, k) for shape in shapes for k in counts))


def _listed(values: Any, name: str) -> list[Any]:
    """Return an iterable's values; one value alone counts as a list of one."""
    if isinstance(values, str | int | np.integer):
        return [values]
    try:
        listed = list(values)
    except TypeError as error:
        raise FitError(f"{name} must be a list.", hint="Put the values in a list.") from error
    if not listed or len(listed) > 10_000:
        raise FitError(f"{name} must have 1 to 10000 entries.", hint="Ask for fewer models.")
    return listed


def _specs(init: Any, n_init: Any, random_state: Any) -> list[tuple[str, int]]:
    """Return kind and seed of each restart."""
    kind = as_choice(init, "init", INITS)
    count = as_count(n_init, "n_init", 1, MAX_RESTARTS)
    return list(zip(cycle_kinds(kind, count), as_seeds(random_state, count), strict=True))


class Winner(NamedTuple):
    """The best restart of one cell."""

    spec: StartSpec
    run: Run
    mixture: Mixture | None
    features: Features


def _winners(
    x: Floats, cells: Sequence[Cell], specs: Sequence[tuple[str, int]], settings: Settings
) -> list[Winner]:
    """Fit all restarts of all cells together and return each cell's best."""
    jobs = [Job(StartSpec(kind, seed, k), shape) for shape, k in cells for kind, seed in specs]
    solution = solve(x, jobs, settings, reproducible=True)
    out = []
    for c in range(len(cells)):
        mine = range(c * len(specs), (c + 1) * len(specs))
        best = mine[pick_best([solution.runs[i].lower_bound for i in mine])]
        out.append(
            Winner(jobs[best].spec, solution.runs[best], solution.mixture(best), solution.features)
        )
    return out


def heldout_folds(n: int, heldout: Any, random_state: int) -> list[Ints]:
    """Return the rows of each part that is held out once; none for ``heldout=0``."""
    whole = isinstance(heldout, int | np.integer) and not isinstance(heldout, bool)
    if not whole or heldout == 0:
        share = as_nonnegative(heldout, "heldout")
        if share == 0.0:
            return []
        if share >= 1.0:
            raise FitError(
                f"heldout must be a share below 1, or a whole number of folds, not {heldout!r}.",
                hint="Use 0.2 for a fifth of the rows, or 5 for five folds.",
            )
        order = np.random.default_rng(random_state).permutation(n)
        return [order[: min(max(1, round(share * n)), n - 2)]] if n > 2 else []
    folds = as_count(heldout, "heldout", 2, n)
    order = np.random.default_rng(random_state).permutation(n)
    return [part for part in np.array_split(order, folds) if n - len(part) >= 2]


def _heldout(
    x: Floats,
    cells: Sequence[Cell],
    specs: Sequence[tuple[str, int]],
    settings: Settings,
    folds: Sequence[Ints],
) -> list[float | None]:
    """Return each cell's mean log-likelihood per point on rows it was not fitted to."""
    totals, counts = np.zeros(len(cells)), np.zeros(len(cells))
    for rows in folds:
        inside = np.ones(len(x), dtype=bool)
        inside[rows] = False
        train, test = np.ascontiguousarray(x[inside]), np.ascontiguousarray(x[rows])
        able = [c for c, (_, k) in enumerate(cells) if k <= len(train)]
        winners = _winners(train, [cells[c] for c in able], specs, settings) if able else []
        for c, winner in zip(able, winners, strict=True):
            if winner.mixture is not None:
                totals[c] += float(score_samples(test, winner.mixture).sum())
                counts[c] += len(test)
    needed = sum(len(rows) for rows in folds)
    return [
        float(total / needed) if needed and count == needed else None
        for total, count in zip(totals, counts, strict=True)
    ]


def _row(cell: Cell, settings: Settings, winner: Winner, heldout: float | None) -> SelectionRow:
    """Describe one cell's winner."""
    (kind, k), (spec, run, mixture, features) = cell, winner
    n, free = features.n, scores.n_parameters(kind, k, features.d)
    fixed: dict[str, Any] = {
        "covariance_type": str(kind),
        "n_components": k,
        "n_parameters": free,
        "n_iter": run.n_iter,
        "converged": run.converged,
        "init": spec.kind,
        "random_state": spec.seed,
        "heldout_log_likelihood": heldout,
    }
    if mixture is None:
        nothing: dict[str, Any] = dict.fromkeys(("log_likelihood", "aic", "aicc", "bic", "icl"))
        return SelectionRow(**fixed, **nothing, degenerate=True, reason="collapsed")
    diagnosis = diagnose(mixture, n=n, reg_covar=settings.reg_covar, data=features.shape)
    value = run.log_likelihood
    bic = scores.bic(value, free, n)
    return SelectionRow(
        **fixed,
        log_likelihood=value,
        aic=scores.aic(value, free, n),
        aicc=scores.aicc(value, free, n),
        bic=bic,
        icl=bic + 2.0 * run.entropy,
        degenerate=bool(diagnosis.degenerate.any()),
        reason=diagnosis.reason,
    )
