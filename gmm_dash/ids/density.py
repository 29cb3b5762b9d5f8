"""Density: the landscape, new points, and unseen ones."""

from __future__ import annotations

from typing import Final

DENSITY_NOTICE: Final = "density-notice"
DENSITY_NOTES: Final = "density-notes"
DENSITY_BESIDE: Final = "density-beside"
HELD_OUT_ASK: Final = "held-out-ask"
