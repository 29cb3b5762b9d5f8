"""Which column of a stacked batch belongs to which model.

All components of all models stand side by side, *j-major*: first every model's component 0,
then every model's component 1, and so on. Models are sorted by size, largest first, so those
that have a component ``j`` are always the first ``widths[j]`` models. Sums over the components
of a model are then sums of whole contiguous slabs, whatever mix of sizes the batch holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gmm_dash.engine.types import Bools, Floats, Ints


class Grouping:
    """The layout of one batch.

    Parameters
    ----------
    sizes : (m,) array of int
        Components of each model, in falling order.

    Attributes
    ----------
    model : (c,) array of int
        The model that each column belongs to.
    n_models, n_columns : int
        Number of models, and of the components of all of them together.
    component : (c,) array of int
        Which of its model's components each column is.
    """

    def __init__(self, sizes: Ints) -> None:
        self.sizes = np.asarray(sizes, dtype=np.intp)
        largest = int(self.sizes[0])
        self.widths = (self.sizes[None, :] > np.arange(largest)[:, None]).sum(axis=1)
        self.offsets = np.concatenate(([0], np.cumsum(self.widths)))
        self.component = np.repeat(np.arange(largest), self.widths)
        self.model = np.arange(self.offsets[-1]) - np.repeat(self.offsets[:-1], self.widths)
        self.equal = bool(self.sizes[-1] == largest)
        self.n_models, self.n_columns = len(self.sizes), int(self.offsets[-1])
        self._stack = (largest, self.n_models, -1)

    def columns(self, model: int) -> Ints:
        """Return the columns of one model, in the order of its components."""
        return self.offsets[: self.sizes[model]] + model

    def from_models(self) -> Ints:
        """Return, for each column, its place when models stand one after the other."""
        edges = np.cumsum(self.sizes) - self.sizes
        return np.asarray(edges[self.model] + self.component)

    def slabs(self) -> Iterator[tuple[int, slice]]:
        """Yield, for each ``j``, how many models have it and which columns those are."""
        for j, width in enumerate(self.widths.tolist()):
            start = int(self.offsets[j])
            yield width, slice(start, start + width)

    def keep(self, models: Bools) -> tuple[Grouping, Bools]:
        """Return the layout of the models to keep, and the mask of their columns."""
        return Grouping(self.sizes[models]), models[self.model]

    def total(self, columns: Floats) -> Floats:
        """Return (m, b) sums of (c, b) rows over each model's components."""
        if self.equal:
            return np.asarray(np.add.reduce(columns.reshape(self._stack), axis=0))
        out = columns[: self.n_models].copy()
        for width, slab in self.slabs():
            if slab.start:
                out[:width] += columns[slab]
        return out

    def largest(self, columns: Floats) -> Floats:
        """Return (m, b) maxima of (c, b) rows over each model's components."""
        if self.equal:
            return np.asarray(np.maximum.reduce(columns.reshape(self._stack), axis=0))
        out = columns[: self.n_models].copy()
        for width, slab in self.slabs():
            if slab.start:
                np.maximum(out[:width], columns[slab], out=out[:width])
        return out

    def apply(self, operation: np.ufunc, columns: Floats, per_model: Floats) -> None:
        """Combine every column in place with its model's row of ``per_model`` (m, b)."""
        if self.equal:
            stacked = columns.reshape(self._stack)
            operation(stacked, per_model, out=stacked)
            return
        for width, slab in self.slabs():
            operation(columns[slab], per_model[:width], out=columns[slab])
