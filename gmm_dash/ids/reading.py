"""How a user's file was read, and what may be corrected of it."""

from __future__ import annotations

from typing import Any, Final

READING_OPEN: Final = "reading-open"
READING: Final = "reading"
READING_SHOWN: Final = "reading-shown"
READING_DIALOG: Final = "reading-dialog"
READING_STATUS: Final = "reading-status"
READING_HELD: Final = "reading-held"
READING_ACCOUNT: Final = "reading-account"
READING_COLUMNS: Final = "reading-columns"
READING_LABEL: Final = "reading-label"
READING_HEAD: Final = "reading-head"
READING_USE: Final = "reading-use"
READING_CANCEL: Final = "reading-cancel"


def reading_option(name: Any) -> dict[str, Any]:
    """Return the id of the control that corrects one guess about a file."""
    return {"kind": "reading-option", "name": name}


def reading_box(name: Any) -> dict[str, Any]:
    """Return the id of the box around that control."""
    return {"kind": "reading-box", "name": name}
