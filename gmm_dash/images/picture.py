"""An image as the program uses it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KEPT_PIXELS: Final = 640 * 480  # larger images are reduced to this many


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """An image, decoded.

    Attributes
    ----------
    pixels : (height, width, 3) uint8 array, read-only
        Red, green and blue, upright, on white where the image was transparent.
    note : str
        What was changed on the way, in words; empty when nothing was.
    """

    pixels: NDArray[np.uint8]
    note: str
