"""The sheets of images in Digits."""

from __future__ import annotations

from typing import Final

COLUMNS: Final = 10
IMAGES: Final = 100  # of each kind
