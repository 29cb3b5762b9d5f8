"""The pad on which points are drawn."""

from __future__ import annotations

from typing import Any, Final

DRAW: Final = "draw"
DRAW_DIALOG: Final = "draw-dialog"
DRAW_WANTED: Final = "draw-wanted"
DRAW_LOADED: Final = "draw-loaded"
DRAW_CANVAS: Final = "draw-canvas"
DRAW_TOOL: Final = "draw-tool"
DRAW_GROUP: Final = "draw-group"
DRAW_RADIUS: Final = "draw-radius"
DRAW_DENSITY: Final = "draw-density"
DRAW_BRUSH: Final = "draw-brush"
DRAW_UNDO: Final = "draw-undo"
DRAW_REDO: Final = "draw-redo"
DRAW_CLEAR: Final = "draw-clear"
DRAW_X: Final = "draw-x"
DRAW_Y: Final = "draw-y"
DRAW_ADD: Final = "draw-add"
DRAW_STATUS: Final = "draw-status"
DRAW_USE: Final = "draw-use"
DRAW_CANCEL: Final = "draw-cancel"
DRAW_LIVE: Final = "draw-live"
DRAW_SAID: Final = "draw-said"


def drawn_picture(name: Any) -> dict[str, Any]:
    """Return the id of what one method makes of the points on the pad."""
    return {"kind": "drawn-picture", "name": name}


def drawn_panel(name: Any) -> str:
    """Return what the numbers beside that picture are called by."""
    return f"drawn-{name}"
