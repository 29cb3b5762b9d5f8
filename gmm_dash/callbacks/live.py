"""What a view shows while a slider or a point is dragged, at an address of its own.

Each picture follows from its request alone, as a piece of long work does, and is made from the
fits of the answer that follows when the slider is let go. It never waits for others: where no
slot is free it is refused at once, and the page asks for the value that it then needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, TypeAlias, cast

import orjson
from dash import Dash
from flask import Response, abort, request

from gmm_dash.callbacks import boundary
from gmm_dash.callbacks.asked import drawn_points, edited_table, read
from gmm_dash.contract import addresses
from gmm_dash.contract.answers import LiveFrame, StepsFrame
from gmm_dash.errors import BusyError, GmmDashError, StateError
from gmm_dash.state import AppState

ENDPOINT: Final = "take_frame"
Draw: TypeAlias = Callable[[AppState, str], LiveFrame | StepsFrame]
DrawDrawn: TypeAlias = Callable[[AppState, str, list[tuple[float, float, str]]], LiveFrame]
DrawEdited: TypeAlias = Callable[[AppState, str, str], StepsFrame]
Answer: TypeAlias = LiveFrame | StepsFrame
_UNKEPT: Final = {addresses.DRAWN, addresses.EDITED}  # of points that have moved a moment later


def register(
    app: Dash, base: str, views: Mapping[str, Draw], drawn: DrawDrawn, edited: DrawEdited
) -> None:
    """Answer requests for pictures below ``base``.

    Parameters
    ----------
    app : Dash
    base : str
    views : mapping of str to callable
        ``views[view](state, scheme)`` makes a picture of a view.
    drawn : callable
        ``drawn(state, scheme, points)`` makes one of points that are being drawn. No answer is
        kept: nobody else has these points, and a moment later they have moved.
    edited : callable
        ``edited(state, scheme, table)`` returns where Step by step ends with these points. No
        answer of it is kept either.
    """
    parts: dict[str, Callable[[Any], Answer]] = {
        **{name: partial(_frame, draw) for name, draw in views.items()},
        addresses.DRAWN: partial(_drawn, drawn),
        addresses.EDITED: partial(_edited, edited),
    }

    def take(name: str) -> Response:
        if name not in parts:
            abort(404)
        frame = _answer(parts[name], request.get_json())
        return _respond(frame, keep="error" not in frame and name not in _UNKEPT)

    app.server.add_url_rule(f"{base}{addresses.LIVE}/<name>", ENDPOINT, take, methods=["POST"])


def _answer(make: Callable[[Any], Answer], asked: Any) -> Answer:
    """Return a picture, or in words why there is none."""
    try:
        return make(asked)
    except BusyError:
        raise
    except GmmDashError as error:
        return {"error": error.sentence}
    except Exception as error:  # noqa: BLE001  (a fault of ours is one for a callback, too)
        return {"error": boundary.words_of(error)}


def _frame(draw: Draw, asked: Any) -> Answer:
    found = asked if isinstance(asked, dict) else {}
    work, with_points = found.get("work"), found.get("points")
    if not isinstance(with_points, bool) or not isinstance(work, dict) or "k" not in work:
        raise StateError("The page sent a request that cannot be read.", hint="Reload the page.")
    frame = draw(*read(work))
    apart = () if with_points else ("points",)
    return cast("Answer", {name: part for name, part in frame.items() if name not in apart})


def _drawn(draw: DrawDrawn, asked: Any) -> LiveFrame:
    found = asked if isinstance(asked, dict) else {}
    points = drawn_points(found.get("drawn"))
    return draw(*read(found.get("work")), points)


def _edited(draw: DrawEdited, asked: Any) -> StepsFrame:
    found = asked if isinstance(asked, dict) else {}
    table = edited_table(found.get("edited"))
    return draw(*read(found.get("work")), table)


def _respond(frame: Answer, *, keep: bool) -> Response:
    """Return an answer. What cannot be had now, such as a table that is gone, is not remembered."""
    response = Response(orjson.dumps(frame), mimetype="application/json")
    response.cache_control.no_store = not keep
    return response
