"""How much of the memory of results one of them takes."""

from __future__ import annotations

import dataclasses
from typing import Any, Final

import numpy as np
import pandas as pd

_TEXT: Final = 8  # times its pointer that a short text takes
_SMALL_PARTS: Final = 2_000  # bytes of a result beside its arrays


def size_of(value: Any) -> int:
    """Return roughly how many bytes ``value`` holds, arrays in nested dataclasses included."""
    seen: set[int] = set()

    def arrays(part: Any) -> int:
        if id(part) in seen:
            return 0
        seen.add(id(part))
        if isinstance(part, np.ndarray | pd.Series):
            return int(part.nbytes) * (_TEXT if part.dtype == object else 1)
        if isinstance(part, bytes):
            return len(part)
        if dataclasses.is_dataclass(part):
            return sum(arrays(getattr(part, f.name)) for f in dataclasses.fields(part))
        if isinstance(part, tuple | list):
            return sum(arrays(item) for item in part)
        return 0

    return _SMALL_PARTS + arrays(value)
