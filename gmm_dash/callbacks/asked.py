"""Reading what the browser asks for; nothing in it is believed."""

from __future__ import annotations

import csv
import io
from math import isfinite
from typing import Any, Final

from gmm_dash.contract import live
from gmm_dash.contract.drawing import COLUMNS, GROUP_COLUMN, GROUPS, SIDE
from gmm_dash.errors import StateError
from gmm_dash.state import AppState
from gmm_dash.state.fields import REFERENCE

_DEEPEST: Final = 3  # how deep in an input settings lie: alone, in a request, in results


def read(request: Any) -> tuple[AppState, str]:
    """Return the state and the colour scheme of a request.

    Raises
    ------
    StateError
        When it is no request, or a setting in it is out of bounds.
    """
    if not isinstance(request, dict):
        raise StateError("The page sent a request that cannot be read.", hint="Reload the page.")
    scheme = "dark" if request.get("scheme") == "dark" else "light"
    known = AppState.fields()
    return AppState.from_flat({k: v for k, v in request.items() if k in known}), scheme


def drawn_points(asked: Any) -> list[tuple[float, float, str]]:
    """Return the points of a drawing under a hand: x and y in thousandths, and the group's name.

    Raises
    ------
    StateError
        When these are no such points, or more than follow a hand.
    """
    found = asked if isinstance(asked, list) else []
    if len(found) > live.MOST_DRAWN:
        raise StateError(
            f"Of more than {live.MOST_DRAWN:,} points both methods follow when they are used.",
            hint="Press Use these points.",
        )
    if not found or not all(map(_is_drawn, found)):
        raise StateError("The page sent points that cannot be read.", hint="Reload the page.")
    return [(round(float(x), 3), round(float(y), 3), group) for x, y, group in found]


def _is_drawn(point: Any) -> bool:
    """Return whether this is a point of the pad."""
    if not isinstance(point, list) or len(point) != len((*COLUMNS, GROUP_COLUMN)):
        return False
    *place, group = point
    numbers = all(isinstance(v, int | float) and not isinstance(v, bool) for v in place)
    inside = numbers and all(0 <= v <= SIDE for v in place)  # neither infinite nor no number
    return inside and isinstance(group, str) and group in ("", *GROUPS)


def edited_table(asked: Any) -> str:
    """Return the table of points under a hand: two columns with names, a line for each point.

    Raises
    ------
    StateError
        When it is no such table, or has more points than follow a hand.
    """
    text = asked if isinstance(asked, str) else ""
    rows = _rows(text) if len(text) <= live.MOST_LETTERS else None  # nothing longer is looked at
    if rows is None or len(rows) - 1 > live.MOST_EDITED:
        raise StateError(
            f"Of more than {live.MOST_EDITED:,} points both methods follow when you go on.",
            hint="Press Go on with these points.",
        )
    whole = all(len(row) == len(COLUMNS) for row in rows)
    if len(rows) < 2 or not whole or not all(_is_finite(v) for row in rows[1:] for v in row):
        raise StateError("The page sent points that cannot be read.", hint="Reload the page.")
    return text


def _rows(text: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        return []


def _is_finite(cell: str) -> bool:
    try:
        return isfinite(float(cell))
    except ValueError:
        return False


def frame_of(state: AppState) -> str:
    """Return a text that changes when the axes show something else: the zoom is kept until then."""
    data, view = state.data, state.view
    axes = (view.x, view.y, f"{view.span:g}")
    seen = (data.scale, *data.transform, *data.cols, f"{data.components:g}")
    data_shown = (data.dataset, data.orient, data.table, *seen)
    return "|".join((*data_shown, *axes))


def stored_keys(body: dict[str, Any]) -> tuple[set[str], set[str], set[str]]:
    """Return the keys of tables, of images and of lists of names in a callback's body, unchecked.

    A list of names is kept under what a link refers to it by.
    """
    level = [entry.get("value") for entry in _entries(body)]
    tables, images, names = set[str](), set[str](), set[str]()
    for _ in range(_DEEPEST):
        found = [value for value in level if isinstance(value, dict)]
        tables |= {v for d in found if isinstance(v := d.get("table"), str) and v}
        images |= {v for d in found if isinstance(v := d.get("imagekey"), str) and v}
        names |= {v for d in found for v in _one_text(d.get("names")) if v.startswith(REFERENCE)}
        level = [inner for value in found for inner in value.values()]
    return tables, images, names


def _one_text(value: Any) -> list[str]:
    """Return the only text that a setting holds, alone or in a list."""
    found = value if isinstance(value, list) else [value]
    return found if len(found) == 1 and isinstance(found[0], str) else []


def _entries(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the inputs and states of a body; patterns give lists of them."""
    listed = [*(body.get("inputs") or []), *(body.get("state") or [])]
    flat = [one for entry in listed for one in (entry if isinstance(entry, list) else [entry])]
    return [entry for entry in flat if isinstance(entry, dict)]
