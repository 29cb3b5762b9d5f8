"""What all stores have in common: one kind of files on a shelf, beside the others of the store."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar, Final

from gmm_dash.config import DAY
from gmm_dash.files.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable

    from gmm_dash.files.shelf import Kind

MEGABYTE: Final = 1_000_000


class Store:
    """Files of one kind by key, shared by every process that uses the same folder and secret.

    Parameters
    ----------
    url : str
        Any fsspec location; a plain path is a local folder, made when it is needed. A kind may
        have a folder of its own in it.
    secret : bytes
        Signs the keys; the same for all workers.
    quota_bytes : int
        What all files together may take; the least recently used go first.
    ttl_seconds : int
        How long a file is kept after its last use.
    clock : callable
        Returns the time in seconds since 1970.
    before_writing : callable
        Called before every write; an ``OSError`` of it prevents the write.
    """

    kind: ClassVar[Kind]

    def __init__(
        self,
        url: str,
        secret: bytes,
        quota_bytes: int = 2_000 * MEGABYTE,
        ttl_seconds: int = 30 * DAY,
        *,
        clock: Callable[[], float] = time.time,
        before_writing: Callable[[], object] = lambda: None,
    ) -> None:
        self.ttl_seconds = ttl_seconds
        self._secret, self._quota, self._clock = secret, quota_bytes, clock
        self._shelf = Shelf(
            f"{url.rstrip('/')}/{self.kind.folder}" if self.kind.folder else url,
            self.kind,
            secret=secret,
            quota_bytes=quota_bytes,
            ttl_seconds=ttl_seconds,
            clock=clock,
            before_writing=before_writing,
        )

    def touch(self, key: str) -> None:
        """Start a file's time to live anew; one that is gone stays gone."""
        self._shelf.touch(key)

    def sweep(self, *, keep: str = "") -> int:
        """Return how many files were removed; see :meth:`gmm_dash.files.shelf.Shelf.sweep`."""
        return self._shelf.sweep(keep=keep)
