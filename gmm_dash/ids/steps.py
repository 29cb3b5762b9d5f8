"""Step by step: the player and the hands on it."""

from __future__ import annotations

from typing import Final

STEPS_TOOLBAR: Final = "steps-toolbar"
STEPS_TRACE: Final = "steps-trace"
STEPS_LOADED: Final = "steps-loaded"
STEPS_NOTES: Final = "steps-notes"
STEPS_LIVE: Final = "steps-live"
STEPS_CENTRES: Final = "steps-centres"
STEPS_RUN: Final = "steps-run"
STEPS_NEW_START: Final = "steps-new-start"
STEPS_HANDS: Final = "steps-hands"
STEPS_PLACE: Final = "steps-place"
STEPS_POINTS: Final = "steps-points"
STEPS_GO_ON: Final = "steps-go-on"
STEPS_WISH: Final = "steps-wish"
STEPS_EDIT: Final = "steps-edit"
STEPS_FORMULAS: Final = "steps-formulas"
STEPS_SAVE_HTML: Final = "steps-save-html"
STEPS_SAVE_GIF: Final = "steps-save-gif"
STEPS_GIF: Final = "steps-gif"
STEPS_SAVED: Final = "steps-saved"


def step_part(side: str, part: str) -> str:
    """Return the id of one part of one side of the player: phase, said, curve or formulas."""
    return f"steps-{side}-{part}"


def steps_plot(side: str) -> str:
    """Return the name of the plot of one side of the player."""
    return f"steps-{side}"
