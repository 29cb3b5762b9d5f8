"""A gunicorn worker whose threads never wait for a client.

gunicorn's own threaded worker gives a connection a thread at once, which then waits for the
request: a dozen clients that send slowly, and nobody else is answered. Here the loop that
accepts connections gathers each request, and a thread gets it when it is whole. What a thread
reads has come already. A request that the application can answer at once gets no thread.
"""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import time
from functools import partial
from queue import Empty, SimpleQueue
from selectors import EVENT_READ
from typing import TYPE_CHECKING, Any, Final

from gunicorn.http.errors import NoMoreData
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, ThreadWorker

from gmm_dash.config import Config
from gmm_dash.serving import at_once, logs
from gmm_dash.serving.arrival import Arrival, Patience

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from gunicorn.http.message import Request
    from gunicorn.workers.gthread import TConn

_PIECE: Final = 262_144
_LOOK_EVERY: Final = 0.25
_LEAVE_SECONDS: Final = 5.0
_LARGE_BODIES: Final = 4  # gathered at a time, if each is of the largest size there is
_REFUSALS: Final = {
    408: ("Request Timeout", "This request took too long to arrive. Try again."),
    431: ("Request Header Fields Too Large", "This request is not one the page sends."),
    503: ("Service Unavailable", "Many large files are being sent. Try again in a moment."),
}


class GatheredUnreader(SocketUnreader):  # type: ignore[misc]  # gunicorn has no types
    """Gives gunicorn's parser what was gathered, and then an end instead of a wait."""

    def __init__(self, sock: socket.socket) -> None:
        super().__init__(sock)
        self._gathered = memoryview(b"")

    def feed(self, data: bytearray) -> None:
        """Take one whole request, and maybe the beginning of the next."""
        self._gathered = memoryview(data)

    def chunk(self, size_hint: int | None = None) -> bytes:
        """Return the next piece."""
        size = min(max(size_hint or 0, self.mxchunk), self.max_body_chunk)
        piece, self._gathered = bytes(self._gathered[:size]), self._gathered[size:]
        if not piece:
            raise NoMoreData
        return piece

    def take_rest(self) -> bytes:
        """Return, and forget, what no request has used."""
        rest = bytes(self.take_buffered()) + bytes(self._gathered)
        self._gathered = memoryview(b"")
        return rest


class GatheringWorker(ThreadWorker):  # type: ignore[misc]
    """Gathers requests in its loop, and answers them in threads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        config = Config.from_env()
        self._limit = config.body_limit
        self._patience = Patience(self.cfg.keepalive, config.head_seconds, config.body_seconds)
        self._arriving: dict[TConn, Arrival] = {}
        self._room: dict[TConn, int] = {}  # bytes set apart for large bodies
        self._leaving: dict[TConn, float] = {}
        self._next_look, self._silent_until = 0.0, float("inf")
        self._at_once: Callable[[bytearray], bytes | None] = lambda _data: None
        self.heard_before: SimpleQueue[int] = SimpleQueue()

    def init_signals(self) -> None:
        """Answer signals, and a stop that came between the fork and now.

        Until here a worker has the handlers of the process it was forked from, which only note
        a signal. A server that is stopped while it starts would wait for this worker until its
        patience ends, and then kill it.
        """
        super().init_signals()
        with contextlib.suppress(Empty):
            while True:
                if self.heard_before.get_nowait() == signal.SIGTERM:
                    self.handle_exit(signal.SIGTERM, None)

    def load_wsgi(self) -> None:
        """Load the application, and what it can answer without a thread."""
        super().load_wsgi()
        told = getattr(self.wsgi, "extensions", {})
        self._at_once = told.get(at_once.EXTENSION, self._at_once)

    # -- gathering ------------------------------------------------------------------

    def enqueue_req(self, conn: TConn, data: bytes = b"") -> None:
        """Gather the next request of a connection that is new, or was kept alive."""
        if self.cfg.is_ssl:  # what comes cannot be read here
            super().enqueue_req(conn)
            return
        conn.sock.settimeout(0)
        self._await(conn)
        self._listen(conn, self._on_readable)
        if data:
            self._take(conn, data)

    def _await(self, conn: TConn) -> None:
        self._arriving[conn] = Arrival(self._limit, self._patience, time.monotonic())

    def _on_readable(self, conn: TConn, _sock: object) -> None:
        data = _received(conn.sock)
        if data:
            self._take(conn, data)
        elif data is not None:
            self._close(conn)

    def _take(self, conn: TConn, data: bytes) -> None:
        arrival = self._arriving[conn]
        arrival.add(data, time.monotonic())
        if arrival.too_large:
            self._refuse(conn, 431)
        elif arrival.whole:
            if not self._answered(conn, arrival):
                self._hand_over(conn, arrival)
        elif arrival.headed:
            self._await_body(conn, arrival)

    def _await_body(self, conn: TConn, arrival: Arrival) -> None:
        """Ask for the body when there is room for it; until then leave it where it is."""
        now, used = time.monotonic(), sum(self._room.values())
        if conn not in self._room and used + arrival.reserves > _LARGE_BODIES * self._limit:
            if not arrival.waiting:
                arrival.wait(now)
                self._forget(conn)
            return
        self._room[conn] = arrival.reserves
        if arrival.waiting:
            arrival.go_on(now)
            self._listen(conn, self._on_readable)
        if arrival.expects_invitation:
            arrival.invited = True
            _send(conn.sock, b"HTTP/1.1 100 Continue\r\n\r\n")

    def _hand_over(self, conn: TConn, arrival: Arrival) -> None:
        """Give the request to a thread."""
        self._forget(conn)
        del self._arriving[conn]
        conn.init()
        if not isinstance(conn.parser.unreader, GatheredUnreader):
            conn.parser.unreader = GatheredUnreader(conn.sock)
        conn.parser.unreader.feed(arrival.data)
        conn.invited = arrival.invited
        super().enqueue_req(conn)

    # -- answering ------------------------------------------------------------------

    def _answered(self, conn: TConn, arrival: Arrival) -> bool:
        """Answer at once if that can be done, and await the next request of the connection."""
        last = not self.alive or self.nr + 1 >= self.max_requests  # a thread says so, and ends
        answer = None if last else self._at_once(arrival.data)
        if answer is None:
            return False
        self.nr += 1
        if _send(conn.sock, answer) == len(answer):
            self._await(conn)
        else:  # nobody reads what was answered before
            self._close(conn)
        return True

    def handle_request(self, req: Request, conn: TConn) -> bool:
        """Answer; who has sent all of a request need not be asked to."""
        if getattr(conn, "invited", False):
            req._expected_100_continue = False  # noqa: SLF001  (gunicorn has no other way)
        return bool(super().handle_request(req, conn))

    def finish_request(self, conn: TConn, fs: Future[bool]) -> None:
        """Gather the next request, or part without keeping the loop waiting."""
        self._make_room(conn)
        if self.cfg.is_ssl:
            super().finish_request(conn, fs)
        elif fs.cancelled() or fs.exception() or not fs.result():
            self._leave(conn)
        elif rest := conn.parser.unreader.take_rest():
            self.enqueue_req(conn, rest)
        else:
            super().finish_request(conn, fs)

    # -- ending ---------------------------------------------------------------------

    def murder_pending(self) -> None:
        """End what takes too long; the loop calls this every second or more often."""
        super().murder_pending()
        now = time.monotonic()
        if now < self._next_look:
            return
        self._next_look = now + _LOOK_EVERY
        if not self.alive:  # browsers open connections that they may never use
            self._silent_until = min(self._silent_until, now + STOP_KEEPALIVE_LINGER)
        for conn, arrival in list(self._arriving.items()):
            if arrival.silent and (now >= self._silent_until or self._full or arrival.late(now)):
                self._close(conn)
            elif arrival.late(now):
                self._refuse(conn, 503 if arrival.waiting else 408)
        for conn, until in list(self._leaving.items()):
            if now >= until:
                self._close(conn)

    @property
    def _full(self) -> bool:
        return bool(self.nr_conns >= self.worker_connections)

    def _refuse(self, conn: TConn, status: int) -> None:
        logs.LOGGER.info(logs.line("request_ended", status=status))
        _send(conn.sock, _refusal(status))
        self._leave(conn)

    def _leave(self, conn: TConn) -> None:
        """Say that this is all, and read on for a while: else the answer may not get through."""
        self._forget(conn)
        self._arriving.pop(conn, None)
        self._make_room(conn)
        try:
            conn.sock.settimeout(0)
            conn.sock.shutdown(socket.SHUT_WR)
            self._listen(conn, self._on_leaving)
        except (OSError, ValueError):  # it is gone already
            self._close(conn)
        else:
            self._leaving[conn] = time.monotonic() + _LEAVE_SECONDS

    def _on_leaving(self, conn: TConn, _sock: object) -> None:
        if _received(conn.sock) == b"":
            self._close(conn)

    def _close(self, conn: TConn) -> None:
        self._forget(conn)
        self._arriving.pop(conn, None)
        self._leaving.pop(conn, None)
        self._make_room(conn)
        self.nr_conns -= 1
        conn.close()

    def _make_room(self, conn: TConn) -> None:
        """Let those go on that waited for what ``conn`` had."""
        if not self._room.pop(conn, 0):
            return
        for other, arrival in self._arriving.items():
            if arrival.waiting:
                self._await_body(other, arrival)

    def _listen(self, conn: TConn, heard: Any) -> None:
        self.poller.register(conn.sock, EVENT_READ, partial(heard, conn))

    def _forget(self, conn: TConn) -> None:
        with contextlib.suppress(KeyError, ValueError, OSError):  # it may not be there
            self.poller.unregister(conn.sock)


def _received(sock: socket.socket) -> bytes | None:
    """Return what has come: None for nothing yet, empty at the end."""
    try:
        return sock.recv(_PIECE)
    except BlockingIOError:
        return None
    except OSError:
        return b""


def _send(sock: socket.socket, data: bytes) -> int:
    """Send a few bytes to whoever still listens, and return how many there was room for."""
    try:
        return sock.send(data)
    except OSError:
        return 0


def _refusal(status: int) -> bytes:
    reason, says = _REFUSALS[status]
    body = json.dumps({"message": says})
    lines = [
        f"HTTP/1.1 {status} {reason}",
        "Connection: close",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        *(["Retry-After: 2"] if status == 503 else []),
    ]
    return "\r\n".join([*lines, "", body]).encode()
