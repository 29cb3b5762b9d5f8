"""The Digits view: real images at once, new ones after the fit, the sweep piece by piece."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, State, html

from gmm_dash import explain, ids
from gmm_dash.callbacks.asked import read
from gmm_dash.callbacks.declare import answers
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.callbacks.pieces import Work
from gmm_dash.contract.keys import SWEEP_IGNORES
from gmm_dash.contract.sheets import COLUMNS, IMAGES
from gmm_dash.explain.digits_described import (
    averages_described,
    drawn_sheet_described,
    real_sheet_described,
)
from gmm_dash.figures import image_grid, image_pairs, sweep

if TYPE_CHECKING:
    from gmm_dash.contract.answers import Picture, SweepPlan, SweepRow
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.results import ImageTable
    from gmm_dash.state import AppState

_REQUEST: Final = ids.request("digits")
_AVERAGE_COLUMNS: Final = 5


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""
    _register_real(app, pipeline)
    _register_new(app, pipeline)
    _register_browser(app)


def _register_real(app: Dash, pipeline: Pipeline) -> None:
    """Attach what needs no mixture: images, their averages, and what a sweep would cost."""

    @app.callback(
        Output(ids.DIGITS_NOTES, "children"),
        Output(ids.picture("digits-real"), "data"),
        Output(ids.caption("digits-real"), "children"),
        Output(ids.badge("digits-real"), "children"),
        Output(ids.picture("digits-averages"), "data"),
        Output(ids.caption("digits-averages"), "children"),
        Output(ids.SWEEP_PLAN, "data"),
        Input(_REQUEST, "data"),
        prevent_initial_call=True,
    )
    @answers("shared")
    def show(request: Any) -> tuple[Any, ...]:
        state, scheme = read(request)
        table, space = pipeline.digits.table(state), pipeline.digits.space(state)
        centres = pipeline.digits.averages(state)
        spoken = explain.real_spoken(table, space, len(centres))
        return (
            [html.P(text) for text in spoken.texts("notes")],
            _sheet(
                "digits-real",
                table.pixels[:IMAGES],
                table,
                COLUMNS,
                scheme,
                real_sheet_described(table, IMAGES),
            ),
            spoken.text("caption.digits-real"),
            spoken.text("badge.digits-real"),
            _sheet(
                "digits-averages",
                centres,
                table,
                _AVERAGE_COLUMNS,
                scheme,
                averages_described(table, centres),
            ),
            spoken.text("caption.digits-averages"),
            _plan(pipeline, state, request, scheme),
        )


def _register_new(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        Output(ids.DIGITS_NOTICE, "children"),
        Output(ids.picture("digits-new"), "data"),
        Output(ids.caption("digits-new"), "children"),
        Output(ids.badge("digits-new"), "children"),
        Output(ids.DIGITS_PAIRS, "data"),
        Input(_REQUEST, "data"),
        running=[(Output(ids.stage("digits"), "className"), "stage busy", "stage")],
        prevent_initial_call=True,
    )
    @answers("shared")
    def draw(request: Any) -> tuple[Any, ...]:
        state, scheme = read(request)
        table, space = pipeline.digits.table(state), pipeline.digits.space(state)
        drawn = pipeline.digits.drawn(state)
        spoken = explain.drawn_spoken(table, space, drawn, state.digits.seed)
        return (
            spoken.text("notice"),
            _sheet(
                "digits-new",
                drawn.images,
                table,
                COLUMNS,
                scheme,
                drawn_sheet_described(table, drawn),
            ),
            spoken.text("caption.digits-new"),
            spoken.text("badge.digits-new"),
            image_pairs.build(table, drawn, scheme),
        )


def _sheet(
    name: str, images: Any, table: ImageTable, columns: int, scheme: str, words: str
) -> Picture:
    figure = image_grid.build(images, table.side, table.span, columns, scheme)
    return {"name": name, "figure": figure, "frame": f"{table.side}", "words": words}


def _plan(pipeline: Pipeline, state: AppState, request: Any, scheme: str) -> SweepPlan:
    """Return what the browser needs to ask for the sweep piece by piece."""
    sizes = pipeline.digits.sizes(state)
    asked = {key: value for key, value in request.items() if key not in SWEEP_IGNORES}
    return {
        "sizes": list(sizes),
        "request": asked,
        "figure": sweep.build(sizes, state.digits.components, scheme),
        "offer": explain.sweep_offer(sizes, pipeline.digits.seconds(state)),
    }


def work(pipeline: Pipeline, state: AppState) -> Work:
    """Return the sweep: a piece is one mixture."""
    digits = pipeline.digits
    sizes = digits.sizes(state)

    def piece(number: int) -> dict[str, list[dict[str, Any]]]:
        size = sizes[number]
        row = digits.row(state, size)
        shown: SweepRow = {
            "size": size,
            "aic": row.aic,
            "bic": row.bic,
            "degenerate": row.degenerate,
        }
        return {"sweep": [dict(shown)]}

    return Work(digits.piece_seconds(state), (1,) * len(sizes), "mixtures", piece)


def _register_browser(app: Dash) -> None:
    """Attach what needs no server: the pair, the sweep, and the buttons."""
    app.clientside_callback(
        calls("digits", "pair"),
        Output(ids.picture(ids.DIGITS_PAIR), "data"),
        Output(ids.caption(ids.DIGITS_PAIR), "children"),
        Input(ids.DIGITS_PICK, "value"),
        Input(ids.DIGITS_PAIRS, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("digits", "point"),
        Output(ids.DIGITS_PICK, "value"),
        Input(ids.graph("digits-new"), "clickData"),
        Input(ids.graph("digits-new"), "hoverData"),
        State(ids.DIGITS_PAIRS, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("settings", "next"),
        Output(ids.control("digitseed"), "value", allow_duplicate=True),
        Input(ids.DIGITS_AGAIN, "n_clicks"),
        State(ids.control("digitseed"), "value"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("digits", "useSize"),
        Output(ids.control("dk"), "value", allow_duplicate=True),
        Input(ids.graph(ids.DIGITS_SWEEP), "clickData"),
        prevent_initial_call=True,
    )
    for name, source, prop in (
        ("settings", _REQUEST, "data"),
        ("plan", ids.SWEEP_PLAN, "data"),
        ("start", ids.SWEEP_START, "n_clicks"),
        ("stop", ids.SWEEP_STOP, "n_clicks"),
    ):
        app.clientside_callback(
            calls("digits", name),
            Output(ids.SWEEP_STATUS, "children", allow_duplicate=True),
            Input(source, prop),
            prevent_initial_call=True,
        )
