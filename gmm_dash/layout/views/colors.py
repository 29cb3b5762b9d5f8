"""An image in a few colours, by k-means and by a mixture."""

from __future__ import annotations

from typing import Final

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids
from gmm_dash.contract.methods import METHODS
from gmm_dash.layout import parts
from gmm_dash.layout.controls import Controls
from gmm_dash.layout.graph_config import GRAPH_CONFIG
from gmm_dash.layout.views._view import VIEWS, View
from gmm_dash.state import AppState

NUMBERS: Final = ("colour_error", "bytes_before", "bytes_after")
_IMAGES: Final = {"china": "Summer Palace", "flower": "Flower", "upload": "Your image"}


def build(state: AppState, controls: Controls) -> html.Div:  # noqa: ARG001  (the callbacks fill it)
    """Return the empty stage."""
    return html.Div(
        [
            _toolbar(controls),
            parts.notice(ids.COLORS_NOTICE),
            html.Div(id=ids.COLORS_NOTES, className="notes"),
            html.Div(
                [_version(name, title) for name, title in METHODS.items()], className="panels"
            ),
            html.Div(
                [_space(name, title) for name, title in METHODS.items()], className="panels below"
            ),
        ]
    )


def _toolbar(controls: Controls) -> html.Div:
    return html.Div(
        [
            controls.select("image", _IMAGES),
            html.Div(
                [
                    html.Button(
                        [parts.icon("upload"), html.Span("Open or drop an image")],
                        id=ids.IMAGE_UPLOAD,
                        className="upload",
                        type="button",
                    ),
                    dcc.Store(id=ids.IMAGE_UPLOADED),
                    controls.carrier("imagekey"),
                ],
                className="control",
            ),
            controls.slider("colors", low=2, high=64, step=1, marks=(2, 16, 32, 64)),
            _split(),
            html.Div(id=ids.IMAGE_STATUS, className="hint wide", role="status"),
        ],
        className="toolbar",
        role="group",
        **{"aria-label": "Settings of the image"},
    )


def _split() -> html.Div:
    """Return the slider that uncovers the original; it is no setting and not in the link."""
    return html.Div(
        [
            html.Div(
                [html.Span("Before"), html.Span("After")], className="control-head control-name"
            ),
            dmc.Slider(
                id=ids.COLORS_SPLIT,
                value=50,
                min=0,
                max=100,
                step=1,
                label=None,
                thumbLabel="How much of the original is shown",
                size="sm",
            ),
        ],
        className="control",
    )


def _version(name: str, title: str) -> dmc.Paper:
    return parts.panel(
        title,
        f"colors-{name}",
        [
            html.Div(
                [
                    html.Img(
                        id=ids.before(name),
                        alt=f"The image as it was, beside {title}",
                        className="before",
                    ),
                    html.Img(
                        id=ids.after(name), alt=f"The image in {title}'s colours", className="after"
                    ),
                    html.Div(className="split-line"),
                ],
                id=ids.split(name),
                className="before-after",
            ),
            html.Ul(id=ids.palette(name), className="palette", **{"aria-label": "Palette"}),
            html.P(id=ids.caption(f"colors-{name}"), className="caption"),
            html.Div(
                [
                    parts.numbers(f"colors-{name}", NUMBERS),
                    html.A(
                        [parts.icon("download"), "Download (PNG)"],
                        id=ids.image_download(name),
                        className="download-link",
                        download=f"{name}.png",
                    ),
                ],
                className="numbers-row",
            ),
        ],
    )


def _space(name: str, title: str) -> dmc.Paper:
    return parts.panel(
        f"The colours in space: {title}",
        f"space-{name}",
        [
            parts.plot(
                f"space-{name}",
                label=f"Pixels by red, green and blue, {title}",
                config=GRAPH_CONFIG,
            )
        ],
    )


VIEWS.add(
    View(
        "colors",
        "Colours",
        "A photograph in a handful of colours",
        ("image", "imagekey", "colors", "cov", "seed"),
        build,
        script="scikit-learn: the same colours, saved as images",
        place=7,
    )
)
