"""Remembered results: bounded in bytes, and computed once however many ask at the same time."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable
from contextlib import suppress
from functools import partial
from threading import Condition
from typing import Any, TypeVar

import numpy as np
from cachetools import LRUCache, cached
from cachetools.keys import hashkey

R = TypeVar("R")
_OVERHEAD = 2_000  # bytes for an entry's small parts


class Memory:
    """One store for the results of many functions, the least recently used out first.

    Parameters
    ----------
    max_bytes : int
        What all results together may take.
    """

    def __init__(self, max_bytes: int) -> None:
        self._kept: LRUCache[Any, Any] = LRUCache(max(max_bytes, _OVERHEAD), getsizeof=size_of)
        self._turn = Condition()

    def remember(self, function: Callable[..., R]) -> Callable[..., R]:
        """Return ``function`` with its results kept.

        Calls with equal arguments that arrive while the first still computes wait for its
        answer; a call that raises is not remembered.
        """
        own = partial(hashkey, object())  # equal arguments of two functions are two results
        wrapped: Callable[..., R] = cached(self._kept, own, condition=self._turn)(function)
        return wrapped

    def put(self, key: Hashable, value: Any) -> None:
        """Keep what was found by the way, for whoever comes to need it."""
        with self._turn, suppress(ValueError):  # larger than all of the memory
            self._kept[key] = value

    def get(self, key: Hashable, default: Any = None) -> Any:
        """Return what was put under ``key``, unless it has been pushed out."""
        with self._turn:
            return self._kept.get(key, default)

    @property
    def used(self) -> int:
        """Bytes in use, roughly."""
        return int(self._kept.currsize)


def size_of(value: Any) -> int:
    """Return roughly how many bytes ``value`` holds, arrays in nested dataclasses included."""
    seen: set[int] = set()

    def arrays(part: Any) -> int:
        if id(part) in seen:
            return 0
        seen.add(id(part))
        if isinstance(part, np.ndarray):
            return int(part.nbytes)
        if dataclasses.is_dataclass(part):
            return sum(arrays(getattr(part, f.name)) for f in dataclasses.fields(part))
        if isinstance(part, tuple | list):
            return sum(arrays(item) for item in part)
        return 0

    return _OVERHEAD + arrays(value)
