"""What a class can be asked, which answers there are, and what they add up to."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeGuard

from gmm_dash.errors import RoomError
from gmm_dash.rooms import starts
from gmm_dash.rooms.starts import Start

if TYPE_CHECKING:
    from collections.abc import Sequence

Answer: TypeAlias = int | float | list[float] | Start

CHOICE: Final = "choice"
NUMBER: Final = "number"
POINT: Final = "point"
START: Final = "start"
FEWEST_OPTIONS: Final = 2
MOST_OPTIONS: Final = 6
LONGEST_PROMPT: Final = 400
LONGEST_OPTION: Final = 160
LONGEST_WHY: Final = 3_000
LONGEST_BASE: Final = 8_000
LARGEST: Final = 1e12
OUTSIDE: Final = "This answer is not one of those that were asked for."


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes
    ----------
    kind : str
        ``"choice"``, ``"number"``, ``"point"`` or ``"start"``.
    prompt : str
    options : tuple of str
        Of a choice: two to six.
    x, y : (float, float)
        Of a number, ``x`` holds its bounds; of a point, both hold those of the plot.
    whole : bool
        Whether a number is a whole one, such as K.
    base : str
        Of a start: the query of the state it is a start of.
    why : str
        What is said when the class has seen its answers.
    """

    kind: str
    prompt: str
    options: tuple[str, ...] = ()
    x: tuple[float, float] = (0.0, 1.0)
    y: tuple[float, float] = (0.0, 1.0)
    whole: bool = False
    base: str = ""
    why: str = ""

    @classmethod
    def read(cls, found: object) -> Question:
        """Return the question in parsed JSON.

        Raises
        ------
        RoomError
            When there is none that a class can be asked.
        """
        asked = found if isinstance(found, dict) else {}
        kind, prompt = asked.get("kind"), _text(asked.get("prompt"), LONGEST_PROMPT)
        why = _text(asked.get("why", ""), LONGEST_WHY)
        if kind == CHOICE and prompt:
            return cls(CHOICE, prompt, _options(asked.get("options")), why=why)
        if kind == NUMBER and prompt:
            whole = asked.get("whole") is True
            return cls(NUMBER, prompt, x=_bounds(asked.get("x")), whole=whole, why=why)
        if kind == POINT and prompt:
            bounds = _bounds(asked.get("x")), _bounds(asked.get("y"))
            return cls(POINT, prompt, (), *bounds, why=why)
        if kind == START and prompt:
            return cls(START, prompt, base=_query(asked.get("base")), why=why)
        raise RoomError("This is no question for a class.", hint="Give it some words.")

    def public(self) -> dict[str, Any]:
        """Return what those who answer may know, as JSON."""
        return {
            "kind": self.kind,
            "prompt": self.prompt,
            "options": list(self.options),
            "x": list(self.x),
            "y": list(self.y),
            "whole": self.whole,
            "base": self.base,
        }

    def whole_of_it(self) -> dict[str, Any]:
        """Return everything, as :meth:`read` takes it."""
        return self.public() | {"why": self.why}

    def answer(self, found: object) -> Answer:
        """Return the answer in parsed JSON.

        Raises
        ------
        RoomError
            When it is outside of what was asked for.
        """
        if self.kind == CHOICE and type(found) is int and 0 <= found < len(self.options):
            return found
        if self.kind == NUMBER and _within(found, self.x) and self._fits(found):
            return float(found)
        if self.kind == POINT and isinstance(found, list) and len(found) == 2:
            x, y = found
            if _within(x, self.x) and _within(y, self.y):
                return [float(x), float(y)]
        start = Start.read(found) if self.kind == START else None
        if start is not None:
            return start
        raise RoomError(OUTSIDE, hint=self._hint())

    def tally(self, answers: Sequence[Answer]) -> dict[str, Any]:
        """Return what the answers add up to, as JSON; in no order that tells who was first."""
        if self.kind == CHOICE:
            seen = Counter(answers)
            return {"n": len(answers), "counts": [seen[i] for i in range(len(self.options))]}
        if self.kind == NUMBER:
            values = Counter(float(value) for value in answers)  # type: ignore[arg-type]
            return {"n": len(answers), "values": [list(pair) for pair in sorted(values.items())]}
        if self.kind == START:
            return starts.tally(self.base, [one for one in answers if isinstance(one, Start)])
        return {"n": len(answers), "points": sorted(answers)}

    def _fits(self, number: Any) -> bool:
        return not self.whole or float(number).is_integer()

    def _hint(self) -> str:
        if self.kind == CHOICE:
            return "Choose one of the options."
        if self.kind == NUMBER:
            kind = "a whole number" if self.whole else "a number"
            return f"Give {kind} from {self.x[0]:g} to {self.x[1]:g}."
        if self.kind == START:
            return "Draw a start, or drag the centres."
        return "Choose a place on the plot."


def _text(found: object, longest: int) -> str:
    """Return a text without what a screen cannot show; empty when it is none, or too long."""
    if not isinstance(found, str) or len(found) > longest:
        return ""
    return " ".join("".join(c if c.isprintable() else " " for c in found).split())


def _query(found: object) -> str:
    if isinstance(found, str) and found.startswith("?") and len(found) <= LONGEST_BASE:
        return found
    raise RoomError("There is nothing that the class could start.", hint="Open Step by step.")


def _options(found: object) -> tuple[str, ...]:
    listed = found if isinstance(found, list) and len(found) <= MOST_OPTIONS else []
    options = tuple(_text(option, LONGEST_OPTION) for option in listed)
    if len(options) < FEWEST_OPTIONS or not all(options) or len(set(options)) < len(options):
        raise RoomError(
            f"A choice has {FEWEST_OPTIONS} to {MOST_OPTIONS} different options.",
            hint="Give every option some words.",
        )
    return options


def _bounds(found: object) -> tuple[float, float]:
    if isinstance(found, list) and len(found) == 2:
        low, high = found
        if _within(low, (-LARGEST, LARGEST)) and _within(high, (-LARGEST, LARGEST)) and low < high:
            return float(low), float(high)
    raise RoomError("The question has no bounds for its answers.", hint="Give two numbers.")


def _within(found: object, bounds: tuple[float, float]) -> TypeGuard[float]:
    if isinstance(found, bool) or not isinstance(found, int | float):
        return False
    return math.isfinite(found) and bounds[0] <= found <= bounds[1]
