"""How one setting is declared: once, for its default, bounds, URL key, label and help.

A declaration knows how to read one raw value, from a link or from the browser, and
refuses whatever lies outside its bounds; nothing else in the program checks settings.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import quote_plus, unquote

from gmm_dash.errors import StateError

LAST = "last"  # the player's newest frame, whatever its number
_SPEC = "spec"
REFERENCE = "@"  # before the key of a list that is stored, where a link has not its items
_REFERENCE = re.compile(f"{REFERENCE}[A-Za-z0-9_-]{{16}}")
_JOINT = 6  # characters of a link that join a treatment to its column and to the next one


def _shown(raw: Any) -> str:
    """Return ``raw`` short enough for a sentence on the page."""
    text = str(raw)
    return repr(text if len(text) <= 40 else f"{text[:40]}…")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a closed set of names."""

    key: str
    label: str
    help: str
    options: Callable[[], tuple[str, ...]]

    def parse(self, raw: Any) -> str:
        """Return ``raw`` if it is an option, else raise ``StateError``."""
        if not isinstance(raw, str) or raw not in self.options():
            raise StateError(
                f"{self.label}: {_shown(raw)} is not a choice.",
                hint=f"Choose one of {', '.join(self.options())}.",
            )
        return str(raw)


@dataclass(frozen=True, slots=True)
class Number:
    """A bounded number; ``kind`` is ``int`` or ``float``."""

    key: str
    label: str
    help: str
    kind: type[int] | type[float]
    low: float
    high: float

    def parse(self, raw: Any) -> float:
        """Return ``raw`` as ``kind`` if it lies within bounds, else raise ``StateError``."""
        value = self._number(raw)
        if not self.low <= value <= self.high:  # also refuses nan
            raise StateError(
                f"{self.label}: {_shown(raw)} is out of range.",
                hint=f"Stay between {self.low:g} and {self.high:g}.",
            )
        return self.kind(value)

    def _number(self, raw: Any) -> float:
        refused = StateError(
            f"{self.label}: {_shown(raw)} is not a number.",
            hint=f"Give {'a whole' if self.kind is int else 'a'} number "
            f"between {self.low:g} and {self.high:g}.",
        )
        if isinstance(raw, bool) or not isinstance(raw, int | float | str):
            raise refused
        if isinstance(raw, str) and (len(raw) > 30 or "_" in raw):
            raise refused
        try:
            value = float(raw)
        except (ValueError, OverflowError):
            raise refused from None
        if self.kind is int and math.isfinite(value) and not value.is_integer():
            raise refused
        return value + 0.0  # minus zero is zero: NumPy refuses to draw with it


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame of the player: its number, or ``"last"``."""

    key: str
    label: str
    help: str
    high: int

    def parse(self, raw: Any) -> int | str:
        """Return a frame number or ``"last"``, else raise ``StateError``."""
        if raw == LAST:
            return LAST
        return int(Number(self.key, self.label, self.help, int, 0, self.high).parse(raw))


@dataclass(frozen=True, slots=True)
class Flags:
    """Any number of names out of a closed set, in the set's order."""

    key: str
    label: str
    help: str
    options: Callable[[], tuple[str, ...]]

    def parse(self, raw: Any) -> tuple[str, ...]:
        """Return the chosen names in declared order, else raise ``StateError``."""
        chosen = set(split_list(raw))
        if not chosen:
            return ()
        if unknown := sorted(chosen - set(self.options())):
            raise StateError(
                f"{self.label}: {_shown(unknown[0])} is not a choice.",
                hint=f"Choose among {', '.join(self.options())}.",
            )
        return tuple(name for name in self.options() if name in chosen)


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
                    f"{self.label}: {_shown(item)} is not a choice.",
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
                    f"{self.label}: {_shown(item)} is not a usable name.",
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


@dataclass(frozen=True, slots=True)
class Kept:
    """Values of other settings, kept beside those that are shown: a list of ``key:value``.

    Each value is what a link has for its key. ``longest`` bounds the characters of the list in a
    link.
    """

    key: str
    label: str
    help: str
    keys: tuple[str, ...]
    specs: Callable[[], Mapping[str, Spec]]
    longest: int

    def parse(self, raw: Any) -> tuple[str, ...]:
        """Return the list by key, of two for one key the first, else raise ``StateError``."""
        items = split_list(raw)
        specs = self.specs() if items else {}
        found: dict[str, str] = {}
        for item in items:
            key, colon, value = item.partition(":")
            if key not in self.keys or not colon:
                raise StateError(
                    f"{self.label}: {_shown(item)} is no setting that can be kept.",
                    hint=f"Give {', '.join(self.keys)} with a value, such as k:3.",
                )
            try:
                found.setdefault(key, _text_of(specs[key].parse(value)))
            except StateError as error:
                raise StateError(f"{self.label}: {error}", hint=error.hint) from None
        kept = tuple(f"{key}:{found[key]}" for key in self.keys if key in found)
        if len(quote_plus(join_list(kept))) > self.longest:
            raise StateError(
                f"{self.label}: its settings are too long for a link.",
                hint="Choose fewer columns, or transform fewer, before it is pinned.",
            )
        return kept


def _text_of(value: Any) -> str:
    return join_list(value) if isinstance(value, tuple) else str(value)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A list of numbers, such as positions; each keeps eight significant digits."""

    key: str
    label: str
    help: str
    most: int
    largest: float

    def parse(self, raw: Any) -> tuple[float, ...]:
        """Return the numbers if all are within bounds, else raise ``StateError``."""
        items = raw.split(",") if isinstance(raw, str) and raw else raw or []
        if not isinstance(items, list | tuple) or len(items) > self.most:
            raise StateError(
                f"{self.label}: {_shown(raw)} is not a list of at most {self.most} numbers.",
                hint="Separate the numbers with commas.",
            )
        one = Number(self.key, self.label, self.help, float, -self.largest, self.largest)
        return tuple(float(f"{one.parse(item):.8g}") for item in items)


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
                f"{self.label}: {_shown(raw)} is not a usable text.",
                hint=f"Use at most {self.longest} printable characters.",
            )
        return raw


Spec: TypeAlias = (
    Choice | Number | Frame | Flags | Names | Treatments | Called | Kept | Numbers | Text
)


def split_list(raw: Any) -> list[str]:
    """Return the items of a list from the browser, or of its comma-separated URL form."""
    if raw is None or raw == "":
        return []
    if isinstance(raw, str):
        return [unquote(item) for item in raw.split(",") if item]
    if isinstance(raw, list | tuple) and all(isinstance(item, str) for item in raw):
        return [item for item in raw if item]
    raise StateError(f"{_shown(raw)} is not a list of names.")


def is_reference(items: Sequence[str]) -> bool:
    """Return whether a list stands for one that is stored."""
    return len(items) == 1 and _REFERENCE.fullmatch(items[0]) is not None


def join_list(items: tuple[str, ...]) -> str:
    """Return the URL form of a list; commas inside a name are escaped."""
    return ",".join(item.replace("%", "%25").replace(",", "%2C") for item in items)


def _declare(default: Any, spec: Spec) -> Any:
    return dataclasses.field(default=default, metadata={_SPEC: spec})


def choice(
    key: str, default: str, *, label: str, options: Callable[[], tuple[str, ...]], explain: str = ""
) -> str:
    """Declare a setting that is one of a closed set of names."""
    return str_field(default, Choice(key, label, explain, options))


def integer(key: str, default: int, *, label: str, low: int, high: int, explain: str = "") -> int:
    """Declare a whole-number setting."""
    field: int = _declare(default, Number(key, label, explain, int, low, high))
    return field


def real(
    key: str, default: float, *, label: str, low: float, high: float, explain: str = ""
) -> float:
    """Declare a real-number setting."""
    field: float = _declare(default, Number(key, label, explain, float, low, high))
    return field


def frame(key: str, *, label: str, high: int, explain: str = "") -> int | str:
    """Declare the player's position; it starts at the end."""
    field: int | str = _declare(LAST, Frame(key, label, explain, high))
    return field


def flags(
    key: str,
    default: tuple[str, ...],
    *,
    label: str,
    options: Callable[[], tuple[str, ...]],
    explain: str = "",
) -> tuple[str, ...]:
    """Declare a setting that is a subset of a closed set of names."""
    field: tuple[str, ...] = _declare(default, Flags(key, label, explain, options))
    return field


def names(key: str, *, label: str, longest: int, explain: str = "") -> tuple[str, ...]:
    """Declare a list of free names, empty by default."""
    field: tuple[str, ...] = _declare((), Names(key, label, explain, longest))
    return field


def treatments(
    key: str, *, label: str, options: tuple[str, ...], longest: int, explain: str = ""
) -> tuple[str, ...]:
    """Declare a list of what is done to which column, empty by default."""
    field: tuple[str, ...] = _declare((), Treatments(key, label, explain, options, longest))
    return field


def called(
    key: str, *, label: str, most: int, letters: int, longest: int, explain: str = ""
) -> tuple[str, ...]:
    """Declare names for numbered things, empty by default."""
    spec = Called(key, label, explain, most, letters, longest)
    field: tuple[str, ...] = _declare((), spec)
    return field


def kept(
    key: str,
    *,
    label: str,
    keys: tuple[str, ...],
    among: Callable[[], Mapping[str, Spec]],
    longest: int,
    explain: str = "",
) -> tuple[str, ...]:
    """Declare values of other settings that are kept, none by default."""
    spec = Kept(key, label, explain, keys, among, longest)
    field: tuple[str, ...] = _declare((), spec)
    return field


def numbers(
    key: str, *, label: str, most: int, largest: float, explain: str = ""
) -> tuple[float, ...]:
    """Declare a list of numbers, empty by default."""
    field: tuple[float, ...] = _declare((), Numbers(key, label, explain, most, largest))
    return field


def text(key: str, *, label: str, longest: int, explain: str = "") -> str:
    """Declare a short free text, empty by default."""
    return str_field("", Text(key, label, explain, longest))


def str_field(default: str, spec: Spec) -> str:
    """Return the dataclass field of a setting whose value is a string."""
    field: str = _declare(default, spec)
    return field


class Declared:
    """Base of the setting groups: parses every value, so that a bad one cannot exist."""

    __slots__ = ()

    def __post_init__(self) -> None:
        """Raise ``StateError`` on the first value outside its declared bounds."""
        for name, spec in specs(type(self)).items():
            object.__setattr__(self, name, spec.parse(getattr(self, name)))


def specs(cls: type[Any]) -> dict[str, Spec]:
    """Return the spec of every field of ``cls``, by field name, in declared order."""
    return {f.name: f.metadata[_SPEC] for f in dataclasses.fields(cls)}
