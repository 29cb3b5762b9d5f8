"""The pad on which users draw their own points (``browser/src/parts/pad/pad.ts``)."""

from __future__ import annotations

import json
from typing import Any, Final

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids, theme
from gmm_dash.contract.drawing import GROUPS, SIDE
from gmm_dash.contract.methods import METHODS
from gmm_dash.explain import GLOSSARY
from gmm_dash.layout.own_data import footer
from gmm_dash.layout.parts import icon
from gmm_dash.layout.views.compare import GMM_NUMBERS, KMEANS_NUMBERS

_TOOLS: Final = {"point": "Point", "brush": "Brush", "move": "Move", "erase": "Erase"}


def dialog() -> dmc.Modal:
    """Return the dialog with an empty pad."""
    return dmc.Modal(
        [
            dcc.Store(id=ids.DRAW_WANTED),
            dcc.Store(id=ids.DRAW_LOADED),
            html.Div([_tools(), _pad(), _by_numbers(), _live()], className="draw-frame"),
            html.Div(id=ids.DRAW_STATUS, className="dialog-status", role="status"),
            footer(
                dmc.Button("Cancel", id=ids.DRAW_CANCEL, variant="default"),
                dmc.Button("Use these points", id=ids.DRAW_USE, disabled=True),
            ),
        ],
        id=ids.DRAW_DIALOG,
        title="Draw your own points",
        size=1230,
        opened=False,
        transitionProps={"duration": 0},
        closeOnClickOutside=False,
        closeButtonProps={"aria-label": "Close"},
    )


def _tools() -> html.Div:
    return html.Div(
        [
            dmc.SegmentedControl(
                id=ids.DRAW_TOOL,
                value="point",
                data=[{"value": name, "label": label} for name, label in _TOOLS.items()],
                size="xs",
                fullWidth=True,
                **{"aria-label": "Tool"},
            ),
            html.Div(
                [
                    _slider("Size", ids.DRAW_RADIUS, 0.2, 3, 0.1, 0.8),
                    _slider("Points a second", ids.DRAW_DENSITY, 10, 200, 10, 60),
                ],
                id=ids.DRAW_BRUSH,
                className="absent",
            ),
            html.Div("True group of new points (optional)", className="control-name"),
            dmc.SegmentedControl(
                id=ids.DRAW_GROUP,
                value="",
                data=[{"value": "", "label": "none"}, *GROUPS],
                size="xs",
                fullWidth=True,
                className="draw-groups",
                **{"aria-label": "True group of new points"},
            ),
            html.Div(
                [
                    _button("Undo", ids.DRAW_UNDO, "undo"),
                    _button("Redo", ids.DRAW_REDO, "redo"),
                    _button("Clear", ids.DRAW_CLEAR, "trash"),
                ],
                className="three",
            ),
        ],
        className="draw-tools",
    )


def _by_numbers() -> html.Div:
    return html.Div(
        [
            html.Div(
                [
                    _coordinate("x", ids.DRAW_X),
                    _coordinate("y", ids.DRAW_Y),
                    dmc.Button("Add", id=ids.DRAW_ADD, size="xs", variant="light"),
                ],
                className="three draw-add",
            ),
            html.P(
                "By keyboard: type a point and press Add, or go to the pad: Page Up and Page "
                "Down select a point, arrows move it, Delete removes it, Ctrl+Z undoes.",
                className="hint",
            ),
        ],
        className="draw-numbers",
    )


def _pad() -> html.Div:
    return html.Div(
        [
            html.Canvas(
                id=ids.DRAW_CANVAS,
                className="draw-canvas",
                tabIndex=0,
                role="application",
                **{
                    "aria-label": f"Drawing pad, both axes from 0 to {SIDE}",
                    "aria-describedby": ids.DRAW_STATUS,
                    "data-light": _look(theme.LIGHT),
                    "data-dark": _look(theme.DARK),
                },
            ),
            html.P(
                "Click or tap to add points; the brush adds many while you hold it down. "
                "Then press Use these points.",
                className="draw-empty",
            ),
        ],
        className="draw-pad",
    )


def _live() -> html.Div:
    """Return what both methods make of the points, told by the browser while these change."""
    numbers = {"kmeans": KMEANS_NUMBERS, "gmm": GMM_NUMBERS}
    return html.Div(
        [
            html.P(id=ids.DRAW_SAID, className="draw-said"),
            *(_picture(name, title, numbers[name]) for name, title in METHODS.items()),
        ],
        id=ids.DRAW_LIVE,
        className="draw-live",
    )


def _picture(name: str, title: str, terms: tuple[str, ...]) -> html.Figure:
    panel = ids.drawn_panel(name)
    return html.Figure(
        [
            html.Figcaption(
                [
                    html.Span(title, className="panel-title"),
                    html.Span(id=ids.badge(panel), className="panel-badge"),
                ]
            ),
            html.Canvas(id=ids.drawn_picture(name), role="img", **{"aria-label": title}),
            html.Div(
                [
                    html.Div(
                        [
                            html.Span(GLOSSARY[term].name),
                            html.Span("–", id=ids.number(panel, term)),
                        ],
                        className="draw-number",
                    )
                    for term in terms
                ],
            ),
        ],
        className=f"draw-picture panel-of-{name}-drawn",
    )


def _look(look: theme.Look) -> str:
    """Return the colours the canvas needs: it knows no style sheet."""
    colours = {"ink": look.ink, "muted": look.muted, "grid": look.grid, "paper": look.paper}
    return json.dumps(colours | {"palette": look.palette[: len(GROUPS)]})


def _slider(
    label: str, component_id: str, low: float, high: float, step: float, value: float
) -> html.Div:
    return html.Div(
        [
            html.Div(label, className="control-name"),
            dmc.Slider(
                id=component_id,
                min=low,
                max=high,
                step=step,
                value=value,
                thumbLabel=label,
                size="sm",
                mb=6,
            ),
        ]
    )


def _button(label: str, component_id: str, icon_name: str) -> dmc.Button:
    return dmc.Button(
        label,
        id=component_id,
        leftSection=icon(icon_name),
        variant="default",
        size="xs",
        disabled=True,
        px=8,
    )


def _coordinate(name: str, component_id: str) -> Any:
    return dmc.NumberInput(
        id=component_id,
        label=name,
        min=0,
        max=SIDE,
        step=0.1,
        value=SIDE / 2,
        decimalScale=3,
        size="xs",
    )
