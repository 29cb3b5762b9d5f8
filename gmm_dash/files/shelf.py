"""Files under keys that nobody can guess, wherever fsspec reaches: bounded in space and time.

A file's key is the HMAC of its bytes under the server's secret. So equal bytes share one
file, a key cannot be made up, and bytes that were changed on disk are noticed. What some work has
come to is kept under the HMAC of what was to do, its bytes signed. Nothing is
removed but what was put here: other files of the folder are not ours to judge.
"""

from __future__ import annotations

import base64
import contextlib
import hmac
import re
import time
from collections import OrderedDict
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from threading import Lock
from typing import TYPE_CHECKING, Final

from gmm_dash.files.folder import UNFINISHED, Folder, StoredFile

if TYPE_CHECKING:
    from collections.abc import Callable

KEY: Final = re.compile(r"[A-Za-z0-9_-]{43}")
UNFINISHED_FOR: Final = 3_600  # seconds after which a file that was never finished is litter
LISTED_FOR: Final = 60  # seconds until files of other processes are looked for again
MARKED_FOR: Final = 600  # seconds between two marks of use where a mark sends the bytes again
MOST_REMEMBERED: Final = 10_000  # uses that this process remembers
_SEAL: Final = 32  # bytes before what some work has come to: their digest under the secret


@dataclass(frozen=True, slots=True)
class Kind:
    """What tells one kind of stored files from the others.

    Attributes
    ----------
    suffix : str
        What the names of the files end with.
    purpose : bytes
        Keeps keys of different kinds of files apart.
    folder : str
        Where they are below the store; empty for the store itself.
    letters : int
        Of a key, six bits each: 43 are all of a digest.
    """

    suffix: str
    purpose: bytes
    folder: str = ""
    letters: int = 43


class Shelf:
    """Bytes by key, shared by every process that uses the same folder and secret.

    Parameters
    ----------
    url : str
        Any fsspec location; a plain path is a local folder, made when it is needed.
    kind : Kind
        Of the files; nothing else in the folder is touched.
    secret : bytes
        Signs the keys; the same for all processes.
    quota_bytes : int
        What all files together may take; the least recently used go first.
    ttl_seconds : int
        How long a file is kept after its last use.
    clock : callable
        Returns the time in seconds since 1970.
    before_writing : callable
        Called before every write; an ``OSError`` of it prevents the write.
    """

    def __init__(
        self,
        url: str,
        kind: Kind,
        *,
        secret: bytes,
        quota_bytes: int,
        ttl_seconds: int,
        clock: Callable[[], float] = time.time,
        before_writing: Callable[[], object] = lambda: None,
    ) -> None:
        self._folder, self._suffix = Folder(url), kind.suffix
        self._kind, self._secret = kind, secret
        self._quota, self._ttl, self._clock = quota_bytes, ttl_seconds, clock
        self._before_writing = before_writing
        self._is_key = re.compile(f"[A-Za-z0-9_-]{{{kind.letters}}}")
        self._name = re.compile(self._is_key.pattern + re.escape(kind.suffix))
        self._known: dict[str, StoredFile] = {}  # the files there are, as far as is known
        self._used: OrderedDict[str, float] = OrderedDict()  # where files cannot be given a time
        self._listed = float("-inf")
        self._tidying = Lock()  # may be held for long: a large folder, a slow place
        self._noting = Lock()  # only for a moment: every request of a table notes its use

    def put(self, data: bytes) -> str:
        """Return the key under which ``data`` are kept from now on; others may have to go.

        Raises
        ------
        OSError
            When they cannot be written.
        """
        key = self._key(data)
        self._write(key, data)
        return key

    def read(self, key: str) -> bytes:
        """Return the bytes of a key.

        Raises
        ------
        FileNotFoundError
            When there are none, or they are past their time.
        ValueError
            When they are not what was put.
        OSError
            When the folder is out of reach.
        """
        self.expires(key)
        data = self._folder.read(key + self._suffix)
        if not hmac.compare_digest(self._key(data), key):
            raise ValueError("The stored bytes are not those of their key.")
        return data

    def put_result(self, work: bytes, data: bytes) -> None:
        """Keep what some work has come to, for whoever has to do the same; others may have to go.

        Equal work has equal results, so it does not matter who writes last.

        Raises
        ------
        OSError
            When they cannot be written.
        """
        key = self._key(work)
        self._write(key, self._seal(key, data) + data)

    def result(self, work: bytes) -> bytes:
        """Return what was kept of some work; see :meth:`read` for errors."""
        key = self._key(work)
        self.expires(key)
        stored = self._folder.read(key + self._suffix)
        seal, data = stored[:_SEAL], stored[_SEAL:]
        if not hmac.compare_digest(self._seal(key, data), seal):
            raise ValueError("The stored bytes are not what was kept of this work.")
        return data

    def expires(self, key: str) -> float:
        """Return when a file expires, in seconds since 1970; see :meth:`read` for errors."""
        name = key + self._suffix
        expires = self._last_use(name, self._folder.modified(name)) + self._ttl
        if self._clock() >= expires:
            raise FileNotFoundError(name)
        return expires

    def touch(self, key: str) -> None:
        """Start a file's time to live anew; what is gone or out of reach stays so."""
        if self._is_key.fullmatch(key):
            name, now = key + self._suffix, self._clock()
            with contextlib.suppress(OSError):
                if self._folder.sets_times or self._note(name, now):
                    self._folder.touch(name, now)

    def sweep(self, *, keep: str = "") -> int:
        """Return how many files were removed: expired ones, then the least recently used.

        The file of ``keep`` stays in any case. A folder that cannot be listed or written
        is left as it is.
        """
        return self._tidy(keep=keep)

    def _write(self, key: str, data: bytes) -> None:
        self._before_writing()
        name, now = key + self._suffix, self._clock()
        self._folder.write(name, data, when=now)
        if not self._folder.sets_times:
            self._note(name, now)
        self._tidy(StoredFile(name, len(data), now), keep=key)

    def _tidy(self, new: StoredFile | None = None, *, keep: str) -> int:
        removed = 0
        with self._tidying, contextlib.suppress(OSError):
            if new is None or self._clock() - self._listed > LISTED_FOR:
                removed += self._list(keep + self._suffix)
            if new is not None:
                self._known[new.name] = new
            removed += self._make_room(keep + self._suffix)
        return removed

    def _list(self, keep: str) -> int:
        """Look at the folder anew and remove what is past its time; return how many that were."""
        now, removed = self._clock(), 0
        self._known.clear()
        for file in self._folder.files():
            ours = self._name.fullmatch(file.name)
            lifetime = self._ttl if ours else UNFINISHED_FOR
            expired = now - self._last_use(file.name, file.modified) > lifetime
            if expired and file.name != keep and (ours or UNFINISHED.fullmatch(file.name)):
                self._remove(file.name)
                removed += 1
            elif ours:
                self._known[file.name] = file
        self._listed = now
        return removed

    def _make_room(self, keep: str) -> int:
        """Remove the least recently used files until the rest fit; return how many went.

        Another process may have used a file since this one has looked: its own time decides.
        """
        total, removed = sum(file.size for file in self._known.values()), 0
        if total <= self._quota:
            return 0
        oldest = [(f.modified, f.name) for f in self._known.values() if f.name != keep]
        heapify(oldest)
        while oldest and total > self._quota:
            seen, name = heappop(oldest)
            used = self._used_now(name)
            if used > seen:
                heappush(oldest, (used, name))
                continue
            total -= self._known[name].size
            self._remove(name)
            removed += 1
        return removed

    def _used_now(self, name: str) -> float:
        try:
            return self._last_use(name, self._folder.modified(name))
        except FileNotFoundError:
            return float("-inf")  # another process has removed it

    def _last_use(self, name: str, modified: float) -> float:
        return max(modified, self._used.get(name, modified))

    def _remove(self, name: str) -> None:
        self._folder.remove(name)
        self._known.pop(name, None)
        with self._noting:
            self._used.pop(name, None)

    def _note(self, name: str, now: float) -> bool:
        """Remember a use; return whether the folder should be told, which is dear."""
        with self._noting:
            due = now - self._used.get(name, 0.0) > MARKED_FOR
            self._used[name] = now
            self._used.move_to_end(name)
            if len(self._used) > MOST_REMEMBERED:
                self._used.popitem(last=False)
        return due

    def _seal(self, key: str, data: bytes) -> bytes:
        return hmac.digest(self._secret, self._kind.purpose + key.encode() + data, "sha256")

    def _key(self, data: bytes) -> str:
        digest = hmac.digest(self._secret, self._kind.purpose + data, "sha256")
        return base64.urlsafe_b64encode(digest).decode()[: self._kind.letters]
