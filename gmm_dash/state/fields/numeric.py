"""Settings that are numbers within bounds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from gmm_dash.errors import StateError
from gmm_dash.state.fields.declaring import declare, shown


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
                f"{self.label}: {shown(raw)} is out of range.",
                hint=f"Stay between {self.low:g} and {self.high:g}.",
            )
        return self.kind(value)

    def _number(self, raw: Any) -> float:
        refused = StateError(
            f"{self.label}: {shown(raw)} is not a number.",
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
                f"{self.label}: {shown(raw)} is not a list of at most {self.most} numbers.",
                hint="Separate the numbers with commas.",
            )
        one = Number(self.key, self.label, self.help, float, -self.largest, self.largest)
        return tuple(float(f"{one.parse(item):.8g}") for item in items)


def integer(key: str, default: int, *, label: str, low: int, high: int, explain: str = "") -> int:
    """Declare a whole-number setting."""
    field: int = declare(default, Number(key, label, explain, int, low, high))
    return field


def real(
    key: str, default: float, *, label: str, low: float, high: float, explain: str = ""
) -> float:
    """Declare a real-number setting."""
    field: float = declare(default, Number(key, label, explain, float, low, high))
    return field


def numbers(
    key: str, *, label: str, most: int, largest: float, explain: str = ""
) -> tuple[float, ...]:
    """Declare a list of numbers, empty by default."""
    field: tuple[float, ...] = declare((), Numbers(key, label, explain, most, largest))
    return field
