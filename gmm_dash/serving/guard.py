"""Nothing reaches a callback that the page could not have sent; unknown paths end here.

Values are not judged: that is the business of whoever reads them. But the frame around
them - which output, which inputs, in which order - is known, and anything else is refused.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import orjson
from flask import abort, request
from flask.json.provider import DefaultJSONProvider

from gmm_dash.serving import routes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

    from gmm_dash.config import Config

_DEEPEST = 60
# Query arguments that steer background callbacks, which this page does not have.
_FOREIGN_ARGUMENTS = ("cacheKey", "job", "oldJob", "cancelJob", "progressDefault")


class _StrictJSON(DefaultJSONProvider):
    """Reads JSON as the standard has it: no NaN, no half characters, no endless nesting."""

    def loads(self, s: str | bytes, **_options: Any) -> Any:
        """Return the value in ``s`` or raise ``ValueError``."""
        return orjson.loads(s)


def attach(server: Flask, config: Config, callbacks: Mapping[str, Mapping[str, Any]]) -> None:
    """Refuse what is too large, what other sites send, and what the page cannot have sent."""
    page = config.base_path + routes.ANY_PAGE
    update = config.base_path + routes.UPDATE
    server.config["MAX_CONTENT_LENGTH"] = config.body_limit
    server.json = _StrictJSON(server)

    def check() -> None:
        if request.endpoint == page:
            abort(404)
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "cross-site":
            abort(403)
        if request.endpoint == update and request.method == "POST":
            request.max_content_length = config.callback_bytes
            _check_callback(callbacks)

    server.before_request(check)


def _check_callback(callbacks: Mapping[str, Mapping[str, Any]]) -> None:
    """End the request unless its body is one that a callback of the page can have."""
    if any(name in request.args for name in _FOREIGN_ARGUMENTS):
        abort(400, "foreign argument")
    reason = fault(request.get_json(), callbacks)
    if reason:
        abort(400, reason)


def fault(body: object, callbacks: Mapping[str, Mapping[str, Any]]) -> str:
    """Return what is wrong with a callback body, or an empty text."""
    if not isinstance(body, dict) or _too_deep(body):
        return "not an object, or nested too deeply"
    output = body.get("output")
    if not isinstance(output, str) or output not in callbacks:
        return "unknown output"
    declared = callbacks[output]
    for name in ("inputs", "state"):
        if not _all_fit(declared.get(name, []), body.get(name, [])):
            return f"{name} of another callback"
    changed = body.get("changedPropIds", [])
    if not isinstance(changed, list) or not all(isinstance(name, str) for name in changed):
        return "changedPropIds is not a list of names"
    fits = declared.get("no_output") or _outputs_fit(output, body.get("outputs"))
    return "" if fits else "outputs of another callback"


def _too_deep(body: object) -> bool:
    """Return whether lists and objects are nested deeper than the page ever sends."""
    level = [body]
    for _ in range(_DEEPEST):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)  # type: ignore[attr-defined]
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def _outputs_fit(key: str, outputs: object) -> bool:
    """Return whether ``outputs`` are the ones the output ``key`` names."""
    several = key.startswith("..") and key.endswith("..")
    names = key[2:-2].split("...") if several else [key]
    pairs = [name.rsplit(".", 1) for name in names]
    wanted = [{"id": pair[0], "property": pair[-1]} for pair in pairs]
    return _all_fit(wanted, outputs if several else [outputs])


def _all_fit(wanted: list[Any], given: object) -> bool:
    """Return whether ``given`` is a list of the properties ``wanted``, in their order."""
    return isinstance(given, list) and len(given) == len(wanted) and all(map(_fits, wanted, given))


def _fits(wanted: Mapping[str, Any], given: Any) -> bool:
    """Return whether ``given`` is the property ``wanted``, or, of a pattern, any that match."""
    name = str(wanted["id"])
    if not name.startswith("{"):
        return _is(given, wanted) and bool(given["id"] == name)
    keys = set(json.loads(name))
    entries = given if isinstance(given, list) else [given]
    return all(
        _is(entry, wanted) and isinstance(entry["id"], dict) and set(entry["id"]) == keys
        for entry in entries
    )


def _is(entry: object, wanted: Mapping[str, Any]) -> bool:
    """Return whether ``entry`` names the wanted property; ``@...`` tells duplicates apart."""
    if not isinstance(entry, dict) or "id" not in entry:
        return False
    given, name = entry.get("property"), str(wanted["property"])
    return isinstance(given, str) and given.partition("@")[0] == name.partition("@")[0]
