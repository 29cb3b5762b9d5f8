"""How the page is shown to a class."""

from __future__ import annotations

from dataclasses import dataclass

from gmm_dash.state.fields import Declared, integer


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
