"""Small grey images in rows, as one heat map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.figures import frame
from gmm_dash.figures.arrays import packed
from gmm_dash.theme import look as look_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.theme import Look


def build(
    images: NDArray[np.float64], side: int, span: tuple[float, float], columns: int, scheme: str
) -> dict[str, Any]:
    """Return a figure with one tile for each image, from the upper left.

    Parameters
    ----------
    images : (m, side * side) array
    side : int
        Pixels along each edge of an image.
    span : tuple of float
        Brightness of paper and of ink.
    columns : int
        Tiles in a row.
    scheme : str
        ``"light"`` or ``"dark"``.
    """
    return {
        "data": [trace(tiled(images, side, columns), span, look_of(scheme))],
        "layout": plane(len(images), side, columns, scheme),
    }


def tiled(images: NDArray[np.float64], side: int, columns: int) -> NDArray[np.float64]:
    """Return the images side by side with gaps of one pixel, gaps as NaN."""
    rows, step = -(-len(images) // columns), side + 1
    sheet = np.full((rows * step, columns * step), np.nan)
    for i, image in enumerate(images):
        row, column = divmod(i, columns)
        sheet[row * step : row * step + side, column * step : column * step + side] = image.reshape(
            side, side
        )
    return sheet[:-1, :-1]


def trace(sheet: NDArray[np.float64], span: tuple[float, float], look: Look) -> dict[str, Any]:
    """Return the heat map, from the card's colour to the text's."""
    low, high = span
    return {
        "type": "heatmap",
        "z": packed(sheet),
        "zmin": low,
        "zmax": high if high > low else low + 1,
        "colorscale": [[0, look.paper], [1, look.ink]],
        "showscale": False,
        "hoverinfo": "none",
    }


def plane(m: int, side: int, columns: int, scheme: str) -> dict[str, Any]:
    """Return the layout: no axes, square pixels, the first row on top."""
    look = look_of(scheme)
    columns, rows, step = min(columns, m), -(-m // columns), side + 1
    bare = {"visible": False, "fixedrange": True}
    return frame.layout(
        look,
        xaxis={**bare, "range": [-1, columns * step - 1]},
        yaxis={
            **bare,
            "range": [rows * step - 1, -1],
            "scaleanchor": "x",
            "constrain": "domain",
        },
        dragmode=False,
    ) | {"margin": {"l": 0, "r": 0, "t": 0, "b": 0}}
