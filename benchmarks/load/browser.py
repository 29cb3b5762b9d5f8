"""One browser's connection, as cheap as can be: three hundred must fit on one processor."""

from __future__ import annotations

import asyncio
import json
import random
import time
from dataclasses import dataclass, field

import brotli

PATIENCE_S = 60  # for one answer, which may be a place in the queue
GIVES_UP_S = 300


@dataclass(frozen=True, slots=True)
class Answer:
    """A status (0: none came), the body, and the seconds from asking to its last byte.

    ``queued`` is how often the server told to come again, which is waited for as the page does.
    """

    status: int
    body: bytes
    seconds: float
    queued: int = 0


@dataclass(slots=True)
class Browser:
    """Asks one thing at a time over a connection that is kept; lost ones are opened again."""

    port: int
    _pipe: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = field(default=None)

    async def ask(self, path: str, body: bytes | None = None, kind: str = "json") -> Answer:
        """Return the answer to a GET, or with ``body`` to a POST; a busy server is asked again."""
        started, written, queued = time.perf_counter(), _written(path, body, kind), 0
        while True:
            status, content = await self._once(written)
            waited = time.perf_counter() - started
            pause = _pause(status, content)
            if pause is None or waited > GIVES_UP_S:
                return Answer(status, content, waited, queued)
            queued += 1
            await asyncio.sleep(pause)

    async def _once(self, written: bytes) -> tuple[int, bytes]:
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await self._exchange(written)
        except (OSError, EOFError, TimeoutError, ValueError):
            self.close()
            return 0, b""

    async def _exchange(self, asked: bytes) -> tuple[int, bytes]:
        if self._pipe is None:
            self._pipe = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._pipe
        writer.write(asked)
        await writer.drain()
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
        content = await reader.readexactly(int(headers.get("content-length", 0)))  # none with 204
        if headers.get("connection", "").lower() == "close":
            self.close()
        packed = headers.get("content-encoding") == "br"
        return int(first.split()[1]), brotli.decompress(content) if packed else content

    def close(self) -> None:
        """Let the connection go."""
        if self._pipe:
            self._pipe[1].close()
        self._pipe = None


def _pause(status: int, content: bytes) -> float | None:
    """Return the seconds until a busy server wants to be asked again; None for an answer."""
    try:
        said = json.loads(content) if status == 503 else {}
    except ValueError:
        return None
    return said["seconds"] * random.uniform(1, 1.1) if "seconds" in said else None


def _written(path: str, body: bytes | None, kind: str) -> bytes:
    head = [
        f"{'GET' if body is None else 'POST'} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Accept-Encoding: br",
    ]
    if body is not None:
        head += [f"Content-Type: application/{kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*head, "", ""]).encode() + (body or b"")
