"""What a teacher prepares and leads: links, presentation and class."""

from __future__ import annotations

from typing import Any, Final

TEACH_OPEN: Final = "teach-open"
TEACH_DIALOG: Final = "teach-dialog"
TEACH_PRESENT: Final = "teach-present"
TEACH_CLEAN: Final = "teach-clean"
TEACH_LINK: Final = "teach-link"
TEACH_COPY: Final = "teach-copy"
TEACH_TRY: Final = "teach-try"
TEACH_SHORT: Final = "teach-short"
TEACH_SHORT_LINK: Final = "teach-short-link"
TEACH_SAID: Final = "teach-said"
CLASS_OPEN: Final = "class-open"
CLASS_BOARD: Final = "class-board"
PRESENT_MORE: Final = "present-more"
PRESENT_LEAVE: Final = "present-leave"


def teach_preset(name: Any) -> dict[str, Any]:
    """Return the id of the button that chooses for all settings at once."""
    return {"kind": "teach-preset", "name": name}


def teach_key(key: Any) -> dict[str, Any]:
    """Return the id of the choice "show, lock or hide" for one setting."""
    return {"kind": "teach", "key": key}
