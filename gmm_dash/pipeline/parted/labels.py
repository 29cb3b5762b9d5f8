"""Labels for every row of a table in many files: one file beside each of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from gmm_dash.engine import nearest_centers, responsibilities
from gmm_dash.errors import ImportProblem, StateError
from gmm_dash.files.tree import Tree
from gmm_dash.tables import write_parquet
from gmm_dash.tables.parts.problems import PlaceProblem
from gmm_dash.tables.parts.slice import complete

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from numpy.typing import NDArray

    from gmm_dash.engine import Mixture
    from gmm_dash.pipeline.parted.crew import Crew
    from gmm_dash.pipeline.parted.passes import Scale
    from gmm_dash.tables.parts.slice import Slice
    from gmm_dash.tables.parts.table import PartedTable


@dataclass(frozen=True, eq=False)
class Labeller:
    """What gives labels, numbered from 1.

    Attributes
    ----------
    scale : Scale
    mixture : Mixture
    centers : (k, d) array
    about : tuple of str
        What stands in each file's metadata.
    """

    scale: Scale
    mixture: Mixture
    centers: NDArray[np.float64]
    about: tuple[str, ...]

    def of(self, rows: NDArray[np.float64]) -> pd.DataFrame:
        """Return the labels of (b, d) rows; incomplete rows have none."""
        whole, x = complete(rows), self.scale.of(rows)
        cluster, component = (np.zeros(len(rows), dtype=np.int32) for _ in range(2))
        certainty = np.full(len(rows), np.nan)
        if len(x):
            share = responsibilities(x, self.mixture)
            cluster[whole] = nearest_centers(self.centers, x) + 1
            component[whole] = share.argmax(axis=1) + 1
            certainty[whole] = share.max(axis=1)
        return pd.DataFrame(
            {
                "cluster": pd.arrays.IntegerArray(cluster, ~whole),
                "component": pd.arrays.IntegerArray(component, ~whole),
                "certainty": pd.arrays.FloatingArray(certainty, ~whole),
            }
        )


def write_labels(
    crew: Crew,
    table: PartedTable,
    labeller: Labeller,
    place: str,
    tell: Callable[[int, int], None] | None = None,
) -> int:
    """Write the labels of every row, a file for each file of the table; return how many rows.

    The rows of a file are in its own order. Nothing is overwritten, and a file appears when it
    is complete.

    Parameters
    ----------
    crew : Crew
    table : PartedTable
    labeller : Labeller
    place : str
        An empty or new folder, or a location like ``s3://bucket/labels/``.
    tell : callable, optional
        Called with how many files are done, and how many there are.

    Raises
    ------
    ImportProblem
        When there is something at the place already, or it cannot be written to.
    PartProblem
        When a file of the table cannot be read any more.
    """
    check_free(place)
    return write_files(crew, by_file(table), labeller, place, tell)


def by_file(table: PartedTable) -> list[list[Slice]]:
    """Return the slices of each file of a table, file by file in its order."""
    found: dict[str, list[Slice]] = {}
    for one in table.slices():
        found.setdefault(one.name, []).append(one)
    return list(found.values())


def write_files(
    crew: Crew,
    files: Sequence[Sequence[Slice]],
    labeller: Labeller,
    place: str,
    tell: Callable[[int, int], None] | None = None,
) -> int:
    """Write the labels of some files of :func:`by_file`, and return of how many rows.

    What is at the place under their names is replaced: see :func:`write_labels`.
    """
    return crew.total(partial(_write_file, labeller, place), files, tell)


def name_of(slices: Sequence[Slice]) -> str:
    """Return what the file with the labels of one file is called."""
    return slices[0].name or "labels.parquet"


def check_free(place: str, but: Collection[str] = ()) -> None:
    """Refuse a place that something is at already, but for files of these names.

    Raises
    ------
    ImportProblem
    """
    try:
        taken = Tree(place).names()
    except OSError as problem:
        raise unwritten(place, problem) from problem
    if not set(taken) <= set(but):
        raise ImportProblem(
            f"There is something at {place} already.",
            hint="Nothing is overwritten: name an empty or a new folder.",
        )


def check_apart(place: str, table: str) -> None:
    """Refuse a place in the folder of the table whose labels are to be written there.

    Raises
    ------
    StateError
    ImportProblem
        When nothing can be written to the place.
    """
    try:
        inside = Tree(table).holds(place)
    except OSError as problem:
        raise unwritten(place, problem) from problem
    if inside:
        raise StateError(
            "Labels in the folder of their table would be part of it.",
            hint="Name a folder elsewhere.",
        )


def _write_file(labeller: Labeller, place: str, slices: Sequence[Slice]) -> int:
    """Write the labels of one file; return how many rows."""

    def frames() -> Iterator[pd.DataFrame]:
        for one in slices:
            yield from map(labeller.of, one.batches())

    try:
        with Tree(place).writing(name_of(slices)) as sink:
            write_parquet(frames(), labeller.about, sink)
    except OSError as problem:
        raise unwritten(place, problem) from problem
    return sum(one.n_rows for one in slices)


def unwritten(place: str, problem: OSError) -> ImportProblem:
    """Return in words that nothing can be written to a place."""
    way_out = "Choose another place, or check the credentials."
    return PlaceProblem(
        f"Nothing can be written to {place}: {problem}.",
        hint=way_out,
        plain=ImportProblem(f"Nothing can be written to {place}.", hint=way_out),
    )
