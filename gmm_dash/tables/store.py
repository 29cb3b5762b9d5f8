"""Stored tables: Parquet bytes under a key that nobody can guess, wherever fsspec reaches.

A table's key is the HMAC of its bytes under the server's secret. So equal tables share
one file, a link cannot be made up, and bytes that were changed on disk are noticed.
Nothing of the user's file name is kept, and nothing is ever unpickled.
"""

from __future__ import annotations

import base64
import contextlib
import hmac
import io
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from gmm_dash.errors import ImportProblem, TableGoneError
from gmm_dash.tables.folder import Folder
from gmm_dash.tables.kept import Kept
from gmm_dash.tables.report import counted
from gmm_dash.tables.wire import take_report, with_report

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from gmm_dash.tables.report import ReadReport

KEY = re.compile(r"[A-Za-z0-9_-]{43}")
PURPOSE = b"gmm-dash stored table 1\0"
DAY = 86_400
MEGABYTE = 1_000_000
SUFFIX = ".parquet"
UNFINISHED_FOR = 3_600  # seconds after which a file that was never finished is litter
TOUCH_AFTER = 0.1  # share of the time to live after which a use prolongs it
CANNOT_STORE = (
    "The data sets that come with the app still work. The person who runs the server can "
    "look at the folder's space and permissions (GMM_DASH_STORE)."
)


@dataclass(frozen=True, slots=True, eq=False)
class StoredTable:
    """A table from the store; ``expires`` in seconds since 1970. Treat ``frame`` as read-only."""

    frame: pd.DataFrame
    report: ReadReport
    expires: float


class TableStore:
    """Tables by key, shared by every process that uses the same folder and secret.

    Parameters
    ----------
    url : str
        Any fsspec location; a plain path is a local folder, made when it is needed.
    secret : bytes
        Signs the keys; the same for all workers.
    quota_bytes : int
        What all tables together may take; the longest unused go first.
    ttl_seconds : int
        How long a table is kept after its last use.
    cache_bytes : int
        Decoded tables kept in this process.
    clock : callable
        Returns the time in seconds since 1970.
    """

    def __init__(
        self,
        url: str,
        secret: bytes,
        quota_bytes: int = 2_000 * MEGABYTE,
        ttl_seconds: int = 30 * DAY,
        *,
        cache_bytes: int = 64 * MEGABYTE,
        clock: Callable[[], float] = time.time,
    ) -> None:
        if len(secret) < 16:
            raise ValueError("The secret that signs stored tables needs at least 16 bytes.")
        self._folder, self._secret = Folder(url), secret
        self._quota, self._ttl, self._clock = quota_bytes, ttl_seconds, clock
        self._kept: Kept[StoredTable] = Kept(cache_bytes)

    def put(self, frame: pd.DataFrame, report: ReadReport) -> str:
        """Return the key under which the table is stored from now on.

        Raises
        ------
        ImportProblem
            When the table is larger than the quota, or the folder cannot be written.
        """
        return self.put_arrow(_to_arrow(frame), report)

    def put_arrow(self, table: Any, report: ReadReport) -> str:
        """Store a pyarrow table; see :meth:`put`."""
        data = _encode(table, report)
        if len(data) > self._quota:
            raise ImportProblem(
                f"The table takes {len(data) / MEGABYTE:,.1f} MB, more than the server stores.",
                hint="Save fewer rows or columns.",
            )
        key = self._key(data)
        try:
            self._folder.write(_name(key), data)
            self.sweep(keep=key)
        except OSError:
            raise ImportProblem(
                "The table was read, but the server cannot store it right now.",
                hint=CANNOT_STORE,
            ) from None
        return key

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
        kept = self._kept.get(key)
        if kept is not None and self._is_current(key, kept):
            return kept
        return self._load(key)

    def touch(self, key: str) -> None:
        """Start a table's time to live anew; a table that is gone stays gone."""
        if KEY.fullmatch(key):
            with contextlib.suppress(OSError):
                self._folder.touch(_name(key))

    def sweep(self, *, keep: str = "") -> int:
        """Return how many files were removed: expired ones, then the longest unused.

        The table ``keep`` stays in any case. A folder that cannot be listed or written
        is left as it is.
        """
        removed = 0
        with contextlib.suppress(OSError):
            now, files = self._clock(), sorted(self._folder.files(), key=lambda f: f.modified)
            total = sum(file.size for file in files)
            for file in files:
                unfinished = not file.name.endswith(SUFFIX)
                expired = now - file.modified > (UNFINISHED_FOR if unfinished else self._ttl)
                if (expired or total > self._quota) and file.name != _name(keep):
                    self._folder.remove(file.name)
                    total -= file.size
                    removed += 1
        return removed

    def _key(self, data: bytes) -> str:
        digest = hmac.digest(self._secret, PURPOSE + data, "sha256")
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")

    def _expires(self, key: str) -> float:
        """Return when the stored table expires; raise when that is past or it is gone."""
        try:
            expires = self._folder.modified(_name(key)) + self._ttl
        except FileNotFoundError:
            expires = 0.0
        if self._clock() >= expires:
            self._kept.drop(key)
            raise TableGoneError(
                "The table of this link is no longer stored.",
                hint=f"Tables are kept for {_duration(self._ttl)} after their last use. Choose "
                "the file again; the settings stay as they are.",
            )
        return expires

    def _is_current(self, key: str, kept: StoredTable) -> bool:
        """Return whether a table decoded earlier still exists, as far as can be known."""
        try:
            return self._expires(key) > 0 and self._clock() < kept.expires
        except OSError:
            return self._clock() < kept.expires  # the folder is out of reach, the table is not

    def _load(self, key: str) -> StoredTable:
        try:
            expires = self._expires(key)
            data = self._folder.read(_name(key))
        except OSError:
            raise TableGoneError(
                "The stored table cannot be reached right now.",
                hint="Try again in a moment, or choose the file again.",
            ) from None
        if not hmac.compare_digest(self._key(data), key):
            raise TableGoneError(
                "The stored table is damaged.", hint="Choose the file again; the settings stay."
            )
        if expires - self._clock() < (1 - TOUCH_AFTER) * self._ttl:
            self.touch(key)
            expires = self._clock() + self._ttl
        table, report = take_report(pq.read_table(io.BytesIO(data)))
        stored = StoredTable(table.to_pandas(), report, expires)
        self._kept.put(key, stored, table.nbytes)
        return stored


def _name(key: str) -> str:
    return key + SUFFIX


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
