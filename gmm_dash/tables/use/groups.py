"""Which columns look like known groups: words first, then whole numbers with few values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pandas as pd

    from gmm_dash.tables.reading.report import Column, ReadReport

MOST_GROUPS: Final = 30
FEW_NUMBERS: Final = 10
ROWS_EACH: Final = 3  # rows to a group, at least, on average
_NAMED: Final = re.compile(
    r"(?:^|[^a-z])(?:class(?:es)?|species|label|target|group|diagnosis|type|kind|category|"
    r"cluster|outcome|origin|cultivar|variety|genus|status|klasse|gruppe|art|truth|y)(?:$|[^a-z])",
    re.I,
)


def suggested_groups(frame: pd.DataFrame, report: ReadReport) -> tuple[str, ...]:
    """Return the columns that look like known groups, the likeliest first.

    Names that say "class" come before others, words before numbers, few groups before many;
    what differs in nearly every row is no group.
    """
    found = []
    for place, column in enumerate(report.columns):
        n_groups = _n_groups(column, frame)
        if n_groups:
            words = column.kind in ("text", "boolean")
            named = _NAMED.search(column.name) is not None
            found.append((not named, not words, n_groups, place, column.name))
    return tuple(name for *_, name in sorted(found))


def offered_groups(frame: pd.DataFrame, report: ReadReport) -> tuple[str, ...]:
    """Return every column, those that look like groups first and those that identify last."""
    first = suggested_groups(frame, report)
    others = [column for column in report.columns if column.name not in first]
    others.sort(key=lambda column: column.identifier_like)
    return (*first, *(column.name for column in others))


def _n_groups(column: Column, frame: pd.DataFrame) -> int:
    """Return how many groups a column makes, 0 when it does not look like groups."""
    if column.kind not in ("text", "boolean", "number") or column.is_id:
        return 0
    values = frame[column.name].dropna()
    if column.kind == "number" and not bool((values == values.round()).all()):
        return 0
    n_groups = int(values.nunique())
    most = min(FEW_NUMBERS if column.kind == "number" else MOST_GROUPS, len(values) // ROWS_EACH)
    return n_groups if 2 <= n_groups <= most else 0
