"""Equal requests give equal bytes: a class that looks at one picture costs one fit.

The key is a digest of what a callback can see: output, inputs, states and what triggered
it. Only callbacks that are declared to depend on nothing else are answered from memory. A piece
of long work depends on its address and its body alone. What is kept is the compressed form,
which is what nearly everybody gets.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import brotli
import orjson
from flask import Response, make_response, request

from gmm_dash.errors import BusyError
from gmm_dash.serving import routes
from gmm_dash.serving.admission import Admission
from gmm_dash.serving.compression import LEVEL
from gmm_dash.serving.flights import Flight, Flights

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from gmm_dash.memory import Memory
    from gmm_dash.serving.metrics import Meters

_SEEN_BY_CALLBACKS = ("output", "outputs", "inputs", "state", "changedPropIds")
_DECLARED = {"response", "multi"}


@dataclass(frozen=True, slots=True)
class Policy:
    """How callbacks are served.

    Attributes
    ----------
    cacheable : callable
        Whether the answer of an output key depends on nothing but the request. An answer
        that is marked ``Cache-Control: no-store``, or that sets more than its declared
        outputs, is never kept, whatever this says.
    used : callable
        Told the body of every callback, also of one that is answered from memory: what it
        names is in use.
    admission : Admission
    """

    cacheable: Callable[[str], bool]
    used: Callable[[dict[str, Any]], object]
    admission: Admission


def key_of(body: dict[str, Any]) -> str:
    """Return the digest of a callback body; the order of keys in objects does not matter."""
    return _digest([body.get(name) for name in _SEEN_BY_CALLBACKS])


def _digest(seen: list[Any]) -> str:
    return hashlib.blake2b(
        orjson.dumps(seen, option=orjson.OPT_SORT_KEYS), digest_size=24
    ).hexdigest()


class _Answers:
    """What a view answers, from memory where that may be.

    Parameters
    ----------
    compute : callable
        Returns the response to the request under way.
    kept : Memory of bytes
    policy : Policy
    meters : Meters
    keeps : callable
        Whether a response, which may be shared, may be given to those who ask later.
    """

    def __init__(
        self,
        compute: Callable[[], Response],
        kept: Memory[bytes],
        policy: Policy,
        meters: Meters,
        keeps: Callable[[Response], bool],
    ) -> None:
        self._compute, self._kept, self._policy, self._meters = compute, kept, policy, meters
        self._keeps = keeps
        self._flights = Flights()

    def callback(self) -> Response:
        """Return the answer to the callback under way."""
        body = request.get_json()
        self._policy.used(body)
        key = key_of(body)
        if not self._policy.cacheable(body["output"]):
            return self._in_turn("clicks", key)
        return self._remembered("clicks", key)

    def piece(self) -> Response:
        """Return the piece of long work that is asked for."""
        asked = request.get_json()
        self._policy.used({"inputs": [{"value": asked}]})
        return self._remembered("pieces", _digest([request.path, asked]))

    def frame(self) -> Response:
        """Return what is shown while something is dragged, or nothing where there is no time.

        That is no error: browsers write one into their console, and nobody has to mend it.
        """
        asked = request.get_json()
        self._policy.used({"inputs": [{"value": asked}]})
        try:
            return self._remembered("live", _digest([request.path, asked]))
        except BusyError:
            response = Response(status=204)
            response.headers.remove("Content-Type")  # of nothing, which is not compressed either
            response.cache_control.no_store = True
            return response

    def _remembered(self, lane: str, key: str) -> Response:
        while True:
            packed, flight, leads = self._flights.board(key, self._kept.get)
            if leads:
                self._meters.cache("miss")
                return self._lead(flight, lane, key)
            packed = packed or self._follow(flight, lane, key)
            if packed:
                self._meters.cache("hit")
                return _respond(packed)

    def _in_turn(self, lane: str, key: str) -> Response:
        with self._policy.admission.turn(lane, key):
            return self._compute()

    def _lead(self, flight: Flight, lane: str, key: str) -> Response:
        """Compute an answer, for all who ask for it meanwhile, too."""
        shared, failure = b"", None
        try:
            response = self._in_turn(lane, key)
            shared = self._shared(response, key)
        except BusyError as busy:
            failure = busy
            raise
        finally:
            self._flights.land(key, flight, shared, failure)
        as_it_is = not shared or response.cache_control.no_store
        return response if as_it_is else _respond(shared)

    def _shared(self, response: Response, key: str) -> bytes:
        """Return a response for others, kept for later ones where it may be; else nothing."""
        if not _may_be_shared(response):
            return b""
        packed: bytes = brotli.compress(response.get_data(), quality=LEVEL)
        if self._keeps(response):
            self._kept.put(key, packed)
        return packed

    def _follow(self, flight: Flight, lane: str, key: str) -> bytes:
        """Return the leader's answer; empty when it failed or is not for others."""
        admission = self._policy.admission
        with admission.following(lane, key, flight.age) as seconds:
            landed = flight.done.wait(seconds)
        if not landed:
            raise admission.later(lane, key)
        if flight.failure is not None:
            raise flight.failure
        return flight.answer


def attach(server: Flask, base: str, kept: Memory[bytes], policy: Policy, meters: Meters) -> None:
    """Answer callbacks of ``server`` from ``kept`` where that may be, else let them queue."""
    endpoint = base + routes.UPDATE
    view = server.view_functions[endpoint]

    def compute() -> Response:
        return make_response(server.ensure_sync(view)())

    server.view_functions[endpoint] = _Answers(compute, kept, policy, meters, _may_be_kept).callback


def attach_pieces(
    server: Flask, endpoint: str, kept: Memory[bytes], policy: Policy, meters: Meters
) -> None:
    """Answer requests for pieces of long work from ``kept``, else let them queue."""
    answers = _at_address(server, endpoint, kept, policy, meters)
    server.view_functions[endpoint] = lambda **_: answers.piece()


def attach_live(
    server: Flask, endpoint: str, kept: Memory[bytes], policy: Policy, meters: Meters
) -> None:
    """Answer requests for live pictures from ``kept``, else at once or not at all."""
    answers = _at_address(server, endpoint, kept, policy, meters)
    server.view_functions[endpoint] = lambda **_: answers.frame()


def _at_address(
    server: Flask, endpoint: str, kept: Memory[bytes], policy: Policy, meters: Meters
) -> _Answers:
    view = server.ensure_sync(server.view_functions[endpoint])

    def compute() -> Response:
        return make_response(view(**(request.view_args or {})))

    return _Answers(compute, kept, policy, meters, lambda r: not r.cache_control.no_store)


def _may_be_shared(response: Response) -> bool:
    """Return whether those who asked at the same moment may get this answer as well."""
    return (
        response.status_code == 200
        and response.mimetype == "application/json"
        and "Set-Cookie" not in response.headers
    )


def _may_be_kept(response: Response) -> bool:
    """Return whether those who ask later may get a callback's answer, which may be shared.

    An answer that sets more than its declared outputs tells one page something, such as
    that a table is gone, which need not be true a moment later; one marked ``no-store`` is
    true now, or was stopped at a limit on time.
    """
    if response.cache_control.no_store:
        return False
    return bool(orjson.loads(response.get_data()).keys() <= _DECLARED)


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
