"""Where the runs of the step-by-step view start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gmm_dash.state.bounds import MOST_COMPONENTS
from gmm_dash.state.fields import Declared, choice, numbers

STARTS: Final = ("auto", "random", "k-means++", "kmeans", "bad", "own", "random_gaussians")
_LARGEST: Final = 1e12


@dataclass(frozen=True, slots=True)
class StepsChoice(Declared):
    """The start that both runs of the player share. A change here runs both again."""

    start: str = choice(
        "start",
        "auto",
        label="Start",
        options=lambda: STARTS,
        explain="Both methods start from the same centres, so that they can be compared. "
        "The mixture gives every point wholly to its nearest centre and goes on from there. "
        "Random Gaussians are points with random shapes: from those it begins with shares. Where "
        "the mixture starts from neighbours, too, the start as set is the one that search keeps.",
    )
    centres: tuple[float, ...] = numbers(
        "centres",
        label="Start centres",
        most=2 * MOST_COMPONENTS,
        largest=_LARGEST,
        explain="Positions on the plot, x and y in turn, for a start of your own.",
    )
