"""Equal requests give equal bytes: a class that looks at one picture costs one fit.

The key is a digest of what a callback can see: output, inputs, states and what triggered
it. Only callbacks that are declared to depend on nothing else are answered from memory. What is
kept is the compressed form, which is what nearly everybody gets.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import brotli
import orjson
from flask import Response, make_response, request

from gmm_dash.serving import routes
from gmm_dash.serving.compression import LEVEL
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
    used: Callable[[dict[str, Any]], object],
    meters: Meters,
) -> None:
    """Answer cacheable callbacks of ``server`` from ``kept``; ``used`` is told of all of them."""
    endpoint, flights = base + routes.UPDATE, Flights()
    compute = server.view_functions[endpoint]

    def update() -> Response:
        body = request.get_json()
        used(body)
        if not cacheable(body["output"]):
            return make_response(server.ensure_sync(compute)())
        key = key_of(body)
        flight, packed = flights.lead_or_wait(key, lambda: kept.get(key))
        if packed is not None:
            meters.cache("hit")
            return _respond(packed)
        meters.cache("miss")
        shared = b""
        try:
            response = make_response(server.ensure_sync(compute)())
            if _may_be_kept(response):
                shared = brotli.compress(response.get_data(), quality=LEVEL)
                kept.set(key, shared)
                return _respond(shared)
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


def _respond(packed: bytes) -> Response:
    """Return an answer as it is kept, or unpacked for the rare browser that cannot do it."""
    accepted = request.accept_encodings["br"] > 0
    answer = Response(
        packed if accepted else brotli.decompress(packed), content_type="application/json"
    )
    if accepted:
        answer.headers["Content-Encoding"] = "br"
        answer.vary.add("Accept-Encoding")
    return answer
