"""Reading and storing users' tables and images: any bytes in, one or a clear sentence out.

:func:`ingest` is the whole way of a table, :meth:`ImageStore.take` that of an image: read
in a limited child process, then store. Nothing here trusts a file's name, its claims about
itself, or its size.

The names below load on first use: the child process that parses a file imports this
package too, and must not pay for what only the server needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gmm_dash.tables.doubtful import Doubt, doubts
    from gmm_dash.tables.given import Given, given_back, given_frame
    from gmm_dash.tables.groups import offered_groups, suggested_groups
    from gmm_dash.tables.guard import read_guarded, read_image_guarded
    from gmm_dash.tables.image_read import read_image
    from gmm_dash.tables.image_store import ImageStore
    from gmm_dash.tables.image_write import indexed_png_of, jpeg_of, png_of
    from gmm_dash.tables.intake import describe_frame, ingest
    from gmm_dash.tables.jsonfile import MODEL_FORMAT, looks_like_model
    from gmm_dash.tables.limits import Limits
    from gmm_dash.tables.matrix import (
        NO_LABEL,
        UNLABELLED,
        NumericView,
        label_codes,
        looked_at,
        numeric_matrix,
        sample_rows,
        why_left_out,
    )
    from gmm_dash.tables.options import ReadOptions
    from gmm_dash.tables.origin import Origin
    from gmm_dash.tables.picture import Picture
    from gmm_dash.tables.read import read_table
    from gmm_dash.tables.report import PACKED, RUNS, Column, ImportedTable, ReadReport
    from gmm_dash.tables.secret import Secret
    from gmm_dash.tables.store import StoredTable, TableStore
    from gmm_dash.tables.write import parquet_of, safe_csv, workbook_of

_HOMES = {
    "Column": "report",
    "Doubt": "doubtful",
    "Given": "given",
    "ImageStore": "image_store",
    "ImportedTable": "report",
    "Limits": "limits",
    "MODEL_FORMAT": "jsonfile",
    "NumericView": "matrix",
    "Origin": "origin",
    "NO_LABEL": "matrix",
    "PACKED": "report",
    "Picture": "picture",
    "RUNS": "report",
    "ReadOptions": "options",
    "ReadReport": "report",
    "Secret": "secret",
    "StoredTable": "store",
    "TableStore": "store",
    "UNLABELLED": "matrix",
    "describe_frame": "intake",
    "doubts": "doubtful",
    "given_back": "given",
    "given_frame": "given",
    "indexed_png_of": "image_write",
    "ingest": "intake",
    "jpeg_of": "image_write",
    "label_codes": "matrix",
    "looked_at": "matrix",
    "looks_like_model": "jsonfile",
    "numeric_matrix": "matrix",
    "offered_groups": "groups",
    "parquet_of": "write",
    "png_of": "image_write",
    "read_guarded": "guard",
    "read_image": "image_read",
    "read_image_guarded": "guard",
    "read_table": "read",
    "safe_csv": "write",
    "sample_rows": "matrix",
    "suggested_groups": "groups",
    "why_left_out": "matrix",
    "workbook_of": "write",
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
    "ImageStore",
    "ImportedTable",
    "Limits",
    "NumericView",
    "Origin",
    "Picture",
    "ReadOptions",
    "ReadReport",
    "Secret",
    "StoredTable",
    "TableStore",
    "describe_frame",
    "doubts",
    "given_back",
    "given_frame",
    "indexed_png_of",
    "ingest",
    "jpeg_of",
    "label_codes",
    "looked_at",
    "looks_like_model",
    "numeric_matrix",
    "offered_groups",
    "parquet_of",
    "png_of",
    "read_guarded",
    "read_image",
    "read_image_guarded",
    "read_table",
    "safe_csv",
    "sample_rows",
    "suggested_groups",
    "why_left_out",
    "workbook_of",
]


def __getattr__(name: str) -> Any:
    """Import the public name's own module the first time it is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
