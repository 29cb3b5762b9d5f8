"""Stata's files, read with pandas: chunk by chunk, so that none holds more than it may."""

from __future__ import annotations

import io
import struct
import warnings
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from gmm_dash.errors import ImportProblem
from gmm_dash.tables.formats.arrowfile import BATCH, finish

if TYPE_CHECKING:
    import pandas as pd

    from gmm_dash.files.limits import Limits
    from gmm_dash.tables.reading.options import ReadOptions
    from gmm_dash.tables.reading.report import ReadReport

# What pandas may raise over a file that is not what it says; memory is the caller's.
_BROKEN: Final = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, EOFError,
    ArithmeticError, NotImplementedError, RuntimeError, OSError, struct.error, pa.ArrowException,
)  # fmt: skip


def read_stata(data: bytes, options: ReadOptions, limits: Limits) -> tuple[Any, ReadReport]:
    """Return the table in a Stata file, and how it was read.

    Numbers that all have a label are read as these words; where only some have one, as for
    "refused", the numbers stay.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of texts that are not in their encoding
            numbers = _numbers(data, limits)
            labelled = _labelled(data)
        columns = {
            name: _words(labelled[name]) if name in labelled else pa.array(numbers[name])
            for name in numbers.columns
        }
        table = pa.table([pa.chunked_array([one]) for one in columns.values()], list(columns))
    except ImportProblem:
        raise
    except _BROKEN:
        raise ImportProblem(
            "The Stata file is damaged or of a version that cannot be read.",
            hint="Save the table in Stata as .csv and choose that file.",
        ) from None
    return finish(table, "stata", options, limits)


def _numbers(data: bytes, limits: Limits) -> pd.DataFrame:
    """Return the table as it is stored, measured as it is read."""
    import pandas as pd  # noqa: PLC0415  (no other file needs it in the child process)

    kept, n_rows = [], 0
    with pd.read_stata(io.BytesIO(data), convert_categoricals=False, chunksize=BATCH) as reader:
        limits.check_shape(0, len(reader.variable_labels()))
        for chunk in reader:
            n_rows += len(chunk)
            limits.check_shape(n_rows, chunk.shape[1])
            kept.append(chunk)
    return pd.concat(kept, ignore_index=True) if len(kept) > 1 else kept[0]


def _labelled(data: bytes) -> dict[str, pd.Series]:
    """Return the columns of which every number has a label; none where two have the same."""
    import pandas as pd  # noqa: PLC0415

    try:
        frame = pd.read_stata(io.BytesIO(data))
    except ValueError:
        return {}
    found = {str(name): frame[name].dropna().astype(object) for name in frame.columns}
    return {
        name: frame[name]
        for name, values in found.items()
        if frame[name].dtype.name == "category" and all(isinstance(v, str) for v in values)
    }


def _words(column: pd.Series) -> Any:
    return pa.array(column.astype(object).where(column.notna(), None), pa.string())
