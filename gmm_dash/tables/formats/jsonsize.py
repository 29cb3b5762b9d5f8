"""How much a JSON text holds, counted in its brackets and commas before it is parsed.

Parsing 20 MB takes seconds and half a gigabyte. Without its strings, a text is refused
for nesting no table has, or for more rows than can be read, in a fraction of that. Lists
and lines are only refused when the reader would, too; in an object, what stands beside the
table counts as well. The reader checks again while it builds the table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gmm_dash.errors import ImportProblem

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.files.limits import Limits

MAX_DEPTH = 32
STRING = re.compile(r'"(?:[^"\\]++|\\.|\\\Z)*+(?:"|\Z)', re.DOTALL)  # linear
MARKS = b"[]{},"
OTHERS = bytes(set(range(256)) - set(MARKS))
STEPS = np.zeros(256, np.int8)
STEPS[list(b"[{")], STEPS[list(b"]}")] = 1, -1
SMALLER = "Save a random sample of the rows, or fewer columns."


class Outline(NamedTuple):
    """The brackets and commas of a text that are in no string.

    Attributes
    ----------
    marks : (n,) uint8 array
    depth : (n,) int32 array
        How many brackets are open after each mark.
    """

    marks: NDArray[np.uint8]
    depth: NDArray[np.int32]

    def entries(self, level: int) -> NDArray[np.int64]:
        """Return how many entries each list and object at a level has, 1 for none."""
        there = self.depth == level
        opened = np.flatnonzero(there & (STEPS[self.marks] > 0))
        commas = there & (self.marks == ord(","))
        return np.add.reduceat(commas, opened, dtype=np.int64) + 1


def check_outline(text: str, hint: str, limits: Limits) -> None:
    """Raise ``ImportProblem`` when a JSON text is nested too deep or holds too much.

    Parameters
    ----------
    text : str
        One JSON document, or one on each line.
    hint : str
        What a JSON table should look like.
    limits : Limits
    """
    outline = _outline(text)
    if outline.depth.max(initial=0) > MAX_DEPTH:
        raise ImportProblem(f"The JSON is nested more than {MAX_DEPTH} levels deep.", hint=hint)
    rows = outline.entries(1)
    if rows.size > 1:
        _check_rows(rows, limits)
    elif outline.marks[:1] == ord("["):
        _check_rows(outline.entries(2), limits)
        _check_widest(rows, limits)
    else:
        _check_widest(np.append(rows, outline.entries(2)), limits)


def _outline(text: str) -> Outline:
    bare = STRING.sub("", text).encode("utf-8", "replace").translate(None, OTHERS)
    marks = np.frombuffer(bare, np.uint8)
    return Outline(marks, np.cumsum(STEPS[marks], dtype=np.int32))


def _check_rows(entries: NDArray[np.int64], limits: Limits) -> None:
    """Refuse too many rows; one of them may hold the names, and some may hold nothing."""
    n_rows = entries.size - 1
    n_cells = int(entries[entries > 1].sum())
    limits.check_shape(n_rows, max(1, n_cells // max(1, entries.size)))


def _check_widest(entries: NDArray[np.int64], limits: Limits) -> None:
    """Refuse a list or object that is too long, whether it is one of rows or of cells."""
    widest, total = int(entries.max(initial=0)), int(entries.sum())
    most = max(limits.max_rows, limits.max_columns)
    if widest - 1 > most:
        raise ImportProblem(
            f"The JSON has {widest:,} entries in one list or object; a table may have "
            f"{most:,} rows.",
            hint=SMALLER,
        )
    # Beside the cells there may be the numbers of rows and the names of columns.
    if total > limits.max_cells + 3 * limits.max_rows + limits.max_columns:
        raise ImportProblem(
            f"The JSON has {total:,} values; a table may have {limits.max_cells:,} cells.",
            hint=SMALLER,
        )
