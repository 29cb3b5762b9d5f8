"""The export menu: files made on the server, pictures made in the browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, ctx, dcc, no_update

from gmm_dash import ids
from gmm_dash.callbacks.requests import read
from gmm_dash.export import (
    DATA_FILE,
    NOTEBOOK_FILE,
    SCRIPT_FILE,
    data_csv,
    model_json,
    notebook,
    posterior_csv,
    python_script,
)
from gmm_dash.layout.export_menu import IN_THE_BROWSER

if TYPE_CHECKING:
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.results import Comparison
    from gmm_dash.state import AppState

Write: TypeAlias = "Callable[[AppState, Comparison], str]"
WRITERS: Final[dict[str, tuple[str, Write]]] = {
    "script": (SCRIPT_FILE, python_script),
    "notebook": (NOTEBOOK_FILE, notebook),
    "data": (DATA_FILE, lambda _, result: data_csv(result.points)),
    "posteriors": ("posteriors.csv", lambda _, result: posterior_csv(result)),
    "model": ("mixture.json", model_json),
}


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""

    @app.callback(
        Output(ids.EXPORT_DOWNLOAD, "data"),
        *(Input(ids.export_item(what), "n_clicks") for what in WRITERS),
        State(ids.STATE, "data"),
        prevent_initial_call=True,
    )
    def download(*arguments: Any) -> Any:
        chosen, clicks = ctx.triggered_id, arguments[:-1]
        if not chosen or not any(clicks):
            return no_update
        state, _ = read(arguments[-1])
        name, write = WRITERS[chosen["what"]]
        return dcc.send_string(write(state, pipeline.comparison(state)), name)

    app.clientside_callback(
        ClientsideFunction("explorerExport", "take"),
        Output(ids.EXPORT_SAID, "title"),
        Input(ids.export_item(ALL), "n_clicks"),
        State(ids.export_item(ALL), "id"),
        State(ids.STATE, "data"),
        State(ids.SETTING_NAMES, "data"),
        prevent_initial_call=True,
    )
    assert set(IN_THE_BROWSER).isdisjoint(WRITERS)
