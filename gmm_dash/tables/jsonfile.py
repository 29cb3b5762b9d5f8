"""Reading JSON: lists of objects or rows, columns with data, columns by name, JSON lines."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.errors import ImportProblem
from gmm_dash.tables.describe import describe_columns
from gmm_dash.tables.objects import type_columns
from gmm_dash.tables.report import ReadReport, listed
from gmm_dash.tables.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gmm_dash.tables.limits import Limits
    from gmm_dash.tables.options import ReadOptions

MAX_DEPTH = 32
FLATTENED = 4
START = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[\]{"\d\-tfn])')
STRING = re.compile(r'"(?:[^"\\]++|\\.|\\\Z)*+(?:"|\Z)', re.DOTALL)  # linear
OPENING, CLOSING = np.frombuffer(b"[{", np.uint8), np.frombuffer(b"]}", np.uint8)
OVERFLOW = re.compile(r"\d[eE]\+?0*(?:[4-9]\d\d|3[1-9]\d|\d{4,})")
CONSTANTS = {"NaN": None, "Infinity": float("inf"), "-Infinity": float("-inf")}
FORMS = (
    'Use a list of objects, [{"x": 1, "y": 2}], one object on each line, or '
    '{"columns": [...], "data": [...]}.'
)


def looks_like_json(data: bytes) -> bool:
    """Return whether a text starts as JSON does, and a table of text hardly ever."""
    start = data[:400].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe")
    return START.match(start.replace(b"\x00", b"").decode("latin-1")) is not None


def read_json(data: bytes, options: ReadOptions, limits: Limits) -> tuple[Any, ReadReport]:
    """Return the table in a JSON text, and how it was read."""
    text, _ = decode(data)
    _check_depth(text)
    columns, nested = _columns(_parse(text), limits)
    if not columns:
        raise ImportProblem("The JSON holds no rows.", hint=FORMS)
    typed = type_columns(list(columns.values()), infinite=True)
    table, described = describe_columns(list(columns), typed)
    remarks = [f"Left out, as cells hold lists: {listed(nested)}."] if nested else []
    report = ReadReport(
        "json", "", table.num_rows, table.num_columns, options=options, columns=described
    )
    return table, report.in_words(remarks)


def _check_depth(text: str) -> None:
    """Refuse nesting no table has, before a parser recurses into it."""
    marks = np.frombuffer(STRING.sub("", text).encode("utf-8", "replace"), np.uint8)
    step = np.isin(marks, OPENING).astype(np.int8) - np.isin(marks, CLOSING).astype(np.int8)
    if step.size and np.cumsum(step, dtype=np.int64).max() > MAX_DEPTH:
        raise ImportProblem(f"The JSON is nested more than {MAX_DEPTH} levels deep.", hint=FORMS)
    if OVERFLOW.search(text):
        raise ImportProblem(
            "The JSON holds numbers too large to compute with.", hint="Keep them under 1e300."
        )


def _parse(text: str) -> Any:
    """Return the parsed text, or a list of its parsed lines (JSON lines)."""
    try:
        return json.loads(text, parse_constant=CONSTANTS.get)
    except ValueError as error:
        lines = text.split("\n")
        if len(lines) > 1 and lines[0].rstrip().endswith(("}", "]")):
            return [
                _parse_line(number, line) for number, line in enumerate(lines, 1) if line.strip()
            ]
        raise _not_json(error) from None


def _parse_line(number: int, line: str) -> Any:
    try:
        return json.loads(line, parse_constant=CONSTANTS.get)
    except ValueError:
        raise ImportProblem(f"Line {number:,} is not valid JSON.", hint=FORMS) from None


def _not_json(error: ValueError) -> ImportProblem:
    place = f" (line {error.lineno:,})" if isinstance(error, json.JSONDecodeError) else ""
    return ImportProblem(f"The file starts like JSON but is not valid{place}.", hint=FORMS)


def _columns(value: Any, limits: Limits) -> tuple[dict[str, list[Any]], list[str]]:
    """Return the cells by column name, and the names of columns that hold lists."""
    if isinstance(value, dict):
        value = _from_object(value)
    if not isinstance(value, list):
        raise ImportProblem("The JSON is no table.", hint=FORMS)
    if value and all(isinstance(row, list) for row in value):
        value = _from_rows(value)
    elif not any(isinstance(row, dict) for row in value):
        value = [{"value": row} for row in value]
    if not all(isinstance(row, dict) for row in value):
        raise ImportProblem("The JSON mixes objects with other values.", hint=FORMS)
    return _gather(value, limits)


def _from_object(value: Mapping[str, Any]) -> list[Any]:
    """Return the rows in an object: pandas' forms, columns by name, or one list inside."""
    data, columns = value.get("data"), value.get("columns")
    if isinstance(data, list) and isinstance(columns, list):
        return _from_rows([list(map(str, columns)), *data])
    if isinstance(data, list):
        return data
    inner = list(value.values())
    if inner and all(isinstance(cells, list) for cells in inner):
        return _from_lists(value)
    if inner and all(isinstance(cells, dict) for cells in inner):
        return _from_objects(value)
    lists = [cells for cells in inner if isinstance(cells, list)]
    return lists[0] if len(lists) == 1 else [dict(value)]


def _from_lists(value: Mapping[str, Sequence[Any]]) -> list[Any]:
    """Return rows from ``{"x": [1, 2], "y": [3, 4]}``; a single list holds rows itself."""
    first = next(iter(value.values()))
    if len(value) == 1 and first and isinstance(first[0], dict):
        return list(first)
    if len({len(cells) for cells in value.values()}) > 1:
        raise ImportProblem("The lists in the JSON differ in length.", hint=FORMS)
    return [dict(zip(value, row, strict=True)) for row in zip(*value.values(), strict=True)]


def _from_objects(value: Mapping[str, Mapping[str, Any]]) -> list[Any]:
    """Return rows from ``{"x": {"0": 1}}`` (pandas' default) or ``{"row": {"x": 1}}``."""
    keys = list(dict.fromkeys(key for cells in value.values() for key in cells))
    if keys and all(key.isdecimal() for key in keys):
        return [{name: cells.get(key) for name, cells in value.items()} for key in keys]
    return [{"row": name, **cells} for name, cells in value.items()]


def _from_rows(rows: Sequence[Any]) -> list[Any]:
    """Return rows as objects; a first row of texts holds the names."""
    if len({len(row) if isinstance(row, list) else -1 for row in rows}) > 1:
        raise ImportProblem("The rows in the JSON differ in length.", hint=FORMS)
    names: Sequence[Any] = rows[0]
    if all(isinstance(name, str) for name in names) and len(set(names)) == len(names):
        rows = rows[1:]
    else:
        names = [f"column_{i}" for i in range(1, len(names) + 1)]
    return [dict(zip(names, row, strict=True)) for row in rows]


def _gather(
    rows: Sequence[Mapping[str, Any]], limits: Limits
) -> tuple[dict[str, list[Any]], list[str]]:
    names: dict[str, None] = {}
    flat = []
    for row in rows:
        cells = dict(_flatten(row, "", FLATTENED))
        names.update(dict.fromkeys(cells))
        flat.append(cells)
        limits.check_shape(len(flat), len(names))
    nested = [name for name in names if any(isinstance(row.get(name), list | dict) for row in flat)]
    columns = {n: [row.get(n) for row in flat] for n in names if n not in set(nested)}
    return (columns if flat else {}), nested


def _flatten(row: Mapping[str, Any], prefix: str, depth: int) -> Iterator[tuple[str, Any]]:
    """Yield the cells of an object; objects inside are spread as ``position.x``."""
    for key, value in row.items():
        if isinstance(value, dict) and value and depth:
            yield from _flatten(value, f"{prefix}{key}.", depth - 1)
        else:
            yield f"{prefix}{key}", value
