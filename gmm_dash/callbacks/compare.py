"""The Compare view: one request, one answer that fills every part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, State, html

from gmm_dash import explain, ids
from gmm_dash.callbacks import all_rows, axes, downloads, panels, tables
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
from gmm_dash.pipeline.budget import check_background, check_comparison, check_joining
from gmm_dash.results import project
from gmm_dash.results.discs import floods
from gmm_dash.results.gap_marks import gap_marks
from gmm_dash.state import COVARIANCE_TYPES, starts

if TYPE_CHECKING:
    from gmm_dash.contract.answers import LiveFrame, Picture, Shown
    from gmm_dash.export import TablePage
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.results import Side
    from gmm_dash.state import AppState

_REQUEST: Final = ids.request("compare")
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

    @app.callback(
        Output(ids.answer("compare"), "data"),  # the page asks, and fills itself
        Input(_REQUEST, "data"),
        prevent_initial_call=True,
    )
    @answers("shared")
    def draw(request: Any) -> Any:
        return answer(pipeline, *read(request))

    _register_table(app, pipeline)


def answer(pipeline: Pipeline, state: AppState, scheme: str) -> Shown:
    """Return what fills the view."""
    make = _answer_shapes if "shapes" in state.view.show else _answer_pair
    made = make(pipeline, state, scheme)
    more = all_rows.offer(pipeline, state)
    return {**made, "offers": axes.buttons(pipeline, state), "all_rows": more}


@dataclass(frozen=True, slots=True)
class _Pair:
    """Both methods on the same points: what is said of them, and what their plots show."""

    spoken: explain.Spoken
    sides: dict[str, Side]
    scenes: dict[str, scatter.Scene]
    slow: list[str | html.A]


def _pair_of(pipeline: Pipeline, state: AppState, scheme: str, most: int) -> _Pair:
    result = pipeline.compare.grouped(state)
    points, overlays = result.points, frozenset(state.view.show)
    projection = project(points, state.view.x, state.view.y)
    low, on = pipeline.compare.low_score(state, result), pipeline.compare.run_on(state, result)
    radii = result.kmeans_fit.radii[result.kmeans.order]
    flooded = floods(points, result.kmeans, radii, projection)
    spoken = explain.compare_spoken(
        result, low, on, projection, overlays, most,
        start=starts(state), state=state, flooded=flooded,
    )  # fmt: skip
    drawn = None if flooded else radii
    circles = None if drawn is None else (result.kmeans, drawn)
    marks = gap_marks(points, result.gmm_fit, result.gmm, projection)
    span = state.view.span
    ranges = scatter.ranges(points, projection, circles, (result.gmm,), span=span, gaps=marks)
    seen = (overlays, scheme, ranges, state.view.span > 0, most)
    laid = scatter.Laid.of(points, projection, most)
    kmeans, gmm = result.kmeans, result.gmm
    scenes = {
        "kmeans": scatter.Scene(points, projection, kmeans, drawn, *seen, gmm, laid=laid),
        "gmm": scatter.Scene(points, projection, gmm, None, *seen, kmeans, marks, laid),
    }
    sides = {"kmeans": result.kmeans, "gmm": result.gmm}
    return _Pair(spoken, sides, scenes, to_rest(spoken, state))


def _answer_pair(pipeline: Pipeline, state: AppState, scheme: str) -> Shown:
    pair = _pair_of(pipeline, state, scheme, pipeline.config.plot_points)
    slow = [html.P(pair.slow)] if pair.slow else []
    return _shown(pair.spoken, pair.sides, pair.scenes, state, slow)


def frame(pipeline: Pipeline, state: AppState, scheme: str) -> LiveFrame:
    """Return what Compare shows with these settings, for the browser to draw meanwhile.

    It is made as the settled answer is, from the same fits, so that both say and show the same.
    Of many points fewer are drawn, and said to be.

    Raises
    ------
    GmmDashError
        As the answer would, and where a canvas cannot draw it or nobody would wait for it.
    """
    points, overlays = pipeline.points(state.data), state.view.show
    batched = points.gaps is None  # what many kinds of gaps cost is not estimated
    if not batched or not set(overlays) <= set(live.OVERLAYS):
        raise FitError("This is drawn when the slider is let go.")
    check_comparison(points, state.model, live.MOST_SECONDS)
    if state.model.background == "on":
        check_background(points, state.model, live.MOST_SECONDS)
    pipeline.compare.check_all_rows(state, live.MOST_SECONDS)
    if pipeline.compare.carried(state):
        raise FitError("Of all rows this is drawn when the slider is let go.")
    if state.view.merge:
        check_joining(points.n, state.model.k, live.MOST_SECONDS)
    pair = _pair_of(pipeline, state, scheme, min(live.MOST_POINTS, pipeline.config.plot_points))
    said = panels.said(pair.spoken, pair.scenes)
    texts = pair.spoken.texts("notes")
    slow = "".join(part if isinstance(part, str) else str(part.children) for part in pair.slow)
    return {
        "pictures": {name: frames.traces(scene) for name, scene in pair.scenes.items()},
        "points": frames.positions(pair.scenes["kmeans"]),
        "ranges": pair.scenes["kmeans"].ranges.tolist(),
        "notice": pair.spoken.text("notice"),
        "notes": [*texts, slow] if slow else texts,
        "captions": said["captions"],
        "badges": said["badges"],
        "numbers": _numbers(pair.spoken, pair.sides),
    }


def _answer_shapes(pipeline: Pipeline, state: AppState, scheme: str) -> Shown:
    result = pipeline.compare.shapes(state)
    points, overlays = result.points, frozenset(state.view.show)
    projection = project(points, state.view.x, state.view.y)
    most = pipeline.config.plot_points
    spoken = explain.shapes_spoken(result, projection, overlays, most)
    ranges = scatter.ranges(points, projection, ellipses=result.sides, span=state.view.span)
    sides = dict(zip(COVARIANCE_TYPES, result.sides, strict=True))
    seen = (overlays, scheme, ranges, state.view.span > 0, most)
    laid = scatter.Laid.of(points, projection, most)
    scenes = {
        kind: scatter.Scene(points, projection, side, None, *seen, laid=laid)
        for kind, side in sides.items()
    }
    return _shown(spoken, sides, scenes, state, [])


def _shown(
    spoken: explain.Spoken,
    sides: dict[str, Side],
    scenes: dict[str, scatter.Scene],
    state: AppState,
    slow: list[html.P],
) -> Shown:
    said = panels.said(spoken, scenes)
    return {
        "notice": spoken.text("notice"),
        "notes": [*map(html.P, spoken.texts("notes")), *slow],
        "pictures": {name: _picture(name, scene, state) for name, scene in scenes.items()},
        "captions": said["captions"],
        "badges": said["badges"],
        "numbers": _numbers(spoken, sides),
    }


def _numbers(spoken: explain.Spoken, sides: dict[str, Side]) -> dict[str, dict[str, str]]:
    """Return the numbers of the panels shown."""
    return {
        name: {
            # what judges by the true groups is hidden where there are none
            term: ""
            if term in _BY_TRUTH and side.truth is None
            else shown(spoken.numbers[f"{name}.{term}"], _DIGITS[term])
            for term in _NUMBERS[name]
        }
        for name, side in sides.items()
    }


def _picture(name: str, scene: scatter.Scene, state: AppState) -> Picture:
    words = explain.described(scene.side, scene.projection)
    figure = scatter.build(scene)
    return panels.picture(name, figure, state, hover=hover.card(scene), words=words)


def _register_table(app: Dash, pipeline: Pipeline) -> None:
    app.clientside_callback(
        calls("tables", "remember"),  # so that a link shared now opens it, too
        Output(ids.control("open"), "value", allow_duplicate=True),
        Input(ids.COMPARE_TABLE_OPEN, "value"),
        State(ids.control("open"), "value"),
        prevent_initial_call=True,
    )

    def posteriors(request: Any, order: Any, page: Any) -> TablePage:
        state, _ = read(request)
        result = pipeline.compare.grouped(state)
        every = result.points.n > pipeline.points(state.data).n
        return posterior_page(result, pipeline.labels.lines(state.data, every=every), order, page)

    tables.fill_when(app, TABLE, Input(ids.COMPARE_TABLE_REQUEST, "data"), posteriors)

    def file(flat: Any) -> downloads.File:
        state, _ = read(flat)
        return LABELS_FILE, labels_csv(pipeline.labels.labelled(state))

    downloads.save(app, ids.COMPARE_DOWNLOAD, ids.COMPARE_DOWNLOAD_BUTTON, ids.STATE, file)
