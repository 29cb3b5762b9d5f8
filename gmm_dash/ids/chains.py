"""Long work, asked for piece by piece."""

from __future__ import annotations

from typing import Any


def chain(name: str, part: str) -> dict[str, Any]:
    """Return the id of one part of a chain of requests; ``name`` is that of its view.

    Parts: ``config``, ``result``, ``final`` (the same, once complete or stopped), ``done``
    (stores), ``frame`` (all that is seen), ``text``, ``start``, ``stop``.
    """
    return {"kind": "chain", "name": name, "part": part}
