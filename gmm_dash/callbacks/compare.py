"""The Compare view: one request, one answer that fills every part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, State, dcc, html, no_update

from gmm_dash import explain, ids
from gmm_dash.callbacks import axes, panels, tables
from gmm_dash.callbacks.asked import read
from gmm_dash.callbacks.declare import answers
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.callbacks.rest import to_rest
from gmm_dash.contract import live
from gmm_dash.engine.criteria import CRITERIA
from gmm_dash.errors import FitError
from gmm_dash.explain import shown
from gmm_dash.export import LABELS_FILE, labels_csv, posterior_page
from gmm_dash.figures import hover, scatter
from gmm_dash.figures import live as frames
from gmm_dash.layout.views.compare import GMM_NUMBERS, KMEANS_NUMBERS, SHAPE_NUMBERS, TABLE
from gmm_dash.pipeline.budget import check_comparison
from gmm_dash.results import project
from gmm_dash.results.discs import floods
from gmm_dash.state import COVARIANCE_TYPES, starts

if TYPE_CHECKING:
    from gmm_dash.contract.answers import LiveFrame, Picture
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.results import Side
    from gmm_dash.state import AppState

_REQUEST: Final = ids.request("compare")
_NAMES: Final = ("kmeans", "gmm", *COVARIANCE_TYPES)
_NUMBERS: Final = {
    "kmeans": KMEANS_NUMBERS,
    "gmm": GMM_NUMBERS,
    **dict.fromkeys(COVARIANCE_TYPES, SHAPE_NUMBERS),
}
_BY_TRUTH: Final = {"ari", "ami"}
_DIGITS: Final = dict.fromkeys(("log_likelihood", *CRITERIA, "inertia"), 4) | dict.fromkeys(
    ("ari", "ami", "silhouette", "agreement"), 3
)


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""
    stage = ids.stage("compare")

    @app.callback(
        output={
            "notice": Output(ids.COMPARE_NOTICE, "children"),
            "notes": Output(ids.COMPARE_NOTES, "children"),
            "offers": Output(ids.AXES_OFFERS, "children"),
            "pair_hidden": Output(ids.COMPARE_PAIR, "hidden"),
            "shapes_hidden": Output(ids.COMPARE_SHAPES, "hidden"),
            **panels.outputs(_NAMES),
            "numbers": {
                n: {t: Output(ids.number(n, t), "children") for t in _NUMBERS[n]} for n in _NAMES
            },
        },
        inputs={"request": Input(_REQUEST, "data")},
        running=[(Output(stage, "className"), "stage busy", "stage")],
        prevent_initial_call=True,
    )
    @answers("shared")
    def draw(request: Any) -> dict[str, Any]:
        return answer(pipeline, *read(request))

    _register_table(app, pipeline)


def answer(pipeline: Pipeline, state: AppState, scheme: str) -> dict[str, Any]:
    """Return what fills the view, by the names of the outputs."""
    make = _answer_shapes if "shapes" in state.view.show else _answer_pair
    return make(pipeline, state, scheme) | {"offers": axes.buttons(pipeline, state)}


@dataclass(frozen=True, slots=True)
class _Pair:
    """Both methods on the same points: what is said of them, and what their plots show."""

    spoken: explain.Spoken
    sides: dict[str, Side]
    scenes: dict[str, scatter.Scene]
    slow: list[str | html.A]


def _pair_of(pipeline: Pipeline, state: AppState, scheme: str) -> _Pair:
    result = pipeline.comparison(state)
    points, overlays = result.points, frozenset(state.view.show)
    projection = project(points, state.view.x, state.view.y)
    low, on = pipeline.low_score(state), pipeline.run_on(state)
    most = pipeline.config.plot_points
    spoken = explain.compare_spoken(
        result, low, on, projection, overlays, most, start=starts(state)
    )
    radii = result.kmeans_fit.radii[result.kmeans.order]
    drawn = None if floods(points, result.kmeans, radii, projection) else radii
    circles = None if drawn is None else (result.kmeans, drawn)
    ranges = scatter.ranges(points, projection, circles, (result.gmm,), span=state.view.span)
    seen = (overlays, scheme, ranges, state.view.span > 0, most)
    scenes = {
        "kmeans": scatter.Scene(points, projection, result.kmeans, drawn, *seen, result.gmm),
        "gmm": scatter.Scene(points, projection, result.gmm, None, *seen, result.kmeans),
    }
    sides = {"kmeans": result.kmeans, "gmm": result.gmm}
    return _Pair(spoken, sides, scenes, to_rest(spoken, state))


def _answer_pair(pipeline: Pipeline, state: AppState, scheme: str) -> dict[str, Any]:
    pair = _pair_of(pipeline, state, scheme)
    answer = _answer(pair.spoken) | {"pair_hidden": False, "shapes_hidden": True}
    answer["notes"] += [html.P(pair.slow)] if pair.slow else []
    _fill(answer, pair.spoken, pair.sides)
    answer["pictures"] |= {n: _picture(n, scene, state) for n, scene in pair.scenes.items()}
    return answer


def frame(pipeline: Pipeline, state: AppState, scheme: str) -> LiveFrame:
    """Return what Compare shows with these settings, for the browser to draw meanwhile.

    It is made as the settled answer is, from the same fits, so that both say and show the same.

    Raises
    ------
    GmmDashError
        As the answer would, and where a canvas cannot draw it or nobody would wait for it.
    """
    points, overlays = pipeline.points(state.data), state.view.show
    if points.n > live.MOST_POINTS or not set(overlays) <= set(live.OVERLAYS):
        raise FitError("This is drawn when the slider is let go.")
    check_comparison(points, state.model, live.MOST_SECONDS)
    pair = _pair_of(pipeline, state, scheme)
    said = panels.said(pair.spoken, pair.scenes)
    texts = pair.spoken.texts("notes")
    slow = "".join(part if isinstance(part, str) else str(part.children) for part in pair.slow)
    answer: dict[str, Any] = {"numbers": {}}
    _fill(answer, pair.spoken, pair.sides)
    return {
        "pictures": {name: frames.traces(scene) for name, scene in pair.scenes.items()},
        "points": frames.positions(pair.scenes["kmeans"]),
        "ranges": pair.scenes["kmeans"].ranges.tolist(),
        "notice": pair.spoken.text("notice"),
        "notes": [*texts, slow] if slow else texts,
        "captions": said["captions"],
        "badges": said["badges"],
        "numbers": answer["numbers"],
    }


def _answer_shapes(pipeline: Pipeline, state: AppState, scheme: str) -> dict[str, Any]:
    result = pipeline.shapes(state)
    points, overlays = result.points, frozenset(state.view.show)
    projection = project(points, state.view.x, state.view.y)
    most = pipeline.config.plot_points
    spoken = explain.shapes_spoken(result, projection, overlays, most)
    ranges = scatter.ranges(points, projection, ellipses=result.sides, span=state.view.span)
    answer = _answer(spoken) | {"pair_hidden": True, "shapes_hidden": False}
    sides = dict(zip(COVARIANCE_TYPES, result.sides, strict=True))
    _fill(answer, spoken, sides)
    seen = (overlays, scheme, ranges, state.view.span > 0, most)
    for kind, side in sides.items():
        scene = scatter.Scene(points, projection, side, None, *seen)
        answer["pictures"][kind] = _picture(kind, scene, state)
    return answer


def _answer(spoken: explain.Spoken) -> dict[str, Any]:
    """Return an answer that says everything, and leaves plots and numbers as they are."""
    return {
        "notice": spoken.text("notice"),
        "notes": [html.P(sentence) for sentence in spoken.texts("notes")],
        "pictures": dict.fromkeys(_NAMES, no_update),
        **panels.said(spoken, _NAMES),
        "numbers": {n: dict.fromkeys(_NUMBERS[n], no_update) for n in _NAMES},
    }


def _fill(answer: dict[str, Any], spoken: explain.Spoken, sides: dict[str, Side]) -> None:
    """Put the numbers of the panels shown into an answer."""
    for name, side in sides.items():
        values = {term: spoken.numbers[f"{name}.{term}"] for term in _NUMBERS[name]}
        answer["numbers"][name] = {
            # what judges by the true groups is hidden where there are none
            term: "" if term in _BY_TRUTH and side.truth is None else shown(value, _DIGITS[term])
            for term, value in values.items()
        }


def _picture(name: str, scene: scatter.Scene, state: AppState) -> Picture:
    words = explain.described(scene.side, scene.projection)
    figure = scatter.build(scene)
    return panels.picture(name, figure, state, hover=hover.card(scene), words=words)


def _register_table(app: Dash, pipeline: Pipeline) -> None:
    app.clientside_callback(
        calls("tables", "whenOpen"),  # a closed table asks for nothing
        Output(ids.COMPARE_TABLE_REQUEST, "data"),
        Input(ids.COMPARE_TABLE_OPEN, "value"),
        Input(_REQUEST, "data"),
        prevent_initial_call=True,
    )

    app.clientside_callback(
        calls("tables", "remember"),  # so that a link shared now opens it, too
        Output(ids.control("open"), "value", allow_duplicate=True),
        Input(ids.COMPARE_TABLE_OPEN, "value"),
        State(ids.control("open"), "value"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output(ids.table_rows(TABLE), "data"),
        Output(ids.table_page(TABLE), "total"),
        Input(ids.COMPARE_TABLE_REQUEST, "data"),
        Input(ids.table_order(TABLE), "data"),
        Input(ids.table_page(TABLE), "value"),
        prevent_initial_call=True,
    )
    @answers("shared")
    def fill(request: Any, order: Any, page: Any) -> tuple[Any, Any]:
        if request is None:
            return no_update, no_update
        state, _ = read(request)
        result = pipeline.comparison(state)
        every = result.points.n > pipeline.points(state.data).n
        rows = posterior_page(result, pipeline.lines(state.data, every=every), order, page)
        return tables.rows_of(rows)

    @app.callback(
        Output(ids.COMPARE_DOWNLOAD, "data"),
        Input(ids.COMPARE_DOWNLOAD_BUTTON, "n_clicks"),
        State(_REQUEST, "data"),
        prevent_initial_call=True,
    )
    @answers("private")
    def download(clicks: Any, request: Any) -> Any:
        if not clicks:
            return no_update
        state, _ = read(request)
        return dcc.send_string(labels_csv(pipeline.labelled(state)), LABELS_FILE)
