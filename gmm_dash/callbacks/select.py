"""The view "How many?": a chain of pieces, and one answer that draws what there is so far."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, html

from gmm_dash import explain, ids
from gmm_dash.callbacks import chain, compared, panels, tables
from gmm_dash.callbacks.declare import answers
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.callbacks.pieces import Work
from gmm_dash.engine.nesting import is_smoothed
from gmm_dash.engine.types import INFORMED
from gmm_dash.explain import select as words
from gmm_dash.explain import select_hover as hover_words
from gmm_dash.explain.select_described import kmeans_scores_described
from gmm_dash.export.select_table import select_page
from gmm_dash.figures import kmeans_scores
from gmm_dash.layout.views.select import TABLE
from gmm_dash.results.comparison import gmm_side
from gmm_dash.results.select import selection_of
from gmm_dash.results.select_claims import Asked, counts_of
from gmm_dash.results.select_parts import CONDENSED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gmm_dash.contract.answers import Picture
    from gmm_dash.engine import SelectionRow
    from gmm_dash.export import TablePage
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.results import Points
    from gmm_dash.results.select import Selection
    from gmm_dash.state import AppState

_OPEN = (ids.SELECT_OPEN, ids.SELECT_OPEN_KMEANS)
_RESULT = ids.chain("select", "result")


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""
    chain.register(app, "select")
    _register_controls(app)
    _register_drawing(app, pipeline)
    _register_winner(app, pipeline)
    _register_table(app, pipeline)
    _register_download(app, pipeline)


def work(pipeline: Pipeline, state: AppState) -> Work:
    """Return how this view's long work is cut."""
    plan = pipeline.select.plan(state)
    return Work(
        plan.seconds,
        plan.models,
        "models",
        partial(pipeline.select.piece, state),
        tuple(
            one.text
            for one in words.note_sentences(
                plan.left_out, plan.drawn_only_from, pipeline.config.fit_seconds
            )
        ),
        {"mixtures": CONDENSED},
        plan.at_once,
    )


def _register_controls(app: Dash) -> None:
    app.clientside_callback(
        calls("select", "ends"),
        Input(ids.SELECT_RANGE, "value"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("select", "listen"),
        Output(ids.SELECT_TOOLBAR, "className"),
        Input(ids.STATE, "data"),
    )


def _register_drawing(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output={
            "notice": Output(ids.SELECT_NOTICE, "children"),
            "notes": Output(ids.SELECT_NOTES, "children"),
            "pictures": [
                Output(ids.picture(ids.SELECT_MIXTURES), "data"),
                Output(ids.picture(ids.SELECT_KMEANS), "data"),
            ],
            "captions": [
                Output(ids.caption(ids.SELECT_MIXTURES), "children"),
                Output(ids.caption(ids.SELECT_KMEANS), "children"),
            ],
            "badge": Output(ids.badge(ids.SELECT_MIXTURES), "children"),
            "open": [Output(one, "children") for one in _OPEN],
            "links": [Output(one, "href") for one in _OPEN],
        },
        inputs={"result": Input(_RESULT, "data")},
        running=[(Output(ids.stage("select"), "className"), "stage", "stage")],
        prevent_initial_call=True,
    )
    @answers("shared")
    def draw(result: Any) -> dict[str, Any]:
        state, scheme, selection = gathered(pipeline, result)
        points = pipeline.points(state.data)
        asked = _asked(state, result)
        spoken = words.select_spoken(selection, points, asked, chosen=state.select)
        return {
            "notice": spoken.text("notice"),
            "notes": [html.P(note) for note in _notes(result)],
            "pictures": [
                compared.mixtures_picture(ids.SELECT_MIXTURES, selection, state, scheme, points),
                _kmeans_picture(selection, state, scheme, points),
            ],
            "captions": [spoken.text("caption.select"), spoken.text("caption.select-kmeans")],
            "badge": spoken.text("badge.select"),
            "open": [label for label, _ in compared.ways(selection, state)],
            "links": [link for _, link in compared.ways(selection, state)],
        }


def _kmeans_picture(selection: Selection, state: AppState, scheme: str, points: Points) -> Picture:
    counts = counts_of(state.select.counts, points.n)
    figure = kmeans_scores.build(selection.kmeans, counts, scheme, hover_words.kmeans_hover)
    shown = kmeans_scores_described(selection.kmeans, counts)
    return compared.picture(ids.SELECT_KMEANS, figure, state, shown)


def _register_winner(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        Output(ids.picture("select-winner"), "data"),
        Output(ids.caption("select-winner"), "children"),
        Output(ids.badge("select-winner"), "children"),
        Input(ids.chain("select", "final"), "data"),
        prevent_initial_call=True,
    )
    @answers("shared")
    def show(result: Any) -> tuple[Any, ...]:
        state, scheme, selection = gathered(pipeline, result)
        best = selection.best(state.select.criterion)
        if best is None:
            points = pipeline.points(state.data)
            why = words.select_spoken(selection, points, _asked(state, result)).text("notice")
            return compared.nothing_drawn("select-winner", why, state, scheme), "", ""
        chosen = state.but(k=best.n_components, cov=best.covariance_type, **_start_of(best))
        fit = pipeline.models.selected(chosen.data, chosen.model)
        points = pipeline.points(chosen.data)
        model = points, gmm_side(points, fit), None
        picture, caption = panels.one_model("select-winner", model, state, scheme, fit)
        return picture, caption, explain.gmm_badge(fit)


def _asked(state: AppState, result: Mapping[str, Any]) -> Asked:
    """Return what is asked of the models that the browser has gathered."""
    finished, waiting = (result.get(name) is True for name in ("finished", "waiting"))
    return Asked(state.select.criterion, finished=finished, waiting=waiting)


def _start_of(best: SelectionRow) -> dict[str, Any]:
    """Return the settings that fit a row's model again; neighbours need all of the starts."""
    if best.init == INFORMED:
        return {"init": INFORMED}
    return {"init": best.init, "n_init": 1, "seed": best.random_state}


def _register_table(app: Dash, pipeline: Pipeline) -> None:
    def models(result: Any, order: Any, page: Any) -> TablePage:
        state, _, selection = gathered(pipeline, result)
        best = selection.best(state.select.criterion)
        notes = [
            hover_words.note(row, selection.law(row), best=row is best)
            for row in selection.mixtures
        ]
        links = [
            (
                compared.link_to(state, row),
                f"Open {row.covariance_type}, K = {row.n_components} in Compare",
            )
            for row in selection.mixtures
        ]
        return select_page(selection, state.select.criterion, notes, order, page, links)

    tables.fill_when(app, TABLE, Input(ids.chain("select", "final"), "data"), models)


def _register_download(app: Dash, pipeline: Pipeline) -> None:
    def gather(result: Any) -> tuple[AppState, Selection]:
        state, _, selection = gathered(pipeline, result)
        return state, selection

    ours = ids.SELECT_DOWNLOAD_BUTTON, ids.SELECT_WANTED, ids.SELECT_DOWNLOAD
    compared.download(app, ids.chain("select", "config"), ours, "models.csv", gather)


def gathered(pipeline: Pipeline, result: Any) -> tuple[AppState, str, Selection]:
    """Return state, colour scheme and rows of what the browser has gathered."""
    state, scheme, rows = chain.gathered(pipeline.rows, "select", result)
    smoothed = is_smoothed(pipeline.points(state.data).fitted, state.model.reg_covar)
    selection = selection_of(rows.get("mixtures", []), rows.get("kmeans", []), smoothed=smoothed)
    return state, scheme, selection


def _notes(result: dict[str, Any]) -> list[str]:
    notes = result.get("notes")
    return [str(note)[:300] for note in notes[:5]] if isinstance(notes, list) else []
