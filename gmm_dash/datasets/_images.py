"""Photographs that come with scikit-learn, for showing a mixture of colours."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
from sklearn.datasets import load_sample_image

if TYPE_CHECKING:
    from numpy.typing import NDArray

IMAGE_TITLES: Final = {"china": "Summer Palace", "flower": "Flower"}
IMAGE_SOURCES: Final = {
    "china": "Photograph: danielbuechele on Flickr (CC BY 2.0), as distributed with scikit-learn.",
    "flower": "Photograph: vultilion on Flickr (CC BY 2.0), as distributed with scikit-learn.",
}


@cache
def load_image(name: str) -> NDArray[np.uint8]:
    """Return a bundled photograph as (height, width, 3) red, green and blue from 0 to 255."""
    pixels = np.array(load_sample_image(f"{name}.jpg"), dtype=np.uint8)
    pixels.setflags(write=False)
    return pixels
