"""What a browser gets when a request cannot be answered: a sentence, never a traceback."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from flask import Response, json, request
from werkzeug.exceptions import BadRequest, HTTPException

from gmm_dash.contract.statuses import alone
from gmm_dash.errors import BusyError
from gmm_dash.serving import logs, routes

if TYPE_CHECKING:
    from flask import Flask

    from gmm_dash.contract.answers import Busy


def answer(status: int) -> Response:
    """Return the sentence for ``status``: as JSON to the page's code, as text to a person."""
    says = alone(status)
    if request.method == "POST":
        return Response(json.dumps({"message": says}), status, mimetype="application/json")
    return Response(says + "\n", status, mimetype="text/plain")


def busy(error: BusyError) -> Response:
    """Return when to ask again, and how many are served before."""
    says: Busy = {
        "message": error.sentence,
        "ahead": error.ahead,
        "seconds": round(error.seconds, 1),
    }
    response = Response(json.dumps(says), 503, mimetype="application/json")
    response.headers["Retry-After"] = str(math.ceil(error.seconds))
    response.headers["Cache-Control"] = "no-store"
    return response


def attach(server: Flask, base: str) -> None:
    """Handle every error that no more special handler takes."""

    def handle(error: Exception) -> Response | HTTPException:
        if isinstance(error, BusyError):
            return busy(error)
        if _malformed(error):
            error = BadRequest(f"malformed body: {type(error).__name__}")
        if isinstance(error, HTTPException):
            return _refused(error, routes.kind(base, request.path))
        logs.failure("request_failed", error, route=routes.kind(base, request.path))
        return answer(500)

    server.register_error_handler(Exception, handle)


def _refused(error: HTTPException, route: str) -> Response | HTTPException:
    """Return the answer to what Flask, or the guard, refuses; a redirect stays one."""
    status = error.code or 500
    if status < 400:
        return error
    if route in {"callback", "piece", "live", "class"}:
        said = logs.line("callback_refused", status=status, reason=error.description or "")
        logs.LOGGER.warning(said)
    response = answer(status)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _malformed(error: Exception) -> bool:
    """Return whether gunicorn found the body malformed, which it reads when we ask for it.

    By its name: the dashboard also runs where gunicorn cannot be imported.
    """
    return type(error).__module__ == "gunicorn.http.errors"
