"""Stored tables: Parquet bytes under a key that nobody can guess, wherever fsspec reaches.

The user's name of the file is in the table's report only, and nothing is ever unpickled. How
the files are named, found, used and removed is the matter of :mod:`gmm_dash.files.shelf`.
"""

from __future__ import annotations

import base64
import hmac
import io
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from gmm_dash.config import DAY
from gmm_dash.errors import ImportProblem, TableGoneError
from gmm_dash.files.shelf import KEY, Kind
from gmm_dash.files.store import MEGABYTE, Store
from gmm_dash.memory import Memory
from gmm_dash.tables.reading.origin import ORIGIN, packed_origin, unpack, with_origin
from gmm_dash.tables.reading.report import counted
from gmm_dash.tables.stored.wire import take_report, with_report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd

    from gmm_dash.tables.reading.origin import Origin
    from gmm_dash.tables.reading.report import ReadReport

PURPOSE = b"gmm-dash stored table 1\0"
IN_PLACE = b"gmm-dash table in its place 1\0"
SUFFIX = ".parquet"
CANNOT_STORE = (
    "The data sets that come with the app still work. The person who runs the server can "
    "look at the folder's space and permissions (GMM_DASH_STORE)."
)


@dataclass(frozen=True, slots=True, eq=False)
class StoredTable:
    """A table from the store; ``expires`` in seconds since 1970. Treat ``frame`` as read-only.

    Decoded it takes ``n_bytes``.
    """

    frame: pd.DataFrame
    report: ReadReport
    expires: float
    n_bytes: int


@dataclass(frozen=True, slots=True, eq=False)
class _InPlace:
    """A table that is open where it lies, held in memory once; ``stamp`` tells its file changed."""

    path: Path
    stamp: tuple[int, int]
    table: StoredTable
    origin: bytes


class TableStore(Store):
    """Tables by key, shared by every process that uses the same folder and secret.

    Parameters
    ----------
    url, secret, quota_bytes, ttl_seconds, clock, before_writing
        As of every :class:`gmm_dash.files.store.Store`.
    cache_bytes : int
        Decoded tables kept in this process.
    """

    kind = Kind(SUFFIX, PURPOSE)

    def __init__(
        self, url: str, secret: bytes, *place: int, cache_bytes: int = 64 * MEGABYTE, **kept: Any
    ) -> None:
        if len(secret) < 16:
            raise ValueError("The secret that signs stored tables needs at least 16 bytes.")
        super().__init__(url, secret, *place, **kept)
        self._in_place: dict[str, _InPlace] = {}
        self._kept: Memory[StoredTable] = Memory(cache_bytes, attrgetter("n_bytes"))

    def put(self, frame: pd.DataFrame, report: ReadReport, origin: bytes = b"") -> str:
        """Return the key under which the table is stored from now on.

        Raises
        ------
        ImportProblem
            When the table is larger than the quota, or the folder cannot be written.
        """
        return self.put_arrow(with_origin(_to_arrow(frame), origin), report)

    def put_arrow(self, table: Any, report: ReadReport) -> str:
        """Store a pyarrow table; see :meth:`put`."""
        data = _encode(table, report)
        if len(data) > self._quota:
            raise ImportProblem(
                f"The table takes {len(data) / MEGABYTE:,.1f} MB, more than the server stores.",
                hint="Save fewer rows or columns.",
            )
        try:
            return self._shelf.put(data)
        except OSError:
            raise ImportProblem(
                "The table was read, but the server cannot store it right now.",
                hint=CANNOT_STORE,
            ) from None

    def link(
        self, path: Path, part: bytes, read: Callable[[], tuple[Any, ReadReport]]
    ) -> tuple[str, ReadReport]:
        """Open a table where it lies, without a copy; return its key and how it was read.

        The key is that of the same part of the same unchanged file, so a link means the same
        table when the file is opened again. Only this process knows it.

        Parameters
        ----------
        path : Path
        part : bytes
            Which part of the file is read.
        read : callable
            Returns the pyarrow table and the account of it.

        Raises
        ------
        ImportProblem
            Whatever ``read`` raises.
        """
        place = path.resolve()
        stamp = _stamp(place)
        name = b"\0".join([str(place).encode(), repr(stamp).encode(), part])
        digest = hmac.digest(self._secret, IN_PLACE + name, "sha256")
        key = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        table, report = read()
        origin = packed_origin(table)
        # each column stays the array that was read
        frame = with_origin(table, b"").to_pandas(split_blocks=True)
        stored = StoredTable(frame, report, float("inf"), table.nbytes)
        self._in_place[key] = _InPlace(place, stamp, stored, origin)
        return key, report

    def get(self, key: str) -> StoredTable:
        """Return the table of a key, and keep it alive.

        Raises
        ------
        TableGoneError
            When there is none, it has expired, was damaged, or the key is no key.
        """
        if not KEY.fullmatch(key):
            raise TableGoneError(
                "The link names no stored table: its key is not complete.",
                hint="Copy the whole link, or choose the file again.",
            )
        if key in self._in_place:
            return self._still_there(self._in_place[key])
        try:
            expires = self._shelf.expires(key)
            stored = self._kept.get(key) or self._load(key, expires)
        except FileNotFoundError:
            self._kept.drop(key)
            raise TableGoneError(
                "The table of this link is no longer stored.",
                hint=f"Tables are kept for {_duration(self.ttl_seconds)} after their last use. "
                "Choose the file again; the settings stay as they are.",
            ) from None
        except OSError:
            return self._out_of_reach(key)
        self._shelf.touch(key)
        return replace(stored, expires=self._clock() + self.ttl_seconds)

    def origin(self, key: str) -> Origin:
        """Return what is kept of a table's file; read anew, as only exports ask for it.

        Raises
        ------
        TableGoneError
            As :meth:`get`.
        """
        n_rows = len(self.get(key).frame)
        if key in self._in_place:
            return unpack(self._in_place[key].origin, n_rows)
        try:
            schema = pq.read_schema(io.BytesIO(self._shelf.read(key)))
        except (OSError, ValueError):  # the table is decoded, but its file is away
            return unpack(b"", n_rows)
        return unpack((schema.metadata or {}).get(ORIGIN, b""), n_rows)

    def touch(self, key: str) -> None:
        """Start a table's time to live anew; a table that is gone stays gone."""
        if key not in self._in_place:
            self._shelf.touch(key)

    def _still_there(self, opened: _InPlace) -> StoredTable:
        """Return a table that is open in its place, unless its file is another one by now."""
        try:
            same = _stamp(opened.path) == opened.stamp
        except OSError:
            same = False
        if not same:
            raise TableGoneError(
                f"The file {opened.table.report.file_name} has changed since it was opened, or is "
                "no longer there.",
                hint="Stop the dashboard and open the file again.",
            )
        return replace(opened.table, expires=self._clock() + self.ttl_seconds)

    def _out_of_reach(self, key: str) -> StoredTable:
        """Return the table as it was decoded earlier: the folder is away, the table is not."""
        kept = self._kept.get(key)
        if kept is None or self._clock() >= kept.expires:
            raise TableGoneError(
                "The stored table cannot be reached right now.",
                hint="Try again in a moment, or choose the file again.",
            ) from None
        return kept

    def _load(self, key: str, expires: float) -> StoredTable:
        try:
            data = self._shelf.read(key)
        except ValueError:
            raise TableGoneError(
                "The stored table is damaged.", hint="Choose the file again; the settings stay."
            ) from None
        table, report = take_report(pq.read_table(io.BytesIO(data)))
        plain = with_origin(table, b"")
        stored = StoredTable(plain.to_pandas(), report, expires, table.nbytes)
        self._kept.put(key, stored)
        return stored


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _duration(seconds: int) -> str:
    if seconds >= DAY:
        return counted(seconds // DAY, "day")
    return counted(max(1, seconds // 3_600), "hour")


def _to_arrow(frame: pd.DataFrame) -> Any:
    try:
        return pa.Table.from_pandas(frame, preserve_index=False)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        raise ImportProblem(
            "The table holds cells that cannot be stored.",
            hint="Use numbers, texts, dates and truth values.",
        ) from None


def _encode(table: Any, report: ReadReport) -> bytes:
    """Return the canonical bytes: equal cells and report give equal bytes."""
    sink = io.BytesIO()
    pq.write_table(with_report(table.combine_chunks(), report), sink, compression="zstd")
    return sink.getvalue()
