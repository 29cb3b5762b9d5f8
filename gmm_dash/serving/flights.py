"""One worker computes an answer once, however many ask for it at the same moment."""

from __future__ import annotations

import time
from threading import Event, Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Flight:
    """A computation under way; ``answer`` stays empty when it failed or may not be shared."""

    def __init__(self) -> None:
        self.done, self.answer = Event(), b""
        self.failure: Exception | None = None
        self._since = time.monotonic()

    @property
    def age(self) -> float:
        """Seconds since it was asked for."""
        return time.monotonic() - self._since


class Flights:
    """Computations under way, by key."""

    def __init__(self) -> None:
        self._under_way: dict[str, Flight] = {}
        self._lock = Lock()

    def board(
        self, key: str, kept: Callable[[str], bytes | None]
    ) -> tuple[bytes | None, Flight, bool]:
        """Return the kept answer, or the flight that brings it and whether it is to be led.

        ``kept`` looks into the memory of earlier answers under the lock: the leader of a
        moment ago may just have put its answer there.
        """
        with self._lock:
            answer = kept(key)
            flight = self._under_way.get(key)
            leads = answer is None and flight is None
            if flight is None:
                flight = Flight()
            if leads:
                self._under_way[key] = flight
            return answer, flight, leads

    def land(self, key: str, flight: Flight, answer: bytes, failure: Exception | None) -> None:
        """End the flight: with an answer or a failure for all who wait, or with neither."""
        flight.answer, flight.failure = answer, failure
        with self._lock:
            self._under_way.pop(key, None)
        flight.done.set()
