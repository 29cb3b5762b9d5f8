"""A poll that brings nothing new is answered before anything else looks at the request.

Three hundred who follow a class ask two hundred times a second, nearly always for nothing: what is
said here is what would be said in the end, at a small part of its price. It is not counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gmm_dash.serving.headers import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flask import Flask

_NOTHING: Final = [*ALWAYS.items(), ("Cache-Control", "public, max-age=1")]


def attach(server: Flask, prefix: str, argument: str, version: Callable[[str], str]) -> None:
    """Answer polls that know the newest version.

    Parameters
    ----------
    server : Flask
    prefix : str
        What their addresses begin with; then the name of what is asked for.
    argument : str
        The one in the query that holds the version that is known.
    version : callable
        Returns the newest version of what has a name; empty when that cannot be said.
    """
    whole = server.wsgi_app

    def short_cut(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if environ.get("REQUEST_METHOD") == "GET" and path.startswith(prefix):
            known = environ.get("QUERY_STRING", "").removeprefix(f"{argument}=")
            if known and version(path.removeprefix(prefix)) == known:
                start_response("204 NO CONTENT", list(_NOTHING))
                return []
        return whole(environ, start_response)

    server.wsgi_app = short_cut  # type: ignore[method-assign]
