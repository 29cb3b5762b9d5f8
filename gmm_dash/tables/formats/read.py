"""From any bytes to a table or one sentence: the content decides how they are read."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gmm_dash.errors import GmmDashError, ImportProblem
from gmm_dash.files.limits import Limits
from gmm_dash.tables.columns.gaps import complete_question
from gmm_dash.tables.formats.archive import open_archive
from gmm_dash.tables.formats.arrowfile import read_feather, read_parquet
from gmm_dash.tables.formats.jsonfile import looks_like_json, read_json
from gmm_dash.tables.formats.ods import read_ods
from gmm_dash.tables.formats.packed import only_file, unpack_gzip
from gmm_dash.tables.formats.separated import read_separated
from gmm_dash.tables.formats.sniff import sniff
from gmm_dash.tables.formats.stata import read_stata
from gmm_dash.tables.formats.xlsx import read_xlsx
from gmm_dash.tables.reading.options import ReadOptions
from gmm_dash.tables.reading.origin import packed_origin
from gmm_dash.tables.reading.report import PACKED, ReadTable

if TYPE_CHECKING:
    from gmm_dash.tables.reading.report import ReadReport

logger = logging.getLogger(__name__)


def read_table(
    data: bytes, *, options: ReadOptions | None = None, limits: Limits | None = None
) -> ReadTable:
    """Return the table in ``data``, parsed in this process.

    For bytes of unknown origin use :func:`gmm_dash.tables.read_guarded`, which does the
    same where memory and time are limited.

    Raises
    ------
    ImportProblem
        When there is no table; the only exception any bytes can cause.
    """
    table, report = read_arrow(data, options or ReadOptions(), limits or Limits())
    return ReadTable(table.to_pandas(), report, packed_origin(table))


def read_arrow(data: bytes, options: ReadOptions, limits: Limits) -> tuple[Any, ReadReport]:
    """Return the table in ``data`` as a pyarrow table, and the account of it.

    Size first, then the kind by content, then the kind's own measuring before parsing.
    """
    limits.check_bytes(len(data))
    try:
        table, report = _dispatch(data, options, limits)
    except MemoryError:
        raise ImportProblem(
            "Reading the file takes more memory than the server gives it.",
            hint="Save fewer rows or columns.",
        ) from None
    except GmmDashError:
        raise
    except Exception:
        # A file found a fault of ours. The user gets a sentence, the log gets the rest.
        logger.exception("Reading a file failed.")
        raise ImportProblem(
            "The file could not be read.", hint="Save the table as .csv and choose that file."
        ) from None
    limits.check_shape(table.num_rows, table.num_columns)
    limits.check_table_bytes(table.nbytes)
    table = table.combine_chunks()
    gaps = complete_question(table, report)
    return table, replace(report, questions=(*report.questions, *gaps)) if gaps else report


def is_plain_text(data: bytes) -> bool:
    """Return whether ``data`` will be read as separated text, the harmless kind.

    Raises
    ------
    ImportProblem
        When the first bytes tell already that it is no table.
    """
    return sniff(data) == "text" and not looks_like_json(data)


def _dispatch(data: bytes, options: ReadOptions, limits: Limits) -> tuple[Any, ReadReport]:
    kind = sniff(data)
    if kind == "gzip":
        return _inside(unpack_gzip(data, limits), options, limits)
    if kind == "zip":
        return _workbook(data, options, limits)
    if kind == "parquet":
        return read_parquet(data, options, limits)
    if kind == "feather":
        return read_feather(data, options, limits)
    if kind == "stata":
        return read_stata(data, options, limits)
    read = read_json if looks_like_json(data) else read_separated
    return read(data, options, limits)


def _workbook(data: bytes, options: ReadOptions, limits: Limits) -> tuple[Any, ReadReport]:
    archive, kind = open_archive(data, limits.max_unpacked)
    if kind == "packed":
        return _inside(only_file(archive), options, limits)
    if kind == "ods":
        return read_ods(archive, options, limits)
    return read_xlsx(archive, data, options, limits)


def _inside(data: bytes, options: ReadOptions, limits: Limits) -> tuple[Any, ReadReport]:
    """Return the table in a file that was packed; it is unpacked once and no further."""
    kind = sniff(data)
    if not data.strip() or kind != "text":
        raise ImportProblem(
            "The packed file is empty." if not data.strip() else "The packed file is no text.",
            hint="Unpack it and choose the table inside.",
        )
    read = read_json if looks_like_json(data) else read_separated
    table, report = read(data, options, limits)
    return table, replace(report, sentence=f"{report.sentence} {PACKED}")
