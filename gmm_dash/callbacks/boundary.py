"""The one place where an error meets the user."""

from __future__ import annotations

import logging
from typing import Any

from dash import ctx, html, no_update, set_props

from gmm_dash import ids
from gmm_dash.errors import GmmDashError

_log = logging.getLogger(__name__)
_UNEXPECTED = (
    "Something went wrong on the server; it has been noted in the log. "
    "Change a setting to go on, or reload the page."
)


def show_error(error: Exception) -> Any:
    """Put a refusal, and what to do about it, on the page; log anything unexpected.

    What was on the page stays, and the message says so; an empty page gets a way out.
    """
    if isinstance(error, GmmDashError):
        message = error.sentence
    else:
        _log.error("A callback failed", exc_info=error)
        message = _UNEXPECTED
    stays = html.Span(" The plots still show the last settings that worked.", className="stays")
    fresh = html.A(" Start from the built-in example.", href="?", className="fresh")
    set_props(ids.ERROR, {"children": [message, stays, fresh], "hide": False})
    grouped = ctx.using_outputs_grouping
    return unchanged(ctx.outputs_grouping if grouped else ctx.outputs_list)


def unchanged(outputs: Any) -> Any:
    """Return "leave as it is" in the shape of ``outputs``; Dash fills in only the plain case."""
    if isinstance(outputs, list | tuple):
        return [unchanged(output) for output in outputs]
    if isinstance(outputs, dict) and set(outputs) != {"id", "property"}:
        return {name: unchanged(output) for name, output in outputs.items()}
    return no_update
