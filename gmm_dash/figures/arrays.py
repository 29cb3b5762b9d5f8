"""NumPy arrays in the compact form that plotly.js reads without a conversion.

A plain dict that holds NumPy arrays leaves the server as lists of decimals; this form
is a third of the size and needs no parsing.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NAMES = {"float32": "f4", "uint8": "u1", "int8": "i1", "int32": "i4", "uint16": "u2"}


def packed(array: NDArray[Any], dtype: str = "float32") -> dict[str, str]:
    """Return a 1-D or 2-D array as plotly.js's typed-array specification."""
    narrow = np.ascontiguousarray(array, dtype=dtype)
    spec = {"dtype": _NAMES[dtype], "bdata": base64.b64encode(narrow.tobytes()).decode("ascii")}
    if narrow.ndim == 2:
        spec["shape"] = ",".join(str(side) for side in narrow.shape)
    return spec


def unpacked(spec: dict[str, str]) -> NDArray[Any]:
    """Return the 1-D array that :func:`packed` made."""
    return np.frombuffer(base64.b64decode(spec["bdata"]), dtype=spec["dtype"])


def outlines(curves: list[NDArray[np.float64]]) -> tuple[dict[str, str], dict[str, str]]:
    """Return many (m, 2) outlines as the x and y of one trace, with gaps between them."""
    gap = np.full((1, 2), np.nan)
    joined = np.vstack([part for curve in curves for part in (curve, gap)][:-1])
    return packed(joined[:, 0]), packed(joined[:, 1])
