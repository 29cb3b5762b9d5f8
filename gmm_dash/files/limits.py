"""How large a file may be, and how much reading it may cost."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Self

from gmm_dash.config import default_of
from gmm_dash.errors import ImportProblem, StateError

if TYPE_CHECKING:
    from gmm_dash.config import Config

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost; a deployment sets them in ``gmm_dash.config``.

    Attributes
    ----------
    max_bytes : int
        Size of the file as sent.
    max_rows, max_columns, max_cells : int
        Size of the table.
    max_unpacked : int
        Bytes of a packed file (XLSX, ODS, Parquet) once unpacked.
    max_table_bytes : int
        Bytes of the finished table, which the server itself has to hold.
    seconds : int
        Most processor time for one file; small files get less, see :meth:`budget`.
    memory_mb : int
        Memory of the child process beyond its start-up.
    concurrent : int
        Files read at the same time on this machine.
    queue_seconds : int
        How long a file waits for its turn.
    """

    max_bytes: int = default_of("upload_bytes")
    max_rows: int = default_of("table_rows")
    max_columns: int = default_of("table_columns")
    max_cells: int = default_of("table_cells")
    max_unpacked: int = default_of("upload_unpacked_bytes")
    max_table_bytes: int = default_of("table_bytes")
    seconds: int = default_of("upload_seconds")
    memory_mb: int = default_of("upload_memory_mb")
    concurrent: int = default_of("uploads_at_once")
    queue_seconds: int = default_of("upload_queue_seconds")

    def __post_init__(self) -> None:
        """Refuse limits that would refuse everything."""
        for field in fields(self):
            value = getattr(self, field.name)
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise StateError(
                    f"The limit {field.name} is {value!r}.", hint="It is a whole number above 0."
                )

    @classmethod
    def of(cls, config: Config) -> Self:
        """Return the limits as a deployment sets them."""
        return cls(
            max_bytes=config.upload_bytes,
            max_rows=config.table_rows,
            max_columns=config.table_columns,
            max_cells=config.table_cells,
            max_unpacked=config.upload_unpacked_bytes,
            max_table_bytes=config.table_bytes,
            seconds=config.upload_seconds,
            memory_mb=config.upload_memory_mb,
            concurrent=config.uploads_at_once,
            queue_seconds=config.upload_queue_seconds,
        )

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


def _megabytes(n_bytes: int) -> str:
    return f"{n_bytes / MEGABYTE:,.1f} MB"
