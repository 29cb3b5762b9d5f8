"""Which image the Colours view repaints, and in how many colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gmm_dash.state.fields import Declared, choice, integer, text

IMAGES: Final = ("china", "flower", "upload")
FEWEST_COLOURS: Final = 2
MOST_COLOURS: Final = 64


@dataclass(frozen=True, slots=True)
class ColorsChoice(Declared):
    """The image and the size of its palette."""

    image: str = choice("image", "china", label="Image", options=lambda: IMAGES)
    key: str = text("imagekey", label="Stored image", longest=80)
    n_colors: int = integer(
        "colors",
        16,
        label="Colours",
        low=FEWEST_COLOURS,
        high=MOST_COLOURS,
        explain="How many colours the image may keep: the K of both methods.",
    )
