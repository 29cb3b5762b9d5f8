"""Every component id. No other module may spell one."""

from __future__ import annotations

from typing import Any, Final

PROVIDER: Final = "provider"
BOOT: Final = "boot"
NAVIGATION: Final = "navigation"
PAGE: Final = "page"
SHELL: Final = "shell"
BURGER: Final = "burger"
SHEET_CLOSE: Final = "sheet-close"
MAIN: Final = "main"

MOUNT: Final = "mount"
MOUNTED: Final = "mounted"

STATE: Final = "state"
ROUTES: Final = "routes"
ASIDE: Final = "aside"
SCHEME: Final = "scheme"
SCHEME_TOGGLE: Final = "scheme-toggle"
STATUS: Final = "status"
TRY_AGAIN: Final = "try-again"
ERROR: Final = "error"
UNDO: Final = "undo"
REDO: Final = "redo"
SHARE: Final = "share"
SHARE_SAID: Final = "share-said"

DATA_PICK: Final = "data-pick"
DATA_NOTICE: Final = "data-notice"
DATA_SOURCE: Final = "data-source"
DATASETS: Final = "datasets"
NEW_POINTS: Final = "new-points"
NEW_START: Final = "new-start"
SKLEARN_DEFAULTS: Final = "sklearn-defaults"
DEFAULTS_COMPARE: Final = "defaults-compare"
DEFAULTS_SAID: Final = "defaults-said"
UPLOAD: Final = "upload"
UPLOAD_SAYS: Final = "upload-says"
UPLOAD_PICKER: Final = "upload-picker"
UPLOADED: Final = "uploaded"
APPLIED_SAVE: Final = "applied-save"
UPLOAD_STATUS: Final = "upload-status"
UPLOAD_CANCEL: Final = "upload-cancel"
UPLOAD_CANCEL_BOX: Final = "upload-cancel-box"
DATA_NOTES: Final = "data-notes"
AXES_OFFERS: Final = "axes-offers"
COLUMN_DOUBTS: Final = "column-doubts"
COLUMN_ROWS: Final = "column-rows"

PASTE: Final = "paste"
PASTE_DIALOG: Final = "paste-dialog"
PASTE_SAYS: Final = "paste-says"
PASTE_TEXT: Final = "paste-text"
PASTE_READ: Final = "paste-read"
PASTE_CANCEL: Final = "paste-cancel"
PASTE_STATUS: Final = "paste-status"

READING_OPEN: Final = "reading-open"
READING: Final = "reading"
READING_SHOWN: Final = "reading-shown"
READING_DIALOG: Final = "reading-dialog"
READING_STATUS: Final = "reading-status"
READING_HELD: Final = "reading-held"
READING_ACCOUNT: Final = "reading-account"
READING_COLUMNS: Final = "reading-columns"
READING_LABEL: Final = "reading-label"
READING_HEAD: Final = "reading-head"
READING_USE: Final = "reading-use"
READING_CANCEL: Final = "reading-cancel"

DRAW: Final = "draw"
DRAW_DIALOG: Final = "draw-dialog"
DRAW_WANTED: Final = "draw-wanted"
DRAW_LOADED: Final = "draw-loaded"
DRAW_CANVAS: Final = "draw-canvas"
DRAW_TOOL: Final = "draw-tool"
DRAW_GROUP: Final = "draw-group"
DRAW_RADIUS: Final = "draw-radius"
DRAW_DENSITY: Final = "draw-density"
DRAW_BRUSH: Final = "draw-brush"
DRAW_UNDO: Final = "draw-undo"
DRAW_REDO: Final = "draw-redo"
DRAW_CLEAR: Final = "draw-clear"
DRAW_X: Final = "draw-x"
DRAW_Y: Final = "draw-y"
DRAW_ADD: Final = "draw-add"
DRAW_STATUS: Final = "draw-status"
DRAW_USE: Final = "draw-use"
DRAW_CANCEL: Final = "draw-cancel"

COMPARE_NOTICE: Final = "compare-notice"
COMPARE_NOTES: Final = "compare-notes"
COMPARE_DOWNLOAD: Final = "compare-download"
COMPARE_DOWNLOAD_BUTTON: Final = "compare-download-button"
COMPARE_TABLE_REQUEST: Final = "compare-table-request"
COMPARE_TABLE_OPEN: Final = "compare-table-open"
COMPARE_PAIR: Final = "compare-pair"
COMPARE_SHAPES: Final = "compare-shapes"
COMPARE_TABS: Final = "compare-tabs"
GROUPS: Final = "compare-groups"
GROUPS_REQUEST: Final = "groups-request"
GROUPS_NOTICE: Final = "groups-notice"
GROUPS_NOTES: Final = "groups-notes"
MERGE: Final = "groups-merge"
MERGE_SLIDER: Final = "groups-merge-slider"
MERGE_COUNT: Final = "groups-merge-count"
MERGE_SAID: Final = "groups-merge-said"
GROUP_NAMES: Final = "groups-names"
GROUP_NAMES_BOX: Final = "groups-names-box"
GROUP_NAMES_SAID: Final = "groups-names-said"
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
PIN: Final = "pin"
PIN_SAID: Final = "pin-said"
UNPIN: Final = "unpin"
PINNED: Final = "compare-pinned"
PINNED_REQUEST: Final = "pinned-request"
PINNED_METHOD: Final = "pinned-method"
PINNED_NOTICE: Final = "pinned-notice"
PINNED_MOVED: Final = "pinned-moved"
PINNED_BODY: Final = "pinned-body"
PINNED_SCORES: Final = "pinned-scores"
PINNED_SCORES_SAID: Final = "pinned-scores-said"
PINNED_DOWNLOAD: Final = "pinned-download"
PINNED_DOWNLOAD_BUTTON: Final = "pinned-download-button"
PINNED_TABLE: Final = "pinned"  # the name of a table
PINNED_BEFORE: Final = "pinned-before"  # the names of two plots
PINNED_NOW: Final = "pinned-now"
MERGE_PLOT: Final = "merge-plot"  # the names of three plots
MERGE_CURVE: Final = "merge-curve"
MERGE_TREE: Final = "merge-tree"

DENSITY_NOTICE: Final = "density-notice"
DENSITY_NOTES: Final = "density-notes"
DENSITY_BESIDE: Final = "density-beside"
HELD_OUT_ASK: Final = "held-out-ask"

DIGITS_NOTICE: Final = "digits-notice"
DIGITS_NOTES: Final = "digits-notes"
DIGITS_AGAIN: Final = "digits-again"
DIGITS_PICK: Final = "digits-pick"
DIGITS_PAIRS: Final = "digits-pairs"
DIGITS_PAIR: Final = "digits-pair"  # the name of a plot, as the next one
DIGITS_SWEEP: Final = "digits-sweep"
SWEEP_PLAN: Final = "sweep-plan"
SWEEP_START: Final = "sweep-start"
SWEEP_STOP: Final = "sweep-stop"
SWEEP_PROGRESS: Final = "sweep-progress"
SWEEP_STATUS: Final = "sweep-status"

COLORS_NOTICE: Final = "colors-notice"
COLORS_NOTES: Final = "colors-notes"
COLORS_SPLIT: Final = "colors-split"
IMAGE_UPLOAD: Final = "image-upload"
IMAGE_PICKER: Final = "image-picker"
IMAGE_UPLOADED: Final = "image-uploaded"
IMAGE_STATUS: Final = "image-status"
STEPS_TOOLBAR: Final = "steps-toolbar"
STEPS_TRACE: Final = "steps-trace"
STEPS_LOADED: Final = "steps-loaded"
STEPS_NOTES: Final = "steps-notes"
STEPS_LIVE: Final = "steps-live"
STEPS_CENTRES: Final = "steps-centres"
STEPS_RUN: Final = "steps-run"
STEPS_NEW_START: Final = "steps-new-start"
STEPS_HANDS: Final = "steps-hands"
STEPS_PLACE: Final = "steps-place"
STEPS_POINTS: Final = "steps-points"
STEPS_GO_ON: Final = "steps-go-on"
STEPS_WISH: Final = "steps-wish"
STEPS_EDIT: Final = "steps-edit"
STEPS_FORMULAS: Final = "steps-formulas"
STEPS_SAVE_HTML: Final = "steps-save-html"
STEPS_SAVE_GIF: Final = "steps-save-gif"
STEPS_GIF: Final = "steps-gif"
STEPS_SAVED: Final = "steps-saved"
EXPORT_DOWNLOAD: Final = "export-download"
EXPORT_SAID: Final = "export-said"
EXPORT_SCENE: Final = "export-scene"
EXPORT_WORDS: Final = "export-words"
EXPORT_NOTE: Final = "export-note"
REPORT_TABLES: Final = "report-tables"

LESSONS_OPEN: Final = "lessons-open"
LESSONS_CATALOGUE: Final = "lessons-catalogue"
LESSON: Final = "lesson"
LESSON_AT: Final = "lesson-at"
LESSON_ANSWER: Final = "lesson-answer"
LESSON_CHECK: Final = "lesson-check"
LESSON_PASS: Final = "lesson-pass"
LESSON_ANSWERED: Final = "lesson-answered"
LESSON_ASK: Final = "lesson-ask"
LESSON_FEEDBACK: Final = "lesson-feedback"
LESSON_CLOSE: Final = "lesson-close"
LESSON_FOLD: Final = "lesson-fold"
LESSON_CURTAIN: Final = "lesson-curtain"
LESSON_DATA: Final = "lesson-data"
LESSONS_TOTAL: Final = "lessons-total"
LESSONS_CONTINUE: Final = "lessons-continue"
GLOSSARY: Final = "glossary"
LESSONS_RESET: Final = "lessons-reset"

TEACH_OPEN: Final = "teach-open"
TEACH_DIALOG: Final = "teach-dialog"
TEACH_PRESENT: Final = "teach-present"
TEACH_CLEAN: Final = "teach-clean"
TEACH_LINK: Final = "teach-link"
TEACH_COPY: Final = "teach-copy"
TEACH_TRY: Final = "teach-try"
TEACH_SHORT: Final = "teach-short"
TEACH_SHORT_LINK: Final = "teach-short-link"
TEACH_SAID: Final = "teach-said"
CLASS_OPEN: Final = "class-open"
CLASS_BOARD: Final = "class-board"
PRESENT_MORE: Final = "present-more"
START_TOOLS: Final = "start-tools"
PRESENT_LEAVE: Final = "present-leave"


def teach_preset(name: Any) -> dict[str, Any]:
    """Return the id of the button that chooses for all settings at once."""
    return {"kind": "teach-preset", "name": name}


def teach_key(key: Any) -> dict[str, Any]:
    """Return the id of the choice "show, lock or hide" for one setting."""
    return {"kind": "teach", "key": key}


def export_item(what: Any) -> dict[str, Any]:
    """Return the id of one line of the export menu; ``dash.ALL`` matches all."""
    return {"kind": "export", "what": what}


def export_hint(what: Any) -> dict[str, Any]:
    """Return the id of the few words under that line."""
    return {"kind": "export-hint", "what": what}


SELECT_NOTICE: Final = "select-notice"
SELECT_NOTES: Final = "select-notes"
SELECT_RANGE: Final = "select-range"
SELECT_TOOLBAR: Final = "select-toolbar"
SELECT_OPEN: Final = "select-open"
SELECT_OPEN_KMEANS: Final = "select-open-kmeans"
SELECT_WANTED: Final = "select-wanted"
SELECT_DOWNLOAD: Final = "select-download"
SELECT_DOWNLOAD_BUTTON: Final = "select-download-button"
SELECT_MIXTURES: Final = "select"  # the name of a plot, as the next one
SELECT_KMEANS: Final = "select-kmeans"

SURE: Final = "sure"  # the name of a plot and of a chain, too
SURE_BOX: Final = "sure-box"
SURE_OFFER: Final = "sure-offer"
SURE_SAYS: Final = "sure-says"
SURE_FOUND: Final = "sure-found"
SURE_CHOSEN: Final = "sure-chosen"
SURE_TESTED: Final = "sure-tested"
SURE_COPY: Final = "sure-copy"
SURE_COPIED: Final = "sure-copied"

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


def label(key: Any) -> dict[str, Any]:
    """Return the id of what one control is called."""
    return {"kind": "label", "key": key}


def section(name: Any) -> dict[str, Any]:
    """Return the id of a part of the panel on the left that is more than one control."""
    return {"kind": "section", "name": name}


def shown_value(key: Any) -> dict[str, Any]:
    """Return the id of the text that repeats a slider's value."""
    return {"kind": "shown-value", "key": key}


def reading_option(name: Any) -> dict[str, Any]:
    """Return the id of the control that corrects one guess about a file."""
    return {"kind": "reading-option", "name": name}


def reading_box(name: Any) -> dict[str, Any]:
    """Return the id of the box around that control."""
    return {"kind": "reading-box", "name": name}


def request(view: str) -> str:
    """Return the id of the store that holds what one view asks the server for."""
    return f"request-{view}"


def answer(view: str) -> str:
    """Return the name of what fills a view that asks for its answer by itself."""
    return f"answer-{view}"


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


def described(name: Any) -> dict[str, Any]:
    """Return the id of what one plot shows, in words for those who do not see it."""
    return {"kind": "described", "name": name}


def badge(name: Any) -> dict[str, Any]:
    """Return the id of the short facts beside one plot's title."""
    return {"kind": "badge", "name": name}


def table(name: Any) -> dict[str, Any]:
    """Return the id of the box that holds one sortable table."""
    return {"kind": "table", "name": name}


def table_rows(name: Any) -> dict[str, Any]:
    """Return the id of the store that holds the shown page of one table."""
    return {"kind": "table-rows", "name": name}


def table_order(name: Any) -> dict[str, Any]:
    """Return the id of the store that says how one table is sorted."""
    return {"kind": "table-order", "name": name}


def table_page(name: Any) -> dict[str, Any]:
    """Return the id of the page numbers under one table."""
    return {"kind": "table-page", "name": name}


def groups_plot(method: str) -> str:
    """Return the name of the heat map of one method's groups."""
    return f"groups-{method}"


def groups_box(method: str) -> str:
    """Return the id of the box around that heat map, which gives it its height."""
    return f"groups-box-{method}"


def groups_table(method: str) -> str:
    """Return the name of the table of one method's groups."""
    return f"groups-{method}"


def columns_table(method: str) -> str:
    """Return the name of the table of the columns, group by group."""
    return f"columns-{method}"


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


def step_part(side: str, part: str) -> str:
    """Return the id of one part of one side of the player: phase, said, curve or formulas."""
    return f"steps-{side}-{part}"


def steps_plot(side: str) -> str:
    """Return the name of the plot of one side of the player."""
    return f"steps-{side}"


def chain(name: str, part: str) -> dict[str, Any]:
    """Return the id of one part of a chain of requests; ``name`` is that of its view.

    Parts: ``config``, ``result``, ``final`` (the same, once complete or stopped), ``done``
    (stores), ``frame`` (all that is seen), ``text``, ``start``, ``stop``.
    """
    return {"kind": "chain", "name": name, "part": part}


def restarts_optima(algorithm: str) -> str:
    """Return the id of the table of distinct ends of one algorithm."""
    return f"restarts-optima-{algorithm}"


def restarts_plot(algorithm: str) -> str:
    """Return the name of the plot of one algorithm's starts."""
    return f"restarts-{algorithm}"
