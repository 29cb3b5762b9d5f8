"""A poll whose answer is in memory is answered by the loop that read it, and wakes no thread.

Three hundred who follow a class ask two hundred times a second. Around an answer that costs next
to nothing stands what a server does for any request: a thread, a parser, an environment. So the
loop is given what to send back, for the one kind of request that is recognised as a whole, byte
for byte; whatever looks any different takes the way of all others.
"""

from __future__ import annotations

import re
import time
from email.utils import formatdate
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import orjson

from gmm_dash.serving import request_ids, routes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gmm_dash.config import Config
    from gmm_dash.serving.metrics import Meters

EXTENSION: Final = "gmm_dash_at_once"  # what a worker asks the application for
LARGEST: Final = 1_400  # bytes: one packet. What is longer is worth compressing, which takes long
_HEADERS: Final = rb"(?P<headers>(?:[A-Za-z0-9-]{1,80}:[ -~]{0,4000}\r\n){1,60})\r\n"
# What makes a request more than a question, or its answer the last one on a connection.
_MORE: Final = re.compile(
    rb"(?:^|\n)(?:connection:(?! ?keep-alive\r)|content-|transfer-|expect:|upgrade:|http2-)",
    re.IGNORECASE,
)
_HOST: Final = re.compile(rb"(?:^|\n)host:", re.IGNORECASE)
_NAME: Final = re.compile(
    rb"(?:^|\n)" + request_ids.HEADER.encode() + rb": *([^\r]*)\r", re.IGNORECASE
)
AtHand: TypeAlias = "Callable[[str], tuple[str, Mapping[str, Any]] | None]"


class AtOnce:
    """Answers polls, as bytes, from their bytes.

    Parameters
    ----------
    config : Config
        Where the page is, and whether proxies are trusted.
    prefix : str
        What their addresses begin with below the base path; then the name of what is asked for.
    argument : str
        The one in the query that holds the version that is known.
    at_hand : callable
        Returns, without waiting for anything, the newest version of what has a name and what
        there is to say of it; None when it would have to be looked for.
    fields : mapping of str to str
        Headers of every answer.
    of_news : mapping of str to str
        Headers of an answer that brings something, besides.
    meters : Meters
    """

    def __init__(
        self,
        config: Config,
        prefix: str,
        argument: str,
        at_hand: AtHand,
        fields: Mapping[str, str],
        of_news: Mapping[str, str],
        meters: Meters,
    ) -> None:
        start = config.base_path + prefix
        self._config, self._at_hand, self._meters = config, at_hand, meters
        self._begins = f"GET {start}".encode()
        self._poll = re.compile(
            re.escape(self._begins)
            + rb"(?P<of>[A-Za-z0-9_-]{1,64})\?"
            + re.escape(argument.encode())
            + rb"=(?P<known>[A-Za-z0-9.-]{0,64}) HTTP/1\.1\r\n"
            + _HEADERS
        )
        self._route = routes.kind(config.base_path, start)
        self._nothing, self._news = _lines(fields), _lines(fields) + _lines(of_news)

    def __call__(self, data: bytes | bytearray) -> bytes | None:
        """Return the answer to a request; None when it is no such poll, or not at hand."""
        if not data.startswith(self._begins):
            return None
        began = time.perf_counter()
        asked = self._poll.fullmatch(data)
        if asked is None or not _is_plain(asked["headers"]):
            return None
        found = self._at_hand(asked["of"].decode())
        if found is None:
            return None
        version, said = found
        known = version == asked["known"].decode()
        body = b"" if known else orjson.dumps(said)
        if len(body) > LARGEST:
            return None
        answer = self._head(asked["headers"], body) + body
        self._meters.request(
            self._route, 200 if body else 204, time.perf_counter() - began, later=False
        )
        return answer

    def _head(self, headers: bytes, body: bytes) -> bytes:
        given = _NAME.search(headers)
        name = request_ids.name_of(given[1].decode() if given else "", self._config)
        fields = f"Content-Length: {len(body)}\r\n{self._news}" if body else self._nothing
        return (
            f"HTTP/1.1 {'200 OK' if body else '204 No Content'}\r\n"
            f"Date: {formatdate(usegmt=True)}\r\n"
            "Connection: keep-alive\r\n"
            f"{fields}{request_ids.HEADER}: {name}\r\n\r\n"
        ).encode()


def _lines(fields: Mapping[str, str]) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in fields.items())


def _is_plain(headers: bytes) -> bool:
    return _MORE.search(headers) is None and len(_HOST.findall(headers)) == 1
