"""How many?, "How sure?": the best model is offered for a test, and the test grows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, State, html, no_update

from gmm_dash import ids
from gmm_dash.callbacks import chain, panels, select
from gmm_dash.callbacks.declare import answers
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.callbacks.pieces import Work
from gmm_dash.explain import sure as words
from gmm_dash.explain.select_described import replicates_described
from gmm_dash.figures import replicates
from gmm_dash.results.select_claims import Asked
from gmm_dash.results.sure import model_of, sure_of

if TYPE_CHECKING:
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.results.sure import Sure
    from gmm_dash.state import AppState

_COMPARED: Final = ids.chain("select", "final")
_RESULT: Final = ids.chain(ids.SURE, "result")
_BEST: Final = "best"  # beside the settings: how likely the comparison's own model is


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""
    chain.buttons(app, ids.SURE)
    app.clientside_callback(
        calls("sure", "follow"),
        Output(ids.SURE_BOX, "className"),
        Input(ids.chain("select", "result"), "data"),
        State(ids.chain(ids.SURE, "config"), "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("sure", "offer"),
        Input(ids.SURE_OFFER, "data"),
        State(ids.chain(ids.SURE, "config"), "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("sure", "copy"), Input(ids.SURE_COPY, "n_clicks"), prevent_initial_call=True
    )
    _register_offer(app, pipeline)
    _register_drawing(app, pipeline)


def work(pipeline: Pipeline, state: AppState) -> Work:
    """Return how the test of the model that ``state`` chooses is cut."""
    batches = pipeline.sure.plan(state)
    return Work(
        tuple(batch.seconds for batch in batches),
        tuple(batch.count for batch in batches),
        "refits",
        partial(pipeline.sure.piece, state),
    )


def _register_offer(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        Output(ids.SURE_OFFER, "data"),
        Output(ids.SURE_SAYS, "children"),
        Output(ids.SURE_CHOSEN, "children"),
        Input(_COMPARED, "data"),
        prevent_initial_call=True,
    )
    @answers("shared")
    def offer(result: Any) -> tuple[Any, ...]:
        if result is None:
            return (no_update,) * 3
        state, scheme, selection = select.gathered(pipeline, result)
        criterion = state.select.criterion
        best = selection.best(criterion)
        points = pipeline.points(state.data)
        why = " ".join(one.text for one in words.without_test(points))
        if best is None or result.get("finished") is not True:
            return None, why or words.NOTHING, ""
        tested = state.but(k=best.n_components, cov=best.covariance_type)
        request = tested.to_flat() | {"scheme": scheme, _BEST: best.log_likelihood}
        asked = Asked(criterion, finished=True, waiting=False)
        said = words.chosen_sentences(selection, points, asked, state)
        chosen = " ".join(one.text for one in said)
        # A press on "Start" is answered with the reason; a link does not start what is refused.
        made = {"request": request, "refused": bool(why)}
        return made, why or words.offered(model_of(tested, best.log_likelihood)), chosen


def _register_drawing(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        Output(ids.picture(ids.SURE), "data"),
        Output(ids.caption(ids.SURE), "children"),
        Output(ids.badge(ids.SURE), "children"),
        Output(ids.SURE_FOUND, "children"),
        Output(ids.SURE_TESTED, "children"),
        Input(_RESULT, "data"),
        prevent_initial_call=True,
    )
    @answers("shared")
    def draw(result: Any) -> tuple[Any, ...]:
        state, scheme, found = _read(pipeline, result)
        spoken = words.sure_spoken(found, finished=result.get("finished") is True)
        statistic = found.statistic
        picture = no_update
        if statistic is not None:
            figure = replicates.build(found.statistics, statistic, scheme)
            axes = (statistic, len(found.statistics))
            shown = replicates_described(found.statistics, statistic)
            picture = panels.picture(ids.SURE, figure, state, *axes, words=shown)
        return (
            picture,
            spoken.text("caption.sure"),
            words.badge(found),
            [html.P(text) for text in spoken.texts("sure")],
            spoken.text("methods"),
        )


def _read(pipeline: Pipeline, result: Any) -> tuple[AppState, str, Sure]:
    state, scheme, rows = chain.gathered(pipeline.rows, ids.SURE, result)
    best = result["request"].get(_BEST)
    known = float(best) if isinstance(best, int | float) else None
    return state, scheme, sure_of(model_of(state, known), pipeline.points(state.data).n, rows)
