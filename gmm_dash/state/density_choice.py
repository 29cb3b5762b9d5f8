"""What the Density view shows, and which new points it draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gmm_dash.state.bounds import LARGEST_SEED
from gmm_dash.state.fields import Declared, choice, integer, real

DENSITY_MAPS: Final = ("both", "heat", "contours", "none")
DENSITY_SCALES: Final = ("linear", "log")
DRAW_PLACES: Final = ("beside", "over")
MOST_DRAWS: Final = 20_000


@dataclass(frozen=True, slots=True)
class DensityChoice(Declared):
    """How the density is drawn, and what is drawn from it. Nothing here refits."""

    map: str = choice("dmap", "both", label="Map", options=lambda: DENSITY_MAPS)
    scale: str = choice(
        "dscale",
        "linear",
        label="Density scale",
        options=lambda: DENSITY_SCALES,
        explain="Linear shows where most points fall; log shows how fast the density dies away.",
    )
    draws: int = integer(
        "draw",
        400,
        label="New points",
        low=0,
        high=MOST_DRAWS,
        explain="How many points to draw from the mixture.",
    )
    seed: int = integer(
        "drawseed",
        42,
        label="Drawing seed",
        low=0,
        high=LARGEST_SEED,
        explain="random_state of the drawing: another seed draws other points "
        "from the same mixture.",
    )
    place: str = choice("dplace", "beside", label="Place them", options=lambda: DRAW_PLACES)
    outliers: float = real(
        "outliers",
        0.0,
        label="Mark outliers (%)",
        low=0.0,
        high=50.0,
        explain="Marks this share of the points: those where the mixture puts the least density.",
    )
    slice: float = real(
        "slice",
        0.0,
        label="Slice (%)",
        low=0.0,
        high=100.0,
        explain="What the mixture expects of the vertical axis this far across the points; "
        "0 for none. A mouse over the plot moves it.",
    )
