"""What a view shows while a slider is dragged, at an address of its own.

Each picture follows from its request alone, as a piece of long work does, and is made from the
fits of the answer that follows when the slider is let go. It never waits for others: where no
slot is free it is refused at once, and the page asks for the value that it then needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import orjson
from dash import Dash
from flask import Response, abort, request

from gmm_dash.callbacks import boundary
from gmm_dash.callbacks.asked import read
from gmm_dash.contract import addresses
from gmm_dash.contract.answers import LiveFrame
from gmm_dash.errors import BusyError, GmmDashError, StateError
from gmm_dash.state import AppState

ENDPOINT: Final = "take_frame"
Draw: TypeAlias = Callable[[AppState, str], LiveFrame]


def register(app: Dash, base: str, views: Mapping[str, Draw]) -> None:
    """Answer requests for pictures below ``base``; ``views[view](state, scheme)`` makes one."""

    def take(name: str) -> Response:
        if name not in views:
            abort(404)
        return _respond(_answer(views[name], request.get_json()))

    app.server.add_url_rule(f"{base}{addresses.LIVE}/<name>", ENDPOINT, take, methods=["POST"])


def _answer(draw: Draw, asked: Any) -> LiveFrame:
    """Return a picture, or in words why there is none."""
    try:
        return _frame(draw, asked)
    except BusyError:
        raise
    except GmmDashError as error:
        return {"error": error.sentence}
    except Exception as error:  # noqa: BLE001  (a fault of ours is one for a callback, too)
        return {"error": boundary.words_of(error)}


def _frame(draw: Draw, asked: Any) -> LiveFrame:
    found = asked if isinstance(asked, dict) else {}
    work, with_points = found.get("work"), found.get("points")
    if not isinstance(with_points, bool) or not isinstance(work, dict) or "k" not in work:
        raise StateError("The page sent a request that cannot be read.", hint="Reload the page.")
    frame = draw(*read(work))
    if not with_points:
        frame.pop("points", None)
    return frame


def _respond(frame: LiveFrame) -> Response:
    """Return an answer. What cannot be had now, such as a table that is gone, is not remembered."""
    response = Response(orjson.dumps(frame), mimetype="application/json")
    response.cache_control.no_store = "error" in frame
    return response
