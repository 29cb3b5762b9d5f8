"""Bounds that several settings share."""

from __future__ import annotations

from typing import Final

LARGEST_SEED: Final = 1_000_000_000  # restart i uses seed + i, which must stay a 32-bit number
MOST_COMPONENTS: Final = 30  # of clusters too, and of centres placed by hand
