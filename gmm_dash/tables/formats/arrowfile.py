"""Reading Parquet and Arrow (Feather) files: the footer is weighed before the data."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gmm_dash.errors import ImportProblem
from gmm_dash.tables.columns.describe import describe_columns
from gmm_dash.tables.columns.numbers import Context, Typed, type_texts
from gmm_dash.tables.reading.origin import Origin, own_cells
from gmm_dash.tables.reading.report import ReadReport, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gmm_dash.files.limits import Limits
    from gmm_dash.tables.reading.options import ReadOptions

BATCH = 50_000
_PLAIN = re.compile(r"[+\-]?\d+(?:\.\d+)?")
MAX_DEPTH = 4
DAMAGED = "Save it again, or save the table as .csv."


def read_parquet(data: bytes, options: ReadOptions, limits: Limits) -> tuple[Any, ReadReport]:
    """Return the table in a Parquet file, and how it was read.

    The footer tells rows, columns and size; batch by batch it is checked that the
    footer did not lie.
    """
    try:
        file = pq.ParquetFile(
            pa.BufferReader(data),
            thrift_string_size_limit=limits.max_bytes,
            thrift_container_size_limit=1_000_000,
        )
        groups = [file.metadata.row_group(i) for i in range(file.metadata.num_row_groups)]
        limits.check_shape(file.metadata.num_rows, file.metadata.num_columns)
        _check_unpacked(sum(max(group.total_byte_size, 0) for group in groups), limits)
        table = _gather(file.iter_batches(BATCH), file.schema_arrow, limits)
    except (pa.ArrowException, OSError, ValueError, TypeError, NotImplementedError) as error:
        raise _damaged("Parquet", error) from None
    return finish(table, "parquet", options, limits)


def read_feather(data: bytes, options: ReadOptions, limits: Limits) -> tuple[Any, ReadReport]:
    """Return the table in an Arrow IPC file or stream, and how it was read."""
    try:
        source = pa.BufferReader(data)
        if data[:6] == b"ARROW1":
            file = pa.ipc.open_file(source)
            batches = (file.get_batch(i) for i in range(file.num_record_batches))
            table = _gather(batches, file.schema, limits)
        else:
            stream = pa.ipc.open_stream(source)
            table = _gather(stream, stream.schema, limits)
    except (pa.ArrowException, OSError, ValueError, TypeError, NotImplementedError) as error:
        raise _damaged("Feather", error) from None
    return finish(table, "feather", options, limits)


def _damaged(kind: str, error: Exception) -> ImportProblem:
    if isinstance(error, pa.ArrowMemoryError):
        return ImportProblem(
            "Reading the file takes more memory than the server gives it.",
            hint="Save fewer rows or columns.",
        )
    return ImportProblem(f"The {kind} file is damaged or cut short.", hint=DAMAGED)


def _check_unpacked(n_bytes: int, limits: Limits) -> None:
    if n_bytes > limits.max_unpacked:
        raise ImportProblem(
            f"The file unpacks to {n_bytes / 1e6:,.0f} MB; at most "
            f"{limits.max_unpacked / 1e6:,.0f} MB can be read.",
            hint="Save fewer rows or columns.",
        )


def _gather(batches: Iterable[Any], schema: Any, limits: Limits) -> Any:
    """Return the batches as one table, counting rows and bytes as they come."""
    limits.check_shape(0, len(schema))
    kept, n_rows, n_bytes = [], 0, 0
    for batch in batches:
        n_rows += batch.num_rows
        limits.check_shape(n_rows, batch.num_columns)
        n_bytes += batch.nbytes
        _check_unpacked(n_bytes, limits)
        kept.append(batch)
    table = pa.Table.from_batches(kept, schema)
    table.validate(full=True)
    return table


def finish(table: Any, kind: str, options: ReadOptions, limits: Limits) -> tuple[Any, ReadReport]:
    """Return the table with plain columns only, and its report."""
    if not table.num_rows:
        raise ImportProblem("The table has no rows.", hint="Choose a file that holds data.")
    table = _flat(table)
    limits.check_shape(table.num_rows, table.num_columns)
    typed, names, left_out, given = [], [], [], []
    for name, array in zip(table.column_names, table.columns, strict=True):
        column = type_arrow(_without(array, options.missing))
        if column is None:
            left_out.append(name[:80])
        else:
            typed.append(_written(column, options))
            given.append(array)
            names.append("index" if name.startswith("__index_level_") else name)
    if not typed:
        raise ImportProblem(
            "Every column holds lists or other nested values.",
            hint="Save a table with one value in each cell.",
        )
    remarks = [f"Left out, as cells hold lists or bytes: {listed(left_out)}."] if left_out else []
    result, columns = describe_columns(names, typed)
    report = ReadReport(
        kind,
        "",
        result.num_rows,
        result.num_columns,
        options=options,
        columns=columns,
        first_line=int(len(set(names)) == len(names) and "index" not in names),
        last_line=result.num_rows,
    )
    return origin_of(given, typed).attach(result), report.in_words(remarks)


def origin_of(given: Sequence[Any], typed: Sequence[Typed]) -> Origin:
    """Return what Arrow columns say beside their values as they were typed."""
    written = [  # only texts can say more than their values
        (i, own_cells(array.cast(pa.string()), column.array))
        for i, (array, column) in enumerate(zip(given, typed, strict=True))
        if _is_text(array.type)
    ]
    return Origin(
        np.arange(1, len(given[0]) + 1),
        {i: own for i, own in written if own is not None},
        single=tuple(
            i
            for i, (array, column) in enumerate(zip(given, typed, strict=True))
            if pa.types.is_float32(array.type) and column.kind == "number"
        ),
    )


def _written(column: Typed, options: ReadOptions) -> Typed:
    """Return a column of texts as numbers when they are, as people write them."""
    if column.kind != "text" or column.reason:
        return column
    (read,) = type_texts([column.array.cast(pa.string())], Context.of(options))
    return read if read.kind == "number" or read.reason else column


def _without(array: Any, words: tuple[str, ...]) -> Any:
    """Return a column of numbers or texts without the cells that hold no value."""
    if not words or not (_is_number(array.type) or _is_text(array.type)):
        return array
    if _is_text(array.type):
        gone = pa.array([word.strip() for word in words], array.type)
    else:
        numbers = [float(word) for word in words if _PLAIN.fullmatch(word.strip())]
        array, gone = array.cast(pa.float64()), pa.array(numbers, pa.float64())
    found = pc.is_in(array, value_set=gone)
    return pc.if_else(found, pa.scalar(None, array.type), array)


def _flat(table: Any) -> Any:
    """Return the table with structs spread over columns, ``position.x``."""
    for _ in range(MAX_DEPTH):
        if not any(pa.types.is_struct(field.type) for field in table.schema):
            break
        table = table.flatten()
    return table


def type_arrow(array: Any) -> Typed | None:
    """Return an Arrow column as one of the kinds, or None when its cells are no values."""
    if pa.types.is_dictionary(array.type):
        array = array.cast(array.type.value_type)
    if array.null_count == len(array):
        return _nothing(array)
    for fits, convert in CONVERSIONS:
        if fits(array.type):
            return convert(array)
    return None


def _numbers(array: Any) -> Typed:
    """Return whole numbers without gaps as integers, all others as floats; NaN is missing."""
    if pa.types.is_integer(array.type):
        try:
            whole = array.cast(pa.int64())
            return Typed(whole.cast(pa.float64()) if array.null_count else whole, "number")
        except pa.ArrowInvalid:
            reason = "its numbers have too many digits"
            return Typed(array.cast(pa.string()), "text", reason=reason)
    values = array.cast(pa.float64())
    if pc.any(pc.is_nan(values)).as_py():  # else the column stays what it is, uncopied
        values = pc.if_else(pc.is_nan(values), pa.scalar(None, pa.float64()), values)
    return Typed(values, "number") if values.null_count < len(values) else _nothing(values)


def _nothing(values: Any) -> Typed:
    return Typed(pa.nulls(len(values), pa.string()), "empty")


def _texts(array: Any) -> Typed:
    trimmed = pc.utf8_trim_whitespace(array)
    values = pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)
    return Typed(values, "text") if values.null_count < len(values) else _nothing(values)


def _moments(array: Any) -> Typed:
    """Return moments to the microsecond; beyond the year 294246 there are none."""
    return Typed(array.cast(pa.timestamp("us"), safe=False), "date")


def _is_number(kind: Any) -> bool:
    return bool(
        pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    )


def _is_text(kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


CONVERSIONS: tuple[tuple[Callable[[Any], bool], Callable[[Any], Typed]], ...] = (
    (pa.types.is_boolean, lambda array: Typed(array, "boolean")),
    (_is_number, _numbers),
    (_is_text, lambda array: _texts(array.cast(pa.string()))),
    (pa.types.is_string_view, lambda array: _texts(array.cast(pa.string()))),
    (pa.types.is_timestamp, _moments),
    (pa.types.is_date, _moments),
    (pa.types.is_time, lambda array: Typed(array.cast(pa.string()), "date")),
)
