"""The functions of the browser's half that Dash calls, by namespace (one module each).

Python wires them by these names; the type checker of the browser's half demands that each is
there, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FUNCTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "address": ("boot",),
    "chain": ("begin", "start", "stop", "gone", "kept", "whole", "both"),
    "colors": ("open",),
    "digits": ("pair", "point", "useSize", "settings", "plan", "start", "stop"),
    "draw": ("open", "loaded", "choose", "undo", "redo", "clear", "add", "use", "cancel"),
    "export": ("take", "report"),
    "groups": ("merge", "count", "name"),
    "lessons": ("catalogue", "arrive", "ready", "answer", "leave", "fold"),
    "plots": ("draw",),
    "reading": ("open", "correct", "enough", "use", "leave", "closed"),
    "restarts": ("listen",),
    "rows": ("tool", "show"),
    "select": ("ends", "listen"),
    "settings": ("collect", "pick", "next", "sklearnDefaults"),
    "shell": ("toggleScheme", "painted", "burger", "share"),
    "sure": ("follow", "offer", "copy"),
    "steps": ("load", "formulas", "wish"),
    "tables": ("fill", "remember"),
    "teach": ("open", "preset", "link", "copy", "leave"),
    "whole": ("follow",),
    "upload": ("open", "cancel", "openPaste", "closePaste", "readPaste"),
}
