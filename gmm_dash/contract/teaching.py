"""What a link for a class can lock or hide, and the choices that teachers make most."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from gmm_dash.state import PARTS

# Controls of the panel on the left, in its order; a link cannot hide what is not there.
OFFERED: Final = (
    *("data", "n", "dseed", "noise", "centers", "stretch", "cols", "label", "weights", "scale"),
    *("transform", "pcs"),
    *("k", "cov", "background", "n_init", "seed", "init", "kinit", "tol", "max_iter", "reg"),
    *("show", "x", "y", "hard"),
)


@dataclass(frozen=True, slots=True)
class Preset:
    """One choice for all rows of the dialog.

    Attributes
    ----------
    label : str
    free : tuple of str
        Controls that students may change; the others are locked.
    hide : tuple of str
        What is not shown at all.
    """

    label: str
    free: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()


PRESETS: Final = {
    "free": Preset("Everything free", free=OFFERED),
    "k": Preset("Only K", free=("k",)),
    "shape": Preset("K and shape", free=("k", "cov")),
    "locked": Preset("All locked"),
    "quiz": Preset(
        "Quiz: no sentences, no scores", free=("k", "cov"), hide=("notice", "scores", "captions")
    ),
}


def facts() -> dict[str, Any]:
    """Return the choices as the browser gets them, and which rows know no lock."""
    presets = {
        name: {part: value for part, value in asdict(preset).items() if part != "label"}
        for name, preset in PRESETS.items()
    }
    return {"presets": presets, "parts": list(PARTS)}
