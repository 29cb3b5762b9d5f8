"""The sub-tab "Pinned" of Compare: asked for when it is open, from both settings' fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, html, no_update

from gmm_dash import explain, ids
from gmm_dash.callbacks import downloads, panels, tables
from gmm_dash.callbacks.asked import read
from gmm_dash.callbacks.declare import answers
from gmm_dash.callbacks.export import write
from gmm_dash.contract.methods import METHODS
from gmm_dash.explain.captions import crosses_sentences
from gmm_dash.explain.pinned import pinned_spoken, scores_shown
from gmm_dash.export.pinned import CROSSTAB_FILE, crosstab_csv, crosstab_page
from gmm_dash.figures import scatter
from gmm_dash.results import project
from gmm_dash.results.pinned import Pinned
from gmm_dash.state import pinned_of

if TYPE_CHECKING:
    from gmm_dash.contract.answers import Picture
    from gmm_dash.export import TablePage
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.results import Comparison, Side
    from gmm_dash.results.pinned import Refusal
    from gmm_dash.state import AppState

_DRAWN: Final = frozenset({"size", "ellipses", "centers"})
_MOST_DRAWN: Final = 5_000  # points of each plot
_PLOTS: Final = (ids.PINNED_BEFORE, ids.PINNED_NOW)


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""

    def crosstab(request: Any, order: Any, page: Any) -> TablePage:
        found, method, _, _ = asked(pipeline, request)
        return crosstab_page(found, method, order, page)

    tables.fill_when(app, ids.PINNED_TABLE, Input(ids.PINNED_REQUEST, "data"), crosstab)
    _register_server(app, pipeline)


def _register_server(app: Dash, pipeline: Pipeline) -> None:
    @app.callback(
        output={
            "notice": Output(ids.PINNED_NOTICE, "children"),
            "moved": Output(ids.PINNED_MOVED, "children"),
            "criteria": Output(ids.PINNED_SCORES_SAID, "children"),
            "scores": Output(ids.PINNED_SCORES, "children"),
            "body": Output(ids.PINNED_BODY, "style"),
            **panels.outputs(_PLOTS),
        },
        inputs={"request": Input(ids.PINNED_REQUEST, "data")},
        running=[(Output(ids.PINNED, "className"), "pinned-desk busy", "pinned-desk")],
        prevent_initial_call=True,
    )
    @answers("shared")
    def draw(request: Any) -> dict[str, Any]:
        return answer(pipeline, request)

    def file(request: Any) -> downloads.File | None:
        found, method, _, _ = asked(pipeline, request)
        return (CROSSTAB_FILE, crosstab_csv(found, method)) if isinstance(found, Pinned) else None

    def script(request: Any) -> downloads.File | None:
        settings = pinned_of(read(request)[0])
        return None if settings is None else write("script", settings, pipeline)

    downloads.save(app, ids.PINNED_DOWNLOAD, ids.PINNED_DOWNLOAD_BUTTON, ids.PINNED_REQUEST, file)
    downloads.save(app, ids.PINNED_SCRIPT, ids.PINNED_SCRIPT_BUTTON, ids.PINNED_REQUEST, script)


def asked(pipeline: Pipeline, request: Any) -> tuple[Pinned | Refusal | None, str, AppState, str]:
    """Return both results, the method whose groups are wanted, the state, the colour scheme."""
    state, scheme = read(request)
    return pipeline.compare.pinned(state), state.view.whose, state, scheme


def answer(pipeline: Pipeline, request: Any) -> dict[str, Any]:
    """Return what fills the sub-tab but its table, by the names of the outputs."""
    found, method, state, scheme = asked(pipeline, request)
    spoken = pinned_spoken(found)
    said = {
        "notice": spoken.text("notice"),
        "moved": [html.P(text) for text in spoken.texts(f"moved.{method}")],
        "criteria": [html.P(text) for text in spoken.texts("criteria")],
    }
    if not isinstance(found, Pinned):
        nothing = dict.fromkeys(_PLOTS, no_update)
        return {
            **said,
            "scores": no_update,
            "body": {"display": "none"},
            **dict.fromkeys(("pictures", "captions", "badges"), nothing),
        }
    results = {ids.PINNED_BEFORE: found.before, ids.PINNED_NOW: found.now}
    sides = dict(zip(_PLOTS, found.sides(method), strict=True))
    most = min(_MOST_DRAWN, pipeline.config.plot_points)
    scenes = _scenes(results, sides, state, scheme, most)
    return {
        **said,
        "scores": _scores(found, method),
        "body": {},
        "pictures": {name: _picture(name, one, state, method) for name, one in scenes.items()},
        "captions": {name: _caption(scenes[name], method) for name in _PLOTS},
        "badges": {name: explain.counted(side.k, "group") for name, side in sides.items()},
    }


def _scenes(
    results: dict[str, Comparison],
    sides: dict[str, Side],
    state: AppState,
    scheme: str,
    most: int,
) -> dict[str, scatter.Scene]:
    """Return both plots; their axes reach equally far where they show the same."""
    laid = {
        name: project(result.points, state.view.x, state.view.y) for name, result in results.items()
    }
    outlines = {name: (side,) if side.method == "gmm" else () for name, side in sides.items()}
    ranges = {
        name: scatter.ranges(results[name].points, laid[name], ellipses=outlines[name])
        for name in results
    }
    first, second = laid.values()
    if (first.titles, first.bends) == (second.titles, second.bends):
        ranges = dict.fromkeys(results, scatter.joint(*ranges.values()))
    return {
        name: scatter.Scene(
            results[name].points, laid[name], sides[name], None, _DRAWN, scheme, ranges[name],
            most=most,
        )
        for name in results
    }  # fmt: skip


def _picture(name: str, scene: scatter.Scene, state: AppState, method: str) -> Picture:
    words = explain.described(scene.side, scene.projection)
    axes = (method, *state.view.pin)
    return panels.picture(name, scatter.build(scene), state, *axes, words=words)


def _caption(scene: scatter.Scene, method: str) -> str:
    if method == "kmeans":
        return explain.kmeans_caption(scene.points, scene.projection, _DRAWN, bootstrapped=False)
    certainty = scene.side.certainty
    caption = explain.gmm_caption(scene.points, scene.projection, _DRAWN, certainty=certainty)
    crosses = crosses_sentences(scene.side, scene.projection, _DRAWN)
    return " ".join([caption, *(one.text for one in crosses)])


def _scores(found: Pinned, method: str) -> html.Table:
    heads = ("", "Pinned", "Now", "Difference")
    return html.Table(
        [
            html.Thead(html.Tr([html.Th(text, scope="col") for text in heads])),
            html.Tbody(
                [
                    html.Tr([html.Th(name, scope="row"), *(html.Td(cell) for cell in cells)])
                    for name, *cells in scores_shown(found, method)
                ]
            ),
        ],
        className="data-table",
        title=METHODS[method],
    )
