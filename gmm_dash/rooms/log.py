"""What the teacher of one room has done: small objects, each written once, in the order of names.

A name is the time in milliseconds, or one more than the newest name there is, a few random letters
and the kind of the act. So two windows of a teacher cannot overwrite each other, and a clock that
is late does not hide anything. Links that were shown before the newest one are removed: only the
newest counts.
"""

from __future__ import annotations

import contextlib
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson

from gmm_dash.errors import RoomError
from gmm_dash.files.folder import Folder

if TYPE_CHECKING:
    from collections.abc import Callable

SHOW: Final = "show"
ASK: Final = "ask"
REVEAL: Final = "reveal"
EXPLAIN: Final = "explain"
DONE: Final = "done"
CLOSE: Final = "close"
MOST_ACTS: Final = 2_000
_NAME: Final = re.compile(r"(\d{15})-[0-9a-f]{8}\.(show|ask|reveal|explain|done|close)")
_MARK: Final = re.compile(r"[0-9a-f]{8}")
_KEPT_LINKS: Final = 3  # so that whoever has just listed them finds the newest


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its ``name`` tells the order, ``kind`` what was done, ``said`` the rest as JSON."""

    name: str
    kind: str
    said: dict[str, Any]


class Log:
    """The acts in one folder.

    Parameters
    ----------
    url : str
        Where they are.
    clock : callable
        Returns the time in seconds since 1970.
    """

    def __init__(self, url: str, clock: Callable[[], float]) -> None:
        self._folder, self._clock = Folder(url), clock
        self._read: dict[str, Act] = {}  # they never change

    def acts(self) -> list[Act]:
        """Return what counts of the acts, in order: of the links shown only the newest.

        Raises
        ------
        OSError
            When the store is out of reach.
        """
        names = self._names()
        shown = [name for name in names if name.endswith(SHOW)]
        wanted = [name for name in names if name not in shown[:-1]]
        missing = [name for name in wanted if name not in self._read]
        found = {name: _act(name, data) for name, data in self._folder.read_many(missing).items()}
        known = self._read | found
        self._read = {name: known[name] for name in wanted if name in known}
        return list(self._read.values())

    def add(self, kind: str, said: dict[str, Any], mark: object = None) -> None:
        """Write one more act, unless one with this mark is there: a request may come twice.

        Raises
        ------
        RoomError
            When there have been too many.
        OSError
            When it cannot be written.
        """
        names = self._names()
        if len(names) >= MOST_ACTS:
            raise RoomError("So much has happened in this class.", hint="Open a new one.")
        mine = str(mark) if _MARK.fullmatch(str(mark)) else secrets.token_hex(4)
        if any(f"-{mine}." in name for name in names):
            return
        newest = int(names[-1].partition("-")[0]) if names else 0
        time = max(int(1000 * self._clock()), newest + 1)
        self._folder.write(f"{time:015d}-{mine}.{kind}", orjson.dumps(said))
        if kind == SHOW:
            self._prune([name for name in names if name.endswith(SHOW)])

    def _names(self) -> list[str]:
        return sorted(name for name in self._folder.names() if _NAME.fullmatch(name))

    def _prune(self, shown: list[str]) -> None:
        with contextlib.suppress(OSError):
            for name in shown[:-_KEPT_LINKS]:
                self._folder.remove(name)


def _act(name: str, data: bytes) -> Act:
    """Return an act; one that is cut short says nothing."""
    try:
        said = orjson.loads(data)
    except ValueError:
        said = {}
    return Act(name, name.rpartition(".")[2], said if isinstance(said, dict) else {})
