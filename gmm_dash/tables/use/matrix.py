"""The numbers to cluster: columns chosen, gaps and constants left out, all of it said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gmm_dash.errors import ImportProblem
from gmm_dash.tables.columns.names import clean_names
from gmm_dash.tables.reading.identifiers import numbers_rows
from gmm_dash.tables.reading.report import counted, listed
from gmm_dash.tables.use.weights import no_such_words, row_weights, unweighted_words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import pandas as pd
    from numpy.typing import NDArray

FEWEST_ROWS = 2
ROWS_SHOWN = 8
UNLABELLED = -1  # the code of a row whose group is not known, as scikit-learn marks it
# Cells, in small letters, that say so; "none" and "-" may well be groups.
NO_LABEL = frozenset({"", "na", "n/a", "<na>", "nan", "#n/a", "null", "?"})


class Incomplete(NamedTuple):
    """What is said of rows without a value in every column, where there are such.

    Attributes
    ----------
    left_out : str
        How many are left out, and why.
    stated : str
        How many there are, and why: for fits that use what is known of them.
    """

    left_out: str = ""
    stated: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class NumericView:
    """The numbers of a table that can be clustered.

    Attributes
    ----------
    points : (n, d) float64 array, read-only
        Every value finite.
    columns : tuple of str
        The d columns kept.
    labels : (n,) int64 array or None
        Code of each row's label, from 0; ``UNLABELLED`` where the label column is empty.
    label_names : tuple of str
        What the codes stand for.
    rows : (n,) int64 array
        Positions of the kept rows in the table.
    note : str
        In words: what was left out, and why. Empty when nothing was.
    weights : (n,) array or None
        How much each row counts, greater than zero; None where every row counts once.
    incomplete : Incomplete
        What is said of incomplete rows; ``note`` holds that they are left out.
    """

    points: NDArray[np.float64]
    columns: tuple[str, ...]
    labels: NDArray[np.int64] | None
    label_names: tuple[str, ...]
    rows: NDArray[np.int64]
    note: str
    weights: NDArray[np.float64] | None = None
    incomplete: Incomplete = field(default_factory=Incomplete)


def numeric_matrix(
    frame: pd.DataFrame,
    cols: Sequence[str] = (),
    label: str = "",
    *,
    weights: str = "",
    identifiers: Collection[str] | None = None,
    lines: NDArray[np.int64] | None = None,
) -> NumericView:
    """Return the numbers in the chosen columns, complete rows only.

    Parameters
    ----------
    frame : DataFrame
        As :func:`gmm_dash.tables.read_table` or the store give it.
    cols : sequence of str
        Columns to cluster; none means every column of numbers that do not identify the
        rows. Truth values count as 0 and 1.
    label : str
        Column with the true groups, or empty.
    weights : str
        Column that says how much each row counts, or empty; it is not clustered.
    identifiers : collection of str, optional
        The columns that identify, as they were recognised when the file was read: a link to a
        stored table keeps its meaning. Without, the values and names are looked at.
    lines : (n,) array, optional
        The line of the file that each row comes from, to name rows by as exports do.

    Raises
    ------
    ImportProblem
        When no usable column or fewer than two complete rows are left, or the weights are none.
    """
    notes: list[str] = []
    if identifiers is None:
        identifiers = [name for name in frame.columns if _is_identifier(frame, name)]
    usable = _usable(frame, cols, label, identifiers, notes, weights)
    values = np.column_stack([_floats(frame[name]) for name in usable])
    complete = np.asarray(np.isfinite(values).all(axis=1))
    incomplete = _incomplete(frame, usable, values, complete, lines)
    notes.append(incomplete.left_out)
    weight = row_weights(frame, weights) if weights else None
    if weights and weight is None:
        notes.append(no_such_words(weights))
    if weight is not None:
        notes.append(unweighted_words(weights, weight[complete]))
        complete &= weight > 0
        _refuse_weightless(weights, complete)
    rows = np.flatnonzero(complete)
    points, kept = _varying(values[rows], usable, notes)
    labels, names = label_codes(frame, label, rows)
    notes.append(_unlabelled_words(label, labels))
    notes.append(_identifier_words(points, kept))
    points.setflags(write=False)
    said = " ".join(filter(None, notes))
    weight = None if weight is None else weight[rows]
    return NumericView(points, kept, labels, names, rows, said, weight, incomplete)


def _refuse_weightless(column: str, complete: NDArray[np.bool_]) -> None:
    if (left := int(complete.sum())) < FEWEST_ROWS:
        raise ImportProblem(
            f"Only {counted(left, 'complete row')} {'has' if left == 1 else 'have'} a weight above "
            f"zero in {column}.",
            hint="Choose another column of weights, or none.",
        )


def rows_with_gaps(
    frame: pd.DataFrame, looked: Sequence[str], columns: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.float64], int]:
    """Return the rows of which some, but not all values are known.

    Parameters
    ----------
    frame : DataFrame
    looked : sequence of str
        The columns in which a row needs a value to be complete.
    columns : sequence of str
        Those of them that are clustered; in the others all complete rows are the same.

    Returns
    -------
    rows : (m,) int64 array
        Their positions, rising; without rows that hold an infinite value.
    values : (m, d) float64 array
        Their values in ``columns``, NaN in gaps.
    nothing : int
        How many rows have no value in any of ``columns``.
    """
    every = np.column_stack([_floats(frame[name]) for name in looked])
    values = every[:, [list(looked).index(name) for name in columns]]
    known = ~np.isnan(values)
    partly = np.isnan(every).any(axis=1) & ~np.isinf(every).any(axis=1) & known.any(axis=1)
    rows = np.flatnonzero(partly)
    return rows, values[rows], int((~known.any(axis=1)).sum())


def sample_rows(n: int, cap: int, seed: int) -> NDArray[np.int64]:
    """Return the positions of at most ``cap`` of ``n`` rows, in order, drawn by ``seed``.

    Never the first rows: files are sorted more often than not.
    """
    if n <= cap:
        return np.arange(n, dtype=np.int64)
    drawn = np.random.default_rng(seed).choice(n, size=cap, replace=False, shuffle=False)
    return np.sort(drawn.astype(np.int64))


def _usable(
    frame: pd.DataFrame,
    cols: Sequence[str],
    label: str,
    identifiers: Collection[str],
    notes: list[str],
    weights: str = "",
) -> list[str]:
    """Return the columns to cluster that hold numbers; say which were left out."""
    others = {label, weights}
    numeric = [name for name in frame.columns if name not in others and _is_numeric(frame[name])]
    if not cols:
        chosen = [name for name in numeric if name not in identifiers]
        if chosen and (left := [name for name in numeric if name in identifiers]):
            notes.append(f"Not clustered, as {_they(left)} the rows: {listed(left)}.")
        return _some(chosen or numeric)
    wanted = list(dict.fromkeys(cols))
    unknown = [name for name in wanted if name not in frame.columns]
    other = [name for name in wanted if name in frame.columns and name not in numeric]
    if unknown:
        notes.append(f"The table has no column {listed(unknown)}.")
    if other:
        why = "the label" if other == [label] else "no numbers"
        why = "the weights" if other == [weights] else why
        notes.append(f"Not clustered: {listed(other)} ({why}).")
    return _some([name for name in wanted if name in numeric])


def _they(names: Sequence[str]) -> str:
    return "it only identifies" if len(names) == 1 else "they only identify"


def _some(columns: list[str]) -> list[str]:
    if not columns:
        raise ImportProblem(
            "None of these columns holds numbers to cluster.", hint="Choose columns of numbers."
        )
    return columns


def _is_numeric(column: pd.Series) -> bool:
    """Return whether a column holds numbers or truth values (with gaps, too)."""
    if column.dtype.kind == "O":
        return bool(column.map(lambda cell: cell is None or isinstance(cell, bool)).all())
    return column.dtype.kind in "iufb"


def _is_identifier(frame: pd.DataFrame, name: str) -> bool:
    return numbers_rows(name, frame[name].dropna().to_numpy())


def _floats(column: pd.Series) -> NDArray[np.float64]:
    return column.to_numpy(dtype=np.float64, na_value=np.nan)


def _incomplete(
    frame: pd.DataFrame,
    usable: Sequence[str],
    values: NDArray[np.float64],
    complete: NDArray[np.bool_],
    lines: NDArray[np.int64] | None,
) -> Incomplete:
    """Return how many rows lack a value and which columns are to blame."""
    n_dropped = int((~complete).sum())
    if n_dropped > len(frame) - FEWEST_ROWS:
        raise ImportProblem(
            f"Only {counted(len(frame) - n_dropped, 'row')} of {len(frame):,} "
            f"{'has' if len(frame) - n_dropped == 1 else 'have'} a value in every chosen column.",
            hint="Leave out the columns with many missing values.",
        )
    gaps = [name for name, gap in zip(usable, _any_row(np.isnan(values)), strict=True) if gap]
    infinite = [name for name, inf in zip(usable, _any_row(np.isinf(values)), strict=True) if inf]
    causes = [f"missing values in {listed(gaps)}"] if gaps else []
    causes += [f"infinite values in {listed(infinite)}"] if infinite else []
    if not n_dropped:
        return Incomplete()
    many = f"{n_dropped:,} of {counted(len(frame), 'row')}"
    why = f"{_which(complete, lines)}: {'; '.join(causes)}."
    are = "is" if n_dropped == 1 else "are"
    return Incomplete(f"{many} left out{why}", f"{many} {are} incomplete{why}")


def _which(complete: NDArray[np.bool_], lines: NDArray[np.int64] | None) -> str:
    """Return the incomplete rows: their lines in the file as in exports, else counted from 1."""
    gone = np.flatnonzero(~complete) + 1 if lines is None else lines[~complete]
    first, more = [f"{row}" for row in gone[:ROWS_SHOWN]], len(gone) - ROWS_SHOWN
    shown = f"{', '.join(first)} and {more:,} more" if more > 0 else listed(first, ROWS_SHOWN)
    return f" ({'row' if lines is None else 'line'}{'s' * (len(gone) > 1)} {shown})"


def _any_row(found: NDArray[np.bool_]) -> list[bool]:
    """Return, for each column, whether any row has it."""
    return [bool(column.any()) for column in found.T]


def _varying(
    points: NDArray[np.float64], names: Sequence[str], notes: list[str]
) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """Return the columns that are not constant, and their names; say which were."""
    varies: NDArray[np.bool_] = np.ptp(points / 2, axis=0) > 0
    constant = [name for i, name in enumerate(names) if not varies[i]]
    if constant:
        notes.append(f"Left out, as all values are the same: {listed(constant)}.")
    kept = _some([name for name in names if name not in constant])
    return np.ascontiguousarray(points[:, varies]), tuple(kept)


def label_codes(
    frame: pd.DataFrame, label: str, rows: NDArray[np.int64]
) -> tuple[NDArray[np.int64] | None, tuple[str, ...]]:
    """Return the codes of the kept rows' labels and what they stand for.

    A row without a label is ``UNLABELLED``: it is fitted like any other, but not judged. So is one
    whose label says that there is none (``NO_LABEL``).
    """
    if label not in frame.columns:
        return None, ()
    column = frame[label].iloc[rows]
    present = column.notna().to_numpy(dtype=bool)
    codes = np.full(len(rows), UNLABELLED, dtype=np.int64)
    values, found = np.unique(
        column.to_numpy(dtype=object)[present].astype(str), return_inverse=True
    )
    named = np.array([value.strip().lower() not in NO_LABEL for value in values], dtype=bool)
    codes[present] = np.where(named, np.cumsum(named) - 1, UNLABELLED)[found]
    values = values[named]
    return codes, clean_names(str(value) for value in values)


def _unlabelled_words(label: str, labels: NDArray[np.int64] | None) -> str:
    """Return how many of the rows have no label; they are fitted all the same."""
    if labels is None or (labels != UNLABELLED).all():
        return ""
    gaps = int((labels == UNLABELLED).sum())
    if gaps == len(labels):
        return f"{label} names no group in any row, so no groups are known."
    them = "it is" if gaps == 1 else "they are"
    return (
        f"{label} names no group in {gaps:,} of {counted(len(labels), 'row')}: {them} fitted, too."
    )


def _identifier_words(points: NDArray[np.float64], names: Sequence[str]) -> str:
    found = [n for i, n in enumerate(names) if numbers_rows(n, points[:, i])]
    if not found:
        return ""
    return f"Only numbering the rows, it seems: {listed(found)}."


def looked_at(
    frame: pd.DataFrame,
    cols: Sequence[str],
    label: str,
    identifiers: Collection[str],
    weights: str = "",
) -> list[str]:
    """Return the columns in which a row needs a value, constant ones too."""
    return _usable(frame, cols, label, identifiers, [], weights)


def why_left_out(
    frame: pd.DataFrame,
    rows: NDArray[np.int64],
    looked: Sequence[str],
    label: str,
    weights: str = "",
) -> list[str]:
    """Return why each of some rows was left out of the fit.

    Parameters
    ----------
    frame : DataFrame
    rows : (m,) int64 array
        Their positions.
    looked : sequence of str
        The columns in which a row needs a value.
    label : str
        Column with the true groups, or empty.
    weights : str
        Column that says how much each row counts, or empty.
    """
    values = np.column_stack([_floats(frame[name].iloc[rows]) for name in looked])
    weight = row_weights(frame, weights) if weights else None
    reasons = []
    for row, gaps, infinite in zip(rows, np.isnan(values), np.isinf(values), strict=True):
        causes = [
            f"{words} in {listed([looked[i] for i in np.flatnonzero(found).tolist()])}"
            for words, found in (("no value", gaps), ("an infinite value", infinite))
            if found.any()
        ]
        if weight is not None and not weight[row] > 0:
            causes.append(f"{'weight zero' if weight[row] == 0 else 'no weight'} in {weights}")
        reasons.append("; ".join(causes) or f"no value in {label}")
    return reasons
