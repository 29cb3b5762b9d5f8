"""Remembered results: bounded in bytes, and computed once however many ask at the same time."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from threading import Condition
from typing import Any, TypeVar

import numpy as np
from cachetools import LRUCache, cached

R = TypeVar("R")
_OVERHEAD = 2_000  # bytes for an entry's small parts


def remember(function: Callable[..., R], max_bytes: int) -> Callable[..., R]:
    """Return ``function`` with its results kept, least recently used out first.

    Calls with equal arguments that arrive while the first still computes wait for its
    answer; a call that raises is not remembered.
    """
    cache: LRUCache[Any, R] = LRUCache(max(max_bytes, _OVERHEAD), getsizeof=size_of)
    wrapped: Callable[..., R] = cached(cache, condition=Condition())(function)
    return wrapped


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
