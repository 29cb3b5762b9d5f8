"""What a drawing of points may be, and how it is written as a table."""

from __future__ import annotations

from typing import Final

SIDE: Final = 10  # both axes go from 0 to this
MOST_POINTS: Final = 2_000
GROUPS: Final = ("A", "B", "C", "D", "E", "F")
NO_GROUP: Final = "none"  # what is written for a point without one, where others have one
COLUMNS: Final = ("x", "y")
GROUP_COLUMN: Final = "group"

# How the browser writes tables, so that nothing of them is guessed.
WRITTEN: Final = {
    "separator": ",",
    "decimal": ".",
    "encoding": "utf-8",
    "header": "yes",
    "skip_rows": 0,
    "units_row": "no",
}
