"""The Compare view: one request, one answer that fills every part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update

from gmm_dash import explain, ids
from gmm_dash.callbacks import tables
from gmm_dash.callbacks.requests import frame_of, read
from gmm_dash.explain import shown
from gmm_dash.export import posterior_csv, posterior_page
from gmm_dash.figures import hover, scatter
from gmm_dash.layout.views.compare import GMM_NUMBERS, KMEANS_NUMBERS, SHAPE_NUMBERS, TABLE
from gmm_dash.results import project
from gmm_dash.state import COVARIANCE_TYPES

if TYPE_CHECKING:
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.results import Comparison, Side
    from gmm_dash.state import AppState

_REQUEST: Final = ids.request("compare")
_NAMES: Final = ("kmeans", "gmm", *COVARIANCE_TYPES)
_NUMBERS: Final = {
    "kmeans": KMEANS_NUMBERS,
    "gmm": GMM_NUMBERS,
    **dict.fromkeys(COVARIANCE_TYPES, SHAPE_NUMBERS),
}


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""
    stage = ids.stage("compare")

    @app.callback(
        output={
            "notice": Output(ids.COMPARE_NOTICE, "children"),
            "notes": Output(ids.COMPARE_NOTES, "children"),
            "pair_hidden": Output(ids.COMPARE_PAIR, "hidden"),
            "shapes_hidden": Output(ids.COMPARE_SHAPES, "hidden"),
            "pictures": {n: Output(ids.picture(n), "data") for n in _NAMES},
            "captions": {n: Output(ids.caption(n), "children") for n in _NAMES},
            "badges": {n: Output(ids.badge(n), "children") for n in _NAMES},
            "numbers": {
                n: {t: Output(ids.number(n, t), "children") for t in _NUMBERS[n]} for n in _NAMES
            },
        },
        inputs={"request": Input(_REQUEST, "data")},
        running=[(Output(stage, "className"), "stage busy", "stage")],
        prevent_initial_call=True,
    )
    def draw(request: Any) -> dict[str, Any]:
        state, scheme = read(request)
        if "shapes" in state.view.show:
            return _answer_shapes(pipeline, state, scheme)
        return _answer_pair(pipeline, state, scheme)

    _register_table(app, pipeline)


def _answer_pair(pipeline: Pipeline, state: AppState, scheme: str) -> dict[str, Any]:
    result = pipeline.comparison(state)
    points, overlays = result.points, frozenset(state.view.show)
    projection = project(points, state.view.x, state.view.y)
    radii = result.kmeans_fit.radii[result.kmeans.order]
    ranges = scatter.ranges(points, projection, (result.kmeans, radii), (result.gmm,))
    scenes = {
        "kmeans": scatter.Scene(points, projection, result.kmeans, radii, overlays, scheme, ranges),
        "gmm": scatter.Scene(points, projection, result.gmm, None, overlays, scheme, ranges),
    }
    answer = _blank()
    answer |= {
        "notice": explain.notice(result),
        "notes": _paragraphs(
            [*explain.notes(points, projection, overlays), *explain.reasons(result)]
        ),
        "pair_hidden": False,
        "shapes_hidden": True,
    }
    answer["pictures"] |= {n: _picture(n, scene, state) for n, scene in scenes.items()}
    answer["captions"] |= {
        "kmeans": explain.kmeans_caption(
            points, projection, overlays, bootstrapped=result.bootstrapped
        ),
        "gmm": explain.gmm_caption(points, projection, overlays),
    }
    answer["badges"] |= {
        "kmeans": explain.kmeans_badge(result.kmeans_fit),
        "gmm": explain.gmm_badge(result.gmm_fit),
    }
    answer["numbers"] |= {"kmeans": _kmeans_numbers(result), "gmm": _gmm_numbers(result)}
    return answer


def _answer_shapes(pipeline: Pipeline, state: AppState, scheme: str) -> dict[str, Any]:
    result = pipeline.shapes(state)
    points, overlays = result.points, frozenset(state.view.show)
    projection = project(points, state.view.x, state.view.y)
    ranges = scatter.ranges(points, projection, ellipses=result.sides)
    answer = _blank()
    answer |= {
        "notice": explain.shapes_notice(result),
        "notes": _paragraphs(
            [*explain.notes(points, projection, overlays), *explain.shape_reasons(result)]
        ),
        "pair_hidden": True,
        "shapes_hidden": False,
    }
    for kind, fit, side in zip(COVARIANCE_TYPES, result.fits, result.sides, strict=True):
        scene = scatter.Scene(points, projection, side, None, overlays, scheme, ranges)
        answer["pictures"][kind] = _picture(kind, scene, state)
        answer["captions"][kind] = explain.gmm_caption(points, projection, overlays)
        answer["badges"][kind] = explain.gmm_badge(fit, named=False)
        answer["numbers"][kind] = {
            "log_likelihood": shown(fit.log_likelihood),
            "aic": shown(fit.aic),
            "bic": shown(fit.bic),
            "ari": _against_truth(side, side.ari),
        }
    return answer


def _blank() -> dict[str, Any]:
    """Return an answer that leaves every plot as it is."""
    return {
        "pictures": dict.fromkeys(_NAMES, no_update),
        "captions": dict.fromkeys(_NAMES, no_update),
        "badges": dict.fromkeys(_NAMES, no_update),
        "numbers": {n: dict.fromkeys(_NUMBERS[n], no_update) for n in _NAMES},
    }


def _picture(name: str, scene: scatter.Scene, state: AppState) -> dict[str, Any]:
    return {
        "name": name,
        "figure": scatter.build(scene),
        "frame": frame_of(state),
        "hover": hover.card(scene),
    }


def _kmeans_numbers(result: Comparison) -> dict[str, str]:
    return _common(result.kmeans) | {
        "silhouette": shown(result.silhouettes[0], 3),
        "inertia": shown(result.kmeans_fit.inertia),
        "agreement": shown(result.agreement, 3),
    }


def _gmm_numbers(result: Comparison) -> dict[str, str]:
    fit = result.gmm_fit
    return _common(result.gmm) | {
        "silhouette": shown(result.silhouettes[1], 3),
        "log_likelihood": shown(fit.log_likelihood),
        "aic": shown(fit.aic),
        "bic": shown(fit.bic),
    }


def _common(side: Side) -> dict[str, str]:
    return {"ari": _against_truth(side, side.ari), "ami": _against_truth(side, side.ami)}


def _against_truth(side: Side, value: float | None) -> str:
    """Return a number that judges by the true groups; the page hides it where there are none."""
    return "" if side.truth is None else shown(value, 3)


def _paragraphs(sentences: list[str]) -> list[html.P]:
    return [html.P(sentence) for sentence in sentences]


def _register_table(app: Dash, pipeline: Pipeline) -> None:
    app.clientside_callback(
        ClientsideFunction("explorer", "whenOpen"),  # a closed table asks for nothing
        Output(ids.COMPARE_TABLE_REQUEST, "data"),
        Input(ids.COMPARE_TABLE_OPEN, "value"),
        Input(_REQUEST, "data"),
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
    def fill(request: Any, order: Any, page: Any) -> tuple[Any, Any]:
        if request is None:
            return no_update, no_update
        state, _ = read(request)
        rows = posterior_page(pipeline.comparison(state), order, page)
        return tables.rows_of(rows)

    @app.callback(
        Output(ids.COMPARE_DOWNLOAD, "data"),
        Input(ids.COMPARE_DOWNLOAD_BUTTON, "n_clicks"),
        State(_REQUEST, "data"),
        prevent_initial_call=True,
    )
    def download(clicks: Any, request: Any) -> Any:
        if not clicks:
            return no_update
        state, _ = read(request)
        return dcc.send_string(posterior_csv(pipeline.comparison(state)), "posteriors.csv")
