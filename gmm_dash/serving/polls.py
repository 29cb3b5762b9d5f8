"""A poll that brings nothing new is answered before anything else looks at the request.

Three hundred who follow a class ask two hundred times a second, nearly always for nothing: what is
said here is what would be said in the end, at a small part of its price. It has a name and is
counted, as every other request. Under gunicorn most do not come as far (``at_once``).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from gmm_dash.serving import at_once, request_ids, routes
from gmm_dash.serving.headers import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flask import Flask

    from gmm_dash.config import Config
    from gmm_dash.serving.metrics import Meters

_FIELDS: Final = ALWAYS | {"Cache-Control": "public, max-age=1", "Vary": "Accept-Encoding"}
_GIVEN: Final = f"HTTP_{request_ids.HEADER.upper().replace('-', '_')}"  # as WSGI has it


@dataclass(frozen=True, slots=True)
class Polled:
    """What is asked for again and again, by addresses that differ in their last part.

    Attributes
    ----------
    prefix : str
        What they begin with below the base path; then comes the name of what is asked for.
    argument : str
        The one in the query that holds the version that is known.
    version : callable
        Returns the newest version of what has a name; empty when that cannot be said.
    at_hand : callable
        Returns, without waiting for anything, that version and what there is to say of it, as
        JSON; None when it would have to be looked for.
    """

    prefix: str
    argument: str
    version: Callable[[str], str]
    at_hand: at_once.AtHand


def attach(
    server: Flask, config: Config, polled: Polled, content_policy: str, meters: Meters
) -> None:
    """Answer polls that know the newest version, and tell the worker which it can answer itself."""
    whole, asks = server.wsgi_app, f"{polled.argument}="
    start = config.base_path + polled.prefix
    route = routes.kind(config.base_path, start)
    server.extensions[at_once.EXTENSION] = at_once.AtOnce(
        config,
        polled.prefix,
        polled.argument,
        polled.at_hand,
        _FIELDS,
        {"Content-Type": "application/json", "Content-Security-Policy": content_policy},
        meters,
    )

    def short_cut(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if environ.get("REQUEST_METHOD") == "GET" and path.startswith(start):
            began = time.perf_counter()
            known = environ.get("QUERY_STRING", "").removeprefix(asks)
            if known and polled.version(path.removeprefix(start)) == known:
                name = request_ids.name_of(environ.get(_GIVEN, ""), config)
                start_response("204 NO CONTENT", [*_FIELDS.items(), (request_ids.HEADER, name)])
                meters.request(route, 204, time.perf_counter() - began, later=False)
                return []
        return whole(environ, start_response)

    server.wsgi_app = short_cut  # type: ignore[method-assign]
