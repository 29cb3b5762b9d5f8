"""How many?, All rows: the sample's comparison is offered to be carried on, and its curves grow."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, State, html, no_update

from gmm_dash import ids
from gmm_dash.callbacks import chain, compared, select
from gmm_dash.callbacks.declare import answers
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.callbacks.pieces import Work
from gmm_dash.explain import select as comparison
from gmm_dash.explain import select_whole as words
from gmm_dash.pipeline.carrying import rules_of
from gmm_dash.pipeline.select_whole import MOST_SECONDS
from gmm_dash.results.select import selection_of
from gmm_dash.results.select_claims import Asked
from gmm_dash.results.whole_claims import Offered, OfSample, ranked_by

if TYPE_CHECKING:
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.results.select import Selection
    from gmm_dash.state import AppState

_COMPARED: Final = ids.chain("select", "final")
_RESULT: Final = ids.chain(ids.WHOLE, "result")


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""
    chain.buttons(app, ids.WHOLE)
    app.clientside_callback(
        calls("whole", "follow"),
        Output(ids.WHOLE_BOX, "className"),
        Input(ids.chain("select", "result"), "data"),
        Input(ids.WHOLE_OFFER, "data"),
        State(ids.chain(ids.WHOLE, "config"), "data"),
        prevent_initial_call=True,
    )
    _register_offer(app, pipeline)
    _register_drawing(app, pipeline)
    _register_download(app, pipeline)


def work(pipeline: Pipeline, state: AppState) -> Work:
    """Return how the mixtures of ``state`` are carried on; its K is the best of the sample."""
    plan = pipeline.select_whole.plan(state)
    return Work(
        tuple(step.seconds for step in plan.steps),
        tuple(int(step.last) for step in plan.steps),
        "mixtures",
        partial(pipeline.select_whole.piece, state),
        needless=partial(pipeline.select_whole.needless, state),
    )


def _register_offer(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        Output(ids.WHOLE_OFFER, "data"),
        Output(ids.WHOLE_SAYS, "children"),
        Input(_COMPARED, "data"),
        prevent_initial_call=True,
    )
    @answers("shared")
    def offer(result: Any) -> tuple[Any, ...]:
        if result is None:
            return no_update, no_update
        state, scheme, selection = select.gathered(pipeline, result)
        why = pipeline.select_whole.why_not(state)
        best = selection.best(state.select.criterion)
        finished = result.get("finished") is True
        if why == "short" or best is None or not finished:
            return None, words.NOTHING
        sample = pipeline.points(state.data)
        if why:
            kept = words.kept_sentences(sample, why, pipeline.config.all_rows)
            return {"kept": True}, " ".join(one.text for one in kept)
        asked = state.but(k=best.n_components, cov=best.covariance_type)
        said = words.offer_sentences(sample, offered(pipeline, asked))
        request = asked.to_flat() | {"scheme": scheme}
        return {"request": request}, " ".join(one.text for one in said)


def offered(pipeline: Pipeline, state: AppState) -> Offered:
    """Return what would be carried on."""
    plan = pipeline.select_whole.plan(state)
    models = len({step.model for step in plan.steps})
    return Offered(models, plan.counts, plan.left, rules_of(state.model).max_iter, MOST_SECONDS)


def _register_drawing(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        Output(ids.picture(ids.WHOLE), "data"),
        Output(ids.caption(ids.WHOLE), "children"),
        Output(ids.badge(ids.WHOLE), "children"),
        Output(ids.WHOLE_FOUND, "children"),
        Output(ids.WHOLE_OPEN, "children"),
        Output(ids.WHOLE_OPEN, "href"),
        Input(_RESULT, "data"),
        prevent_initial_call=True,
    )
    @answers("shared")
    def draw(result: Any) -> tuple[Any, ...]:
        state, scheme, selection, of_sample = gathered(pipeline, result)
        finished = result.get("finished") is True
        points = pipeline.select_whole.points(state)
        of_all = words.whole_sentences(selection, points.n, of_sample, finished=finished)
        picture, spoken = no_update, None
        if selection.mixtures:
            ranked = Asked(state.select.criterion, finished=finished, waiting=False)
            spoken = comparison.select_spoken(selection, points, ranked, chosen=state.select)
            picture = compared.mixtures_picture(ids.WHOLE, selection, state, scheme, points)
        label, link = compared.ways(selection, state)[0]
        said = [one.text for one in of_all]
        return (
            picture,
            "" if spoken is None else spoken.text("caption.select"),
            "" if spoken is None else spoken.text("badge.select"),
            [
                html.P(text)
                for text in (*said, *([] if spoken is None else [spoken.text("notice")]))
            ],
            label,
            link,
        )


def _register_download(app: Dash, pipeline: Pipeline) -> None:
    def gather(result: Any) -> tuple[AppState, Selection]:
        state, _, selection, _ = gathered(pipeline, result)
        return state, selection

    ours = ids.WHOLE_DOWNLOAD_BUTTON, ids.WHOLE_WANTED, ids.WHOLE_DOWNLOAD
    config = ids.chain(ids.WHOLE, "config")
    compared.download(app, config, ours, "models-all-rows.csv", gather)


def gathered(pipeline: Pipeline, result: Any) -> tuple[AppState, str, Selection, OfSample]:
    """Return state, colour scheme and rows of what the browser has gathered, and the sample's best.

    The criterion of the state is one that all rows have.
    """
    asked, scheme, rows = chain.gathered(pipeline.rows, ids.WHOLE, result)
    of_sample = OfSample(asked.model.covariance_type, asked.model.k, asked.select.criterion)
    state = asked.but(criterion=ranked_by(of_sample.criterion))
    smoothed = pipeline.select_whole.smoothed(state)
    return state, scheme, selection_of(rows.get("mixtures", []), [], smoothed=smoothed), of_sample
