"""A table in many Parquet files below one place: which files, which columns, how many rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from gmm_dash.errors import ImportProblem
from gmm_dash.files.tree import Tree
from gmm_dash.tables.parts.problems import PartProblem, PlaceProblem
from gmm_dash.tables.parts.slice import Slice, called
from gmm_dash.tables.reading.report import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gmm_dash.tables.parts.slice import Footer

SLICE_ROWS: Final = 1_000_000  # a worker's portion: as many whole row groups as hold about these
_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class PartedTable:
    """The files of a table and the columns that are read of them.

    Attributes
    ----------
    url : str
    columns : tuple of str
    footers : tuple of Footer
        In the order of the files' names, which is the order of the rows.
    """

    url: str
    columns: tuple[str, ...]
    footers: tuple[Footer, ...]

    @property
    def n_rows(self) -> int:
        """Rows in all files."""
        return sum(sum(one.group_rows) for one in self.footers)

    def slices(self, rows: int = SLICE_ROWS, most: int | None = None) -> list[Slice]:
        """Return the table cut into slices of about so many rows: whole row groups of one file.

        With ``most`` a row group that has more rows than these is cut, too; whoever reads a part
        of it decodes what is before it.
        """
        whole = self._cut(rows)
        return (
            list(whole) if most is None else [part for one in whole for part in _parts(one, most)]
        )

    def _cut(self, rows: int) -> Iterator[Slice]:
        first = 0
        for footer in self.footers:
            begin, held = 0, 0
            for group, count in enumerate(footer.group_rows):
                if held and held + count > rows:
                    groups = range(begin, group)
                    yield Slice(self.url, footer.name, self.columns, groups, first, held)
                    begin, first, held = group, first + held, 0
                held += count
            if held:
                groups = range(begin, len(footer.group_rows))
                yield Slice(self.url, footer.name, self.columns, groups, first, held)
                first += held


def _parts(one: Slice, most: int) -> Iterator[Slice]:
    """Yield a slice in parts of about the same size, each of at most so many rows."""
    count = -(-one.n_rows // most)
    ends = [one.n_rows * i // count for i in range(count + 1)]
    for begin, end in pairwise(ends):
        rest = one.n_rows - end
        yield replace(one, first=one.first + begin, n_rows=end - begin, skip=begin, rest=rest)


def parquet_files(url: str) -> list[str]:
    """Return the names of the Parquet files below a place.

    Raises
    ------
    ImportProblem
        When there are none, or the place cannot be reached.
    """
    try:
        found = Tree(url).names()
    except PermissionError as error:
        raise ImportProblem(
            f"{url} may not be read: access was refused.", hint="Check the credentials."
        ) from error
    except OSError as error:
        check = "Check the address and the network."
        raise PlaceProblem(
            f"{url} cannot be reached: {error}.",
            hint=check,
            plain=ImportProblem(f"{url} cannot be reached.", hint=check),
        ) from error
    if not found:
        raise ImportProblem(
            f"There is nothing at {url}.", hint="Check the address: is every letter right?"
        )
    names = [name for name in found if not name or name.endswith((".parquet", ".pq"))]
    if not names:
        raise ImportProblem(
            f"There are no Parquet files at {url}.",
            hint="Their names end in .parquet; folders below are looked into, too.",
        )
    return names


def table_of(url: str, footers: Sequence[Footer], columns: Sequence[str]) -> PartedTable:
    """Return the table that some files are, once they are known to fit together.

    Parameters
    ----------
    url : str
    footers : sequence of Footer
        Of all its files.
    columns : sequence of str
        To read; none means every column of numbers of the first file.

    Raises
    ------
    ImportProblem
        When a column is no column of numbers, there is none, or there are no rows.
    PartProblem
        When a file lacks one, with the file's name.
    """
    first = footers[0]
    wanted = tuple(dict.fromkeys(columns)) or first.numeric
    if not wanted:
        raise ImportProblem(
            "The table has no column of numbers.", hint="Two or more are needed for a picture."
        )
    unknown = [name for name in wanted if name not in (*first.numeric, *first.others)]
    if unknown:
        raise ImportProblem(
            f"The table has no column {listed(unknown)}.",
            hint=f"It has {listed([*first.numeric, *first.others], _SHOWN)}.",
        )
    for footer in footers:
        lacking = [name for name in wanted if name not in footer.numeric]
        if lacking:
            words = [name for name in lacking if name in footer.others]
            what = f"holds no numbers in {listed(words)}" if words else f"has no {listed(lacking)}"
            raise PartProblem(
                f"{called(footer.name)} {what}.",
                hint="Every file of a table needs the chosen columns, as numbers.",
            )
    table = PartedTable(url, wanted, tuple(footers))
    if not table.n_rows:
        raise ImportProblem("The table has no rows.", hint="Choose another one.")
    return table
