"""What Compare shows while K is dragged: what the browser can draw on a canvas by itself."""

from __future__ import annotations

from typing import Final

# All else, such as regions or the symbols of true groups, follows when the slider is let go.
OVERLAYS: Final = ("size", "plain", "ellipses", "circles", "centers")
MOST_POINTS: Final = 2_000
MOST_SECONDS: Final = 0.25  # estimated; a hand has moved on by then
