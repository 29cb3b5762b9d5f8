"""Compare: both methods side by side."""

from __future__ import annotations

from typing import Final

COMPARE_NOTICE: Final = "compare-notice"
COMPARE_NOTES: Final = "compare-notes"
COMPARE_DOWNLOAD: Final = "compare-download"
COMPARE_DOWNLOAD_BUTTON: Final = "compare-download-button"
COMPARE_TABLE_REQUEST: Final = "compare-table-request"
COMPARE_TABLE_OPEN: Final = "compare-table-open"
COMPARE_PAIR: Final = "compare-pair"
COMPARE_SHAPES: Final = "compare-shapes"
COMPARE_TABS: Final = "compare-tabs"
