"""The pad on which points are drawn."""

from __future__ import annotations

from typing import Final

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
