"""The functions of the browser's half that Dash calls, by namespace (one module each).

Python wires them by these names; the type checker of the browser's half demands that each is
there, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FUNCTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "address": ("boot",),
    "chain": ("begin", "start", "stop"),
    "colors": ("open",),
    "columns": ("show",),
    "density": ("heldOut",),
    "digits": ("pair", "point", "useSize", "settings", "plan", "start", "stop"),
    "draw": ("open", "loaded", "choose", "undo", "redo", "clear", "add", "use", "cancel"),
    "export": ("take", "report", "offer"),
    "groups": ("show", "ask"),
    "lessons": ("forget", "catalogue", "arrive", "ready", "answer", "leave", "fold"),
    "plots": ("draw",),
    "reading": ("open", "correct", "enough", "use", "leave", "closed"),
    "restarts": ("listen",),
    "select": ("ends", "listen"),
    "settings": ("collect", "pick", "repeat", "next", "sklearnDefaults"),
    "shell": ("toggleScheme", "painted", "burger", "share"),
    "sure": ("follow", "offer", "copy"),
    "steps": ("load", "formulas", "wish"),
    "tables": ("fill", "remember", "whenOpen"),
    "teach": ("open", "preset", "link", "copy", "leave"),
    "upload": ("open", "cancel", "openPaste", "closePaste", "readPaste"),
}
