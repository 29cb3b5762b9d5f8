"""One worker computes an answer once, however many ask for it at the same moment."""

from __future__ import annotations

from threading import Event, Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class _Flight:
    """A computation under way; ``answer`` stays empty when it failed or may not be shared."""

    def __init__(self) -> None:
        self.done, self.answer = Event(), b""


class Flights:
    """Computations under way, by key.

    Parameters
    ----------
    patience : float
        Seconds a follower waits for the leader before it computes for itself.
    """

    def __init__(self, patience: float = 60.0) -> None:
        self._patience = patience
        self._under_way: dict[str, _Flight] = {}
        self._lock = Lock()

    def lead_or_wait(
        self, key: str, shared: Callable[[], bytes | None]
    ) -> tuple[_Flight | None, bytes | None]:
        """Return a flight to lead, or the leader's answer, or neither when the leader failed.

        ``shared`` looks into the memory of earlier answers, once more under the lock: the
        leader of a moment ago may just have put its answer there.
        """
        with self._lock:
            kept = shared()
            if kept is not None:
                return None, kept
            flight = self._under_way.get(key)
            if flight is None:
                self._under_way[key] = flight = _Flight()
                return flight, None
        flight.done.wait(self._patience)
        return None, flight.answer or None

    def land(self, key: str, flight: _Flight, answer: bytes) -> None:
        """End the flight; an empty ``answer`` sends the followers to compute on their own."""
        flight.answer = answer
        with self._lock:
            self._under_way.pop(key, None)
        flight.done.set()
