"""Some row groups of one Parquet file, or a part of one: what one worker reads at a time."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gmm_dash.errors import GmmDashError, ImportProblem
from gmm_dash.files.tree import Tree
from gmm_dash.tables.parts.problems import PartProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

BATCH: Final = 131_072  # rows in memory at a time
_CHECK: Final = "Check that it is a complete Parquet file, and that the place can be reached."


@dataclass(frozen=True, slots=True)
class Footer:
    """What one file says of itself.

    Attributes
    ----------
    name : str
        Relative to the table.
    numeric, others : tuple of str
        Columns that hold numbers, and columns that do not.
    group_rows : tuple of int
        Rows of each row group.
    """

    name: str
    numeric: tuple[str, ...]
    others: tuple[str, ...]
    group_rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Slice:
    """Some row groups of one file of a table, or rows of one; a worker that it is sent to reads it.

    Attributes
    ----------
    url, name : str
        Of the table, and of the file in it.
    columns : tuple of str
    groups : range
        Its row groups.
    first : int
        Number of its first row in the table, from 0.
    n_rows : int
    skip, rest : int
        Rows of these groups before it and after it.
    """

    url: str
    name: str
    columns: tuple[str, ...]
    groups: range
    first: int
    n_rows: int
    skip: int = 0
    rest: int = 0

    def batches(self) -> Iterator[NDArray[np.float64]]:
        """Yield all its rows, (b, d) at a time; gaps are NaN.

        Raises
        ------
        PartProblem
            When the file has gone, is damaged, or is not what its footer said before.
        """
        seen, end = 0, self.skip + self.n_rows
        with _opened(self.url, self.name) as file:
            rows = file.iter_batches(
                BATCH,
                row_groups=list(self.groups),
                columns=list(self.columns),
                use_threads=False,
            )
            for batch in rows:
                before, seen = seen, seen + batch.num_rows
                own = range(max(before, self.skip), min(seen, end) if self.rest else seen)
                if own:
                    yield _numbers(batch.slice(own.start - before, len(own)), self.columns)
                if self.rest and seen >= end:
                    break
        if seen < end or (seen > end and not self.rest):
            raise PartProblem(
                f"{called(self.name)} has changed while it was being read.",
                hint="Start again when nobody writes to the table.",
            )


def footer_of(url: str, name: str) -> Footer:
    """Return what one file says of itself.

    Raises
    ------
    PartProblem
        When it cannot be read.
    """
    with _opened(url, name) as file:
        schema, metadata = file.schema_arrow, file.metadata
        numeric = tuple(field.name for field in schema if _is_number(field.type))
        others = tuple(field.name for field in schema if not _is_number(field.type))
        groups = tuple(metadata.row_group(i).num_rows for i in range(metadata.num_row_groups))
    return Footer(name, numeric, others, groups)


def called(name: str) -> str:
    """Return what a file of a table is called at the beginning of a sentence."""
    return f"The file {name}" if name else "The file"


def complete(rows: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which of (b, d) rows have a finite number in every column."""
    return np.asarray(np.isfinite(rows).all(axis=1))


@contextmanager
def _opened(url: str, name: str) -> Iterator[Any]:
    """Open one file; whatever goes wrong until it is closed is said with its name."""
    try:
        with Tree(url).reading(name) as source, pq.ParquetFile(source) as file:
            yield file
    except FileNotFoundError as error:
        raise PartProblem(
            f"{called(name)} is not there, or not any more.", hint="Look whether it was moved."
        ) from error
    except PermissionError as error:
        raise PartProblem(
            f"{called(name)} may not be read: access was refused.",
            hint="Check the credentials, and that every worker has them.",
        ) from error
    except GmmDashError:
        raise
    except Exception as error:  # each back end of fsspec has exceptions of its own
        raise PartProblem(
            f"{called(name)} cannot be read: {_first_line(error)}",
            hint=_CHECK,
            plain=ImportProblem(f"{called(name)} cannot be read.", hint=_CHECK),
        ) from error


def _first_line(error: BaseException) -> str:
    """Return what a library says, in one line that ends like a sentence."""
    said = str(error).strip() or type(error).__name__
    return said.splitlines()[0][:200].rstrip(".") + "."


def _is_number(kind: Any) -> bool:
    whole, decimal = pa.types.is_integer(kind), pa.types.is_decimal(kind)
    return bool(pa.types.is_floating(kind) or whole or decimal)


def _numbers(batch: Any, columns: tuple[str, ...]) -> NDArray[np.float64]:
    """Return the (b, d) numbers of a batch; they may be rounded to doubles."""
    out = np.empty((batch.num_rows, len(columns)), order="F")
    for j, name in enumerate(columns):
        cells = pc.cast(batch.column(name), pa.float64(), safe=False)
        out[:, j] = cells.to_numpy(zero_copy_only=False)
    return out
