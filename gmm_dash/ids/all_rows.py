"""Compare: both models over all rows of a table in many files."""

from __future__ import annotations

from typing import Final

ALL_ROWS: Final = "all-rows"
ALL_ROWS_SAYS: Final = "all-rows-says"
ALL_ROWS_START: Final = "all-rows-start"
ALL_ROWS_STOP: Final = "all-rows-stop"
ALL_ROWS_BAR: Final = "all-rows-bar"
ALL_ROWS_TEXT: Final = "all-rows-text"
ALL_ROWS_REACHED: Final = "all-rows-reached"
ALL_ROWS_PLACE: Final = "all-rows-place"
ALL_ROWS_WRITE: Final = "all-rows-write"
ALL_ROWS_WRITTEN: Final = "all-rows-written"
ALL_ROWS_FOUND: Final = "all-rows-found"
