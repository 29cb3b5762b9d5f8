"""How far work on many slices is, as lines for a terminal: one for each tenth of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_LOOK: Final = "First look at every row"
"""What the survey is called."""


class Tenths:
    """Writes a line when another tenth is done, or something else has begun.

    Parameters
    ----------
    tell : callable or None
        Called with a line; None: nobody wants to know.
    """

    def __init__(self, tell: Callable[[str], None] | None) -> None:
        self._tell, self._last = tell, ""

    def say(self, what: str, done: int, of: int) -> None:
        """Take in that so many of so many are done of something."""
        line = f"{what}: {10 * done // of * 10} %"
        if self._tell is not None and line != self._last:
            self._tell(line)
        self._last = line
