"""What is kept to save work: bounded in bytes, the least recently used leave first."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import suppress
from threading import Condition
from typing import Any, Final, Generic, TypeVar
from weakref import WeakValueDictionary

from cachetools import LRUCache, cached
from cachetools.keys import hashkey

V = TypeVar("V")
R = TypeVar("R")
ENTRY: Final = 300  # bytes that an entry counts for beside its value: key, links, bookkeeping


class Memory(Generic[V]):
    """Values by key, together at most so many bytes. Safe for threads.

    Parameters
    ----------
    max_bytes : int
        What all entries together may take.
    size_of : callable
        Returns how many bytes a value takes; called once, when the value arrives.
    share : int
        No value is kept that alone takes more than this part of the memory: 4 is a quarter.
    """

    def __init__(self, max_bytes: int, size_of: Callable[[V], int], share: int = 1) -> None:
        def weigh(value: V) -> int:
            size = ENTRY + size_of(value)
            return size if size <= max_bytes // share else max_bytes + 1  # which is refused

        self._kept: LRUCache[Any, Any] = LRUCache(max_bytes, getsizeof=weigh)
        self._turn = Condition()

    def get(self, key: Hashable, default: V | None = None) -> V | None:
        """Return what is kept under ``key``, now the most recently used, or ``default``."""
        with self._turn:
            found: V | None = self._kept.get(key, default)
            return found

    def put(self, key: Hashable, value: V) -> None:
        """Keep ``value`` unless it is too large; what was there before is gone either way."""
        with self._turn, suppress(ValueError):  # says cachetools of what is too large
            self._kept.pop(key, None)
            self._kept[key] = value

    def drop(self, key: Hashable) -> None:
        """Forget a value, if it is kept."""
        with self._turn:
            self._kept.pop(key, None)

    def remember(
        self, function: Callable[..., R], told_by: Callable[..., Hashable] = hashkey
    ) -> Callable[..., R]:
        """Return ``function`` with its results kept.

        Calls with equal arguments that arrive while the first still computes wait for its
        answer; a call that raises is not remembered. A result that is not kept, as it is too large
        or had to make room, is found as long as somebody holds it: that takes no memory more.

        Parameters
        ----------
        function : callable
        told_by : callable, optional
            Takes the same arguments and returns what results are told apart by, where that is
            less than the arguments: some may only save the function work.
        """
        mark = object()  # equal arguments of two functions are two results
        held: WeakValueDictionary[Hashable, Any] = WeakValueDictionary()

        def own(*args: Any, **named: Any) -> Hashable:
            return mark, told_by(*args, **named)

        def find(*args: Any, **named: Any) -> R:
            key = own(*args, **named)
            found: R | None = held.get(key)
            if found is None:
                found = function(*args, **named)
                with suppress(TypeError):  # numbers and tuples, say, cannot be referred to weakly
                    held[key] = found
            return found

        wrapped: Callable[..., R] = cached(self._kept, own, condition=self._turn)(find)
        return wrapped

    @property
    def used(self) -> int:
        """Bytes in use."""
        with self._turn:
            return int(self._kept.currsize)

    def __len__(self) -> int:
        """Return how many entries are kept."""
        with self._turn:
            return len(self._kept)
