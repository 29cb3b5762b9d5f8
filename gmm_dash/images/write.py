"""Pixels to the bytes of an image file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from numpy.typing import NDArray

_QUALITY = 90


def png_of(pixels: NDArray[np.uint8]) -> bytes:
    """Return (height, width, 3) pixels as a lossless PNG."""
    return _saved(Image.fromarray(np.ascontiguousarray(pixels)), "PNG")


def jpeg_of(pixels: NDArray[np.uint8]) -> bytes:
    """Return (height, width, 3) pixels as a JPEG, good enough to look at."""
    return _saved(Image.fromarray(np.ascontiguousarray(pixels)), "JPEG", quality=_QUALITY)


def indexed_png_of(labels: NDArray[np.uint8], palette: NDArray[np.uint8]) -> bytes:
    """Return a PNG of (height, width) palette entries and their (k, 3) colours.

    It spends as few bits on a pixel as the palette needs.
    """
    image = Image.fromarray(np.ascontiguousarray(labels), "L")
    image.putpalette(np.ascontiguousarray(palette).tobytes())
    k = len(palette)
    bits = next(bits for bits in (1, 2, 4, 8) if k <= 2**bits)
    return _saved(image, "PNG", bits=bits)


def _saved(image: Image.Image, kind: str, **options: int) -> bytes:
    sink = io.BytesIO()
    image.save(sink, kind, **options)
    return sink.getvalue()
