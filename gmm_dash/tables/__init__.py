"""Reading and storing users' tables: any bytes in, a table or a clear sentence out.

:func:`read_and_store` is the whole way of a table: read in a limited child process, then store.
Nothing here trusts a file's name, its claims about itself, or its size.

Floors, each of which knows those below: ``upload`` and ``use`` | ``formats`` and ``stored`` |
``text`` | ``grid`` | ``columns`` | ``reading``.

The names below load on first use: the child process that parses a file imports this
package too, and must not pay for what only the server needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gmm_dash.tables.formats.jsonfile import MODEL_FORMAT, looks_like_model
    from gmm_dash.tables.formats.read import read_table
    from gmm_dash.tables.reading.options import ReadOptions
    from gmm_dash.tables.reading.origin import Origin
    from gmm_dash.tables.reading.report import PACKED, RUNS, Column, ReadReport, ReadTable
    from gmm_dash.tables.stored.given import Given, given_back, given_frame, given_in_blocks
    from gmm_dash.tables.stored.one_table import OneTable
    from gmm_dash.tables.stored.store import StoredTable, TableStore
    from gmm_dash.tables.upload.guard import read_guarded
    from gmm_dash.tables.upload.in_place import open_if_large, open_in_place
    from gmm_dash.tables.upload.whole import describe_frame, read_and_store
    from gmm_dash.tables.use.doubtful import Doubt, doubts
    from gmm_dash.tables.use.groups import offered_groups, suggested_groups
    from gmm_dash.tables.use.matrix import (
        NO_LABEL,
        UNLABELLED,
        Incomplete,
        NumericView,
        label_codes,
        looked_at,
        numeric_matrix,
        rows_with_gaps,
        sample_rows,
        why_left_out,
    )
    from gmm_dash.tables.use.row_names import naming_column, row_names
    from gmm_dash.tables.use.write import harmless, parquet_of, safe_csv, workbook_of, write_parquet

_HOMES = {
    "Column": "reading.report",
    "describe_frame": "upload.whole",
    "Doubt": "use.doubtful",
    "doubts": "use.doubtful",
    "Given": "stored.given",
    "given_back": "stored.given",
    "given_frame": "stored.given",
    "given_in_blocks": "stored.given",
    "Incomplete": "use.matrix",
    "harmless": "use.write",
    "label_codes": "use.matrix",
    "looked_at": "use.matrix",
    "looks_like_model": "formats.jsonfile",
    "MODEL_FORMAT": "formats.jsonfile",
    "NO_LABEL": "use.matrix",
    "numeric_matrix": "use.matrix",
    "rows_with_gaps": "use.matrix",
    "NumericView": "use.matrix",
    "offered_groups": "use.groups",
    "OneTable": "stored.one_table",
    "open_if_large": "upload.in_place",
    "open_in_place": "upload.in_place",
    "Origin": "reading.origin",
    "PACKED": "reading.report",
    "parquet_of": "use.write",
    "read_and_store": "upload.whole",
    "read_guarded": "upload.guard",
    "read_table": "formats.read",
    "ReadOptions": "reading.options",
    "ReadReport": "reading.report",
    "ReadTable": "reading.report",
    "naming_column": "use.row_names",
    "row_names": "use.row_names",
    "RUNS": "reading.report",
    "safe_csv": "use.write",
    "sample_rows": "use.matrix",
    "StoredTable": "stored.store",
    "suggested_groups": "use.groups",
    "TableStore": "stored.store",
    "UNLABELLED": "use.matrix",
    "why_left_out": "use.matrix",
    "workbook_of": "use.write",
    "write_parquet": "use.write",
}

__all__ = [
    "MODEL_FORMAT",
    "NO_LABEL",
    "PACKED",
    "RUNS",
    "UNLABELLED",
    "Column",
    "Doubt",
    "Given",
    "Incomplete",
    "NumericView",
    "OneTable",
    "Origin",
    "ReadOptions",
    "ReadReport",
    "ReadTable",
    "StoredTable",
    "TableStore",
    "describe_frame",
    "doubts",
    "given_back",
    "given_frame",
    "given_in_blocks",
    "harmless",
    "label_codes",
    "looked_at",
    "looks_like_model",
    "naming_column",
    "numeric_matrix",
    "offered_groups",
    "open_if_large",
    "open_in_place",
    "parquet_of",
    "read_and_store",
    "read_guarded",
    "read_table",
    "row_names",
    "rows_with_gaps",
    "safe_csv",
    "sample_rows",
    "suggested_groups",
    "why_left_out",
    "workbook_of",
    "write_parquet",
]


def __getattr__(name: str) -> Any:
    """Import the public name's own module the first time it is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
