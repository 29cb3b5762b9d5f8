"""How many components, and of which shape: every combination fitted together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine import scores
from gmm_dash.engine.covariances import SKLEARN_TYPES, CovarianceType
from gmm_dash.engine.criteria import Scored, values
from gmm_dash.engine.density import score_samples
from gmm_dash.engine.drawn import Winner, draw
from gmm_dash.engine.gmm import usual_starts
from gmm_dash.engine.health import diagnose
from gmm_dash.engine.informed import Climb
from gmm_dash.engine.nesting import is_smoothed, laws
from gmm_dash.engine.select_rows import SelectionRow, SelectionRows
from gmm_dash.engine.validate import (
    as_components,
    as_count,
    as_covariance_type,
    as_nonnegative,
    as_points,
    as_settings,
)
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gmm_dash.engine.drawn import Cell
    from gmm_dash.engine.em import Settings
    from gmm_dash.engine.levels import Found, Level
    from gmm_dash.engine.types import Floats, Ints


def select_models(  # noqa: PLR0913  (settings are keywords with defaults)
    x: Any,
    n_components: Iterable[int] = range(1, 21),
    covariance_types: Iterable[str] = SKLEARN_TYPES,
    *,
    init: str = "mixed",
    n_init: int = 5,
    tol: float = 1e-6,
    reg_covar: float = 1e-6,
    max_iter: int = 500,
    random_state: int = 0,
    heldout: float = 0.0,
    informed: bool = True,
) -> SelectionRows:
    """Return information criteria for every covariance type and number of components.

    Parameters
    ----------
    x : (n, d) array-like
    n_components : iterable of int
    covariance_types : iterable of str
    init, n_init, tol, reg_covar, max_iter, random_state
        As in :func:`fit_gmm`; the starts that are drawn.
    heldout : float or int
        A share below 1 holds that part of the rows out, drawn with ``random_state``; the models
        for the held-out score are fitted to the others. A whole number from 2 on is a number of
        folds, each held out once. All other columns always use every row. These models start
        from drawn starts alone.
    informed : bool
        Whether starts made from neighbouring sizes and contained types improve on the drawn ones.
        A row is then ``fit_gmm(init="informed")`` (for ``init="mixed"``), the best model that is
        not degenerate; otherwise it is what ``fit_gmm(init=init)`` returns.

    Returns
    -------
    Selection
        A row does not depend on which others were asked for with it; but for ``law`` without
        ``informed``, which then compares the rows at hand. It is ``"ok"``; ``"search_failed"``
        when a contained model that is sound is likelier; ``"not_comparable"`` where ``reg_covar``
        is so strong that this proves nothing; ``"only_collapsed"`` when the row is degenerate.

    Raises
    ------
    FitError
        When the data or a setting cannot be used.
    """
    settings = as_settings(tol, reg_covar, max_iter)
    points = as_points(x, minimum=2)
    cells = _cells(points, n_components, covariance_types)
    specs = usual_starts(init, n_init, random_state)
    folds = heldout_folds(len(points), heldout, random_state)
    if not informed:
        return select_drawn(points, cells, specs, settings, folds)[0]
    outside = dict(zip(cells, _heldout(points, cells, specs, settings, folds), strict=True))
    smoothed = is_smoothed(points, settings.reg_covar)
    types = [kind for kind, _ in cells]
    climb = Climb(points, specs, settings)
    table = {
        (CovarianceType(row.covariance_type), row.n_components): row
        for level in climb.levels(max(k for _, k in cells))
        for row in level_rows(climb, level, dict.fromkeys([*SKLEARN_TYPES, *types]))
    }
    law = dict(zip(table, judged(tuple(table.values()), smoothed=smoothed), strict=True))
    return SelectionRows(
        tuple(replace(law[cell], heldout_log_likelihood=outside[cell]) for cell in cells)
    )


def select_drawn(
    x: Floats,
    cells: Sequence[Cell],
    specs: Sequence[tuple[str, int]],
    settings: Settings,
    folds: Sequence[Ints],
) -> tuple[SelectionRows, dict[Cell, Found | None]]:
    """Return the rows of models from drawn starts alone, and what a climb needs of them.

    Parameters
    ----------
    x : (n, d) array
        Checked data.
    cells : sequence of Cell
    specs : sequence of (str, int)
        Kind and seed of each start.
    settings : Settings
    folds : sequence of (m,) array
        Rows that are held out once, for the held-out score.

    Returns
    -------
    selection : Selection
    sound : dict
        The best sound run of each model.
    """
    outside = _heldout(x, cells, specs, settings, folds)
    drawn = draw(x, cells, specs, settings)
    rows = tuple(
        _row(cell, settings, winner, held)
        for cell, winner, held in zip(cells, drawn.winners, outside, strict=True)
    )
    smoothed = is_smoothed(x, settings.reg_covar)
    return SelectionRows(judged(rows, smoothed=smoothed)), dict(
        zip(cells, drawn.sound, strict=True)
    )


def judged(rows: tuple[SelectionRow, ...], *, smoothed: bool) -> tuple[SelectionRow, ...]:
    """Return rows with their ``law``, judged by each other."""
    found = laws(rows, smoothed=smoothed)
    return tuple(replace(row, law=one.law) for row, one in zip(rows, found, strict=True))


def level_rows(
    climb: Climb, level: Level, shapes: Iterable[str] = SKLEARN_TYPES
) -> list[SelectionRow]:
    """Return the rows of some covariance types at one level of a climb, without a held-out score.

    Where no sound mixture is known, the row is that of the best drawn start.
    """
    cells = [(CovarianceType(shape), level.n_components) for shape in shapes]
    lost = [cell for cell in cells if level.of(cell[0]) is None]
    again = draw(climb.x, lost, climb.specs, climb.settings).winners if lost else []
    drawn = dict(zip(lost, again, strict=True))
    rows = []
    for cell in cells:
        found = level.of(cell[0])
        winner = drawn[cell] if found is None else Winner.of(found, climb.lead)
        row = _row(cell, climb.settings, winner, None)
        rows.append(replace(row, informed=found is not None and not found.plain))
    return rows


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
        if not able:
            continue
        winners = draw(train, [cells[c] for c in able], specs, settings).winners
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
    (kind, k), mixture, features = cell, winner.mixture, winner.features
    n, free = features.n, scores.n_parameters(kind, k, features.d)
    fixed: dict[str, Any] = {
        "covariance_type": str(kind),
        "n_components": k,
        "n_parameters": free,
        "n_iter": winner.n_iter,
        "converged": winner.converged,
        "init": winner.init,
        "random_state": winner.random_state,
        "heldout_log_likelihood": heldout,
    }
    if mixture is None:
        nothing: dict[str, Any] = {"log_likelihood": None} | values(None)
        return SelectionRow(**fixed, **nothing, degenerate=True, reason="collapsed")
    diagnosis = diagnose(mixture, n=n, reg_covar=settings.reg_covar, data=features.shape)
    scored: dict[str, Any] = values(Scored(winner.log_likelihood, free, n, winner.entropy))
    return SelectionRow(
        **fixed,
        **scored,
        log_likelihood=winner.log_likelihood,
        degenerate=bool(diagnosis.degenerate.any()),
        reason=diagnosis.reason,
    )
