"""Every drawn image beside its nearest real one, for the browser to show one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.figures import image_grid
from gmm_dash.figures.arrays import packed
from gmm_dash.results import known
from gmm_dash.theme import look as look_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results import DrawnImages, ImageTable

_SHADES = 255


def build(table: ImageTable, drawn: DrawnImages, scheme: str) -> dict[str, Any]:
    """Return brightnesses from 0 to 255 of both, what the real one is, and the layout."""
    layout = image_grid.plane(2, table.side, 2, scheme)
    look = look_of(scheme)
    real = table.pixels[drawn.nearest]
    return {
        "side": table.side,
        "drawn": packed(_shades(drawn.images, table.span).ravel(), "uint8"),
        "real": packed(_shades(real, table.span).ravel(), "uint8"),
        "rows": (table.rows[drawn.nearest] + 1).tolist(),
        "names": _names(table, drawn.nearest),
        "distance": [round(value, 1) for value in drawn.distance.tolist()],
        "colorscale": [[0, look.paper], [1, look.ink]],
        "layout": layout,
    }


def _shades(images: NDArray[np.float64], span: tuple[float, float]) -> NDArray[np.float64]:
    low, high = span
    scaled: NDArray[np.float64] = (images - low) * (_SHADES / max(high - low, 1e-300))
    return scaled.round().clip(0, _SHADES)


def _names(table: ImageTable, nearest: NDArray[np.int64]) -> list[str] | None:
    if table.labels is None:
        return None
    return known.named(table.labels[nearest], table.label_names, known.NO_LABEL)
