"""A bounded memory of values by key: the longest unused go first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Values with a size, together at most ``max_bytes``; safe for several threads."""

    def __init__(self, max_bytes: int) -> None:
        self._max, self._total = max_bytes, 0
        self._entries: OrderedDict[str, tuple[T, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> T | None:
        """Return the value kept under ``key``, now the most recently used, or None."""
        with self._lock:
            if key not in self._entries:
                return None
            self._entries.move_to_end(key)
            return self._entries[key][0]

    def put(self, key: str, value: T, size: int) -> None:
        """Keep a value; one larger than the whole memory is not kept."""
        self.drop(key)
        with self._lock:
            if size > self._max:
                return
            self._entries[key] = (value, size)
            self._total += size
            while self._total > self._max:
                _, (_, freed) = self._entries.popitem(last=False)
                self._total -= freed

    def drop(self, key: str) -> None:
        """Forget a value, if it is kept."""
        with self._lock:
            _, size = self._entries.pop(key, (None, 0))
            self._total -= size

    @property
    def total_bytes(self) -> int:
        """Size of everything that is kept."""
        return self._total
