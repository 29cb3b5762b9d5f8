"""A user's whole file with labels and probabilities, as CSV, workbook or Parquet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, Final

import numpy as np
import pandas as pd

from gmm_dash.engine import BACKGROUND
from gmm_dash.tables import parquet_of, safe_csv, workbook_of, write_parquet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from gmm_dash.results import Assigned, Labelled
    from gmm_dash.tables import Given

LABELS_FILE: Final = "labels.csv"
DECIMALS: Final = 6  # of posteriors and log densities


def labels_csv(labelled: Labelled) -> str:
    """Return every row of the file as CSV: its line, the user's own cells, then the results.

    Cells are the user's own text where that is a plain number or no number, otherwise the
    number that was read; text that a spreadsheet would run is disarmed.
    """
    return rows_csv(labelled.given, _results(labelled))


def some_labels_csv(labelled: Labelled, rows: NDArray[np.int64]) -> str:
    """Return some rows of the file as :func:`labels_csv` returns all, in this order."""
    return labels_csv(labelled.taken(rows))


def rows_csv(given: Given, results: Mapping[str, pd.Series]) -> str:
    """Return every row of a file as CSV, beside columns of results for it."""
    return safe_csv(_frame(given, given.names, _texts(given), results))


def labels_parquet(labelled: Labelled) -> bytes:
    """Return the same as Parquet: numbers as numbers; names that occur twice get a number."""
    return parquet_of(_values_frame(labelled), labelled.sentences)


def labels_csv_in_blocks(blocks: Iterable[Labelled]) -> Iterator[str]:
    """Return the text of :func:`labels_csv`, of one block of rows after another."""
    for i, block in enumerate(blocks):
        given = block.given
        yield safe_csv(_frame(given, given.names, _texts(given), _results(block)), header=not i)


def write_labels_parquet(
    blocks: Iterable[Labelled], sentences: Sequence[str], sink: BinaryIO
) -> None:
    """Write what :func:`labels_parquet` returns, one block of rows after another."""
    write_parquet(map(_values_frame, blocks), sentences, sink)


def _values_frame(labelled: Labelled) -> pd.DataFrame:
    given = labelled.given
    return _frame(given, told_apart(given.names), given.values, _results(labelled))


def labels_workbook(labelled: Labelled) -> bytes:
    """Return the same as a workbook; what was fitted stands on its second sheet.

    Raises
    ------
    ImportProblem
        When the table is larger than a workbook is for.
    """
    given = labelled.given
    cells = [
        np.where(values.isna().to_numpy() & (texts != ""), texts, _plain(values))
        for texts, values in zip(_texts(given), given.values, strict=True)
    ]
    results = {name: _plain(column) for name, column in _results(labelled).items()}
    frame = _frame(given, given.names, cells, results)
    rows = zip(*(frame.iloc[:, i].tolist() for i in range(frame.shape[1])), strict=True)
    return workbook_of(list(frame.columns), rows, len(frame), labelled.sentences)


def _texts(given: Given) -> list[NDArray[np.object_]]:
    return [np.asarray(one) for one in given.texts]


def _results(labelled: Labelled) -> dict[str, pd.Series]:
    """Return the columns of results by their names, empty where a row has none."""
    assigned, at = labelled.assigned, labelled.at

    def placed(values: Any, kind: Any) -> pd.Series:
        column: pd.Series = pd.Series(np.append(values, values[:1])[at]).astype(kind)
        return column.mask(at < 0)

    def of_whole_rows(column: pd.Series) -> pd.Series:
        return column.mask((at >= 0) & assigned.gapped[at])

    posteriors = assigned.posteriors.round(DECIMALS)
    return {
        "cluster": of_whole_rows(placed(assigned.cluster, "Int64")),
        "component": placed(assigned.component, "Int64"),
        **_groups(assigned, placed),
        **({"name": placed(assigned.named, "object")} if assigned.names else {}),
        "certainty": placed(assigned.certainty.round(DECIMALS), "float64"),
        **{f"P({i + 1})": placed(posteriors[:, i], "float64") for i in range(posteriors.shape[1])},
        **_behind(assigned, placed),
        "log_density": placed(assigned.log_density.round(DECIMALS) + 0.0, "float64"),
        "outlier": of_whole_rows(placed(assigned.outlier, "boolean")),
        "fitted": pd.Series(np.append(assigned.fitted, False)[at] & (at >= 0)),
        "reason": pd.Series(labelled.reasons),
    }


def _groups(assigned: Assigned, placed: Callable[[Any, Any], pd.Series]) -> dict[str, pd.Series]:
    """Return group and posterior of each row, where components are joined to groups."""
    if assigned.group is None or assigned.group_posteriors is None:
        return {}
    # The last is what the label of the background, -1, finds.
    names = np.array([*assigned.called, str(BACKGROUND)], dtype=object)[assigned.group]
    shares = assigned.group_posterior.round(DECIMALS)
    return {
        "group": placed(names, "object"),
        "group_posterior": placed(shares, "float64"),
    }


def _behind(assigned: Assigned, placed: Callable[[Any, Any], pd.Series]) -> dict[str, pd.Series]:
    """Return the posterior of the background, where the mixture has one."""
    if assigned.background is None:
        return {}
    return {"P(background)": placed(assigned.background.round(DECIMALS), "float64")}


def _frame(
    given: Given, names: Sequence[str], cells: Sequence[Any], results: Mapping[str, Any]
) -> pd.DataFrame:
    """Return the table: row, the user's columns, the results under names that are free."""
    row, *others = free_names(("row", *results), names)
    columns = [given.lines, *cells, *results.values()]
    frame = pd.concat([pd.Series(column) for column in columns], axis=1)
    frame.columns = pd.Index([row, *names, *others])
    return frame


def free_names(wanted: Sequence[str], taken: Sequence[str]) -> list[str]:
    """Return our names; one that the user has already, in any case of letters, gets ``_2``."""
    known = {name.strip().casefold() for name in taken}
    found = []
    for name in wanted:
        number, free = 2, name
        while free.casefold() in known:
            number, free = number + 1, f"{name}_{number}"
        known.add(free.casefold())
        found.append(free)
    return found


def told_apart(names: Sequence[str]) -> list[str]:
    """Return names of which none occurs twice: later ones get a number."""
    found: list[str] = []
    for name in names:
        found += free_names([name], found)
    return found


def _plain(column: pd.Series) -> Any:
    """Return a column as Python's own values, None where it has none."""
    return column.astype(object).where(column.notna(), None).to_numpy(dtype=object)
