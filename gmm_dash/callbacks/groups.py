"""The sub-tab "Groups" of Compare: asked for when it is open, from the fits of the plots."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, State, html

from gmm_dash import explain, ids
from gmm_dash.callbacks import panels, tables
from gmm_dash.callbacks.asked import read
from gmm_dash.callbacks.declare import answers
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.contract.methods import METHODS
from gmm_dash.export.profile import columns_page, groups_page
from gmm_dash.figures import frame, merging, profile, scatter
from gmm_dash.results import project
from gmm_dash.results.profile_claims import SHOWN
from gmm_dash.theme import look as look_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from gmm_dash.contract.answers import GroupName, Picture
    from gmm_dash.engine import Merging
    from gmm_dash.export import TablePage
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.results import Comparison, Side
    from gmm_dash.results.profile import Profiles
    from gmm_dash.state import AppState

_DRAWN: Final = frozenset({"size", "ellipses", "centers"})
_MOST_DRAWN: Final = 5_000  # points of the small plot
_TABLES: Final[dict[str, tuple[Callable[[str], str], Callable[..., TablePage]]]] = {
    "groups": (ids.groups_table, groups_page),
    "columns": (ids.columns_table, columns_page),
}


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""
    app.clientside_callback(
        calls("groups", "merge"),
        Output(ids.control("merge"), "value", allow_duplicate=True),
        Input(ids.MERGE_SLIDER, "value"),
        State(ids.MERGE_SLIDER, "max"),
        State(ids.STATE, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("groups", "name"),
        Output(ids.GROUP_NAMES_BOX, "title"),
        Input(ids.GROUP_NAMES, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("groups", "count"),
        Output(ids.MERGE_COUNT, "children"),
        Input(ids.MERGE_SLIDER, "value"),
        Input(ids.MERGE_SLIDER, "max"),
        prevent_initial_call=True,
    )
    _register_pictures(app, pipeline)
    for name, page in _TABLES.values():
        for method in METHODS:
            page_of = partial(_page, pipeline, page, method)
            tables.fill_when(app, name(method), Input(ids.GROUPS_REQUEST, "data"), page_of)


def _register_pictures(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output={
            "notice": Output(ids.GROUPS_NOTICE, "children"),
            "notes": Output(ids.GROUPS_NOTES, "children"),
            "merge": {
                "hidden": Output(ids.MERGE, "style"),
                "said": Output(ids.MERGE_SAID, "children"),
                "max": Output(ids.MERGE_SLIDER, "max"),
                "value": Output(ids.MERGE_SLIDER, "value"),
                "marks": Output(ids.MERGE_SLIDER, "marks"),
                "pictures": {
                    name: Output(ids.picture(name), "data")
                    for name in (ids.MERGE_PLOT, ids.MERGE_CURVE, ids.MERGE_TREE)
                },
            },
            "names": Output(ids.GROUP_NAMES, "data"),
            "heights": {m: Output(ids.groups_box(m), "style") for m in METHODS},
            **panels.outputs(METHODS, ids.groups_plot),
        },
        inputs={"request": Input(ids.GROUPS_REQUEST, "data")},
        running=[(Output(ids.GROUPS, "className"), "groups busy", "groups")],
        prevent_initial_call=True,
    )
    @answers("shared")
    def draw(request: Any) -> dict[str, Any]:
        state, scheme = read(request)
        return answer(pipeline, state, scheme)


def answer(pipeline: Pipeline, state: AppState, scheme: str) -> dict[str, Any]:
    """Return what fills the sub-tab but its tables, by the names of the outputs."""
    found, result = pipeline.compare.profiles(state), pipeline.compare.grouped(state)
    most = min(_MOST_DRAWN, pipeline.config.plot_points)
    joinings = pipeline.compare.merging(state, result)
    spoken = explain.groups_spoken(found, result, joinings, state.view.merge)
    said = panels.said(spoken, [ids.groups_plot(method) for method in METHODS])
    return {
        "notice": spoken.text("notice"),
        "notes": [html.P(sentence) for sentence in spoken.texts("notes")],
        "merge": _merge(result, joinings, state, scheme, most, spoken),
        "names": _names(result.gmm, scheme),
        "heights": {
            method: {"--heat": f"{profile.height(one, SHOWN)}px"}
            for method, one in found.both.items()
        },
        "pictures": {method: _picture(found, method, state, scheme) for method in METHODS},
        "captions": {m: said["captions"][ids.groups_plot(m)] for m in METHODS},
        "badges": {m: explain.counted(found.both[m].k, "group") for m in METHODS},
    }


def _names(side: Side, scheme: str) -> list[GroupName]:
    """Return the groups that can be named."""
    look = look_of(scheme)
    names = side.names or ("",) * side.k
    return [
        {"number": one + 1, "called": called, "colour": look.component(one), "name": name}
        for one, called, name in zip(side.colours.tolist(), side.called, names, strict=True)
    ]


def _merge(
    result: Comparison,
    found: Merging,
    state: AppState,
    scheme: str,
    most: int,
    spoken: explain.Spoken,
) -> dict[str, Any]:
    """Return what fills the card that joins components: it hides where there is one only."""
    points, side = result.points, result.gmm
    projection = project(points, state.view.x, state.view.y)
    ranges = scatter.ranges(points, projection, ellipses=(side,))
    scene = scatter.Scene(points, projection, side, None, _DRAWN, scheme, ranges, most=most)
    figures = {
        ids.MERGE_PLOT: scatter.build(scene),
        ids.MERGE_CURVE: merging.curve(found, side.k, scheme, explain.shown),
        ids.MERGE_TREE: merging.tree(found, side, scheme),
    }
    words = {
        ids.MERGE_PLOT: explain.described(side, projection),
        ids.MERGE_CURVE: explain.entropies_described(found),
        ids.MERGE_TREE: explain.joinings_described(found),
    }
    return {
        "hidden": {"display": "none"} if found.k == 1 else {},
        "said": spoken.text("merge"),
        "max": max(found.k, 2),
        "value": side.k,
        "marks": [{"value": g, "label": f"{g}"} for g in frame.count_ticks(range(1, found.k + 1))],
        "pictures": {
            name: panels.picture(name, figure, state, found.k, words=words[name])
            for name, figure in figures.items()
        },
    }


def _picture(found: Profiles, method: str, state: AppState, scheme: str) -> Picture:
    one = found.both[method]
    figure = profile.build(one, SHOWN, scheme, explain.shown)
    words = " ".join(sentence.text for sentence in explain.apart_sentences(one))
    shape = (one.k, min(len(one.columns), SHOWN))
    return panels.picture(ids.groups_plot(method), figure, state, *shape, words=words)


def _page(
    pipeline: Pipeline,
    make: Callable[..., TablePage],
    method: str,
    request: Any,
    order: Any,
    page: Any,
) -> TablePage:
    return make(pipeline.compare.profiles(read(request)[0]), method, order, page)
