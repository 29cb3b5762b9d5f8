"""The small server of the command line gives every connection a thread, but not for ever."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING

from werkzeug.serving import WSGIRequestHandler

from gmm_dash.serving.arrival import BYTES_PER_SECOND

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from gmm_dash.config import Config


class _UntilThen(io.RawIOBase):
    """Reads a socket until a time; then it raises ``TimeoutError``."""

    def __init__(self, sock: socket.socket, seconds: float) -> None:
        self._sock = sock
        self.allow(seconds)

    def allow(self, seconds: float) -> None:
        """Let reading go on for so long from now."""
        self._until = time.monotonic() + seconds

    def readable(self) -> bool:
        """Return that this can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read what has come, waiting no longer than until then."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        usual = self._sock.gettimeout()
        self._sock.settimeout(left)
        try:
            return self._sock.recv_into(buffer)
        finally:
            self._sock.settimeout(usual)


def handler(config: Config) -> type[WSGIRequestHandler]:
    """Return a request handler that keeps the limits of ``config`` on how slowly a client sends."""

    class Paced(WSGIRequestHandler):
        def setup(self) -> None:
            super().setup()
            self.rfile.close()
            self._reader = _UntilThen(self.connection, config.head_seconds)
            self.rfile = io.BufferedReader(self._reader)

        def run_wsgi(self) -> None:
            self._reader.allow(_seconds(self.headers.get, config))
            super().run_wsgi()

    return Paced


def _seconds(header: Callable[[str, str], str], config: Config) -> float:
    """Return how long a body may take: by its length, when it says one that is allowed."""
    length = header("Content-Length", "")
    size = int(length[:20]) if length.isdecimal() else config.body_limit
    return config.body_seconds + min(size, config.body_limit) / BYTES_PER_SECOND
