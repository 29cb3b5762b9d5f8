"""What Compare shows under a hand: which controls it follows, and what a canvas can draw."""

from __future__ import annotations

from typing import Final

# Sliders of the panel on the left, and how far apart their values are.
STEPS: Final = {"k": 1, "noise": 0.05, "centers": 1, "stretch": 0.01, "hard": 0.01}
# Rows of buttons: one press is the whole hand. Those that change what the axes are do not follow.
CHOICES: Final = ("cov", "kinit")
CONTROLS: Final = (*STEPS, *CHOICES)

# All else, such as regions or the symbols of true groups, follows when the slider is let go.
OVERLAYS: Final = ("size", "plain", "ellipses", "circles", "centers", "borders")
MOST_POINTS: Final = 2_000
MOST_SECONDS: Final = 0.25  # estimated; a hand has moved on by then
