"""All rooms of a deployment: opened by a teacher, found by a code or a key, removed when over."""

from __future__ import annotations

import contextlib
import re
import time
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Final

from gmm_dash.errors import RoomError
from gmm_dash.files.folder import Folder
from gmm_dash.rooms.room import OVER, Record, Room
from gmm_dash.rooms.signing import KEY, Signer, new_code, read_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from gmm_dash.rooms.board import Board

HOURS: Final = 4
MOST_ROOMS: Final = 60
WRONG_CODE: Final = "No class has this code."
KEPT_AFTER: Final = 600  # seconds after its end in which a room can still say that it is over
_REMEMBERED: Final = 200  # rooms that a process keeps at hand
_OPEN: Final = re.compile(r"[0-9a-f]{32}")


class WrongCodeError(RoomError):
    """No room has this code: somebody has mistyped it, or guesses."""


class Rooms:
    """Rooms in a folder of the store.

    Parameters
    ----------
    store : str
        Where tables are kept; rooms get a folder of their own in it.
    secret : bytes
        The same for all processes that serve the rooms.
    size : int
        How many may join a room.
    clock : callable
        Returns the time in seconds since 1970.
    before_writing : callable
        Called before a room is opened; an ``OSError`` of it prevents it.
    """

    def __init__(
        self,
        store: str,
        secret: bytes,
        size: int,
        *,
        clock: Callable[[], float] = time.time,
        before_writing: Callable[[], object] = lambda: None,
    ) -> None:
        self._url, self._size, self._clock = f"{store.rstrip('/')}/rooms", size, clock
        self._open = Folder(f"{self._url}/open")
        self._signs, self._before_writing = Signer(secret), before_writing
        self._rooms: OrderedDict[str, Room] = OrderedDict()
        self._lock = Lock()

    def open(self) -> tuple[str, str, str]:
        """Open a room; return its code, its key and the teacher's token.

        Raises
        ------
        RoomError
            When there are too many rooms.
        OSError
            When it cannot be stored.
        """
        self._before_writing()
        self.sweep()
        if len(self._open.files()) >= MOST_ROOMS:
            raise RoomError("There are too many classes open.", hint="End one of them.")
        code = new_code()
        while self._found(self._signs.key(code)) is not None:
            code = new_code()
        key, (token, seal) = self._signs.key(code), self._signs.teacher()
        record = Record(self._clock() + 3_600 * HOURS, seal, self._size)
        self._open.write(self._signs.folder(key), record.written())
        return code, key, token

    def enter(self, code: object) -> tuple[str, str]:
        """Let somebody in by the code; return the room's key and a token of their own.

        Raises
        ------
        WrongCodeError
            When there is no such room.
        RoomError
            When it is full, or over.
        OSError
            When the store is out of reach.
        """
        plain = read_code(code)
        key = self._signs.key(plain) if plain else ""
        room = self._found(key) if key else None
        if room is None:
            raise WrongCodeError(WRONG_CODE, hint="Look at the code on the teacher's screen again.")
        token = self._signs.member(key)
        room.join(self._signs.name_of(key, token))
        return key, token

    def room(self, key: object) -> Room:
        """Return the room of a key.

        Raises
        ------
        RoomError
            When there is none, or it is past its time.
        OSError
            When the store is out of reach.
        """
        room = self._found(key) if isinstance(key, str) and KEY.fullmatch(key) else None
        if room is None or room.expired:
            raise RoomError(OVER, over=True)
        return room

    def version(self, key: str) -> str:
        """Return the newest version of what the room of a key shows; empty when it has none."""
        try:
            return self.room(key).board().version
        except (RoomError, OSError):
            return ""

    def at_hand(self, key: str) -> Board | None:
        """Return what the room of a key shows if that is in memory and new enough, else None.

        Nothing is waited for: neither the store, nor anybody who looks into it.
        """
        room = self._rooms.get(key)
        return None if room is None or room.expired else room.at_hand

    def taught(self, key: object, token: object) -> Room:
        """Return the room of a key to its teacher.

        Raises
        ------
        RoomError
        OSError
        """
        room = self.room(key)
        if not self._signs.is_teacher(token, room.record.teacher):
            raise RoomError("This is not the link of this class's teacher.")
        return room

    def member(self, key: object, token: object) -> tuple[Room, str]:
        """Return the room of a key, and what somebody in it is called in the store.

        Raises
        ------
        RoomError
        OSError
        """
        room = self.room(key)
        name = self._signs.name_of(str(key), token)
        if not name:
            raise RoomError("You have not joined this class.", hint="Join it with its code.")
        return room, name

    def sweep(self) -> int:
        """Return how many rooms were removed because their time is long over."""
        removed = 0
        for file in self._open.files():
            with contextlib.suppress(OSError):
                if _OPEN.fullmatch(file.name) and self._is_over(file.name):
                    Folder(f"{self._url}/{file.name}").clear()
                    self._open.remove(file.name)
                    removed += 1
        return removed

    def _is_over(self, name: str) -> bool:
        try:
            record = Record.read(self._open.read(name))
        except ValueError:
            return True
        return self._clock() > record.expires + KEPT_AFTER

    def _found(self, key: str) -> Room | None:
        with self._lock:
            room = self._rooms.get(key)
            if room is not None:
                self._rooms.move_to_end(key)
                return room
        name = self._signs.folder(key)
        try:
            record = Record.read(self._open.read(name))
        except (FileNotFoundError, ValueError):
            return None
        with self._lock:
            room = self._rooms.setdefault(key, Room(f"{self._url}/{name}", record, self._clock))
            while len(self._rooms) > _REMEMBERED:
                self._rooms.popitem(last=False)
        return room
