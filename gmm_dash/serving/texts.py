"""Texts that belong to the page, such as the source of what it explains: fixed and read-only."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flask import Response, request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

_MINUTES = "public, max-age=300, must-revalidate"


def attach(server: Flask, base: str, texts: Mapping[str, str]) -> None:
    """Serve each text as plain text at its address under the base path."""
    for address, text in texts.items():
        server.add_url_rule(base + address, address, partial(_send, text), methods=["GET"])


def _send(text: str) -> Response:
    """Return the text, or 304 when the browser has this very one."""
    response = Response(text, mimetype="text/plain")
    response.headers["Cache-Control"] = _MINUTES
    response.add_etag()
    response.make_conditional(request)
    return response
