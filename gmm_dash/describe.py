"""How a table is read, without a page: what the dialog would show and the page would fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gmm_dash.errors import GmmDashError
from gmm_dash.explain.columns import told
from gmm_dash.state import DataChoice, ModelChoice

if TYPE_CHECKING:
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.tables import Column

_KINDS = {"empty": "constant"}
_REASONS = {
    "text": "It holds words.",
    "date": "It holds dates.",
    "constant": "All values are the same.",
    "empty": "All cells are empty.",
}


def describe(pipeline: Pipeline, key: str) -> dict[str, Any]:
    """Return how a stored table was read, and the points that the page would open with.

    Parameters
    ----------
    pipeline : Pipeline
    key : str
        Of a table in the pipeline's store.

    Returns
    -------
    dict
        Plain: ``{"sentence", "rows", "columns", "label_suggestions", "doubts",
        "skipped_lines", "points"}``; without anything to cluster the points are none, and a
        doubt says why.

    Raises
    ------
    TableGoneError
        When there is no such table.
    """
    found = pipeline.data.reading(key)
    report = found.report
    doubts = [{"code": one.code, "text": one.text} for one in found.doubts]
    try:
        points = _points(pipeline, key)
        doubts += _column_doubts(pipeline, key)
    except GmmDashError as problem:
        points = {"n": 0, "d": 0, "columns": [], "first_row": []}
        doubts.append({"code": "cannot_cluster", "text": problem.sentence})
    return {
        "sentence": report.sentence,
        "rows": report.n_rows,
        "columns": [_column(column, column.name in found.usual) for column in report.columns],
        "label_suggestions": list(found.groups),
        "doubts": doubts,
        "skipped_lines": list(report.skipped_lines),
        "points": points,
    }


def _opened(key: str) -> DataChoice:
    """Return the settings that the page opens a table with."""
    return DataChoice(dataset="upload", table=key, scale="standard")


def _column_doubts(pipeline: Pipeline, key: str) -> list[dict[str, str]]:
    """Return what stands out about the columns, under codes as ``"few_values"``."""
    doubts = pipeline.data.column_doubts(_opened(key), ModelChoice().reg_covar)
    return [
        {"code": one.code.removeprefix("column.").replace("-", "_"), "text": one.text}
        for one in told(doubts)
    ]


def _points(pipeline: Pipeline, key: str) -> dict[str, Any]:
    points = pipeline.points(_opened(key))
    return {
        "n": points.n,
        "d": points.d,
        "columns": list(points.columns),
        "first_row": points.raw[0].tolist(),
    }


def _column(column: Column, suggested: bool) -> dict[str, Any]:  # noqa: FBT001  (told by name)
    kind = "id" if column.is_id else _KINDS.get(column.kind, column.kind)
    reason = column.note or ("" if suggested else _REASONS.get(column.kind, ""))
    return {"name": column.name, "kind": kind, "reason": reason, "suggested": suggested}
