"""The page as it is sent: with the link's own picture, where that costs next to nothing.

A picture is made only of a comparison on built-in data that is quickly fitted, and only while the
server has nothing else to do; otherwise the plots are empty. So the page itself holds nothing
that somebody has sent, and a class that opens it at once is not held up by it.
"""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Final, TypeAlias

from flask import request

from gmm_dash.callbacks import compare
from gmm_dash.contract.methods import METHODS
from gmm_dash.engine.deadline import time_limit
from gmm_dash.errors import GmmDashError
from gmm_dash.figures import still
from gmm_dash.figures.layers import SVG_POINTS
from gmm_dash.layout import start
from gmm_dash.layout.first import First, Panel, markup, plain
from gmm_dash.layout.page import page_classes
from gmm_dash.layout.views.compare import LINE_SHAPES, SHAPES
from gmm_dash.lessons import lesson_step, open_link
from gmm_dash.memory import Memory
from gmm_dash.pipeline.budget import check_comparison
from gmm_dash.state import COVARIANCE_TYPES, TABLE_DATA, short_query, starts

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash import Dash

    from gmm_dash.contract.answers import Shown
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.state import AppState

Spare: TypeAlias = "Callable[[], AbstractContextManager[bool]]"

_log: Final = logging.getLogger(__name__)
_SECONDS: Final = 0.3  # estimated, that a picture may take
_KEPT_BYTES: Final = 4_000_000  # a few hundred links: a picture is some 15 kB
_UNSEEN: Final = {"bootstrap", "regions", "density"}  # dear, or not in a still picture


def register(app: Dash, pipeline: Pipeline, opening: str, spare: Spare) -> None:
    """Put what is seen first into the page.

    Parameters
    ----------
    app : Dash
    pipeline : Pipeline
    opening : str
        The query that an address without one stands for.
    spare : callable
        Returns a context whose value is whether there is time for a picture.
    """
    script = app.get_asset_url("head-first.js")
    plain_page = app.interpolate_index
    kept = Memory[First](_KEPT_BYTES, _size)

    def page(**parts: str) -> str:
        asked = request.query_string.decode("ascii", "replace")
        state, problems = open_link(f"?{asked}" if asked else opening)
        first = empty(state)
        if not problems and _may_be_drawn(state):
            first = _remembered(pipeline, state, spare, kept) or first
        inner = markup(first, script) + '<div id="react-entry-point"></div>'
        return str(plain_page(**(parts | {"app_entry": inner})))

    app.interpolate_index = page


def _size(first: First) -> int:
    return len(markup(first, ""))


def empty(state: AppState) -> First:
    """Return empty plots, for what is not drawn beforehand: two, or the one of the start."""
    panels = tuple(
        Panel(title if state.view.view == "compare" else "") for title in _titles(state).values()
    )
    return First(panels, still.style(), classes=page_classes(state), title=_question(state))


def _titles(state: AppState) -> dict[str, str]:
    """Return the plots of the two methods that a page shows, by name."""
    return {"gmm": METHODS["gmm"]} if starts(state) else dict(METHODS)


def _question(state: AppState) -> str:
    return start.TITLE if starts(state) else ""


def _may_be_drawn(state: AppState) -> bool:
    """Return whether a picture of a state may be in the page, as far as settings tell."""
    view = state.view
    plots = view.view == "compare" and view.tab == "plots"
    shown = plots and not view.span and not _UNSEEN & set(view.show)
    return shown and state.data.dataset not in TABLE_DATA and lesson_step(state) is None


def _remembered(
    pipeline: Pipeline, state: AppState, spare: Spare, kept: Memory[First]
) -> First | None:
    """Return the picture of a state, made now where it is not remembered and there is time."""
    key = short_query(state)
    if (known := kept.get(key)) is not None:
        return known
    try:
        with spare() as free, time_limit(pipeline.config.fit_seconds) as limit:
            made = drawn(pipeline, state) if free else None
    except GmmDashError:
        return None  # the page will say what does not work
    except Exception:  # noqa: BLE001  (the page itself must always come)
        _log.exception("A first picture failed")
        return None
    if made is not None and limit.lasting:
        kept.put(key, made)
    return made


def drawn(pipeline: Pipeline, state: AppState) -> First | None:
    """Return the picture of a state, or nothing where it takes too many points or too long."""
    points = pipeline.points(state.data)
    if points.n > SVG_POINTS:
        return None
    four = "shapes" in state.view.show
    check_comparison(points, state.model, _SECONDS, COVARIANCE_TYPES if four else ())
    answer = compare.answer(pipeline, state, "light")
    shapes = LINE_SHAPES if points.d == 1 else SHAPES
    titles = shapes if four else _titles(state)
    return First(
        tuple(_panel(answer, name, title) for name, title in titles.items()),
        still.style(),
        notice=answer["notice"],
        notes=plain(answer["notes"]),
        classes=page_classes(state),
        whole=True,
        title=_question(state),
    )


def _panel(answer: Shown, name: str, title: str) -> Panel:
    figure = answer["pictures"][name]["figure"]
    return Panel(
        title,
        answer["badges"][name],
        answer["captions"][name],
        still.svg(figure),
        still.axes(figure),
        answer["numbers"][name],
    )
