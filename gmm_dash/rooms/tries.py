"""How often somebody may guess: only wrong tries count, as a class often shares one address."""

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
    """The wrong tries of the last minute, in this process; addresses are not kept beyond it.

    Parameters
    ----------
    from_one, from_all : int
        After so many from one address, or altogether, no more are looked at for a while.
    clock : callable
        Returns seconds that only go forward.
    """

    def __init__(
        self,
        from_one: int = FROM_ONE,
        from_all: int = FROM_ALL,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most, self._clock = (from_one, from_all), clock
        self._wrong: deque[tuple[float, bytes]] = deque(maxlen=from_all)
        self._lock = Lock()

    def check(self, address: str) -> None:
        """Raise ``RoomError`` when too many tries were wrong: then a right one is not told apart.

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
            raise RoomError("There were too many wrong tries.", hint="Try again in a minute.")

    def wrong(self, address: str) -> None:
        """Count a wrong try."""
        with self._lock:
            self._wrong.append((self._clock(), _digest(address)))

    def _forget(self) -> None:
        while self._wrong and self._clock() - self._wrong[0][0] > SECONDS:
            self._wrong.popleft()


def _digest(address: str) -> bytes:
    return hashlib.blake2b(address.encode(), digest_size=8).digest()
