"""Reading JSON: lists of objects or rows, columns with data, columns by name, JSON lines."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.errors import ImportProblem
from gmm_dash.tables.columns.describe import describe_columns
from gmm_dash.tables.columns.numbers import Context
from gmm_dash.tables.columns.objects import texts_of, type_columns
from gmm_dash.tables.formats.jsonsize import check_outline
from gmm_dash.tables.reading.origin import Origin, owns
from gmm_dash.tables.reading.report import ReadReport, listed
from gmm_dash.tables.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gmm_dash.files.limits import Limits
    from gmm_dash.tables.reading.options import ReadOptions

FLATTENED = 4
MODEL_FORMAT = "gmm-dash model"
MODEL = re.compile(rf'"format"\s*:\s*"{MODEL_FORMAT}"')
START = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[\]{"\d\-tfn])')
OVERFLOW = re.compile(r"\d[eE]\+?0*(?:[4-9]\d\d|3[1-9]\d|\d{4,})")
CONSTANTS = {"NaN": None, "Infinity": float("inf"), "-Infinity": float("-inf")}
WHITESPACE = " \t\n\r"
_PLACE = ("longitude", "latitude", "altitude")
NESTED = {list, dict}
DECODER = json.JSONDecoder(parse_constant=CONSTANTS.get)  # making one takes longer than a line
FORMS = (
    'Use a list of objects, [{"x": 1, "y": 2}], one object on each line, or '
    '{"columns": [...], "data": [...]}.'
)


def looks_like_json(data: bytes) -> bool:
    """Return whether a text starts as JSON does, and a table of text hardly ever."""
    start = data[:400].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe")
    return START.match(start.replace(b"\x00", b"").decode("latin-1")) is not None


def looks_like_model(data: bytes) -> bool:
    """Return whether a text is a model that this program saved: no table, though JSON, too."""
    start = data[:400].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"{") and MODEL.search(start.decode("latin-1")) is not None


def read_json(data: bytes, options: ReadOptions, limits: Limits) -> tuple[Any, ReadReport]:
    """Return the table in a JSON text, and how it was read."""
    if looks_like_model(data):
        raise ImportProblem(
            "This is a model that was saved here, and no table.",
            hint="Open it on the page beside a table, which it then labels; in Python, "
            "gmm_dash.predict(model, table) does the same.",
        )
    text, _ = decode(data)
    check_outline(text, FORMS, limits)
    _check_numbers(text)
    rows, n_rows = _rows(text)
    columns, nested = _gather(rows, n_rows, limits)
    if not columns:
        raise ImportProblem("The JSON holds no rows.", hint=FORMS)
    typed = type_columns(list(columns.values()), Context.of(options), infinite=True)
    table, described = describe_columns(list(columns), typed)
    remarks = [f"Left out, as cells hold lists: {listed(nested)}."] if nested else []
    report = ReadReport(
        "json", "", table.num_rows, table.num_columns, options=options, columns=described
    )
    own = owns(list(map(texts_of, columns.values())), [column.array for column in typed])
    return Origin(np.arange(1, n_rows + 1), own).attach(table), report.in_words(remarks)


def _check_numbers(text: str) -> None:
    if OVERFLOW.search(text):
        raise ImportProblem(
            "The JSON holds numbers too large to compute with.", hint="Keep them under 1e300."
        )


def _rows(text: str) -> tuple[Iterable[Mapping[str, Any]], int]:
    """Return the rows of a JSON text, or of its lines (JSON lines), and their number."""
    try:
        value = DECODER.decode(text)
    except ValueError as error:
        lines = [(n, line) for n, line in enumerate(map(_bare, text.split("\n")), 1) if line]
        if len(lines) > 1 and lines[0][1].endswith(("}", "]")):
            return _from_lines(lines)
        raise _not_json(error) from None
    rows = _objects(value)
    return rows, len(rows)


def _bare(line: str) -> str:
    return line.strip(WHITESPACE)


def _from_lines(lines: Sequence[tuple[int, str]]) -> tuple[Iterable[Mapping[str, Any]], int]:
    """Return the rows in numbered lines; objects are parsed as they are asked for."""
    parsed = (_parse_line(number, line) for number, line in lines)
    if lines[0][1].startswith("{"):
        return map(_object, parsed), len(lines)
    rows = _objects(list(parsed))
    return rows, len(rows)


def _parse_line(number: int, line: str) -> Any:
    try:
        value, end = DECODER.raw_decode(line)
    except ValueError:
        end = -1
    if end != len(line):
        raise ImportProblem(f"Line {number:,} is not valid JSON.", hint=FORMS)
    return value


def _not_json(error: ValueError) -> ImportProblem:
    place = f" (line {error.lineno:,})" if isinstance(error, json.JSONDecodeError) else ""
    return ImportProblem(f"The file starts like JSON but is not valid{place}.", hint=FORMS)


def _objects(value: Any) -> list[Any]:
    """Return the rows of a parsed text as objects."""
    if isinstance(value, dict):
        value = _from_object(value)
    if not isinstance(value, list):
        raise ImportProblem("The JSON is no table.", hint=FORMS)
    if value and all(isinstance(row, list) for row in value):
        return _from_rows(value)
    if not any(isinstance(row, dict) for row in value):
        return [{"value": row} for row in value]
    return [_object(row) for row in value]


def _object(row: Any) -> Mapping[str, Any]:
    if not isinstance(row, dict):
        raise ImportProblem("The JSON mixes objects with other values.", hint=FORMS)
    return row


def _from_object(value: Mapping[str, Any]) -> list[Any]:
    """Return the rows in an object: pandas' forms, columns by name, or one list inside."""
    features = value.get("features")
    if value.get("type") == "FeatureCollection" and isinstance(features, list):
        return [_feature(_object(one)) for one in features]
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


def _feature(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a place of GeoJSON as a row: a point's two coordinates, then its properties."""
    geometry, own = feature.get("geometry"), feature.get("properties")
    geometry, own = (one if isinstance(one, dict) else {} for one in (geometry, own))
    place = geometry.get("coordinates")
    if geometry.get("type") != "Point" or not isinstance(place, list) or len(place) < 2:
        return feature
    names = [name if name not in own else f"{name} of the point" for name in _PLACE]
    return {**dict(zip(names, place, strict=False)), **own}


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
    rows: Iterable[Mapping[str, Any]], n_rows: int, limits: Limits
) -> tuple[dict[str, list[Any]], list[str]]:
    """Return the cells by column name, and the names of columns that hold lists.

    The rows may come as they are parsed: the first name too many ends it.
    """
    columns: dict[str, list[Any]] = {}
    for i, row in enumerate(rows):
        for name, cell in _cells(row).items():
            column = columns.get(name)
            if column is None:
                limits.check_shape(n_rows, len(columns) + 1)
                column = columns[name] = []
            if len(column) < i:  # earlier rows have no such cell
                column.extend([None] * (i - len(column)))
            column.append(cell)
    for column in columns.values():
        column.extend([None] * (n_rows - len(column)))
    nested = [name for name, column in columns.items() if not NESTED.isdisjoint(map(type, column))]
    return {name: columns[name] for name in columns if name not in nested}, nested


def _cells(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the cells of an object by name."""
    return dict(_flatten(row, "", FLATTENED)) if dict in map(type, row.values()) else row


def _flatten(row: Mapping[str, Any], prefix: str, depth: int) -> Iterator[tuple[str, Any]]:
    """Yield the cells of an object; objects inside are spread as ``position.x``."""
    for key, value in row.items():
        if isinstance(value, dict) and value and depth:
            yield from _flatten(value, f"{prefix}{key}.", depth - 1)
        else:
            yield f"{prefix}{key}", value
