"""A poll that brings nothing new is answered before anything else looks at the request.

Three hundred who follow a class ask two hundred times a second, nearly always for nothing: what is
said here is what would be said in the end, at a small part of its price. It has a name and is
counted, as every other request.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from gmm_dash.serving import request_ids, routes
from gmm_dash.serving.headers import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flask import Flask

    from gmm_dash.config import Config
    from gmm_dash.serving.metrics import Meters

_NOTHING: Final = [*ALWAYS.items(), ("Cache-Control", "public, max-age=1")]
_GIVEN: Final = f"HTTP_{request_ids.HEADER.upper().replace('-', '_')}"  # as WSGI has it


def attach(
    server: Flask,
    config: Config,
    prefix: str,
    argument: str,
    version: Callable[[str], str],
    *,
    meters: Meters,
) -> None:
    """Answer polls that know the newest version.

    Parameters
    ----------
    server : Flask
    config : Config
        Where the page is, and whether proxies are trusted.
    prefix : str
        What their addresses begin with below the base path; then the name of what is asked for.
    argument : str
        The one in the query that holds the version that is known.
    version : callable
        Returns the newest version of what has a name; empty when that cannot be said.
    meters : Meters
    """
    whole, asks, start = server.wsgi_app, f"{argument}=", config.base_path + prefix
    route = routes.kind(config.base_path, start)

    def short_cut(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if environ.get("REQUEST_METHOD") == "GET" and path.startswith(start):
            began = time.perf_counter()
            known = environ.get("QUERY_STRING", "").removeprefix(asks)
            if known and version(path.removeprefix(start)) == known:
                name = request_ids.name_of(environ.get(_GIVEN, ""), config)
                start_response("204 NO CONTENT", [*_NOTHING, (request_ids.HEADER, name)])
                meters.request(route, 204, time.perf_counter() - began, later=False)
                return []
        return whole(environ, start_response)

    server.wsgi_app = short_cut  # type: ignore[method-assign]
