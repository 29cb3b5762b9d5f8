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
_SEVERAL = (["ALL"], ["ALLSMALLER"])  # wildcards that stand for any number of components
# Query arguments that steer background callbacks, which this page does not have.
_FOREIGN_ARGUMENTS = ("cacheKey", "job", "oldJob", "cancelJob", "progressDefault")


class _StrictJSON(DefaultJSONProvider):
    """Reads JSON as the standard has it: no NaN, no half characters, no endless nesting."""

    def loads(self, s: str | bytes, **_options: Any) -> Any:
        """Return the value in ``s`` or raise ``ValueError``."""
        return orjson.loads(s)


def attach(
    server: Flask,
    config: Config,
    callbacks: Mapping[str, Mapping[str, Any]],
    addresses: tuple[str, ...],
) -> None:
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
        if request.endpoint in (update, *addresses) and request.method == "POST":
            request.max_content_length = config.callback_bytes
            _check_callback(callbacks) if request.endpoint == update else _check_object()

    server.before_request(check)


def _check_callback(callbacks: Mapping[str, Mapping[str, Any]]) -> None:
    """End the request unless its body is one that a callback of the page can have."""
    if any(name in request.args for name in _FOREIGN_ARGUMENTS):
        abort(400, "foreign argument")
    reason = fault(request.get_json(), callbacks)
    if reason:
        abort(400, reason)


def _check_object() -> None:
    """End the request unless its body is an object, as at every address of our own."""
    body = request.get_json()
    if not isinstance(body, dict) or _too_deep(body):
        abort(400, "not an object, or nested too deeply")


def fault(body: object, callbacks: Mapping[str, Mapping[str, Any]]) -> str:
    """Return what is wrong with a callback body, or an empty text."""
    if not isinstance(body, dict) or _too_deep(body):
        return "not an object, or nested too deeply"
    output = body.get("output")
    if not isinstance(output, str) or output not in callbacks:
        return "unknown output"
    declared = callbacks[output]
    if "callback" not in declared:  # the map also lists what the browser computes by itself
        return "output of the browser's own"
    for name in ("inputs", "state"):
        if not _all_fit(declared.get(name, []), body.get(name, [])):
            return f"{name} of another callback"
    if not _changed_fit(body.get("changedPropIds", []), body.get("inputs", [])):
        return "changedPropIds are not names of the inputs"
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
    pattern = json.loads(name)
    several = any(value in _SEVERAL for value in pattern.values())
    if isinstance(given, list) != several:
        return False
    entries = given if several else [given]
    return all(_is(entry, wanted) and _matches(entry["id"], pattern) for entry in entries)


def _matches(given: object, pattern: Mapping[str, Any]) -> bool:
    """Return whether the id ``given`` is ``pattern`` with a plain value for each wildcard."""
    if not isinstance(given, dict) or given.keys() != pattern.keys():
        return False
    return all(
        isinstance(given[key], str | int | float)
        if isinstance(value, list)
        else given[key] == value
        for key, value in pattern.items()
    )


def _changed_fit(changed: object, inputs: list[Any]) -> bool:
    """Return whether ``changed`` are names of ``inputs``: what triggers a callback is one."""
    entries = [one for entry in inputs for one in (entry if isinstance(entry, list) else [entry])]
    names = {f"{_spelt(entry['id'])}.{entry['property']}" for entry in entries}
    return isinstance(changed, list) and all(
        isinstance(name, str) and name in names for name in changed
    )


def _spelt(id_: object) -> str:
    """Return an id as names have it."""
    if isinstance(id_, str):
        return id_
    return json.dumps(id_, sort_keys=True, separators=(",", ":"))


def _is(entry: object, wanted: Mapping[str, Any]) -> bool:
    """Return whether ``entry`` names the wanted property; ``@...`` tells duplicates apart."""
    if not isinstance(entry, dict) or "id" not in entry:
        return False
    given, name = entry.get("property"), str(wanted["property"])
    return isinstance(given, str) and given.partition("@")[0] == name.partition("@")[0]
