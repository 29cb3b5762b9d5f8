"""Settings that are free words: a text, or names such as a user's columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gmm_dash.errors import StateError
from gmm_dash.state.fields.declaring import declare, shown
from gmm_dash.state.fields.lists import split_list


@dataclass(frozen=True, slots=True)
class Text:
    """A short free text."""

    key: str
    label: str
    help: str
    longest: int

    def parse(self, raw: Any) -> str:
        """Return ``raw`` if it is a printable text of bounded length, else raise ``StateError``."""
        if raw is None:
            return ""
        if not isinstance(raw, str) or len(raw) > self.longest or not raw.isprintable():
            raise StateError(
                f"{self.label}: {shown(raw)} is not a usable text.",
                hint=f"Use at most {self.longest} printable characters.",
            )
        return raw


@dataclass(frozen=True, slots=True)
class Names:
    """A list of free names, such as a user's columns; checked where the data are known."""

    key: str
    label: str
    help: str
    longest: int

    def parse(self, raw: Any) -> tuple[str, ...]:
        """Return the names without repetition, else raise ``StateError``."""
        names = tuple(dict.fromkeys(split_list(raw)))
        if sum(map(len, names)) > self.longest:
            raise StateError(
                f"{self.label}: the list is too long for a link.",
                hint="Choose fewer columns, or leave the list empty to use them all.",
            )
        return names


def text(key: str, *, label: str, longest: int, explain: str = "") -> str:
    """Declare a short free text, empty by default."""
    field: str = declare("", Text(key, label, explain, longest))
    return field


def names(key: str, *, label: str, longest: int, explain: str = "") -> tuple[str, ...]:
    """Declare a list of free names, empty by default."""
    field: tuple[str, ...] = declare((), Names(key, label, explain, longest))
    return field
