"""A slice through the density: the curve at one place, and the means at all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine import condition
from gmm_dash.figures.arrays import packed
from gmm_dash.theme import fade

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results.slice import Slice
    from gmm_dash.theme import Look

WIDEST: Final = 0.16  # of the plot's points, that a curve takes at its peak
_PLACES: Final = 200  # across the plot
_OWN: Final = 2  # the colour's number: not the data's, nor that of new points


def traces(cut: Slice, across: tuple[float, float], look: Look) -> list[dict[str, Any]]:
    """Return the means with their band from end to end of the points, and the curve at its place.

    Parameters
    ----------
    cut : Slice
    across : tuple of float
        Where the points begin and end.
    look : Look
    """
    x = np.linspace(*across, _PLACES)
    found = condition(cut.flat, x)
    mean, deviation = found.mean, np.sqrt(found.variance)
    colour = look.component(_OWN)
    around = (
        np.concatenate([x, x[::-1]]),
        np.concatenate([mean - deviation, (mean + deviation)[::-1]]),
    )
    values, height = cut.curve()
    wide = WIDEST * (across[1] - across[0]) / height.max()
    at = cut.at
    ends = [cut.mean - cut.deviation, cut.mean + cut.deviation]
    return [
        _line(*around, "toself", fade(colour, 0.16), 0.0, colour),
        _line(x, mean, "none", "", 2.2, colour),
        _line(np.array([at, at]), values[[0, -1]], "none", "", 1.0, fade(look.ink, 0.7)),
        _line(at + wide * height, values, "toself", fade(colour, 0.35), 1.6, colour),
        _line(np.array([at, at]), np.array(ends), "none", "", 4.0, colour),
        _line(np.array([at]), np.array([cut.mean]), "none", "", 0.0, colour)
        | {
            "mode": "markers",
            "marker": {"size": 10, "color": colour, "line": {"width": 2, "color": look.paper}},
        },
    ]


def _line(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    fill: str,
    filled: str,
    width: float,
    colour: str,
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": packed(x),
        "y": packed(y),
        "fill": fill,
        "line": {"color": colour, "width": width},
        "hoverinfo": "skip",
    } | ({"fillcolor": filled} if filled else {})


def meta(
    cut: Slice, across: tuple[float, float], bends: tuple[str, str], look: Look
) -> dict[str, Any]:
    """Return what the browser draws the slice under a pointer from: the mixture in the plane."""
    flat = cut.flat
    return {
        "weights": flat.weights.tolist(),
        "means": flat.means.tolist(),
        "covariances": flat.covariances[:, [0, 0, 1], [0, 1, 1]].tolist(),
        "across": across[1] - across[0],
        "bends": list(bends),
        "colour": look.component(_OWN),
        "ink": look.ink,
        "paper": look.paper,
    }
