"""How many?, All rows: the sample's comparison is offered to be carried on, and its curves grow."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, State, html, no_update

from gmm_dash import ids
from gmm_dash.callbacks import chain, compared, select, select_elsewhere
from gmm_dash.callbacks.asked import read
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
    from gmm_dash.results import Points
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
        if best is None or result.get("finished") is not True:
            return None, words.NOTHING
        asked = state.but(k=best.n_components, cov=best.covariance_type)
        more = pipeline.select_elsewhere.offer(asked)
        if more is not None:
            return select_elsewhere.offered(pipeline, asked, more, scheme)
        if why == "short":
            return None, words.NOTHING
        sample = pipeline.points(state.data)
        if why:
            kept = words.kept_sentences(sample, why, pipeline.config.all_rows)
            return {"kept": True}, " ".join(one.text for one in kept)
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
        found = gathered(pipeline, result)
        state, selection, points = found.state, found.selection, found.points
        finished = result.get("finished") is True
        of_all = words.whole_sentences(selection, points.n, found.of_sample, finished=finished)
        picture, spoken = no_update, None
        if selection.mixtures:
            ranked = Asked(state.select.criterion, finished=finished, waiting=False)
            spoken = comparison.select_spoken(selection, points, ranked, chosen=state.select)
            picture = compared.mixtures_picture(ids.WHOLE, selection, state, found.scheme, points)
        label, link = compared.ways(selection, state)[0]
        left_out = words.left_out_sentences(found.left_out)
        said = [one.text for one in (*of_all, *left_out)]
        return (
            picture,
            "" if spoken is None else spoken.text("caption.select"),
            "" if spoken is None else spoken.text("badge.select"),
            [html.P(text) for text in (*said, *([] if spoken is None else [spoken.text("notice")]))]
            + found.beside,
            label,
            link,
        )


def _register_download(app: Dash, pipeline: Pipeline) -> None:
    def gather(result: Any) -> tuple[AppState, Selection]:
        found = gathered(pipeline, result)
        return found.state, found.selection

    ours = ids.WHOLE_DOWNLOAD_BUTTON, ids.WHOLE_WANTED, ids.WHOLE_DOWNLOAD
    config = ids.chain(ids.WHOLE, "config")
    compared.download(app, config, ours, "models-all-rows.csv", gather)


@dataclass(frozen=True)
class Found:
    """What there is of models of all rows.

    Attributes
    ----------
    state : AppState
        Its criterion is one that all rows have.
    scheme : str
    selection : Selection
    points : Points
        All rows.
    of_sample : OfSample
        The best of the sample.
    left_out : int
        Rows that could not be fitted, of a table in many files.
    beside : list
        What else is shown of such a table.
    """

    state: AppState
    scheme: str
    selection: Selection
    points: Points
    of_sample: OfSample
    left_out: int = 0
    beside: list[Any] = field(default_factory=list)


def gathered(pipeline: Pipeline, result: Any) -> Found:
    """Return what the browser has gathered, or what it has gone on to in a table in many files."""
    if isinstance(result, dict) and "reached" in result:
        asked, scheme = read(result.get("request"))
        every = select_elsewhere.every(pipeline, asked, result)
        state, of_sample = _ranked(asked)
        smoothed = pipeline.select_elsewhere.smoothed(state)
        selection = selection_of(every.rows, [], smoothed=smoothed)
        beside = [select_elsewhere.inertias(every)]
        return Found(state, scheme, selection, every.points, of_sample, every.left_out, beside)
    asked, scheme, rows = chain.gathered(pipeline.rows, ids.WHOLE, result)
    state, of_sample = _ranked(asked)
    smoothed = pipeline.select_whole.smoothed(state)
    selection = selection_of(rows.get("mixtures", []), [], smoothed=smoothed)
    return Found(state, scheme, selection, pipeline.select_whole.points(state), of_sample)


def _ranked(asked: AppState) -> tuple[AppState, OfSample]:
    """Return the state with a criterion that all rows have, and the best of the sample."""
    of_sample = OfSample(asked.model.covariance_type, asked.model.k, asked.select.criterion)
    return asked.but(criterion=ranked_by(of_sample.criterion)), of_sample
