"""Restarts, All rows: the ends of the sample's starts are offered to be carried on, and shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, State, html, no_update

from gmm_dash import ids
from gmm_dash.callbacks import chain, restarts
from gmm_dash.callbacks.asked import read
from gmm_dash.callbacks.declare import answers
from gmm_dash.callbacks.downloads import sent
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.callbacks.pieces import Work
from gmm_dash.explain import restarts_whole as words
from gmm_dash.explain.select_whole import kept_sentences
from gmm_dash.export.restarts_ends import ends_csv
from gmm_dash.pipeline.carrying import rules_of
from gmm_dash.results.restarts import KINDS, optimum_name, restarts_of
from gmm_dash.results.restarts_whole import Ends, Offered, carried_numbers, numbers_of
from gmm_dash.state import to_query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gmm_dash.pipeline import Pipeline
    from gmm_dash.results.restarts import Restarts
    from gmm_dash.state import AppState

_SIDES: Final = ("kmeans", "gmm")  # as they stand on the page
_SURVEYED: Final = ids.chain("restarts", "final")
_RESULT: Final = ids.chain(ids.RESTARTS_WHOLE, "result")


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""
    chain.buttons(app, ids.RESTARTS_WHOLE)
    app.clientside_callback(
        calls("whole", "follow"),
        Output(ids.RESTARTS_WHOLE_BOX, "className"),
        Input(ids.chain("restarts", "result"), "data"),
        Input(ids.RESTARTS_WHOLE_OFFER, "data"),
        State(ids.chain(ids.RESTARTS_WHOLE, "config"), "data"),
        prevent_initial_call=True,
    )
    _register_offer(app, pipeline)
    _register_drawing(app, pipeline)
    _register_download(app, pipeline)


def work(pipeline: Pipeline, asked: Mapping[str, Any], state: AppState) -> Work:
    """Return how the ends that a request names are carried on, by the settings of ``state``."""
    starts = numbers_of(asked.get("ends"))
    plan = pipeline.restarts_whole.plan(state, starts)
    return Work(
        tuple(step.piece.seconds for step in plan),
        tuple(int(step.piece.last) for step in plan),
        "ends",
        partial(pipeline.restarts_whole.piece, state, starts),
        needless=partial(pipeline.restarts_whole.needless, state, starts),
    )


def _register_offer(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        Output(ids.RESTARTS_WHOLE_OFFER, "data"),
        Output(ids.RESTARTS_WHOLE_SAYS, "children"),
        Input(_SURVEYED, "data"),
        prevent_initial_call=True,
    )
    @answers("shared")
    def offer(result: Any) -> tuple[Any, ...]:
        if result is None:
            return no_update, no_update
        state, scheme, both = restarts.gathered(pipeline, result)
        why = pipeline.restarts_whole.why_not(state)
        finished = result.get("finished") is True
        if why == "short" or not finished or not any(one.representatives for one in both.values()):
            return None, words.NOTHING
        sample = pipeline.points(state.data)
        if why:
            kept = kept_sentences(sample, why, pipeline.config.all_rows)
            return {"kept": True}, " ".join(one.text for one in kept)
        starts, offered = offered_of(pipeline, state, both)
        said = words.offer_sentences(sample, offered)
        ends = {name: list(numbers) for name, numbers in starts.items()}
        request = state.to_flat() | {"scheme": scheme, "ends": ends}
        return {"request": request}, " ".join(one.text for one in said)


def offered_of(
    pipeline: Pipeline, state: AppState, both: Mapping[str, Restarts]
) -> tuple[dict[str, tuple[int, ...]], Offered]:
    """Return which starts' ends would be carried on, and what there is to say of it."""
    best = {name: carried_numbers(both[name]) for name in KINDS}
    runs = {step.run for step in pipeline.restarts_whole.plan(state, best)}
    starts = {
        name: tuple(number for number in numbers if (name, number) in runs)
        for name, numbers in best.items()
    }
    ends = {name: len(starts[name]) for name in _SIDES}
    total = {name: len(both[name].representatives) for name in _SIDES}
    n = pipeline.points(state.data).n_total
    return starts, Offered(ends, total, n, rules_of(state.model).max_iter)


def _register_drawing(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output={
            "found": Output(ids.RESTARTS_WHOLE_FOUND, "children"),
            "ends": {name: Output(ids.restarts_ends(name), "data") for name in KINDS},
            "ways": {name: Output(ids.restarts_ways(name), "children") for name in KINDS},
        },
        inputs={"result": Input(_RESULT, "data"), "surveyed": Input(_SURVEYED, "data")},
        prevent_initial_call=True,
    )
    @answers("shared")
    def draw(result: Any, surveyed: Any) -> dict[str, Any]:
        parts = dict.fromkeys(KINDS, no_update)
        nothing = {"found": no_update, "ends": parts, "ways": parts}
        if result is None or surveyed is None:
            return nothing
        ends = gathered(pipeline, result, surveyed)
        if ends is None:  # of other starts: what is offered now follows
            return nothing
        state, _ = read(result["request"])
        said = [words.ends_sentences(ends[name]) for name in _SIDES]
        return {
            "found": [html.P(" ".join(one.text for one in some)) for some in said if some],
            "ends": {name: words.ends_table(one) for name, one in ends.items()},
            "ways": {name: _ways(links_of(pipeline, state, one)) for name, one in ends.items()},
        }


def links_of(pipeline: Pipeline, state: AppState, ends: Ends) -> list[str]:
    """Return the links that show each end of one algorithm in Compare; empty where none does.

    Compare has no limit of its own on the passes over all rows, so an end at that limit is none of
    its models.
    """
    links = []
    for i in range(len(ends.numbers)):
        start = ends.start(i)
        if start is None or not (start.sound and start.converged):
            links.append("")
            continue
        # nothing that keeps Compare to the sample, and none of its other pictures
        show = [one for one in state.view.show if one not in ("bootstrap", "shapes")]
        plain = state.but(background="off", hard=0.0, gaps="drop", show=show)
        chosen = restarts.alone(plain, ends.every.algorithm, start)
        links.append(to_query(chosen) if pipeline.compare.of_all_rows(chosen) else "")
    return links


def _ways(links: list[str]) -> list[Any]:
    """Return links to Compare, named by their ends; nothing where there are none."""
    ways = [html.A(f"end {optimum_name(i)}", href=link) for i, link in enumerate(links) if link]
    return ["Open in Compare:", *ways] if ways else []


def _register_download(app: Dash, pipeline: Pipeline) -> None:
    app.clientside_callback(
        calls("chain", "both"),  # a file is made at once or not at all: rows go with the wish
        Output(ids.RESTARTS_WHOLE_WANTED, "data"),
        Input(ids.RESTARTS_WHOLE_DOWNLOAD_BUTTON, "n_clicks"),
        State(ids.chain(ids.RESTARTS_WHOLE, "config"), "data"),
        State(ids.chain("restarts", "config"), "data"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output(ids.RESTARTS_WHOLE_DOWNLOAD, "data"),
        Input(ids.RESTARTS_WHOLE_WANTED, "data"),
        prevent_initial_call=True,
    )
    @answers("private")
    def make(wanted: Any) -> Any:
        if not isinstance(wanted, list) or len(wanted) != 2:
            return no_update
        ends = gathered(pipeline, *wanted)
        return sent(None if ends is None else ("ends-all-rows.csv", ends_csv(ends)))


def gathered(pipeline: Pipeline, result: Any, surveyed: Any) -> dict[str, Ends] | None:
    """Return the ends by algorithm; None where they are not those of the starts that are shown."""
    state, _, rows = chain.gathered(pipeline.rows, ids.RESTARTS_WHOLE, result)
    starts = numbers_of(result["request"].get("ends"))
    of_sample, _, both = restarts.gathered(pipeline, surveyed)
    same = of_sample.data == state.data and of_sample.model == state.model
    if not same or any(
        carried_numbers(both[name])[: len(starts[name])] != starts[name] for name in KINDS
    ):
        return None
    n, k = pipeline.restarts_whole.points(state).n, state.model.k
    every = {name: restarts_of(name, rows.get(name, []), n=n, k=k) for name in KINDS}
    stretch = pipeline.restarts_whole.stretch(state)
    return {name: Ends(both[name], every[name], starts[name], stretch) for name in KINDS}
