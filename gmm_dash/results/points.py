"""The points of one analysis, in their own units and as the models see them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

import numpy as np

from gmm_dash.engine import Mixture
from gmm_dash.errors import FitError
from gmm_dash.results.known import n_labelled
from gmm_dash.results.transforms import back, forward, transformed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.engine import Weighting
    from gmm_dash.results.reduction import Reduction
    from gmm_dash.results.separation import Separation
    from gmm_dash.tables import ReadReport

_LARGEST = 1e100  # beyond it, squares of distances leave the range of a float


@dataclass(frozen=True, eq=False)
class Source:
    """The user's file that points come from.

    Attributes
    ----------
    report : ReadReport
        How it was read.
    looked : tuple of str
        The columns in which a row needed a number to be fitted.
    label : str
        Column with the true groups, or empty.
    weights : str
        Column that says how much each row counts, or empty.
    """

    report: ReadReport
    looked: tuple[str, ...]
    label: str = ""
    weights: str = ""


@dataclass(frozen=True, eq=False)
class GapRows:
    """Rows of the same table of which something is known, but not all.

    Attributes
    ----------
    rows : (m,) int array
        Their positions in the whole table, rising.
    fitted : (m, d) array
        As the models see them; NaN where there is no value.
    """

    rows: NDArray[np.int64]
    fitted: NDArray[np.float64]

    @property
    def n(self) -> int:
        """Number of these rows, m."""
        return len(self.rows)


@dataclass(frozen=True, eq=False)
class Points:
    """Rows that are fitted, and everything needed to label and rescale them.

    Attributes
    ----------
    raw : (n, d) array
        In the data's own units.
    fitted : (n, d) array
        ``(raw - shift) / scale``: what k-means and the mixture are given; of columns that are
        bent, such as by their logarithm, ``(bent - shift) / scale``.
    shift, scale : (d,) arrays
        Zero and one unless the columns are standardised.
    columns : tuple of str, length d
    labels : (n,) int array or None
        True groups, if the data have them; no fit ever sees them. ``UNLABELLED`` where a row
        has none; see :mod:`gmm_dash.results.known`.
    label_names : tuple of str
        What the true groups are called.
    rows : (n,) int array
        Position of each point in the whole table, counted from zero.
    n_total : int
        Rows of the whole table that could have been fitted.
    notes : tuple of str
        What was left out or changed on the way, one sentence each.
    sources : Mixture or None
        For generated data whose groups were drawn from one Gaussian each: these Gaussians, in
        the units of ``fitted`` and the order of the labels.
    source : Source or None
        For a user's table: the file.
    bends : tuple of str
        How each column is bent (``transforms.SHAPES``), or empty; an empty tuple where none is.
    reduction : Reduction or None
        Where the columns are principal components: what they are made of.
    before : Points or None
        The same rows in the columns of the data then.
    gaps : GapRows or None
        Rows with gaps that the mixtures of Compare and How many? are fitted to, too; None where
        they are left out.
    weighting : Weighting or None
        How much each row counts in the fits that take weights; None where every row counts once.
    weighted_by : str
        The column that says so, or empty.
    separation : callable or None
        ``separation(k, covariance_type)`` returns what the components of a mixture of these points
        differ by; raises ``GmmDashError`` where there is no such mixture.
    """

    raw: NDArray[np.float64]
    fitted: NDArray[np.float64]
    shift: NDArray[np.float64]
    scale: NDArray[np.float64]
    columns: tuple[str, ...]
    labels: NDArray[np.int64] | None
    label_names: tuple[str, ...]
    rows: NDArray[np.int64]
    n_total: int
    notes: tuple[str, ...] = ()
    sources: Mixture | None = None
    source: Source | None = None
    bends: tuple[str, ...] = ()
    separation: Callable[[int, str], Separation] | None = None
    reduction: Reduction | None = None
    before: Points | None = None
    gaps: GapRows | None = None
    weighting: Weighting | None = None
    weighted_by: str = ""

    @property
    def n(self) -> int:
        """Number of points."""
        return len(self.raw)

    @property
    def n_with_gaps(self) -> int:
        """The same, and the rows with gaps where mixtures use what is known of them."""
        return self.n + (0 if self.gaps is None else self.gaps.n)

    @property
    def n_counted(self) -> int:
        """How many points a mixture of How many? is fitted to: of rows with counts, their sum.

        Weights that are no whole numbers give no such number; then it is that of the rows.
        """
        counted = None if self.weighting is None else self.weighting.n_points
        return self.n_with_gaps if counted is None else counted

    @property
    def withheld(self) -> bool:
        """Whether criteria have no value, as weights of rows give no number of points."""
        return self.weighting is not None and self.weighting.n_points is None

    @property
    def d(self) -> int:
        """Number of columns."""
        return int(self.raw.shape[1])

    @property
    def origin(self) -> Points:
        """The same rows in the columns of the data, where the fits see principal components."""
        return self.before or self

    @property
    def standardised(self) -> bool:
        """Whether the models see standardised columns, or components of such."""
        if self.reduction:
            return self.origin.standardised
        return bool((self.scale != 1).any() or (self.shift != 0).any())

    def seen(self, raw: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return other rows of the data's columns, in their own units, as the models see these."""
        if self.reduction:
            return self.reduction.of(self.origin.seen(raw))
        bent = raw
        if self.bends:
            bent = np.column_stack([forward(b, raw[:, j]) for j, b in enumerate(self.bends)])
        return (bent - self.shift) / self.scale

    def bend_of(self, column: int) -> str:
        """Return how a column is bent; empty where it is not."""
        return self.bends[column] if self.bends else ""

    def own_units(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return (..., d) positions of the fitted space in the columns' own units.

        Of a Gaussian's mean that is the median of each bent column, and the mean of the others.
        """
        bent = z * self.scale + self.shift
        if not self.bends:
            return bent
        columns = [back(bend, bent[..., j]) for j, bend in enumerate(self.bends)]
        return np.stack(columns, axis=-1)

    @classmethod
    def build(  # noqa: PLR0913  (told by name)
        cls,
        raw: NDArray[np.float64],
        columns: tuple[str, ...],
        *,
        standardise: bool,
        transform: Mapping[str, str] = MappingProxyType({}),
        labels: NDArray[np.int64] | None = None,
        label_names: tuple[str, ...] = (),
        rows: NDArray[np.int64] | None = None,
        n_total: int | None = None,
        notes: tuple[str, ...] = (),
        weighting: Weighting | None = None,
        weighted_by: str = "",
    ) -> Self:
        """Return the points, transformed on request as scikit-learn's transformers do it.

        Raises
        ------
        FitError
            When there is nothing to fit: no row, no column, numbers
            whose squares no computer can hold, or such as have no logarithm.
        """
        raw = np.ascontiguousarray(raw, dtype=np.float64)
        _refuse(raw, columns)
        n = len(raw)
        weight = None if weighting is None else weighting.values
        seen = transformed(raw, columns, transform, standardise=standardise, weight=weight)
        fitted, shift, scale = seen.fitted, seen.shift, seen.scale
        rows = np.arange(n) if rows is None else rows
        if not n_labelled(labels):
            labels, label_names = None, ()
        for array in (raw, fitted, shift, scale, rows, labels):
            if array is not None:
                array.setflags(write=False)
        return cls(
            raw, fitted, shift, scale, columns, labels, label_names, rows, n_total or n, notes,
            bends=seen.bends, weighting=weighting, weighted_by=weighted_by,
        )  # fmt: skip

    def drawn_from(self, sources: Mixture) -> Self:
        """Return the points with what their groups were drawn from, in the units of ``raw``.

        On a bent axis a Gaussian is none: such points keep no sources.
        """
        if self.bends:
            return self
        means = (sources.means - self.shift) / self.scale
        covariances = sources.covariances / np.outer(self.scale, self.scale)
        return replace(self, sources=Mixture(sources.weights, means, covariances))


def _refuse(raw: NDArray[np.float64], columns: tuple[str, ...]) -> None:
    if raw.ndim != 2 or raw.shape[1] < 1:
        raise FitError(
            "These data have no usable numeric column.", hint="Choose a column of numbers."
        )
    if len(raw) < 2:
        raise FitError(
            "There are fewer than two complete rows to fit.",
            hint="Choose other columns, or a table with more rows.",
        )
    bad = ~np.isfinite(raw).all(axis=0) | (np.abs(raw).max(axis=0) > _LARGEST)
    if bad.any():
        raise FitError(
            f"Column {columns[int(bad.argmax())]} holds numbers too large to square.",
            hint="Rescale that column, or leave it out.",
        )
