"""The rows of Compare: found, listed, and one by one."""

from __future__ import annotations

from typing import Final

ROWS: Final = "compare-rows"
ROWS_TOOLS: Final = "rows-tools"
ROWS_TOOL: Final = "rows-tool"
ROWS_SEARCH: Final = "rows-search"
ROWS_FIND: Final = "rows-find"
ROWS_LEAST: Final = "rows-least-likely"
ROWS_LIST_REQUEST: Final = "rows-list-request"
ROWS_RECORD_REQUEST: Final = "rows-record-request"
ROWS_SAID: Final = "rows-said"
ROWS_RECORD: Final = "rows-record"
ROWS_RECORD_BOX: Final = "rows-record-box"
ROWS_DOWNLOAD: Final = "rows-download"
ROWS_DOWNLOAD_BUTTON: Final = "rows-download-button"
ROWS_LINK: Final = "#row-"  # how the address of a record begins
ROWS_TABLE: Final = "rows"  # the name of a table
