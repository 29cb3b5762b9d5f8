"""Every component id. No other module may spell one."""

from __future__ import annotations

from typing import Any, Final

PROVIDER: Final = "provider"
BOOT: Final = "boot"
NAVIGATION: Final = "navigation"
PAGE: Final = "page"
SHELL: Final = "shell"
BURGER: Final = "burger"
MAIN: Final = "main"

MOUNT: Final = "mount"
MOUNTED: Final = "mounted"

STATE: Final = "state"
ROUTES: Final = "routes"
SCHEME: Final = "scheme"
SCHEME_TOGGLE: Final = "scheme-toggle"
STATUS: Final = "status"
ERROR: Final = "error"
SHARE: Final = "share"
SHARE_SAID: Final = "share-said"

DATA_PICK: Final = "data-pick"
DATA_NOTICE: Final = "data-notice"
DATA_SOURCE: Final = "data-source"
DATASETS: Final = "datasets"
NEW_POINTS: Final = "new-points"
NEW_START: Final = "new-start"
SKLEARN_DEFAULTS: Final = "sklearn-defaults"
UPLOAD: Final = "upload"
UPLOADED: Final = "uploaded"
UPLOAD_STATUS: Final = "upload-status"

COMPARE_NOTICE: Final = "compare-notice"
COMPARE_NOTES: Final = "compare-notes"
COMPARE_DOWNLOAD: Final = "compare-download"
COMPARE_DOWNLOAD_BUTTON: Final = "compare-download-button"
COMPARE_TABLE_REQUEST: Final = "compare-table-request"
COMPARE_TABLE_OPEN: Final = "compare-table-open"
COMPARE_PAIR: Final = "compare-pair"
COMPARE_SHAPES: Final = "compare-shapes"

DENSITY_NOTICE: Final = "density-notice"
DENSITY_NOTES: Final = "density-notes"
DENSITY_BESIDE: Final = "density-beside"

COLORS_NOTICE: Final = "colors-notice"
COLORS_NOTES: Final = "colors-notes"
COLORS_SPLIT: Final = "colors-split"
IMAGE_UPLOAD: Final = "image-upload"
IMAGE_UPLOADED: Final = "image-uploaded"
IMAGE_STATUS: Final = "image-status"
SELECT_NOTICE: Final = "select-notice"
SELECT_NOTES: Final = "select-notes"
SELECT_RANGE: Final = "select-range"
SELECT_TOOLBAR: Final = "select-toolbar"
SELECT_DOWNLOAD: Final = "select-download"
SELECT_DOWNLOAD_BUTTON: Final = "select-download-button"

RESTARTS_NOTICE: Final = "restarts-notice"
RESTARTS_NOTES: Final = "restarts-notes"
RESTARTS_PICKED: Final = "restarts-picked-start"
RESTARTS_LINK: Final = "restarts-link"


def control(key: Any) -> dict[str, Any]:
    """Return the id of the control for one setting, by URL key; ``dash.ALL`` matches all."""
    return {"kind": "control", "key": key}


def wrapper(key: Any) -> dict[str, Any]:
    """Return the id of the box around one control, with its label."""
    return {"kind": "wrapper", "key": key}


def shown_value(key: Any) -> dict[str, Any]:
    """Return the id of the text that repeats a slider's value."""
    return {"kind": "shown-value", "key": key}


def request(view: str) -> str:
    """Return the id of the store that holds what one view asks the server for."""
    return f"request-{view}"


def stage(view: str) -> str:
    """Return the id of the box that holds one view."""
    return f"stage-{view}"


def picture(name: Any) -> dict[str, Any]:
    """Return the id of the store with one plot's newest picture; ``dash.MATCH`` matches."""
    return {"kind": "picture", "name": name}


def graph(name: Any) -> dict[str, Any]:
    """Return the id of the plot itself."""
    return {"kind": "graph", "name": name}


def caption(name: Any) -> dict[str, Any]:
    """Return the id of the sentence under one plot."""
    return {"kind": "caption", "name": name}


def badge(name: Any) -> dict[str, Any]:
    """Return the id of the short facts beside one plot's title."""
    return {"kind": "badge", "name": name}


def table(name: Any) -> dict[str, Any]:
    """Return the id of the box that holds one sortable table."""
    return {"kind": "table", "name": name}


def table_order(name: Any) -> dict[str, Any]:
    """Return the id of the store that says how one table is sorted."""
    return {"kind": "table-order", "name": name}


def table_page(name: Any) -> dict[str, Any]:
    """Return the id of the page numbers under one table."""
    return {"kind": "table-page", "name": name}


def number(panel: Any, term: Any) -> dict[str, Any]:
    """Return the id of one number under one plot."""
    return {"kind": "number", "panel": panel, "term": term}


def before(method: str) -> str:
    """Return the id of the original image in one method's panel."""
    return f"colors-before-{method}"


def after(method: str) -> str:
    """Return the id of one method's version of the image."""
    return f"colors-after-{method}"


def split(method: str) -> str:
    """Return the id of the box that holds both, with the line between."""
    return f"colors-both-{method}"


def palette(method: str) -> str:
    """Return the id of the list of one method's colours."""
    return f"colors-palette-{method}"


def image_download(method: str) -> str:
    """Return the id of the link that saves one method's version."""
    return f"colors-download-{method}"


def chain(name: str, part: str) -> dict[str, Any]:
    """Return the id of one part of a chain of requests; ``name`` is that of its view.

    Parts: ``config``, ``ask``, ``answer``, ``busy``, ``result``, ``final`` (the same, once
    complete or stopped), ``done`` (stores), ``bar``, ``text``, ``start``, ``stop``.
    """
    return {"kind": "chain", "name": name, "part": part}


def restarts_optima(algorithm: str) -> str:
    """Return the id of the table of distinct optima of one algorithm."""
    return f"restarts-optima-{algorithm}"
