"""The export menu: files made on the server, pictures made in the browser."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeAlias

from dash import ALL, Dash, Input, Output, State, ctx, no_update

from gmm_dash import ids
from gmm_dash.callbacks.asked import read
from gmm_dash.callbacks.declare import answers
from gmm_dash.callbacks.downloads import File, sent
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.callbacks.report import sections
from gmm_dash.errors import StateError
from gmm_dash.export import (
    DATA_FILE,
    IMAGE_FILE,
    LABELS_FILE,
    colors_model_json,
    data_csv,
    density_model_json,
    draws_csv,
    images_csv,
    labels_csv_in_blocks,
    labels_workbook,
    model_json,
    notebook,
    python_script,
    write_labels_parquet,
)
from gmm_dash.export.profile import PROFILE_FILE, profile_csv
from gmm_dash.images.write import png_of
from gmm_dash.layout.export_menu import IN_THE_BROWSER, ITEMS, scene_of
from gmm_dash.telling import TELLINGS

if TYPE_CHECKING:
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.results import Labelled, Points
    from gmm_dash.state import AppState
    from gmm_dash.telling._telling import Describe

Stream: TypeAlias = "Callable[[Sequence[str], Iterable[Labelled], BinaryIO], None]"
Write: TypeAlias = "Callable[[AppState, Pipeline], File]"


PROGRAMS: Final[dict[str, Describe]] = {
    scene: program for one in TELLINGS for scene, program in one.programs.items()
}


def _script(state: AppState, pipeline: Pipeline) -> File:
    program = PROGRAMS[scene_of(state)](state, pipeline)
    return f"{program.stem}.py", python_script(state, program)


def _notebook(state: AppState, pipeline: Pipeline) -> File:
    program = PROGRAMS[scene_of(state)](state, pipeline)
    return f"{program.stem}.ipynb", notebook(state, program)


def _data(state: AppState, pipeline: Pipeline) -> File:
    if state.view.view == "digits":
        return DATA_FILE, images_csv(pipeline.digits.table(state))
    return DATA_FILE, data_csv(_points(state, pipeline))


def _points(state: AppState, pipeline: Pipeline) -> Points:
    """Return the points that the view is of: of a long table these may be all rows."""
    points, scene = pipeline.points(state.data), scene_of(state)
    if points.n < points.n_total and scene in _ENDS:
        return _ENDS[scene](state, pipeline)
    return points


_ENDS: Final[dict[str, Callable[[AppState, Pipeline], Points]]] = {
    "compare": lambda state, pipeline: pipeline.compare.comparison(state).points,
    "shapes": lambda state, pipeline: pipeline.compare.shapes(state).points,
    "density": lambda state, pipeline: pipeline.density.study(state).points,
}


def _model(state: AppState, pipeline: Pipeline) -> File:
    if state.view.view == "density":
        return "mixture.json", density_model_json(state, pipeline.density.study(state))
    if state.view.view == "colors":
        return "colours.json", colors_model_json(state, pipeline.colors.study(state))
    return "mixture.json", model_json(state, pipeline.compare.grouped(state))


def _joined_csv(state: AppState, pipeline: Pipeline) -> str:
    return "".join(labels_csv_in_blocks(pipeline.labels.in_blocks(state)[1]))


def _joined_parquet(state: AppState, pipeline: Pipeline) -> bytes:
    sink = io.BytesIO()
    _write_parquet(*pipeline.labels.in_blocks(state), sink)
    return sink.getvalue()


def _write_csv(_sentences: Sequence[str], blocks: Iterable[Labelled], sink: BinaryIO) -> None:
    for text in labels_csv_in_blocks(blocks):
        sink.write(text.encode())


def _write_parquet(sentences: Sequence[str], blocks: Iterable[Labelled], sink: BinaryIO) -> None:
    write_labels_parquet(blocks, sentences, sink)


# What is written to a file block by block, never as a whole in memory.
STREAMS: Final[dict[str, Stream]] = {
    "posteriors": _write_csv,
    "parquet": _write_parquet,
}
WRITERS: Final[dict[str, Write]] = {
    "script": _script,
    "notebook": _notebook,
    "data": _data,
    "image": lambda state, pipeline: (IMAGE_FILE, png_of(pipeline.colors.study(state).pixels)),
    "draws": lambda state, pipeline: ("new-points.csv", draws_csv(pipeline.density.study(state))),
    "posteriors": lambda state, pipeline: (LABELS_FILE, _joined_csv(state, pipeline)),
    "workbook": lambda state, pipeline: (
        "labels.xlsx",
        labels_workbook(pipeline.labels.labelled(state)),
    ),
    "parquet": lambda state, pipeline: ("labels.parquet", _joined_parquet(state, pipeline)),
    "profile": lambda state, pipeline: (
        PROFILE_FILE,
        profile_csv(pipeline.compare.profiles(state)),
    ),
    "model": _model,
}


# The line of the menu that writes labels to a file whose name ends so.
LABEL_FILES: Final = {".csv": "posteriors", ".xlsx": "workbook", ".parquet": "parquet"}


def write(what: str, state: AppState, pipeline: Pipeline) -> File:
    """Return the name and the content of one file of the open view.

    Raises
    ------
    StateError
        When that view has no such file.
    """
    check_offered(what, state)
    return WRITERS[what](state, pipeline)


def check_offered(what: str, state: AppState) -> None:
    """Raise ``StateError`` where the open view has no such file."""
    if scene_of(state) not in ITEMS[what].hints:
        raise StateError("This view has no such file.", hint="Choose another view or another file.")


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""

    @app.callback(
        Output(ids.EXPORT_DOWNLOAD, "data"),
        *(Input(ids.export_item(what), "n_clicks") for what in WRITERS),
        State(ids.STATE, "data"),
        prevent_initial_call=True,
    )
    @answers("private")
    def download(*arguments: Any) -> Any:
        chosen, clicks = ctx.triggered_id, arguments[:-1]
        if not chosen or not any(clicks):
            return no_update
        state, _ = read(arguments[-1])
        return sent(write(chosen["what"], state, pipeline))

    app.clientside_callback(
        calls("export", "take"),
        Input(ids.export_item(ALL), "n_clicks"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output(ids.REPORT_TABLES, "data"),
        Input(ids.export_item("report"), "n_clicks"),
        State(ids.STATE, "data"),
        prevent_initial_call=True,
    )
    @answers("shared")
    def report_tables(clicks: Any, request: Any) -> Any:
        if not clicks:
            return no_update
        state, _ = read(request)
        return {"clicks": clicks, "sections": [one.to_json() for one in sections(state, pipeline)]}

    app.clientside_callback(
        calls("export", "report"),
        Input(ids.REPORT_TABLES, "data"),
        State(ids.STATE, "data"),
        prevent_initial_call=True,
    )
    assert set(WRITERS) | set(IN_THE_BROWSER) == set(ITEMS)
    assert set(IN_THE_BROWSER).isdisjoint(WRITERS)
