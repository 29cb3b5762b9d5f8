"""A table on its way out of the child process: Arrow bytes that hold the report, too.

No pickle: a child that a hostile file had taken over could answer nothing worse than a
strange table.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from gmm_dash.errors import ImportProblem
from gmm_dash.files.refusal import unpack_problem
from gmm_dash.tables.reading.origin import ORIGIN, packed_origin, with_origin
from gmm_dash.tables.reading.report import ReadReport

if TYPE_CHECKING:
    from gmm_dash.files.limits import Limits

REPORT = b"gmm_dash_report"


def pack_table(table: Any, report: ReadReport) -> bytes:
    """Return table and report as an Arrow stream."""
    packed = with_report(table, report)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, packed.schema) as writer:
        writer.write_table(packed)
    return bytes(sink.getvalue())


def unpack(answer: bytes, limits: Limits) -> tuple[Any, ReadReport]:
    """Return table and report from an answer, or raise the problem it holds.

    Raises
    ------
    ImportProblem
        The child's, or one of this function's when the answer itself is broken.
    """
    try:
        problem = unpack_problem(answer)
        if problem is None:
            table = pa.ipc.open_stream(answer).read_all()
            table.validate(full=True)
            limits.check_shape(table.num_rows, table.num_columns)
            return take_report(table)
    except (ValueError, TypeError, KeyError, RecursionError, pa.ArrowException):
        raise ImportProblem(
            "The file could not be read.", hint="Save it as .csv and choose that file."
        ) from None
    raise problem


def with_report(table: Any, report: ReadReport) -> Any:
    """Return the table with report and origin in its schema, and nothing else beside the cells."""
    text = json.dumps(report.to_json(), sort_keys=True, ensure_ascii=True)
    origin = packed_origin(table)
    own = {ORIGIN: origin} if origin else {}
    return table.replace_schema_metadata({REPORT: text.encode(), **own})


def take_report(table: Any) -> tuple[Any, ReadReport]:
    """Return the table, with its origin, and the report that ``with_report`` put beside it."""
    report = ReadReport.from_json(json.loads(table.schema.metadata[REPORT]))
    return with_origin(table, packed_origin(table)), report
