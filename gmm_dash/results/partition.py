"""Partitions of points: in little space for the browser, and how far two are apart."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.optimize import linear_sum_assignment

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_POINTS: Final = 1_000
"""Points whose clusters are sent for each start: of more, so many are drawn."""


def looked_at(n: int) -> NDArray[np.intp]:
    """Return the rows whose clusters are compared: all of them, or ``MOST_POINTS`` drawn."""
    if n <= MOST_POINTS:
        return np.arange(n, dtype=np.intp)
    drawn = np.random.default_rng(0).choice(n, MOST_POINTS, replace=False)
    return np.sort(drawn).astype(np.intp)


def canonical(labels: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the same partition with clusters numbered in the order of their first points."""
    found, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(found), dtype=np.intp)
    rank[np.argsort(first)] = np.arange(len(found))
    return np.asarray(rank[inverse.ravel()])


def apart(first: NDArray[np.intp], second: NDArray[np.intp]) -> int:
    """Return how many points two partitions place differently, their clusters matched best."""
    sides = int(first.max()) + 1, int(second.max()) + 1
    shared = np.bincount(first * sides[1] + second, minlength=sides[0] * sides[1]).reshape(sides)
    return len(first) - int(shared[linear_sum_assignment(-shared)].sum())


def pack(labels: NDArray[np.intp], k: int) -> str:
    """Return labels below ``k`` as text, in as few bits each as ``k`` needs."""
    places = np.arange(_width(k))
    bits = (labels[:, None] >> places) & 1
    return base64.b64encode(np.packbits(bits.astype(bool).ravel()).tobytes()).decode()


def unpack(text: str, k: int, count: int) -> NDArray[np.intp]:
    """Return the labels that :func:`pack` made text of.

    Raises
    ------
    ValueError
        When the text is no ``count`` labels below ``k``.
    """
    width = _width(k)
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError(text) from None
    if len(raw) != -(-width * count // 8):
        raise ValueError(text)
    bits = np.unpackbits(np.frombuffer(raw, dtype=np.uint8), count=width * count)
    labels = bits.reshape(count, width).astype(np.intp) @ (1 << np.arange(width))
    if (labels >= k).any():
        raise ValueError(text)
    return np.asarray(labels, dtype=np.intp)


def _width(k: int) -> int:
    return max(1, (k - 1).bit_length())
