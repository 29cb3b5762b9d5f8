"""The page itself: its frame, its state, what it says, and the box of each view."""

from __future__ import annotations

from typing import Final

PROVIDER: Final = "provider"
BOOT: Final = "boot"
NAVIGATION: Final = "navigation"
PAGE: Final = "page"
SHELL: Final = "shell"
BURGER: Final = "burger"
SHEET_CLOSE: Final = "sheet-close"
MAIN: Final = "main"
MOUNT: Final = "mount"
MOUNTED: Final = "mounted"
STATE: Final = "state"
ROUTES: Final = "routes"
ASIDE: Final = "aside"
SCHEME: Final = "scheme"
SCHEME_TOGGLE: Final = "scheme-toggle"
STATUS: Final = "status"
TRY_AGAIN: Final = "try-again"
ERROR: Final = "error"
UNDO: Final = "undo"
REDO: Final = "redo"
SHARE: Final = "share"
SHARE_SAID: Final = "share-said"
START_TOOLS: Final = "start-tools"


def request(view: str) -> str:
    """Return the id of the store that holds what one view asks the server for."""
    return f"request-{view}"


def answer(view: str) -> str:
    """Return the name of what fills a view that asks for its answer by itself."""
    return f"answer-{view}"


def stage(view: str) -> str:
    """Return the id of the box that holds one view."""
    return f"stage-{view}"
