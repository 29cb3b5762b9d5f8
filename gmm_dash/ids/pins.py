"""A pinned result beside the one that is shown."""

from __future__ import annotations

from typing import Final

PIN: Final = "pin"
PIN_SAID: Final = "pin-said"
UNPIN: Final = "unpin"
PINNED: Final = "compare-pinned"
PINNED_REQUEST: Final = "pinned-request"
PINNED_SCRIPT: Final = "pinned-script"
PINNED_SCRIPT_BUTTON: Final = "pinned-script-button"
PINNED_NOTICE: Final = "pinned-notice"
PINNED_MOVED: Final = "pinned-moved"
PINNED_BODY: Final = "pinned-body"
PINNED_SCORES: Final = "pinned-scores"
PINNED_SCORES_SAID: Final = "pinned-scores-said"
PINNED_DOWNLOAD: Final = "pinned-download"
PINNED_DOWNLOAD_BUTTON: Final = "pinned-download-button"
PINNED_TABLE: Final = "pinned"  # the name of a table
PINNED_BEFORE: Final = "pinned-before"  # the names of two plots
PINNED_NOW: Final = "pinned-now"
