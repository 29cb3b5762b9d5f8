"""Tables as CSV that a spreadsheet shows and never runs."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any

from gmm_dash.tables.cells import looks_numeric

if TYPE_CHECKING:
    import pandas as pd

# What makes a spreadsheet take a cell for a formula, also behind blanks it ignores.
FORMULA = re.compile(r"\s*[=+\-@]|[\t\r]")


def safe_csv(frame: pd.DataFrame) -> str:
    """Return the frame as CSV (commas, decimal points, UTF-8 text) without its index.

    Texts and names that start with ``= + - @``, a tab or a carriage return get an
    apostrophe in front, so that no program computes them; numbers stay as they are, to
    the last digit. Names that are numbers are quoted, and so stay names when read again.
    """
    safe = frame.copy(deep=False)
    for position, dtype in enumerate(frame.dtypes):
        if dtype.kind not in "iufbMm":
            safe.isetitem(position, frame.iloc[:, position].map(_literal).to_numpy(dtype=object))
    safe.columns = [_literal(str(name)) for name in frame.columns]
    numbered = bool(len(safe.columns)) and all(map(looks_numeric, safe.columns))
    quoting: Any = csv.QUOTE_NONNUMERIC if numbered else csv.QUOTE_MINIMAL
    return str(safe.to_csv(index=False, lineterminator="\r\n", quoting=quoting))


def _literal(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell
