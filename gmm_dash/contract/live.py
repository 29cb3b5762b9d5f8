"""What views and the drawing pad show under a hand: what is followed, and how far."""

from __future__ import annotations

from typing import Final

# Sliders of the panel on the left, and how far apart their values are.
STEPS: Final = {"k": 1, "noise": 0.05, "centers": 1, "stretch": 0.01, "hard": 0.01}
# Rows of buttons: one press is the whole hand. Those that change what the axes are do not follow.
CHOICES: Final = ("cov", "kinit")
# Number fields: what is typed, or stepped to, is shown before the page itself is told.
NUMBERS: Final = ("n", "dseed", "seed", "n_init")
CONTROLS: Final = (*STEPS, *CHOICES, *NUMBERS)
OF_DENSITY: Final = {"outliers": 0.5, "slice": 1}  # its own; all above but "hard" are its, too

# All else, such as regions or the symbols of true groups, follows when the slider is let go.
OVERLAYS: Final = ("size", "plain", "ellipses", "circles", "centers", "borders")
MOST_POINTS: Final = 2_000  # drawn meanwhile; of more, so many stand for all
MOST_DRAWN: Final = 500  # points on the pad; of more both methods follow when these are used
MOST_EDITED: Final = 500  # points of Step by step; of more they follow when one goes on
MOST_LETTERS: Final = 40_000  # of the table of these
MOST_SECONDS: Final = 0.7  # estimated; a hand has moved on by then
