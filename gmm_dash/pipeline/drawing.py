"""A drawing as it is stored: a table of two columns and, maybe, a group for each point."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.contract.drawing import COLUMNS, GROUP_COLUMN, MOST_POINTS
from gmm_dash.errors import ImportProblem

if TYPE_CHECKING:
    from gmm_dash.tables import TableStore


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
