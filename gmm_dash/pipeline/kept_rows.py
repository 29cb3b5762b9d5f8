"""Rows of long work that the server has made, or was given, by what they are.

A page names what it has instead of sending it. Names are digests of the content, made here: nobody
can put other rows under a name, and equal work has equal names for everybody. What a worker never
had, or has forgotten, it says so of; the page has it.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, TypeAlias

from gmm_dash.errors import RowsGoneError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gmm_dash.memory import Memory

Rows: TypeAlias = "Mapping[str, list[dict[str, Any]]]"


class KeptRows:
    """Rows by name, as long as memory lasts.

    Parameters
    ----------
    memory : Memory
        Where they are kept, among results.
    """

    def __init__(self, memory: Memory[Any]) -> None:
        self._memory = memory

    def keep(self, rows: Rows) -> str:
        """Keep rows, in lists by kind, and return their name."""
        packed = json.dumps(rows, separators=(",", ":")).encode()
        name = hashlib.blake2b(packed, digest_size=12).hexdigest()
        self._memory.put(("rows", name), packed)
        return name

    def joined(self, names: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of all ``names``, in lists by kind.

        Raises
        ------
        RowsGoneError
            When some are not here, or not any more.
        """
        found = {name: self._memory.get(("rows", name), b"") for name in names}
        gone = [name for name, packed in found.items() if not packed]
        if gone:
            raise RowsGoneError(gone)
        rows: dict[str, list[dict[str, Any]]] = {}
        for packed in found.values():
            for kind, some in json.loads(packed or b"{}").items():
                rows.setdefault(kind, []).extend(some)
        return rows
