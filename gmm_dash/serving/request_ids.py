"""A name for every request: in its log lines and in its answer, so that one leads to the other.

A proxy in front may have given the request its name already (``X-Request-ID``); it is taken over
only from proxies that are trusted, and only when it looks like one.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Final

from flask import g, request

from gmm_dash.serving import routes

if TYPE_CHECKING:
    from flask import Flask, Response

    from gmm_dash.config import Config

HEADER: Final = "X-Request-ID"
_NAME: Final = re.compile(r"[A-Za-z0-9-]{8,64}")


def attach(server: Flask, config: Config) -> None:
    """Name every request, and tell its name with the answer, except with what proxies keep."""

    def name() -> None:
        g.request_id = name_of(request.headers.get(HEADER, ""), config)

    def tell(response: Response) -> Response:
        if "request_id" in g and routes.kind(config.base_path, request.path) != "static":
            response.headers[HEADER] = g.request_id
        return response

    server.before_request(name)
    server.after_request(tell)


def name_of(given: str, config: Config) -> str:
    """Return the name of a request: the one it was given, where that may be believed, or a new one.

    Parameters
    ----------
    given : str
        What stands in its header; empty when there is none.
    config : Config
        Says whether there are proxies that are trusted.
    """
    if config.trusted_proxies and _NAME.fullmatch(given):
        return given
    # no secret, so the system need not be asked; each forked worker draws its own
    return f"{random.getrandbits(64):016x}"
