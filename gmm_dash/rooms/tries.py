"""How often an address may do what counts: a class often shares one, so right guesses do not."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from threading import Lock
from typing import TYPE_CHECKING, Final

from gmm_dash.errors import RoomError

if TYPE_CHECKING:
    from collections.abc import Callable

FROM_ONE: Final = 20  # wrong tries of one address, and of all, within so many seconds
FROM_ALL: Final = 200
SECONDS: Final = 60.0


class Tries:
    """What counted in the last minute, in this process; addresses are not kept beyond it.

    Parameters
    ----------
    from_one, from_all : int
        After so many from one address, or altogether, no more are looked at for a while.
    words : str
        What is said then.
    clock : callable
        Returns seconds that only go forward.
    """

    def __init__(
        self,
        from_one: int = FROM_ONE,
        from_all: int = FROM_ALL,
        clock: Callable[[], float] = time.monotonic,
        *,
        words: str = "There were too many wrong tries.",
    ) -> None:
        self._most, self._clock, self._words = (from_one, from_all), clock, words
        self._wrong: deque[tuple[float, bytes]] = deque(maxlen=from_all)
        self._lock = Lock()

    def check(self, address: str) -> None:
        """Raise ``RoomError`` when there were too many: then a right try is not told apart.

        Raises
        ------
        RoomError
        """
        with self._lock:
            self._forget()
            own = _digest(address)
            mine = sum(who == own for _, who in self._wrong)
            blocked = mine >= self._most[0] or len(self._wrong) >= self._most[1]
        if blocked:
            raise RoomError(self._words, hint="Try again in a minute.")

    def count(self, address: str) -> None:
        """Count a wrong try, or whatever else is limited."""
        with self._lock:
            self._wrong.append((self._clock(), _digest(address)))

    def _forget(self) -> None:
        while self._wrong and self._clock() - self._wrong[0][0] > SECONDS:
            self._wrong.popleft()


def _digest(address: str) -> bytes:
    return hashlib.blake2b(address.encode(), digest_size=8).digest()
