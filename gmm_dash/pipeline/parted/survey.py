"""The first look at every row: how many, where gaps are, how wide it all is, and samples."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.tables.parts.slice import complete

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from gmm_dash.pipeline.parted.crew import Crew
    from gmm_dash.pipeline.parted.passes import Block


@dataclass(frozen=True, eq=False)
class Survey:
    """What there is to know of some rows; surveys of other rows add up.

    Attributes
    ----------
    n : int
        Complete rows.
    left : tuple of (str, int)
        Files with rows that have a gap or no finite number, and how many.
    mean : (d,) array
        Of the complete rows.
    scatter : (d, d) array
        Sums of products of their deviations from it.
    samples : tuple of (m, d) arrays
        The complete rows among those drawn for each sample.
    """

    n: int
    left: tuple[tuple[str, int], ...]
    mean: NDArray[np.float64]
    scatter: NDArray[np.float64]
    samples: tuple[NDArray[np.float64], ...]

    def __add__(self, other: Survey) -> Survey:
        """Return the survey of both sets of rows (Chan, Golub and LeVeque, 1979)."""
        n = self.n + other.n
        apart = other.mean - self.mean
        share = other.n / max(n, 1)
        between = self.n * share * np.outer(apart, apart)
        return Survey(
            n,
            _joined(self.left, other.left),
            self.mean + share * apart,
            self.scatter + other.scatter + between,
            tuple(map(np.concatenate, zip(self.samples, other.samples, strict=True))),
        )

    @property
    def sample(self) -> NDArray[np.float64]:
        """The first sample, (m, d)."""
        return self.samples[0]

    @property
    def left_out(self) -> int:
        """Rows with a gap or no finite number."""
        return sum(count for _, count in self.left)

    @cached_property
    def covariance(self) -> NDArray[np.float64]:
        """Of the complete rows, (d, d)."""
        return np.asarray(self.scatter / max(self.n, 1))


@dataclass(frozen=True, eq=False)
class Drawn:
    """A block, and which of its rows are in each sample: their places from 0, rising."""

    block: Block
    places: tuple[NDArray[np.int64], ...]


def survey(
    crew: Crew,
    blocks: Sequence[Block],
    sample_rows: int,
    random_state: int,
    tell: Callable[[int, int], None] | None = None,
    *,
    n_samples: int = 1,
) -> Survey:
    """Return the survey of a table.

    Parameters
    ----------
    crew : Crew
    blocks : sequence of Block
        Of the whole table, in its order.
    sample_rows : int
        Rows to draw, of all alike; which ones does not depend on how the table is cut.
    random_state : int
        Of the first sample; the next ones have the next seeds.
    tell : callable, optional
        Called with how many blocks are done, and how many there are.
    n_samples : int
        How many samples are drawn, each of all rows: two of them may share some.
    """
    edges = np.cumsum([0, *(one.n_rows for one in blocks)])
    each = [_places(edges, sample_rows, random_state + i) for i in range(n_samples)]
    items = [
        Drawn(block, places) for block, places in zip(blocks, zip(*each, strict=True), strict=True)
    ]
    return crew.total(look_at, items, tell)


def _places(
    edges: NDArray[np.int64], sample_rows: int, random_state: int
) -> list[NDArray[np.int64]]:
    """Return which rows of each block are drawn; a block is from one edge to the next."""
    n_rows = int(edges[-1])
    generator = np.random.default_rng(random_state)
    drawn = np.sort(generator.choice(n_rows, min(sample_rows, n_rows), replace=False))
    inside = np.split(drawn, np.searchsorted(drawn, edges[1:-1]))
    return [places - first for places, first in zip(inside, edges[:-1], strict=True)]


def look_at(drawn: Drawn) -> Survey:
    """Return the survey of one block."""
    total: Survey | None = None
    first = 0
    for rows in drawn.block.batches():
        whole = complete(rows)
        last = first + len(rows)
        mine = [one[(one >= first) & (one < last)] - first for one in drawn.places]
        first = last
        one = _survey_of(drawn.block.name, rows, whole, mine)
        total = one if total is None else total + one
    if total is None:
        d = len(drawn.block.columns)
        none = tuple(np.zeros((0, d)) for _ in drawn.places)
        return Survey(0, (), np.zeros(d), np.zeros((d, d)), none)
    return total


def _survey_of(
    name: str,
    rows: NDArray[np.float64],
    whole: NDArray[np.bool_],
    places: Sequence[NDArray[np.int64]],
) -> Survey:
    kept, d = rows[whole], rows.shape[1]
    missing = len(rows) - len(kept)
    mean = kept.mean(axis=0) if len(kept) else np.zeros(d)
    deviation = kept - mean
    return Survey(
        len(kept),
        ((name, missing),) if missing else (),
        mean,
        deviation.T @ deviation,
        tuple(rows[one[whole[one]]] for one in places),
    )


def _joined(
    first: tuple[tuple[str, int], ...], second: tuple[tuple[str, int], ...]
) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = dict(first)
    for name, count in second:
        counts[name] = counts.get(name, 0) + count
    return tuple(counts.items())
