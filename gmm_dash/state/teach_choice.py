"""How the page is shown to a class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gmm_dash.state.fields import Declared, flags, integer

OPENED: Final = ("posteriors", "sweep", "sure")


@dataclass(frozen=True, slots=True)
class TeachChoice(Declared):
    """What a teacher's link adds. Nothing here refits."""

    present: int = integer(
        "present",
        0,
        label="Presentation",
        low=0,
        high=1,
        explain="1: large text and no panel of settings, to be read from the last row.",
    )
    opened: tuple[str, ...] = flags(
        "open",
        (),
        label="Opened",
        options=lambda: OPENED,
        explain="posteriors: the table of posterior probabilities in Compare is open. "
        "sweep: the sweep in Digits starts by itself. "
        "sure: so does the test of How sure? in How many?.",
    )
    clean: int = integer(
        "clean",
        0,
        label="Clean slate",
        low=0,
        high=1,
        explain="1: what was answered in this browser before is forgotten when the link opens.",
    )
    simple: int = integer(
        "simple",
        0,
        label="Start",
        low=0,
        high=1,
        explain="1: one plot of both methods, K and one more handle, as a bare address opens.",
    )
