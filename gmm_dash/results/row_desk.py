"""Which rows somebody asks for: least likely ones, those within an outline, those of a name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeAlias, overload

import numpy as np

from gmm_dash.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from gmm_dash.results.labelled import Labelled
    from gmm_dash.results.points import Points
    from gmm_dash.results.projection import Projection

RowNumbers: TypeAlias = "NDArray[np.int64]"  # of rows of a file, from zero

MOST_OUTLINES: Final = 20
MOST_CORNERS: Final = 400  # of one outline
MOST_COLUMNS: Final = 30  # of the user's that a list of rows shows; a record has all
LONGEST_TEXT: Final = 200  # letters of a name that is looked for


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for.

    Attributes
    ----------
    kind : str
        ``"outliers"``, ``"outlines"`` or ``"text"``.
    outlines : tuple of (c, 2) arrays
        Corners of polygons on the plot; a row in any of them is wanted.
    text : str
        Name of a row, a part of one, or its line.
    """

    kind: str = "outliers"
    outlines: tuple[NDArray[np.float64], ...] = ()
    text: str = ""

    @classmethod
    def of(cls, raw: Any) -> Wanted:
        """Return what the browser asks for; nothing in it is believed.

        Raises
        ------
        StateError
            When it is nothing that can be asked for.
        """
        if not isinstance(raw, dict):
            return cls()
        kind = raw.get("kind")
        if kind == "text":
            return cls("text", text=str(raw.get("text", ""))[:LONGEST_TEXT].strip())
        if kind != "outlines":
            return cls()
        outlines = raw.get("outlines")
        if not isinstance(outlines, list) or not 0 < len(outlines) <= MOST_OUTLINES:
            raise _refused()
        return cls("outlines", tuple(_outline(one) for one in outlines))


def _outline(raw: Any) -> NDArray[np.float64]:
    fits = isinstance(raw, list) and 3 <= len(raw) <= MOST_CORNERS
    if not fits or not all(isinstance(at, list) and len(at) == 2 for at in raw):
        raise _refused()
    flat = [value for at in raw for value in at]
    if not all(isinstance(v, int | float) and not isinstance(v, bool) for v in flat):
        raise _refused()
    try:
        corners = np.array(raw, dtype=np.float64)
    except OverflowError:  # a whole number can be longer than any place
        raise _refused() from None
    if not np.isfinite(corners).all():
        raise _refused()
    return corners


def _refused() -> StateError:
    return StateError(
        "This selection cannot be read.",
        hint=f"Draw at most {MOST_OUTLINES} boxes or lassos with at most {MOST_CORNERS} corners.",
    )


@dataclass(frozen=True, eq=False)
class Numbered:
    """Names of rows that have none of their own, made of those that are asked for.

    Attributes
    ----------
    word : str
        ``"line"`` or ``"row"``.
    numbers : (m,) int array
    """

    word: str
    numbers: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[str]:
        return (f"{self.word} {number}" for number in self.numbers.tolist())

    @overload
    def __getitem__(self, rows: int) -> str: ...

    @overload
    def __getitem__(self, rows: NDArray[np.int64]) -> NDArray[np.object_]: ...

    def __getitem__(self, rows: int | NDArray[np.int64]) -> str | NDArray[np.object_]:
        """Return what some rows are called, in this order, or one."""
        names = [f"{self.word} {number}" for number in np.atleast_1d(self.numbers[rows]).tolist()]
        return np.array(names, dtype=object) if np.ndim(rows) else names[0]


@dataclass(frozen=True, eq=False)
class RowDesk:
    """Every row of the data with its results, and how to find some of them.

    Attributes
    ----------
    labelled : Labelled
    names : (m,) object array, or Numbered
        What a person calls each row of the file.
    named : bool
        Whether rows have names of their own, besides their lines.
    from_file : bool
        Whether numbers of rows are lines of a file.
    points : Points
        What is drawn: all complete rows, or a sample of them.
    titles : tuple of str
        What the mixture's groups are called, numbers and names.
    colours : tuple of int
        Which colour of the palette each of them has.
    """

    labelled: Labelled
    names: NDArray[np.object_] | Numbered
    named: bool
    from_file: bool
    points: Points
    titles: tuple[str, ...]
    colours: tuple[int, ...]

    @property
    def m(self) -> int:
        """Number of rows."""
        return len(self.names)

    @property
    def places(self) -> NDArray[np.int64]:
        """Which entry of the results belongs to each row; -1 where it has none."""
        return self.labelled.at

    @property
    def lines(self) -> tuple[int, int]:
        """The first and the last line that a row stands on."""
        found = self.labelled.given.lines
        return int(found.min()), int(found.max())

    @property
    def n_complete(self) -> int:
        """Number of complete rows."""
        return int((~self.labelled.assigned.gapped).sum())

    @cached_property
    def _at(self) -> NDArray[np.int64]:
        """Which row that at each position of the stored table is."""
        given = self.labelled.given.rows
        stored = np.flatnonzero(given >= 0)
        at = np.empty(len(stored), dtype=np.int64)
        at[given[stored]] = stored
        return at

    def rows_of(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return which rows those at some positions of the stored table are, rising."""
        found: NDArray[np.int64] = np.sort(self._at[places])
        return found

    def row_of_point(self, index: Any) -> int:
        """Return the row of a point that was pressed, by its number among those drawn.

        Raises
        ------
        StateError
            When there is no such point.
        """
        return int(self._at[self.points.rows[_below(index, self.points.n)]])

    def place_of(self, row: int, projection: Projection) -> list[float]:
        """Return where a row lies on a plot; nothing where it is not drawn."""
        index = np.flatnonzero(self.points.rows == self.labelled.given.rows[row])
        found: list[float] = projection.points(self.points.fitted[index]).ravel().tolist()
        return found

    def row(self, number: Any) -> int:
        """Return a row's number as the browser gives it.

        Raises
        ------
        StateError
            When there is no such row.
        """
        return _below(number, self.m)

    def chosen(self, wanted: Wanted, projection: Projection) -> NDArray[np.int64]:
        """Return the rows that are asked for: least likely first, else in the file's order.

        Parameters
        ----------
        wanted : Wanted
        projection : Projection
            That of the plot on which outlines were drawn.
        """
        if wanted.kind == "text":
            return self._found(wanted.text)
        if wanted.kind == "outlines":
            xy = projection.points(self.points.fitted)
            within = np.zeros(len(xy), dtype=bool)
            for outline in wanted.outlines:
                within |= inside(outline, xy)
            return self.rows_of(self.points.rows[within])
        assigned = self.labelled.assigned
        marked = np.flatnonzero(assigned.outlier)
        order = marked[np.argsort(assigned.log_density[marked], kind="stable")]
        found: NDArray[np.int64] = self._at[assigned.rows[order]]
        return found

    def _found(self, text: str) -> NDArray[np.int64]:
        """Return the rows of this very name, else on this line, else whose names hold the text."""
        wanted = text.casefold()
        if not wanted:
            return np.empty(0, dtype=np.int64)
        names = np.array([str(name).casefold() for name in self.names], dtype=object)
        exact = np.flatnonzero(names == wanted)
        if len(exact):
            return exact
        digits = wanted.removeprefix("line ").removeprefix("row ").replace(",", "")
        if digits.isascii() and digits.isdecimal() and len(digits) < 16:
            line = np.flatnonzero(self.labelled.given.lines == int(digits))
            if len(line):
                return line
        return np.flatnonzero([wanted in name for name in names])


def inside(outline: NDArray[np.float64], xy: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which of (n, 2) places lie in a polygon, by how often a ray leaves it.

    Parameters
    ----------
    outline : (c, 2) array
        Its corners in order; the last is joined to the first. Where it crosses itself, what it
        goes around twice is outside.
    xy : (n, 2) array
    """
    low, high = outline.min(axis=0), outline.max(axis=0)
    near = np.flatnonzero(((xy >= low) & (xy <= high)).all(axis=1))
    x, y = xy[near].T
    odd = np.zeros(len(near), dtype=bool)
    for (x0, y0), (x1, y1) in zip(outline, np.roll(outline, -1, axis=0), strict=True):
        crosses = (y0 > y) != (y1 > y)
        if crosses.any():
            odd ^= crosses & (x < x0 + (y - y0) * (x1 - x0) / (y1 - y0))
    found = np.zeros(len(xy), dtype=bool)
    found[near[odd]] = True
    return found


def _below(number: Any, n: int) -> int:
    """Return what a browser gives as one of ``n`` numbers from zero, if it is one."""
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < n:
        raise StateError(
            "There is no such row in these data.",
            hint="Choose a row of the list, or press a point.",
        )
    return number
