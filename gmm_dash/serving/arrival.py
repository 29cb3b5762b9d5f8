"""What has come of one request so far, and whether that is all of it.

Only the framing is read: where the head ends, and how long the body is. Whatever looks wrong
counts as complete, since the HTTP parser behind refuses it with the right words; it is never
asked to wait for more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

LARGEST_HEAD: Final = 65_536
SMALL_BODY: Final = 262_144
BYTES_PER_SECOND: Final = 20_000
_LONGEST_CHUNK_LINE: Final = 8_190
_LENGTH: Final = re.compile(rb"\r\ncontent-length:[ \t]*([^\r\n]*)", re.IGNORECASE)
_CODING: Final = re.compile(rb"\r\ntransfer-encoding:[ \t]*([^\r\n]*)", re.IGNORECASE)
_EXPECTS: Final = re.compile(rb" HTTP/1\.1\r\n(.*\r\n)?expect:[ \t]*100-continue", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Patience:
    """How slowly a client may send, in seconds.

    Attributes
    ----------
    silent : float
        Before the first byte: browsers open connections that they may need.
    head : float
        From the first byte to the end of the head.
    body : float
        To the end of the body, or for every ``BYTES_PER_SECOND`` times as many bytes of it.
    """

    silent: float
    head: float
    body: float


class Arrival:
    """One request under way.

    Parameters
    ----------
    limit : int
        Bytes of the largest body; a longer one is not waited for.
    patience : Patience
    now : float
        The time of a clock that only goes forward.
    """

    def __init__(self, limit: int, patience: Patience, now: float) -> None:
        self.data = bytearray()
        self.headed = self.whole = self.invited = self.waiting = False
        self.reserves = 0  # bytes that must be set apart for the body, none when it is small
        self._limit, self._patience = limit, patience
        self._deadline = now + patience.silent
        self._body_at = self._next_chunk = self._end = 0
        self._bytes_due = 0

    @property
    def silent(self) -> bool:
        """Whether nothing has come yet."""
        return not self.data

    @property
    def too_large(self) -> bool:
        """Whether the head is longer than any."""
        return not self.headed and len(self.data) > LARGEST_HEAD

    @property
    def expects_invitation(self) -> bool:
        """Whether the client waits for ``100 Continue`` before it sends the body."""
        if self.invited or self.whole or not self.headed:
            return False
        return _EXPECTS.search(self.data, 0, self._body_at) is not None

    def late(self, now: float) -> bool:
        """Return whether the client has been too slow."""
        if now < self._deadline:
            return False
        if self.headed and len(self.data) >= self._bytes_due:
            self._await_body(now)
            return False
        return True

    def add(self, data: bytes, now: float) -> None:
        """Take what has come."""
        if not self.data:
            self._deadline = now + self._patience.head
        seen = max(0, len(self.data) - 3)
        self.data += data
        if not self.headed:
            self._look_for_head(seen, now)
        if self.headed and not self.whole:
            self._look_for_end()

    def wait(self, now: float) -> None:
        """Let nothing come for a while: there is no room for the body."""
        self.waiting, self._bytes_due = True, len(self.data) + 1
        self._deadline = now + self._patience.body

    def go_on(self, now: float) -> None:
        """Let the body come."""
        self.waiting = False
        self._await_body(now)

    def _await_body(self, now: float) -> None:
        self._deadline = now + self._patience.body
        self._bytes_due = len(self.data) + int(self._patience.body * BYTES_PER_SECOND)

    def _look_for_head(self, seen: int, now: float) -> None:
        end = self.data.find(b"\r\n\r\n", seen)
        if end < 0:
            self.whole = self.data.count(b"\n") != self.data.count(b"\r\n")  # a bare line feed
            return
        self.headed, self._body_at = True, end + 4
        self._await_body(now)
        self._read_framing(bytes(self.data[: end + 2]))

    def _read_framing(self, head: bytes) -> None:
        lengths, codings = _LENGTH.findall(head), _CODING.findall(head)
        if not lengths and not codings:
            self.whole = True
        elif codings == [b"chunked"] and not lengths:
            self._next_chunk, self.reserves = self._body_at, self._limit
        elif len(lengths) == 1 and lengths[0].strip().isdigit() and not codings:
            self._expect(int(lengths[0][:20]))
        else:
            self.whole = True

    def _expect(self, length: int) -> None:
        self._end = self._body_at + length
        self.whole = self.invited = length > self._limit  # answered without its body
        self.reserves = length if length > SMALL_BODY else 0

    def _look_for_end(self) -> None:
        if self._next_chunk:
            self._follow_chunks()
            too_long = len(self.data) > self._body_at + self._limit + LARGEST_HEAD
            self.whole = self.whole or too_long
        else:
            self.whole = len(self.data) >= self._end

    def _follow_chunks(self) -> None:
        """Go from chunk to chunk, as far as their sizes have come."""
        while not self.whole and (end := self.data.find(b"\r\n", self._next_chunk)) >= 0:
            size = _size(bytes(self.data[self._next_chunk : end]))
            if size is None or size > self._limit:
                self.whole = True
            elif size:
                self._next_chunk = end + 2 + size + 2
            else:
                self._look_for_trailers(end)
                return
        if len(self.data) - self._next_chunk > _LONGEST_CHUNK_LINE:
            self.whole = True  # the line of a size, without an end

    def _look_for_trailers(self, end: int) -> None:
        trailers = self.data[end + 2 :]
        bare = trailers.count(b"\n") != trailers.count(b"\r\n")
        ended = trailers.startswith(b"\r\n") or b"\r\n\r\n" in trailers
        self.whole = ended or bare or len(trailers) > LARGEST_HEAD


def _size(line: bytes) -> int | None:
    """Return the size that begins a chunk; None when it is none."""
    digits = line.partition(b";")[0].rstrip(b" \t")
    good = len(line) <= _LONGEST_CHUNK_LINE and re.fullmatch(rb"[0-9a-fA-F]{1,15}", digits)
    return int(digits, 16) if good else None
