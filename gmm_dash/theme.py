"""Colours and sizes shared by figures and layout, in a light and a dark variant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

FONT: Final = 'Inter, "Inter Variable", system-ui, "Segoe UI", Roboto, sans-serif'
ACCENT: Final = "indigo"

# Okabe and Ito's order, which survives the common colour-vision deficiencies, with
# each hue tuned to at least 3:1 against its background; numbers at the centres are the
# second cue.
_LIGHT_PALETTE: Final = (
    "#0072B2",
    "#D55E00",
    "#008A64",
    "#B0509B",
    "#A87900",
    "#2E93C9",
    "#6A4FC3",
    "#B3404A",
    "#5E7F00",
    "#5B6675",
)
_DARK_PALETTE: Final = (
    "#4DA3DB",
    "#FF8A3D",
    "#2CC295",
    "#E28CCB",
    "#E6B422",
    "#7FCBF0",
    "#A794F0",
    "#F07C84",
    "#A5C84A",
    "#A3AFBF",
)


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of one colour scheme.

    Attributes
    ----------
    palette : tuple of str
        Component colours; they repeat after the last.
    ink, muted, grid, paper : str
        Text, secondary text, grid lines, and the background of a card.
    """

    palette: tuple[str, ...]
    ink: str
    muted: str
    grid: str
    paper: str

    def component(self, index: int) -> str:
        """Return the colour of palette entry ``index``, counting from zero."""
        return self.palette[index % len(self.palette)]


LIGHT: Final = Look(_LIGHT_PALETTE, "#1A1F2B", "#5C6370", "#E4E7EC", "#FFFFFF")
DARK: Final = Look(_DARK_PALETTE, "#E8EAED", "#A9B0BE", "#3A3F47", "#242424")


def look(scheme: str) -> Look:
    """Return the colours of a colour scheme, ``"light"`` or ``"dark"``."""
    return DARK if scheme == "dark" else LIGHT


def fade(colour: str, alpha: float) -> str:
    """Return a ``#RRGGBB`` colour as ``rgba(...)`` with an opacity."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha:.3g})"
