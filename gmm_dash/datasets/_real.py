"""Pieces that the real data sets share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING

import pandas as pd

from gmm_dash.datasets._dataset import Sample

if TYPE_CHECKING:
    from sklearn.utils import Bunch

    from gmm_dash.datasets._dataset import Ints


def read(name: str) -> pd.DataFrame:
    """Return the bundled table ``data/<name>``."""
    with files("gmm_dash.datasets").joinpath("data", name).open("rb") as file:
        return pd.read_csv(file)


def from_sklearn(bunch: Bunch, label_column: str) -> Sample:
    """Return one of scikit-learn's tables, with blanks for underscores in its names."""
    columns = tuple(name.replace("_", " ") for name in bunch.feature_names)
    names = tuple(str(name).replace("_", " ") for name in bunch.target_names)
    return Sample(bunch.data, columns, bunch.target, names, label_column)


def from_table(
    table: pd.DataFrame,
    columns: Sequence[str],
    label_column: str = "",
    *,
    weight_column: str = "",
) -> Sample:
    """Return the complete rows of ``columns``, and a sentence on the others.

    Parameters
    ----------
    table : DataFrame
        As read.
    columns : sequence of str
        Numeric columns to cluster.
    label_column : str
        Column with the true groups; empty when there are none.
    weight_column : str
        Column with counts of the rows; empty when each counts once.

    Returns
    -------
    Sample
    """
    numbers = table[list(columns)]
    complete = numbers.notna().all(axis=1)
    labels, names = _groups(table.loc[complete, label_column]) if label_column else (None, ())
    points = numbers[complete].to_numpy(dtype="float64")
    sample = Sample(points, tuple(columns), labels, names, label_column, _left_out(numbers))
    if not weight_column:
        return sample
    weights = table.loc[complete, weight_column].to_numpy(dtype="float64")
    weights.setflags(write=False)
    return replace(sample, weights=weights, weight_column=weight_column)


def _groups(column: pd.Series[str]) -> tuple[Ints, tuple[str, ...]]:
    """Return the groups of a column as numbers, and their names in alphabetical order."""
    codes, names = pd.factorize(column, sort=True)
    return codes, tuple(str(name) for name in names)


def _left_out(numbers: pd.DataFrame) -> str:
    """Return a sentence on the rows with missing values, or nothing when all are complete."""
    missing = numbers.isna()
    count = int(missing.any(axis=1).sum())
    if not count:
        return ""
    rows = (
        "1 row with missing values was" if count == 1 else f"{count} rows with missing values were"
    )
    return f"{rows} left out ({', '.join(numbers.columns[missing.any()])})."
