"""How often somebody may do what counts within a minute.

At the door that is an address; a class often shares one, so right guesses do not count. Inside it
is a member.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter, deque
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
        self._counted: deque[tuple[float, bytes]] = deque()
        self._of: Counter[bytes] = Counter()  # how often each is among them
        self._lock = Lock()

    def check(self, address: str) -> None:
        """Raise ``RoomError`` when there were too many: then a right try is not told apart.

        ``address`` is whatever tells one from the others.

        Raises
        ------
        RoomError
        """
        with self._lock:
            self._forget()
            mine = self._of[_digest(address)]
            blocked = mine >= self._most[0] or len(self._counted) >= self._most[1]
        if blocked:
            raise RoomError(self._words, hint="Try again in a minute.")

    def count(self, address: str) -> None:
        """Count a wrong try, or whatever else is limited."""
        with self._lock:
            if len(self._counted) >= self._most[1]:
                self._drop()
            own = _digest(address)
            self._counted.append((self._clock(), own))
            self._of[own] += 1

    def _forget(self) -> None:
        while self._counted and self._clock() - self._counted[0][0] > SECONDS:
            self._drop()

    def _drop(self) -> None:
        _, who = self._counted.popleft()
        self._of[who] -= 1
        if not self._of[who]:
            del self._of[who]


def _digest(address: str) -> bytes:
    return hashlib.blake2b(address.encode(), digest_size=8).digest()
