"""How a group of settings holds what a field accepts."""

from __future__ import annotations

import dataclasses
from typing import Any, Final, Protocol

SPEC: Final = "spec"  # under which a dataclass field keeps it


class Parser(Protocol):
    """Makes a value of what a link or a control gives."""

    def parse(self, raw: Any) -> Any:
        """Return the value, else raise ``StateError``."""


def declare(default: Any, spec: Parser) -> Any:
    """Return the dataclass field of a setting."""
    return dataclasses.field(default=default, metadata={SPEC: spec})


def shown(raw: Any) -> str:
    """Return ``raw`` short enough for a sentence on the page."""
    text = str(raw)
    return repr(text if len(text) <= 40 else f"{text[:40]}…")
