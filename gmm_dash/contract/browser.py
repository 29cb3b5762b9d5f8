"""The contract as the browser gets it: plain data, by the names that scripts use."""

from __future__ import annotations

from typing import Any

from gmm_dash.contract import (
    addresses,
    directions,
    drawing,
    keys,
    live,
    methods,
    names,
    sheets,
    statuses,
    teaching,
)
from gmm_dash.contract.settings import settings
from gmm_dash.engine.types import INFORMED
from gmm_dash.rooms import questions, signing
from gmm_dash.state import COVARIANCE_TYPES, PINNED, TABLE_DATA, dataset_defaults
from gmm_dash.state.teach_choice import OPENED


def facts() -> dict[str, Any]:
    """Return everything but the ids, which are functions in part."""
    return {
        "keys": _keys(),
        "settings": settings(),
        "tableData": {name: name for name in TABLE_DATA},
        "ownDefaults": {name: dataset_defaults(name) for name in TABLE_DATA},
        "opens": {name: name for name in OPENED},
        "dataNames": names.DATA_NAMES,
        "methods": methods.METHODS,
        "covarianceTypes": COVARIANCE_TYPES,
        "ownShapes": methods.OWN_SHAPES,
        "criteria": methods.CRITERION_NAMES,
        "informed": INFORMED,
        "sklearnDefaults": {key: _typed(v) for key, v in methods.SKLEARN_DEFAULTS.items()},
        "shownAt": methods.SHOWN_AT,
        "fourShapes": methods.FOUR_SHAPES,
        "sheet": {"columns": sheets.COLUMNS, "images": sheets.IMAGES},
        "drawing": {
            "side": drawing.SIDE,
            "mostPoints": drawing.MOST_POINTS,
            "groups": drawing.GROUPS,
            "noGroup": drawing.NO_GROUP,
            "columns": drawing.COLUMNS,
            "groupColumn": drawing.GROUP_COLUMN,
            "written": drawing.WRITTEN,
        },
        "addresses": {
            "tables": addresses.TABLES,
            "images": addresses.IMAGES,
            "place": addresses.PLACE,
            "pieces": addresses.PIECES,
            "allRows": addresses.ALL_ROWS,
            "allModels": addresses.ALL_MODELS,
            "allLabels": addresses.ALL_LABELS,
            "live": addresses.LIVE,
            "drawn": addresses.DRAWN,
            "edited": addresses.EDITED,
            "class": addresses.CLASS,
            "room": addresses.ROOM,
            "after": addresses.AFTER,
            "short": addresses.SHORT,
            "names": addresses.NAMES,
            "options": addresses.OPTIONS,
            "kind": addresses.KIND,
            "fileName": addresses.FILE_NAME,
            "beside": addresses.BESIDE,
        },
        "live": {
            "steps": {**live.STEPS, **live.OF_DENSITY},
            "choices": live.CHOICES,
            "numbers": live.NUMBERS,
            "overlays": live.OVERLAYS,
            "mostPoints": live.MOST_POINTS,
            "mostDrawn": live.MOST_DRAWN,
            "mostEdited": live.MOST_EDITED,
        },
        "teaching": teaching.facts(),
        "classes": {
            "choice": questions.CHOICE,
            "number": questions.NUMBER,
            "point": questions.POINT,
            "start": questions.START,
            "mostOptions": questions.MOST_OPTIONS,
            "letters": signing.LENGTH,
        },
        "directions": {
            "name": directions.NAME,
            "fewestColumns": directions.FEWEST_COLUMNS,
            "fewestComponents": directions.FEWEST_COMPONENTS,
        },
        "statuses": {
            "sentences": statuses.on_page(),
            "other": statuses.OTHER.on_page,
            "mayPass": statuses.MAY_PASS,
        },
    }


def _keys() -> dict[str, tuple[str, ...]]:
    return {
        "dataRequest": keys.DATA_REQUEST,
        "compareRequest": keys.COMPARE_REQUEST,
        "densityRequest": keys.DENSITY_REQUEST,
        "stepsRequest": keys.STEPS_REQUEST,
        "placed": keys.PLACED,
        "drawnOnly": keys.DRAWN_ONLY,
        "sweepIgnores": keys.SWEEP_IGNORES,
        "picked": keys.PICKED,
        "opened": keys.OPENED,
        "wished": keys.WISHED,
        "turned": keys.TURNED,
        "restored": keys.RESTORED,
        "ofALesson": keys.OF_A_LESSON,
        "pinned": PINNED,
    }


def _typed(value: Any) -> Any:
    """Return a default as its control has it: people write 1e-06 into a field of text."""
    return f"{value:g}" if isinstance(value, float) else value
