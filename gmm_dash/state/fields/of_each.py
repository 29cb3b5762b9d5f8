"""Settings that say one thing of each of several: of columns, or of numbered things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote_plus

from gmm_dash.errors import StateError
from gmm_dash.state.fields.declaring import declare, shown
from gmm_dash.state.fields.lists import is_reference, join_list, split_list

_JOINT: Final = 6  # characters of a link that join a treatment to its column and to the next one


@dataclass(frozen=True, slots=True)
class Treatments:
    """What is done to which column: a list of ``kind:column``, one for each column."""

    key: str
    label: str
    help: str
    options: tuple[str, ...]
    longest: int

    def parse(self, raw: Any) -> tuple[str, ...]:
        """Return the list, of two for one column the first, else raise ``StateError``."""
        found: dict[str, str] = {}
        for item in split_list(raw):
            kind, colon, name = item.partition(":")
            if kind not in self.options or not colon or not name:
                raise StateError(
                    f"{self.label}: {shown(item)} is not a choice.",
                    hint=f"Give {', '.join(self.options)} with a column, such as log:weight.",
                )
            found.setdefault(name, kind)
        if sum(len(name) + len(kind) + _JOINT for name, kind in found.items()) > self.longest:
            raise StateError(
                f"{self.label}: the list is too long for a link.",
                hint="Transform fewer columns.",
            )
        return tuple(f"{kind}:{name}" for name, kind in found.items())


@dataclass(frozen=True, slots=True)
class Called:
    """What a person calls numbered things: a list of ``number:name``, one for each that has any.

    Or the key of a stored list, alone, behind ``@``: ``longest`` bounds the characters that the
    list takes in a link.
    """

    key: str
    label: str
    help: str
    most: int
    letters: int
    longest: int

    def parse(self, raw: Any) -> tuple[str, ...]:
        """Return the list by number, of two for one number the first, else raise an error."""
        found: dict[int, str] = {}
        items = split_list(raw)
        if is_reference(items):
            return (items[0],)
        for item in items:
            number, _, name = item.partition(":")
            name = name.strip()
            known = number.isascii() and number.isdigit() and len(number) <= 3
            if not known or not 1 <= int(number) <= self.most or not self._usable(name):
                raise StateError(
                    f"{self.label}: {shown(item)} is not a usable name.",
                    hint=f"Give a number and up to {self.letters} printable characters, such as "
                    "1:heavy.",
                )
            found.setdefault(int(number), name)
        listed = tuple(f"{number}:{found[number]}" for number in sorted(found))
        if len(quote_plus(join_list(listed))) > self.longest:
            raise StateError(
                f"{self.label}: together the names are too long for a link.",
                hint="Shorten some.",
            )
        return listed

    def _usable(self, name: str) -> bool:
        return 0 < len(name) <= self.letters and name.isprintable()


def treatments(
    key: str, *, label: str, options: tuple[str, ...], longest: int, explain: str = ""
) -> tuple[str, ...]:
    """Declare a list of what is done to which column, empty by default."""
    field: tuple[str, ...] = declare((), Treatments(key, label, explain, options, longest))
    return field


def called(
    key: str, *, label: str, most: int, letters: int, longest: int, explain: str = ""
) -> tuple[str, ...]:
    """Declare names for numbered things, empty by default."""
    spec = Called(key, label, explain, most, letters, longest)
    field: tuple[str, ...] = declare((), spec)
    return field
