"""Which rows of which table are images."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from math import isqrt
from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.datasets import DATASETS
from gmm_dash.results import ImageTable, known
from gmm_dash.state import TABLE_DATA
from gmm_dash.tables import label_codes, sample_rows

if TYPE_CHECKING:
    import pandas as pd

    from gmm_dash.state import DataChoice
    from gmm_dash.tables import TableStore

MOST_IMAGES: Final = 5_000
_SMALLEST_SIDE: Final = 4
_LABEL_NAMES: Final = ("label", "target", "class", "digit", "y")


def load_images(data: DataChoice, store: TableStore) -> ImageTable:
    """Return the chosen table's images; the bundled digits where it holds none.

    Raises
    ------
    TableGoneError
        When a stored table has expired or never existed.
    """
    if data.dataset not in TABLE_DATA:
        return bundled()
    if not data.table:
        return _instead("No table is open")
    frame = store.get(data.table).frame
    columns = _pixel_columns(frame, data)
    side = isqrt(len(columns))
    if side * side != len(columns) or side < _SMALLEST_SIDE:
        n = f"{len(columns):,} numeric column{'' if len(columns) == 1 else 's'}"
        return _instead(f"The rows of this table are no square images ({n})")
    return _from_frame(frame, columns, side, data.label)


@cache
def bundled() -> ImageTable:
    """Return the handwritten digits that come with scikit-learn."""
    sample = DATASETS["digits"].draw(n=2, noise=0.0, centers=1, seed=0)
    rows = np.arange(len(sample.points))
    return ImageTable(
        sample.points, 8, sample.labels, sample.label_names, rows, bundled=True, note=""
    )


def _instead(reason: str) -> ImageTable:
    return replace(bundled(), note=f"{reason}; the handwritten digits are shown instead.")


def _pixel_columns(frame: pd.DataFrame, data: DataChoice) -> list[str]:
    """Return the numeric columns in order, without the one that says what the image shows."""
    numeric = [str(name) for name in frame.select_dtypes("number").columns]
    chosen = [name for name in numeric if name != data.label]
    if data.cols:
        return [name for name in chosen if name in data.cols]
    if isqrt(len(chosen)) ** 2 != len(chosen):
        chosen = [name for name in chosen if name.lower() not in _LABEL_NAMES]
    return chosen


def _from_frame(frame: pd.DataFrame, columns: list[str], side: int, label: str) -> ImageTable:
    values = frame[columns].to_numpy(dtype=np.float64, na_value=np.nan)
    complete = np.flatnonzero(np.isfinite(values).all(axis=1))
    notes = []
    if len(complete) < len(values):
        notes.append(f"{len(values) - len(complete):,} images with missing pixels were left out.")
    if len(complete) < 2:
        return _instead("There are fewer than two complete rows in this table")
    rows = complete
    if len(complete) > MOST_IMAGES:
        rows = complete[sample_rows(len(complete), MOST_IMAGES, 0)]
        notes.append(
            f"A random sample of {MOST_IMAGES:,} of {len(complete):,} images is used (seed 0)."
        )
    labels, names = label_codes(frame, label, rows)
    if not known.n_labelled(labels):
        labels, names = None, ()
    note = " ".join(notes)
    return ImageTable(values[rows], side, labels, names, rows, bundled=False, note=note)
