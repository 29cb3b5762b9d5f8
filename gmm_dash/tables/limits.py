"""How large a file may be, and how much reading it may cost."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Self

from gmm_dash.errors import ImportProblem, StateError

if TYPE_CHECKING:
    from collections.abc import Mapping

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Each limit is one environment variable.

    Attributes
    ----------
    max_bytes : int
        Size of the file as sent (``GMM_DASH_MAX_BYTES``).
    max_rows, max_columns, max_cells : int
        Size of the table (``GMM_DASH_MAX_ROWS``, ``_MAX_COLUMNS``, ``_MAX_CELLS``).
    max_unpacked : int
        Bytes of a packed file (XLSX, ODS, Parquet) once unpacked
        (``GMM_DASH_MAX_UNPACKED``).
    max_table_bytes : int
        Bytes of the finished table, which the server itself has to hold
        (``GMM_DASH_MAX_TABLE_BYTES``).
    seconds : int
        Most processor time for one file; small files get less, see :meth:`budget`
        (``GMM_DASH_READ_SECONDS``).
    memory_mb : int
        Memory of the child process beyond its start-up (``GMM_DASH_READ_MEMORY_MB``).
    concurrent : int
        Files read at the same time on this machine (``GMM_DASH_READ_CONCURRENT``).
    queue_seconds : int
        How long a file waits for its turn (``GMM_DASH_READ_QUEUE_SECONDS``).
    """

    max_bytes: int = 20 * MEGABYTE
    max_rows: int = 1_000_000
    max_columns: int = 1_000
    max_cells: int = 3_000_000
    max_unpacked: int = 100 * MEGABYTE
    max_table_bytes: int = 32 * MEGABYTE
    seconds: int = 20
    memory_mb: int = 768
    concurrent: int = 2
    queue_seconds: int = 20

    def __post_init__(self) -> None:
        """Refuse limits that would refuse everything."""
        for field in fields(self):
            value = getattr(self, field.name)
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise StateError(
                    f"The limit {field.name} is {value!r}.", hint="It is a whole number above 0."
                )

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Return the limits, each taken from its environment variable when that is set."""
        values = {}
        for name, variable in ENV_NAMES.items():
            text = environ.get(variable, "").strip().replace("_", "")
            if text and not text.isdecimal():
                raise StateError(f"{variable} is {text!r}.", hint="Give a whole number above 0.")
            if text:
                values[name] = int(text)
        return cls(**values)

    def budget(self, n_bytes: int, *, packed: bool = False) -> int:
        """Return the seconds of processor time that a file of ``n_bytes`` may take.

        A small file that needs long is hostile, so it is stopped after two seconds;
        every megabyte earns two more, four in a workbook, which holds more cells in it.
        """
        return min(self.seconds, 2 + (4 if packed else 2) * n_bytes // MEGABYTE)

    def check_bytes(self, n_bytes: int) -> None:
        """Raise ``ImportProblem`` when a file of ``n_bytes`` is empty or too large."""
        if n_bytes == 0:
            raise ImportProblem("The file is empty.", hint="Choose a file that holds a table.")
        if n_bytes > self.max_bytes:
            raise ImportProblem(
                f"The file has {_megabytes(n_bytes)}; at most {_megabytes(self.max_bytes)} "
                "can be read.",
                hint="Save fewer rows or columns, or a random sample of the rows.",
            )

    def check_shape(self, n_rows: int, n_columns: int) -> None:
        """Raise ``ImportProblem`` when a table of this shape is too large."""
        if n_columns > self.max_columns:
            raise ImportProblem(
                f"The table has {n_columns:,} columns; at most {self.max_columns:,} can be read.",
                hint="Keep the columns you want to cluster and save again.",
            )
        if n_rows > self.max_rows or n_rows * n_columns > self.max_cells:
            allowed = min(self.max_rows, self.max_cells // max(n_columns, 1))
            raise ImportProblem(
                f"The table has more than {allowed:,} rows, the most that can be read with "
                f"{n_columns:,} {'column' if n_columns == 1 else 'columns'}.",
                hint="Save a random sample of the rows, or fewer columns.",
            )

    def check_table_bytes(self, n_bytes: int) -> None:
        """Raise ``ImportProblem`` when a table takes more memory than the server gives it."""
        if n_bytes > self.max_table_bytes:
            raise ImportProblem(
                f"The table takes {_megabytes(n_bytes)} of memory; at most "
                f"{_megabytes(self.max_table_bytes)} can be used.",
                hint="Leave out long text columns, or save a random sample of the rows.",
            )


ENV_NAMES: Mapping[str, str] = {
    "max_bytes": "GMM_DASH_MAX_BYTES",
    "max_rows": "GMM_DASH_MAX_ROWS",
    "max_columns": "GMM_DASH_MAX_COLUMNS",
    "max_cells": "GMM_DASH_MAX_CELLS",
    "max_unpacked": "GMM_DASH_MAX_UNPACKED",
    "max_table_bytes": "GMM_DASH_MAX_TABLE_BYTES",
    "seconds": "GMM_DASH_READ_SECONDS",
    "memory_mb": "GMM_DASH_READ_MEMORY_MB",
    "concurrent": "GMM_DASH_READ_CONCURRENT",
    "queue_seconds": "GMM_DASH_READ_QUEUE_SECONDS",
}


def _megabytes(n_bytes: int) -> str:
    return f"{n_bytes / MEGABYTE:,.1f} MB"
