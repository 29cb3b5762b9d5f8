"""What the sheets of images show, for those who do not see them: how many, and of what."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.explain.numbers import counted, shown
from gmm_dash.results import known

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results import DrawnImages, ImageTable

_MOST: Final = 12  # labels said one by one


def real_sheet_described(table: ImageTable, images: int) -> str:
    """Return what the first ``images`` images of a table show, as far as labels tell."""
    rows = np.arange(min(images, len(table.pixels)))
    return f"{counted(len(rows), 'real image')}{_size(table)}.{_by_label(table, rows, 'They show')}"


def drawn_sheet_described(table: ImageTable, drawn: DrawnImages) -> str:
    """Return how far drawn images are from real ones, and what the nearest real ones show."""
    low, middle, high = np.quantile(drawn.distance, (0, 0.5, 1)).tolist()
    nearest = _by_label(table, drawn.nearest, "The real images nearest to them show")
    return (
        f"{counted(len(drawn.images), 'new image')}{_size(table)}, {shown(low, 3)} to "
        f"{shown(high, 3)} from the nearest real one, half of them up to {shown(middle, 3)}."
        f"{nearest}"
    )


def averages_described(table: ImageTable, centres: NDArray[np.float64]) -> str:
    """Return what the real image nearest to each of (k, p) centres shows, in their order."""
    apart = np.square(table.pixels[None] - centres[:, None]).sum(axis=-1)
    nearest = apart.argmin(axis=1)
    head = f"{counted(len(centres), 'average image')}{_size(table)}"
    if table.labels is None:
        where = [f"image {row + 1:,}" for row in table.rows[nearest].tolist()]
        return f"{head}. The real images nearest to them: {', '.join(where)}."
    names = known.named(table.labels[nearest], table.label_names, known.NO_LABEL)
    return f"{head}. The real images nearest to them show: {', '.join(names)}."


def _size(table: ImageTable) -> str:
    return f" of {table.side} by {table.side} pixels"


def _by_label(table: ImageTable, rows: NDArray[np.int64], head: str) -> str:
    """Return how many of some images have each label, the most frequent first."""
    if table.labels is None:
        return ""
    names = known.named(table.labels[rows], table.label_names, known.NO_LABEL)
    found = Counter(names).most_common()
    said = [f"{name} ({count})" for name, count in found[:_MOST]]
    rest = len(found) - len(said)
    more = f" and {counted(rest, 'other label')}" if rest else ""
    return f" {head}: {', '.join(said)}{more}."
