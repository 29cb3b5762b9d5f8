"""Around every callback: the one place where an error meets the user, and a limit on its work."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from dash import ctx, html, no_update, set_props
from flask import Response, make_response

from gmm_dash import ids
from gmm_dash.engine import time_limit
from gmm_dash.errors import GmmDashError, RowsGoneError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash import Dash

_UPDATE: Final = "_dash-update-component"
STAYS: Final = "The plots still show the last settings that worked."
_log = logging.getLogger(__name__)
_UNEXPECTED = (
    "Something went wrong on the server; it has been noted in the log. "
    "Change a setting to go on, or reload the page."
)


def show_error(error: Exception) -> Any:
    """Put a refusal, and what to do about it, on the page; log anything unexpected.

    What was on the page stays, and the message says so; an empty page gets a way out.
    """
    if isinstance(error, RowsGoneError):  # the page, which has been told, asks again
        return _as_it_is()
    message = words_of(error)
    stays = html.Span(f" {STAYS}", className="stays")
    fresh = html.A(" Start from the built-in example.", href="?view=compare", className="fresh")
    set_props(ids.ERROR, {"children": [message, stays, fresh], "hide": False})
    return _as_it_is()


def _as_it_is() -> Any:
    grouped = ctx.using_outputs_grouping
    return unchanged(ctx.outputs_grouping if grouped else ctx.outputs_list)


def words_of(error: Exception) -> str:
    """Return a refusal, and what to do about it, in words; log anything unexpected."""
    if isinstance(error, GmmDashError):
        return error.sentence
    _log.error("A callback failed", exc_info=error)
    return _UNEXPECTED


def unchanged(outputs: Any) -> Any:
    """Return "leave as it is" in the shape of ``outputs``; Dash fills in only the plain case."""
    if isinstance(outputs, list | tuple):
        return [unchanged(output) for output in outputs]
    if isinstance(outputs, dict) and set(outputs) != {"id", "property"}:
        return {name: unchanged(output) for name, output in outputs.items()}
    return no_update


def limit_work(app: Dash, seconds: float, *addresses: str) -> None:
    """Stop the computing of a request after so much processor time, whatever it is made of.

    So it is for callbacks, and for what is asked for at ``addresses`` of our own, by endpoint.

    Estimates refuse what is too long beforehand; this holds where they are wrong. What was
    stopped may come to its end another time, so nobody else gets that answer; nor one of a sample
    whose fits to all rows may be on their way.
    """
    for endpoint in (f"{app.config.routes_pathname_prefix}{_UPDATE}", *addresses):
        compute = app.server.ensure_sync(app.server.view_functions[endpoint])
        app.server.view_functions[endpoint] = _limited(compute, seconds)


def _limited(compute: Callable[..., Any], seconds: float) -> Callable[..., Response]:
    def update(**names: str) -> Response:
        with time_limit(seconds) as limit:
            response = make_response(compute(**names))
        if not limit.lasting:
            response.cache_control.no_store = True
        return response

    return update
