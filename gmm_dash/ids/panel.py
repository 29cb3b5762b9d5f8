"""The panel on the left: one control for each setting, and the choice of data."""

from __future__ import annotations

from typing import Any, Final

DATA_PICK: Final = "data-pick"
DATA_NOTICE: Final = "data-notice"
DATA_SOURCE: Final = "data-source"
DATASETS: Final = "datasets"
NEW_POINTS: Final = "new-points"
NEW_START: Final = "new-start"
SKLEARN_DEFAULTS: Final = "sklearn-defaults"
DEFAULTS_COMPARE: Final = "defaults-compare"
DEFAULTS_SAID: Final = "defaults-said"
DATA_NOTES: Final = "data-notes"
AXES_OFFERS: Final = "axes-offers"
COLUMN_DOUBTS: Final = "column-doubts"
COLUMN_ROWS: Final = "column-rows"


def control(key: Any) -> dict[str, Any]:
    """Return the id of the control for one setting, by URL key; ``dash.ALL`` matches all."""
    return {"kind": "control", "key": key}


def wrapper(key: Any) -> dict[str, Any]:
    """Return the id of the box around one control, with its label."""
    return {"kind": "wrapper", "key": key}


def label(key: Any) -> dict[str, Any]:
    """Return the id of what one control is called."""
    return {"kind": "label", "key": key}


def section(name: Any) -> dict[str, Any]:
    """Return the id of a part of the panel on the left that is more than one control."""
    return {"kind": "section", "name": name}


def shown_value(key: Any) -> dict[str, Any]:
    """Return the id of the text that repeats a slider's value."""
    return {"kind": "shown-value", "key": key}
