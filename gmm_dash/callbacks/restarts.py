"""The Restarts view: a chain of batches of starts, and one answer that draws what there is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, State, html, no_update

from gmm_dash import explain, ids
from gmm_dash.callbacks import chain, panels
from gmm_dash.callbacks.declare import answers
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.callbacks.pieces import Work
from gmm_dash.engine.rest import REST_ITERATIONS, REST_TOL
from gmm_dash.explain import counted
from gmm_dash.explain import restarts as words
from gmm_dash.explain.restarts_described import strips_described
from gmm_dash.figures import restarts as strips
from gmm_dash.results.restarts import optimum_name, restarts_of
from gmm_dash.results.restarts_claims import Rule
from gmm_dash.state import to_query

if TYPE_CHECKING:
    from gmm_dash.contract.answers import Picture
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.results.restarts import Restarts, Start
    from gmm_dash.state import AppState

_SIDES: Final = ("kmeans", "gmm")
_RESULT: Final = ids.chain("restarts", "result")
_FINAL: Final = ids.chain("restarts", "final")


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""
    chain.register(app, "restarts")
    app.clientside_callback(
        calls("restarts", "listen"),
        Output(ids.RESTARTS_PICKED, "data"),
        Input(ids.chain("restarts", "result"), "data"),
        State(ids.RESTARTS_PICKED, "data"),
        prevent_initial_call=True,
    )
    _register_drawing(app, pipeline)
    _register_picked(app, pipeline)


def work(pipeline: Pipeline, state: AppState) -> Work:
    """Return how this view's long work is cut."""
    batches = pipeline.restarts.plan(state)
    return Work(
        tuple(batch.seconds for batch in batches),
        tuple(batch.count for batch in batches),
        "starts",
        partial(pipeline.restarts.piece, state),
    )


def _register_drawing(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output={
            "notice": Output(ids.RESTARTS_NOTICE, "children"),
            "notes": Output(ids.RESTARTS_NOTES, "children"),
            **panels.outputs(_SIDES, ids.restarts_plot),
            "optima": {s: Output(ids.restarts_optima(s), "data") for s in _SIDES},
        },
        inputs={
            "result": Input(_RESULT, "data"),
            "picked": Input(ids.RESTARTS_PICKED, "data"),
        },
        running=[(Output(ids.stage("restarts"), "className"), "stage", "stage")],
        prevent_initial_call=True,
    )
    @answers("shared")
    def draw(result: Any, picked: Any) -> dict[str, Any]:
        state, scheme, both = gathered(pipeline, result)
        start = _picked(both, picked)
        finished = result.get("finished") is True
        waiting = result.get("waiting") is True and not both["gmm"].starts
        rule = Rule(state.model.tol, state.model.max_iter)
        spoken = explain.restarts_spoken(both["kmeans"], both["gmm"], finished=finished, rule=rule)
        return {
            "notice": words.WAITING if waiting else spoken.text("notice"),
            "notes": [html.P(said) for part in words.NOTES if (said := spoken.text(part))],
            "pictures": {
                side: _picture(restarts, state, scheme, start) for side, restarts in both.items()
            },
            **panels.said(spoken, _SIDES),
            "optima": {side: words.optima_table(restarts) for side, restarts in both.items()},
        }


def _picture(
    restarts: Restarts, state: AppState, scheme: str, picked: tuple[Restarts, Start] | None
) -> Picture:
    side = restarts.algorithm
    ringed = picked[1].number if picked and picked[0] is restarts else None
    figure = strips.build(
        restarts,
        scheme,
        words.start_names(side),
        words.OBJECTIVES[side],
        words.start_hover,
        ringed,
    )
    axes = (state.model.k, state.model.covariance_type)
    said = strips_described(restarts, ringed)
    return panels.picture(ids.restarts_plot(side), figure, state, *axes, words=said)


def _register_picked(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        Output(ids.picture("restarts-picked"), "data"),
        Output(ids.caption("restarts-picked"), "children"),
        Output(ids.badge("restarts-picked"), "children"),
        Output(ids.RESTARTS_LINK, "href"),
        Input(_FINAL, "data"),
        Input(ids.RESTARTS_PICKED, "data"),
        prevent_initial_call=True,
    )
    @answers("shared")
    def show(result: Any, picked: Any) -> tuple[Any, ...]:
        if result is None:
            return (no_update,) * 4
        state, scheme, both = gathered(pipeline, result)
        found = _picked(both, picked)
        if found is None:
            return (no_update,) * 4
        restarts, start = found
        chosen = alone(state, restarts.algorithm, start)
        model = pipeline.models.one_side(
            chosen, restarts.algorithm, page=state, rested=start.rested
        )
        picture, caption = panels.one_model("restarts-picked", model, state, scheme)
        return picture, caption, _badge(restarts, start), to_query(chosen)


def alone(state: AppState, algorithm: str, start: Start) -> AppState:
    """Return the state that shows one start and nothing else."""
    kind: dict[str, Any] = {"init": start.kind} if algorithm == "gmm" else {"kinit": start.kind}
    if algorithm == "gmm" and start.rested:
        kind |= {"tol": REST_TOL, "max_iter": REST_ITERATIONS}
    return state.but(view="compare", n_init=1, seed=start.seed, **kind)


def _badge(restarts: Restarts, start: Start) -> str:
    place = next(i for i, other in enumerate(restarts.starts) if other is start)
    name = optimum_name(int(restarts.optimum[place]))
    end = name if name == "collapsed" else f"end {name}"
    kind = words.start_names(restarts.algorithm)[start.kind]
    said = f"{words.METHODS[restarts.algorithm]} · start {start.number + 1} · {kind} · {end}"
    if (
        restarts.algorithm == "kmeans" and start.rested and start.moved
    ):  # it has no setting of its own
        return f"{said} · Compare stops it with {counted(start.moved, 'point')} still to move"
    return said


def _picked(both: dict[str, Restarts], picked: Any) -> tuple[Restarts, Start] | None:
    """Return the start that was clicked; else the best of the mixture's, else any."""
    if isinstance(picked, list) and len(picked) == 2 and picked[0] in _SIDES:
        restarts = both[picked[0]]
        for start in restarts.starts:
            if start.number == picked[1] and start.objective is not None:
                return restarts, start
    for side in reversed(_SIDES):
        if both[side].representatives:
            return both[side], both[side].representatives[0]
    return None


def gathered(pipeline: Pipeline, result: Any) -> tuple[AppState, str, dict[str, Restarts]]:
    """Return state, colour scheme, and by algorithm the starts that the browser has gathered."""
    state, scheme, rows = chain.gathered(pipeline.rows, "restarts", result)
    n = pipeline.points(state.data).n
    both = {side: restarts_of(side, rows.get(side, []), n=n, k=state.model.k) for side in _SIDES}
    return state, scheme, both
