"""The Colours view: an image goes in by an address of its own, its versions come as PNG."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, html
from flask import Response, request

from gmm_dash import explain, ids
from gmm_dash.callbacks.asked import read
from gmm_dash.callbacks.declare import answers
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.config import DAY
from gmm_dash.contract.addresses import IMAGES
from gmm_dash.contract.methods import METHODS
from gmm_dash.errors import BusyError, GmmDashError, ImportProblem
from gmm_dash.explain import kilobytes, shown
from gmm_dash.explain.colors_described import (
    after_described,
    before_described,
    space_described,
)
from gmm_dash.figures import colors
from gmm_dash.files.limits import Limits
from gmm_dash.layout.views.colors import NUMBERS

if TYPE_CHECKING:
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.pipeline.colors import Recoloured
    from gmm_dash.results import Recolouring
    from gmm_dash.state import AppState


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the addresses of images, and the callbacks of this module."""
    base = pipeline.config.base_path
    _register_addresses(app, pipeline, base)
    app.clientside_callback(
        calls("colors", "open"),
        Output(ids.control("image"), "value", allow_duplicate=True),
        Output(ids.control("imagekey"), "value", allow_duplicate=True),
        Input(ids.IMAGE_UPLOADED, "data"),
        prevent_initial_call=True,
    )

    @app.callback(
        output={
            "notice": Output(ids.COLORS_NOTICE, "children"),
            "notes": Output(ids.COLORS_NOTES, "children"),
            "versions": {name: _version_outputs(name) for name in METHODS},
        },
        inputs={"request": Input(ids.request("colors"), "data")},
        running=[(Output(ids.stage("colors"), "className"), "stage busy", "stage")],
        prevent_initial_call=True,
    )
    @answers("shared")
    def draw(request: Any) -> dict[str, Any]:
        state, scheme = read(request)
        result = pipeline.colors.recoloured(state)
        spoken = explain.colors_spoken(result.study, result.sizes, result.note)
        return {
            "notice": spoken.text("notice"),
            "notes": [html.P(text) for text in spoken.texts("notes")],
            "versions": {
                name: _version(name, result, spoken, state, scheme, base) for name in METHODS
            },
        }


def _version_outputs(name: str) -> dict[str, Any]:
    panel, space = f"colors-{name}", f"space-{name}"
    return {
        "before": Output(ids.before(name), "src"),
        "before_said": Output(ids.before(name), "alt"),
        "after": Output(ids.after(name), "src"),
        "after_said": Output(ids.after(name), "alt"),
        "shape": Output(ids.before(name), "style"),
        "palette": Output(ids.palette(name), "children"),
        "href": Output(ids.image_download(name), "href"),
        "file": Output(ids.image_download(name), "download"),
        "badge": Output(ids.badge(panel), "children"),
        "caption": Output(ids.caption(panel), "children"),
        "numbers": {term: Output(ids.number(panel, term), "children") for term in NUMBERS},
        "space": Output(ids.picture(space), "data"),
        "space_caption": Output(ids.caption(space), "children"),
    }


def _version(
    name: str,
    result: Recoloured,
    spoken: explain.Spoken,
    state: AppState,
    scheme: str,
    base: str,
) -> dict[str, Any]:
    study, asked = result.study, state.colors
    version, png = (
        (study.kmeans, result.kmeans_png) if name == "kmeans" else (study.gmm, result.gmm_png)
    )
    address = "data:image/png;base64," + base64.b64encode(png).decode("ascii")
    height, width = study.pixels.shape[:2]
    stem = asked.key if asked.image == "upload" else asked.image
    return {
        "before": f"{base}{IMAGES}/{stem}.jpg",
        "before_said": before_described(study, name),
        "after": address,
        "after_said": after_described(study, name),
        "shape": {"aspectRatio": f"{width} / {height}"},
        "palette": _swatches(version),
        "href": address,
        "file": f"{asked.image}-{len(version.palette)}-colours-{name}.png",
        "badge": spoken.text(f"badge.colors-{name}"),
        "caption": spoken.text(f"caption.colors-{name}"),
        "numbers": {
            "colour_error": shown(spoken.numbers[f"{name}.colour_error"], 3),
            "bytes_before": kilobytes(result.bytes_before),
            "bytes_after": kilobytes(len(png)),
        },
        "space": {
            "name": f"space-{name}",
            "figure": colors.build(study, name, scheme),
            "frame": f"{asked.image}|{asked.key}",
            "words": space_described(study, name),
        },
        "space_caption": spoken.text(f"caption.space-{name}"),
    }


def _swatches(version: Recolouring) -> list[html.Li]:
    """Return the palette, each colour as wide as its share of the image."""
    swatches = []
    for colour, share in zip(version.palette, version.shares, strict=True):
        name = f"{colors.hex_of(colour)}: {100 * share:.1f} % of the image"
        swatches.append(
            html.Li(
                html.Span(name, className="visually-hidden"),
                title=name,
                style={"background": colors.hex_of(colour), "flexGrow": f"{max(share, 0.004):.4f}"},
            )
        )
    return swatches


def _register_addresses(app: Dash, pipeline: Pipeline, base: str) -> None:
    config, limits = pipeline.config, Limits.of(pipeline.config)

    def take() -> Response:
        try:
            length = request.content_length
            if length is None or length > config.upload_bytes:
                raise ImportProblem(
                    f"The image is larger than {config.upload_bytes // 1_000_000} MB.",
                    hint="Save a smaller version of it, and try again.",
                )
            key, note = pipeline.colors.take(request.get_data(cache=False), limits)
        except BusyError:  # whoever sends is told when to come again
            raise
        except GmmDashError as problem:
            return _json({"message": problem.sentence}, 422)
        return _json({"key": key, "sentence": note or "The image is open."}, 200)

    def show(name: str) -> Response:
        try:
            data = pipeline.colors.jpeg(name)
        except GmmDashError as problem:
            return Response(problem.sentence + "\n", 404, mimetype="text/plain")
        response = Response(data, mimetype="image/jpeg")
        response.cache_control.private = True
        response.cache_control.max_age = DAY
        return response

    app.server.add_url_rule(f"{base}{IMAGES}", "take_image", take, methods=["POST"])
    app.server.add_url_rule(f"{base}{IMAGES}/<name>.jpg", "show_image", show, methods=["GET"])


def _json(content: dict[str, Any], status: int) -> Response:
    return Response(json.dumps(content), status, mimetype="application/json")
