"""What is sent travels compressed; the compressed form of a file that is kept is kept as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g
from flask_compress import Compress

if TYPE_CHECKING:
    from flask import Flask, Request

    from gmm_dash.memory import Memory

LEVEL = 4
"""Of brotli and gzip: the reader is waiting."""


class _Kept:
    """The memory Flask-Compress asks; an answer without a key is compressed every time."""

    def __init__(self, kept: Memory[bytes]) -> None:
        self._kept = kept

    def get(self, key: str) -> bytes | None:
        """Return the compressed answer for ``"algorithm;key"``, or nothing."""
        return None if key.endswith(";") else self._kept.get(key)

    def set(self, key: str, value: bytes) -> None:
        """Keep a compressed answer, unless it has no key."""
        if not key.endswith(";"):
            self._kept.put(key, value)


def _key(request: Request) -> str:  # noqa: ARG001  (Flask-Compress passes it)
    """Return the key of the answer under way, empty when it is not kept."""
    return str(g.get("answer_key", ""))


def attach(server: Flask, kept: Memory[bytes]) -> None:
    """Compress what ``server`` sends; quickly, because the reader is waiting."""
    server.config.update(
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_ALGORITHM_STREAMING=["br"],
        COMPRESS_BR_LEVEL=LEVEL,
        COMPRESS_LEVEL=LEVEL,
        COMPRESS_CACHE_KEY=_key,
        COMPRESS_CACHE_BACKEND=lambda: _Kept(kept),
    )
    Compress(server)
