"""A memory of byte strings that never grows over its size."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock


class ByteLRU:
    """Byte strings by key; the least recently used make room. Safe for threads.

    Parameters
    ----------
    size : int
        Bytes kept at most, keys and a small overhead per entry included.
    """

    OVERHEAD = 200

    def __init__(self, size: int) -> None:
        self._size, self._used = size, 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> bytes | None:
        """Return the bytes kept under ``key``, or nothing."""
        with self._lock:
            value = self._kept.get(key)
            if value is not None:
                self._kept.move_to_end(key)
            return value

    def set(self, key: str, value: bytes) -> None:
        """Keep ``value``, unless it alone is over a quarter of the size."""
        cost = self._cost(key, value)
        with self._lock:
            old = self._kept.pop(key, None)
            if old is not None:
                self._used -= self._cost(key, old)
            if cost > self._size // 4:
                return
            self._kept[key] = value
            self._used += cost
            while self._used > self._size:
                gone, dropped = self._kept.popitem(last=False)
                self._used -= self._cost(gone, dropped)

    @property
    def used(self) -> int:
        """Bytes in use."""
        return self._used

    def __len__(self) -> int:
        """Return how many entries are kept."""
        return len(self._kept)

    def _cost(self, key: str, value: bytes) -> int:
        """Return the bytes an entry counts for."""
        return len(key) + len(value) + self.OVERHEAD
