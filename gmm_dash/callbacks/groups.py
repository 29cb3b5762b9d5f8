"""The sub-tab "Groups" of Compare: asked for when it is open, from the fits of the plots."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, html

from gmm_dash import explain, ids
from gmm_dash.callbacks import panels, tables
from gmm_dash.callbacks.asked import read
from gmm_dash.callbacks.declare import answers
from gmm_dash.contract.methods import METHODS
from gmm_dash.export.profile import columns_page, groups_page
from gmm_dash.figures import profile
from gmm_dash.results.profile_claims import SHOWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from gmm_dash.contract.answers import Picture
    from gmm_dash.export import TablePage
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.results.profile import Profiles
    from gmm_dash.state import AppState

_TABLES: Final[dict[str, tuple[Callable[[str], str], Callable[..., TablePage]]]] = {
    "groups": (ids.groups_table, groups_page),
    "columns": (ids.columns_table, columns_page),
}


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""
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
    found = pipeline.profiles(state)
    spoken = explain.groups_spoken(found)
    said = panels.said(spoken, [ids.groups_plot(method) for method in METHODS])
    return {
        "notice": spoken.text("notice"),
        "notes": [html.P(sentence) for sentence in spoken.texts("notes")],
        "heights": {
            method: {"--heat": f"{profile.height(one, SHOWN)}px"}
            for method, one in found.both.items()
        },
        "pictures": {method: _picture(found, method, state, scheme) for method in METHODS},
        "captions": {m: said["captions"][ids.groups_plot(m)] for m in METHODS},
        "badges": {m: explain.counted(found.both[m].k, "group") for m in METHODS},
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
    return make(pipeline.profiles(read(request)[0]), method, order, page)
