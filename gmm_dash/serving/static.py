"""Scripts and styles: compressed once, kept by browsers, 404 when unknown.

An address with a fingerprint never changes its content and is kept for a year. Those
without one, such as the scripts a page loads later, are asked for again after minutes and
mostly answered with 304.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import brotli
from flask import Response, abort, g, make_response, redirect, request
from werkzeug.exceptions import HTTPException

from gmm_dash.config import DAY
from gmm_dash.serving import routes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask

_FINGERPRINT = re.compile(r"v[\w-]+m[0-9a-fA-F]+")
_YEAR = "public, max-age=31536000, immutable"
_MINUTES = "public, max-age=300, must-revalidate"
# Nine tenths of what level 11 saves, in a tenth of its time.
_BROTLI_LEVEL = 9


@dataclass(frozen=True, slots=True)
class _File:
    """One file in one encoding, as it is sent."""

    data: bytes
    encoding: str
    mimetype: str
    etag: str

    def send(self, *, forever: bool) -> Response:
        """Return the file, or 304 when the browser has this very one."""
        response = Response(self.data, mimetype=self.mimetype)
        if self.encoding != "identity":
            response.headers["Content-Encoding"] = self.encoding
        response.headers["Cache-Control"] = _YEAR if forever else _MINUTES
        response.headers["Vary"] = "Accept-Encoding"
        response.set_etag(self.etag)
        response.make_conditional(request)
        return response


class _Files:
    """Files that do not change while the server runs; each encoding is made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], _File] = {}
        self._lock = Lock()

    def get(self, path: str, encoding: str) -> _File | None:
        """Return the file made earlier, or nothing."""
        return self._made.get((path, encoding))

    def make(self, path: str, encoding: str, data: bytes, packed: bytes | None) -> _File:
        """Return ``data`` in ``encoding``; others wait rather than do the same work.

        ``packed`` is ``data`` in that encoding when it is at hand.
        """
        with self._lock:
            if (path, encoding) not in self._made:
                packed = packed or _encode(data, encoding)
                etag = hashlib.blake2b(packed, digest_size=12).hexdigest()
                self._made[path, encoding] = _File(packed, encoding, _type_of(path), etag)
            return self._made[path, encoding]


def _encode(data: bytes, encoding: str) -> bytes:
    """Return ``data`` compressed."""
    if encoding == "br":
        return bytes(brotli.compress(data, quality=_BROTLI_LEVEL))
    return gzip.compress(data, compresslevel=9, mtime=0) if encoding == "gzip" else data


def _wanted() -> str:
    """Return the best encoding the browser takes."""
    accepted = request.accept_encodings
    return next((name for name in ("br", "gzip") if accepted[name] > 0), "identity")


def attach(server: Flask, base: str, *, packed: Mapping[str, bytes]) -> None:
    """Serve component scripts pre-compressed; those in ``packed`` are, by their path."""
    endpoint, files = base + routes.SUITES, _Files()
    read = _forgiving(server.view_functions[endpoint])

    def serve(package_name: str, fingerprinted_path: str) -> Response:
        inner, forever = _plain(fingerprinted_path)
        path, encoding = f"{package_name}/{inner}", _wanted()
        known = files.get(path, encoding)
        if known is None and (ready := packed.get(path)):
            plain = b"" if encoding == "br" else brotli.decompress(ready)
            known = files.make(path, encoding, plain, ready if encoding == "br" else None)
        if known is None:
            response = read(package_name=package_name, fingerprinted_path=fingerprinted_path)
            if response.status_code != 200:
                return response
            known = files.make(path, encoding, response.get_data(), None)
        return known.send(forever=forever)

    server.view_functions[endpoint] = serve
    # What is no page of ours, such as health, names no icon; browsers look for one here then.
    icon = f"{base}assets/favicon.ico"
    server.add_url_rule(base + routes.ICON, "icon", lambda: redirect(icon))
    server.after_request(lambda response: _keep_assets(base, response))


def _keep_assets(base: str, response: Response) -> Response:
    """Let browsers keep our own files: for a year when the address has the time of change."""
    if not request.path.startswith(f"{base}assets/") or response.status_code != 200:
        return response
    if "m" in request.args:
        response.headers["Cache-Control"] = _YEAR
    elif (response.mimetype or "").startswith("font/"):
        response.headers["Cache-Control"] = f"public, max-age={DAY}"
    response.direct_passthrough = False
    response.make_sequence()  # read and closed, so that its compressed form can be kept
    g.answer_key = f"{request.path} {response.get_etag()[0]}"
    return response


def _plain(path: str) -> tuple[str, bool]:
    """Return ``path`` without its fingerprint, and whether it had one.

    Any fingerprint is good, so only the plain path may name what is kept in memory.
    """
    folder, slash, name = path.rpartition("/")
    parts = name.split(".")
    if len(parts) > 2 and _FINGERPRINT.fullmatch(parts[1]):
        return folder + slash + ".".join([parts[0], *parts[2:]]), True
    return path, False


def _type_of(path: str) -> str:
    """Return the media type of a script, style or source map."""
    kinds = {"js": "text/javascript", "css": "text/css", "map": "application/json"}
    return kinds.get(path.rsplit(".", 1)[-1], "application/octet-stream")


def _forgiving(view: Callable[..., object]) -> Callable[..., Response]:
    """Return ``view`` with 404 for every name it does not know, whatever it raises."""

    def read(**names: str) -> Response:
        try:
            return make_response(view(**names))
        except HTTPException:
            raise
        except Exception:  # noqa: BLE001  (unknown packages and paths raise many kinds)
            abort(404)

    return read
