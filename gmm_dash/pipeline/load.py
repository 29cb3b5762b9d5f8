"""From a choice of data to points: drawn from a recipe, or taken from a stored table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.datasets import DATASETS, Sample, Sources
from gmm_dash.engine import Mixture, as_weighting
from gmm_dash.errors import FitError, TableGoneError
from gmm_dash.results import Points, Source, axis_choices
from gmm_dash.results.points import GapRows
from gmm_dash.results.reducing import reduced
from gmm_dash.state import TABLE_DATA
from gmm_dash.tables import (
    Incomplete,
    looked_at,
    numeric_matrix,
    offered_groups,
    rows_with_gaps,
    sample_rows,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from gmm_dash.engine import Weighting
    from gmm_dash.state import DataChoice
    from gmm_dash.tables import TableStore

_SAMPLE_SEED = 0
_SAMPLE_ENDS = "; Compare, Density, How many? and Restarts go on to all rows where they say so."
_SAMPLE_STAYS = ": rows that count by weights are fitted as a sample."
_NUMBERS = ("number", "boolean")
_NOTHING_YET = {
    "upload": partial(
        TableGoneError,
        "No file has been opened yet.",
        hint="Open or paste a table in the panel Data, or choose another data set.",
    ),
    "drawn": partial(
        TableGoneError,
        "Nothing is drawn yet.",
        hint="Press Draw your own points in the panel Data, or choose another data set.",
    ),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """What the lists of columns offer.

    Attributes
    ----------
    numeric : tuple of str
        Columns that can be clustered on.
    all : tuple of str
        Columns that may hold the true groups; empty unless the table is the user's.
    axes : tuple of str
        What an axis may show: the chosen columns, then principal components.
    own_table : bool
        Whether the table is the user's own.
    notes : tuple of str
        What was left out of the data, or done to them.
    account : str
        How a user's file was read, in words.
    gapped : bool
        Whether a column of numbers has gaps.
    weights : tuple of str
        Columns that may say how much each row counts.
    """

    numeric: tuple[str, ...]
    all: tuple[str, ...]
    axes: tuple[str, ...]
    own_table: bool
    notes: tuple[str, ...] = ()
    account: str = ""
    gapped: bool = False
    weights: tuple[str, ...] = ()


def columns_of(data: DataChoice, points: Points | None, store: TableStore) -> Columns:
    """Return the columns of the chosen data.

    Without ``points``, as when the chosen columns leave nothing to fit, there is nothing
    for the axes yet; but other columns can still be chosen.
    """
    axes = tuple(axis_choices(points)) if points else ()
    notes = points.notes if points else ()
    if data.dataset not in TABLE_DATA:
        sample = DATASETS[data.dataset].draw(
            n=data.n, noise=data.noise, centers=data.centers, seed=data.seed
        )
        gapped = sample.missing is not None
        weights = (sample.weight_column,) if sample.weight_column else ()
        return Columns(
            sample.columns, (), axes, own_table=False, notes=notes, gapped=gapped, weights=weights
        )
    stored = store.get(data.table)
    columns = stored.report.columns
    return Columns(
        tuple(c.name for c in columns if c.kind in _NUMBERS),
        offered_groups(stored.frame, stored.report),
        axes,
        own_table=True,
        notes=notes,
        account=stored.report.sentence if data.dataset == "upload" else "",
        gapped=any(stored.frame[c.name].isna().any() for c in columns if c.kind in _NUMBERS),
        weights=tuple(c.name for c in columns if c.kind in _NUMBERS),
    )


def load(data: DataChoice, store: TableStore, most_rows: int) -> Points:
    """Return the chosen points, at most ``most_rows`` of them.

    Raises
    ------
    FitError
        When the choice leaves nothing that can be fitted.
    TableGoneError
        When a stored table has expired or never existed.
    """
    if data.dataset in TABLE_DATA:
        points = _from_table(data, store, most_rows)
    else:
        points = _from_recipe(data, most_rows)
    return reduced(points, data.components)


def drawn(data: DataChoice) -> Sample:
    """Return all rows and columns of a data set that comes with the page."""
    return DATASETS[data.dataset].draw(
        n=data.n,
        noise=data.noise,
        centers=data.centers,
        seed=data.seed,
        own=data.orient == "own",
        stretch=data.stretch,
    )


def _from_recipe(data: DataChoice, most_rows: int) -> Points:
    sample = drawn(data)
    chosen, notes = _pick_columns(sample.columns, data.cols)
    notes += _untransformed(data, sample.columns)
    if data.weights not in ("", sample.weight_column):
        name = data.weights[:40]
        notes.append(f"There is no column {name!r} in these data, so every row counts once.")
    values = shown_values(sample)[:, chosen]
    whole = ~np.isnan(values).any(axis=1)
    lacking = _lacking(int((~whole).sum()), len(values))
    weights = sample.weights if data.weights == sample.weight_column else None
    points = _build(
        values[whole],
        tuple(sample.columns[i] for i in chosen),
        data,
        most_rows,
        labels=None if sample.labels is None else sample.labels[whole],
        label_names=sample.label_names,
        rows=np.flatnonzero(whole),
        notes=tuple(filter(None, [sample.note, *notes, lacking.left_out])),
        weights=None if weights is None else weights[whole],
    )
    if sample.sources is not None:
        points = points.drawn_from(_marginal(sample.sources, chosen))
    if data.gaps == "drop" or whole.all():
        return points
    partly = ~whole & ~np.isnan(values).all(axis=1)
    nothing = int((~whole & ~partly).sum())
    found = np.flatnonzero(partly), values[partly], nothing
    return _with_gaps(points, found, lacking, most_rows, turned=bool(data.components))


def shown_values(sample: Sample) -> NDArray[np.float64]:
    """Return the (n, d) values of a data set as they are shown, NaN where they are missing."""
    if sample.missing is None:
        return sample.points
    return np.where(sample.missing, np.nan, sample.points)


def _lacking(count: int, n: int) -> Incomplete:
    """Return what is said of rows of a data set that lack a value."""
    if not count:
        return Incomplete()
    many = f"{count:,} of {n:,} rows"
    return Incomplete(f"{many} left out: they lack a value.", f"{many} lack a value.")


def _marginal(sources: Sources, columns: list[int]) -> Mixture:
    """Return the true Gaussians in some of the columns."""
    inside = np.ix_(range(len(sources.weights)), columns, columns)
    return Mixture(sources.weights, sources.means[:, columns], sources.covariances[inside])


def _from_table(data: DataChoice, store: TableStore, most_rows: int) -> Points:
    if not data.table:
        raise _NOTHING_YET[data.dataset]()
    stored = store.get(data.table)
    view = numeric_matrix(
        stored.frame,
        data.cols,
        data.label,
        weights=data.weights,
        identifiers=stored.report.identifiers,
        lines=store.origin(data.table).lines,
    )
    looked = looked_at(stored.frame, data.cols, data.label, stored.report.identifiers, data.weights)
    points = _build(
        view.points,
        view.columns,
        data,
        most_rows,
        labels=view.labels,
        label_names=view.label_names,
        rows=view.rows,
        notes=(*([view.note] if view.note else []), *_untransformed(data, stored.frame.columns)),
        weights=view.weights,
    )
    points = replace(
        points, source=Source(stored.report, tuple(looked), data.label, points.weighted_by)
    )
    if data.gaps == "drop":
        return points
    if points.weighting is not None:
        said = "Of rows that count by weights no view uses those with gaps, whatever is chosen."
        return replace(points, notes=(*points.notes, said))
    found = rows_with_gaps(stored.frame, looked, points.columns)
    turned = bool(data.components)
    return _with_gaps(points, found, view.incomplete, most_rows, turned=turned)


def _with_gaps(
    points: Points,
    found: tuple[NDArray[np.int64], NDArray[np.float64], int],
    incomplete: Incomplete,
    most_rows: int,
    *,
    turned: bool,
) -> Points:
    """Return the points with the rows of which something is known, and a sentence on these.

    ``found`` is what ``rows_with_gaps`` returns. Where its rows are used, what is said of that
    stands in place of that they are left out. Of points that are ``turned`` to principal
    components none of them is used: a component of a row is known only where every column is.
    """
    rows, values, nothing = found
    if not len(rows):
        return points
    if turned:
        said = (
            "Principal components need a value of every column: no view uses rows with gaps, "
            "whatever Rows with gaps says."
        )
        return replace(points, notes=(*points.notes, said))
    if points.n_total + len(rows) > most_rows:
        said = (
            f"Of a table of more than {most_rows:,} rows no view uses those with gaps, whatever "
            "Rows with gaps says."
        )
        return replace(points, notes=(*points.notes, said))
    with np.errstate(invalid="ignore", divide="ignore"):
        fitted = points.seen(values)
    unseen = ~np.isfinite(fitted) & ~np.isnan(values)
    if unseen.any():
        name = points.columns[int(unseen.any(axis=0).argmax())]
        raise FitError(
            f"Column {name} cannot be transformed in a row with gaps: its value there is too low.",
            hint="Choose the signed log for it, or leave out the rows with gaps.",
        )
    used = f"{incomplete.stated} {gaps_words(len(rows), nothing, points.n_total)}"
    notes = tuple(note.replace(incomplete.left_out, used) for note in points.notes)
    return replace(points, gaps=GapRows(rows, fitted), notes=notes)


def gaps_words(gaps: int, nothing: int, complete: int) -> str:
    """Return which fits are of rows with gaps, of those without any value, of complete ones."""
    these = "one of them" if gaps == 1 else f"{gaps:,} of them"
    if not nothing:
        these = "it" if gaps == 1 else "all of them"
    have, them = ("row has", "it") if nothing == 1 else ("rows have", "them")
    unused = f" {nothing:,} {have} no value in any of these columns: no fit uses {them}."
    return (
        f"The mixtures of Compare and How many? use what is known of {these} (our engine); "
        f"k-means, the four types, Groups and every other view have the {complete:,} complete rows "
        f"only.{unused if nothing else ''}"
    )


def _pick_columns(columns: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[list[int], list[str]]:
    """Return the positions of the wanted columns; all of them when none is wanted."""
    chosen = [columns.index(name) for name in wanted if name in columns]
    missing = [name for name in wanted if name not in columns]
    notes = [f"There is no column {missing[0][:40]!r} in these data."] if missing else []
    return chosen or list(range(len(columns))), notes


def _untransformed(data: DataChoice, columns: Iterable[str]) -> list[str]:
    """Return a note where a transform is for a column that the data do not have."""
    unknown = data.transforms.keys() - set(columns)
    return [f"There is no column {name[:40]!r} to transform." for name in sorted(unknown)[:1]]


def _build(  # noqa: PLR0913  (told by name)
    raw: NDArray[np.float64],
    columns: tuple[str, ...],
    data: DataChoice,
    most_rows: int,
    *,
    labels: NDArray[np.int64] | None,
    label_names: tuple[str, ...],
    rows: NDArray[np.int64] | None = None,
    notes: tuple[str, ...],
    weights: NDArray[np.float64] | None = None,
) -> Points:
    """Return the points, sampled down to the limit, with a sentence on it."""
    n_total = len(raw)
    rows = np.arange(n_total) if rows is None else rows
    if n_total > most_rows:
        kept = sample_rows(n_total, most_rows, _SAMPLE_SEED)
        raw, rows = raw[kept], rows[kept]
        labels = None if labels is None else labels[kept]
        weights = None if weights is None else weights[kept]
        notes = (
            *notes,
            f"A random sample of {most_rows:,} of {n_total:,} rows is fitted (seed 0)"
            f"{_SAMPLE_ENDS if weights is None else _SAMPLE_STAYS}",
        )
    weighting = None if weights is None else as_weighting(weights, len(raw))
    if weighting is not None:
        notes = (*notes, *weights_words(data, weighting))
    return Points.build(
        raw,
        columns,
        standardise=data.scale == "standard",
        transform=data.transforms,
        labels=labels,
        label_names=label_names,
        rows=rows,
        n_total=n_total,
        notes=notes,
        weighting=weighting,
        weighted_by=data.weights if weighting is not None else "",
    )


def weights_words(data: DataChoice, weighting: Weighting) -> list[str]:
    """Return what the weights of rows are, and where they count."""
    name, n = data.weights, len(weighting.values)
    what = (
        f"Rows count by {name}, in whole numbers: these {n:,} rows are {weighting.total:,.0f} "
        "points."
        if weighting.counts
        else f"Rows count by {name}; as some are no whole numbers they are weights, scaled to "
        "mean 1."
    )
    where = (
        "k-means and the mixtures (our engine) of Compare and How many? take them; the four types "
        "and every other view take each row once."
    )
    once = {"robust": "medians and quartiles"} if "robust" in data.transforms.values() else {}
    once |= {"pca": "principal components"} if data.components else {}
    each = f"{' and '.join(once.values())} are of the rows, each once."
    return [f"{what} {where}", *([each[0].upper() + each[1:]] if once else [])]
