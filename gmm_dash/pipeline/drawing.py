"""Points drawn or edited by hand, as a table; stored, or not yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from gmm_dash.contract.drawing import COLUMNS, GROUP_COLUMN, MOST_POINTS, NO_GROUP, WRITTEN
from gmm_dash.errors import ImportProblem
from gmm_dash.tables import OneTable, ReadOptions, read_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.tables import TableStore

    Drawn: TypeAlias = Sequence[tuple[float, float, str]]


def drawing_of(key: str, store: TableStore) -> list[tuple[float, float, str]]:
    """Return the points of a stored drawing: x, y and the group's name, maybe empty.

    Raises
    ------
    TableGoneError
        When there is no such table.
    ImportProblem
        When the table is no drawing.
    """
    frame = store.get(key).frame
    drawn = all(name in frame and frame[name].dtype.kind in "if" for name in COLUMNS)
    if not drawn or len(frame) > MOST_POINTS:
        raise ImportProblem(
            "This table was not drawn here, so it cannot be changed with the mouse.",
            hint="Start a new drawing.",
        )
    points = frame[list(COLUMNS)].to_numpy(dtype=float)
    groups = (
        frame[GROUP_COLUMN].astype(str).tolist() if GROUP_COLUMN in frame else [""] * len(frame)
    )
    whole = np.isfinite(points).all(axis=1)
    return [
        (float(x), float(y), group)
        for (x, y), group, kept in zip(points, groups, whole, strict=True)
        if kept
    ]


def sketch(points: Drawn) -> OneTable:
    """Return points under a hand as the table that they will be, which is kept nowhere.

    It is read from the text that the browser will send, so that all that is said and fitted then
    is said and fitted now.

    Parameters
    ----------
    points : sequence of (float, float, str)
        x, y and the group's name, maybe empty; in thousandths.
    """
    grouped = any(group for _, _, group in points)
    names = (*COLUMNS, GROUP_COLUMN) if grouped else COLUMNS
    rows = [
        (f"{x:.3f}", f"{y:.3f}", *([group or NO_GROUP] if grouped else []))
        for x, y, group in points
    ]
    text = "".join(",".join(row) + "\n" for row in (names, *rows))
    return unstored(text)


def unstored(text: str) -> OneTable:
    """Return the table that the browser's text will be, as reading it does, kept nowhere.

    Parameters
    ----------
    text : str
        Few lines: it is read at once, and not in a process of its own.
    """
    return OneTable(read_table(text.encode(), options=ReadOptions.from_json(WRITTEN)))
