"""Models too costly for one request: fitted restart by restart, and put together again.

The rule is the engine's own: of all restarts the one of highest lower bound wins, the first of
equals; the held-out score is the mean over all held-out points of each fold's winner.
"""

from __future__ import annotations

import math
from typing import Any, Final

from gmm_dash.engine.solve import SAME_BOUND, pick_best

MODEL_KEYS: Final = ("covariance_type", "n_components")
PART_KEYS: Final = frozenset({"restart", "fold", "folds", "lower_bound", "held_sum", "held_count"})
WHOLE: Final = -1  # the fold number of a fit to all points
# How the browser leaves out the restarts that cannot win: of rows alike in these fields the first,
# by restart, whose bound is the highest up to rounding. A row without "restart" is no part.
CONDENSED: Final = {
    "alike": [*MODEL_KEYS, "fold"],
    "order": "restart",
    "best": "lower_bound",
    "slack": SAME_BOUND,
}


def join_parts(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one plain row for each model.

    Parameters
    ----------
    rows : list of dict
        Rows of whole models pass unchanged. Rows that hold ``PART_KEYS`` are single
        restarts of one model: of the fit to all points (``fold`` -1), or of a fold's.
        Restarts that do not win may be missing.
    """
    out = [row for row in rows if "restart" not in row]
    parts: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in rows:
        if "restart" in row:
            parts.setdefault((row["covariance_type"], row["n_components"]), []).append(row)
    for mine in parts.values():
        whole = _winner([row for row in mine if row["fold"] == WHOLE])
        if whole is not None:
            plain = {key: value for key, value in whole.items() if key not in PART_KEYS}
            out.append(plain | {"heldout_log_likelihood": _heldout(mine)})
    return out


def _winner(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the restart that a fit of all of them would have returned."""
    if not rows:
        return None
    ordered = sorted(rows, key=lambda row: int(row["restart"]))
    bounds = [row["lower_bound"] for row in ordered]
    return ordered[pick_best([float("-inf") if b is None else b for b in bounds])]


def _heldout(rows: list[dict[str, Any]]) -> float | None:
    folds = sorted({int(row["fold"]) for row in rows} - {WHOLE})
    winners = [_winner([row for row in rows if row["fold"] == fold]) for fold in folds]
    sums = [(w["held_sum"], w["held_count"]) for w in winners if w is not None]
    wanted = max(int(row["folds"]) for row in rows)
    points = sum(count for _, count in sums)
    if not points or len(sums) < wanted or any(total is None for total, _ in sums):
        return None
    total = sum(total for total, _ in sums)
    return float(total / points) if math.isfinite(total) else None
