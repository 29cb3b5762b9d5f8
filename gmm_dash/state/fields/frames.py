"""The player's position: a number, or its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from gmm_dash.state.fields.declaring import declare
from gmm_dash.state.fields.numeric import Number

LAST: Final = "last"  # the player's newest frame, whatever its number


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


def frame(key: str, *, label: str, high: int, explain: str = "") -> int | str:
    """Declare the player's position; it starts at the end."""
    field: int | str = declare(LAST, Frame(key, label, explain, high))
    return field
