"""Equal requests give equal bytes: a class that looks at one picture costs one fit.

The key is a digest of what a callback can see: output, inputs, states and what triggered
it. Only callbacks that are declared to depend on nothing else are answered from memory.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import orjson
from flask import Response, g, make_response, request

from gmm_dash.serving import routes
from gmm_dash.serving.flights import Flights

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from gmm_dash.serving.lru import ByteLRU
    from gmm_dash.serving.metrics import Meters

_SEEN_BY_CALLBACKS = ("output", "outputs", "inputs", "state", "changedPropIds")
_DECLARED = {"response", "multi"}


def key_of(body: dict[str, Any]) -> str:
    """Return the digest of a callback body; the order of keys in objects does not matter."""
    seen = [body.get(name) for name in _SEEN_BY_CALLBACKS]
    return hashlib.blake2b(
        orjson.dumps(seen, option=orjson.OPT_SORT_KEYS), digest_size=24
    ).hexdigest()


def attach(
    server: Flask,
    base: str,
    kept: ByteLRU,
    cacheable: Callable[[str], bool],
    meters: Meters,
) -> None:
    """Answer cacheable callbacks of ``server`` from ``kept``."""
    endpoint, flights = base + routes.UPDATE, Flights()
    compute = server.view_functions[endpoint]

    def update() -> Response:
        body = request.get_json()
        if not cacheable(body["output"]):
            return make_response(server.ensure_sync(compute)())
        key = key_of(body)
        flight, answer = flights.lead_or_wait(key, lambda: kept.get(key))
        if answer is not None:
            meters.cache("hit")
            return _respond(key, answer)
        meters.cache("miss")
        shared = b""
        try:
            response = make_response(server.ensure_sync(compute)())
            if _may_be_kept(response):
                shared = response.get_data()
                kept.set(key, shared)
                g.answer_key = key
            return response
        finally:
            if flight is not None:
                flights.land(key, flight, shared)

    server.view_functions[endpoint] = update


def _may_be_kept(response: Response) -> bool:
    """Return whether others may get this answer: a plain success, not marked as private.

    An answer that sets more than its declared outputs tells one page something, such as
    that a table is gone, which need not be true a moment later.
    """
    return (
        response.status_code == 200
        and response.mimetype == "application/json"
        and not response.cache_control.no_store
        and "Set-Cookie" not in response.headers
        and orjson.loads(response.get_data()).keys() <= _DECLARED
    )


def _respond(key: str, answer: bytes) -> Response:
    """Return a kept answer; ``g.answer_key`` lets the compressed form be found again."""
    g.answer_key = key
    return Response(answer, content_type="application/json")
