"""Which separator a text uses: each candidate is tried on the first lines and counted."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from gmm_dash.errors import ImportProblem
from gmm_dash.tables.columns.cells import is_missing, looks_numeric
from gmm_dash.tables.columns.written import parse
from gmm_dash.tables.reading.options import SEPARATORS
from gmm_dash.tables.text.records import WIDE, Dialect, Record, records

if TYPE_CHECKING:
    from gmm_dash.tables.reading.options import ReadOptions

SAMPLE_RECORDS = 200
SAMPLE_CHARACTERS = 200_000
# The likelier first: nobody writes a tab or a semicolon in passing.
PREFERENCE = ("\t", ";", "|", ",", " ", WIDE)
MOSTLY = 0.9  # of the lines
QUOTED_CELL = re.compile(r'^"[^"\n]+",', re.MULTILINE)
DECLARED = re.compile(r'"?sep=(.|\t)"?\r?\n?', re.IGNORECASE)


class Trial(NamedTuple):
    """How well one separator fits: larger is better, compared from left to right."""

    fits: bool
    numeric: float
    share: float
    rank: int
    dialect: Dialect


def find_dialect(text: str, options: ReadOptions) -> tuple[Dialect, tuple[str, ...]]:
    """Return the dialect, and the other separators that would give a table as well.

    Each candidate cuts a sample; the best one gives most lines the same number of cells
    and turns most cells into numbers. So ``1,5;2,5`` is two decimal commas and not three
    cells. The csv module's own Sniffer is not used: hostile text keeps it busy for
    minutes.
    """
    sample = _sample(text)
    declared = DECLARED.fullmatch(sample.partition("\n")[0])
    if options.separator != "auto":
        return _with_escape(sample, options.separator), ()
    if declared and declared[1] in SEPARATORS:
        return _with_escape(text, declared[1]), ()
    candidates = [s for s in PREFERENCE if s in sample and s != options.decimal]
    if _tabbed(sample):  # then blanks stand inside the cells
        candidates = [s for s in candidates if s.strip(" ")]
    trials = sorted((_try(sample, separator) for separator in candidates), reverse=True)
    fitting = [trial for trial in trials if trial.fits]
    if not fitting:
        return _with_escape(sample, _unused(sample, options)), ()
    chosen, *others = (trial.dialect.separator for trial in fitting)
    return fitting[0].dialect, tuple(s for s in others if s != WIDE or chosen != " ")


def _tabbed(sample: str) -> bool:
    """Return whether there is a tab in every line."""
    lines = [line for line in sample.splitlines() if line.strip()]
    return bool(lines) and all("\t" in line.strip() for line in lines)


def _unused(sample: str, options: ReadOptions) -> str:
    """Return a separator that leaves a single column whole, the comma if it can be."""
    free = [s for s in SEPARATORS if s not in sample and s != options.decimal]
    return free[0] if free else ","


def _sample(text: str) -> str:
    """Return the first lines, cut at a line's end so that no record is cut short."""
    if len(text) <= SAMPLE_CHARACTERS:
        return text
    start = text[:SAMPLE_CHARACTERS]
    return start[: max(start.rfind("\n"), start.rfind("\r")) + 1] or start


def _try(sample: str, separator: str) -> Trial:
    dialect = _with_escape(sample, separator)
    rows = sample_records(sample, dialect)
    counts = Counter(len(row.cells) for row in rows)
    width = max(counts, key=lambda n: (counts[n], n), default=1)
    share = counts[width] / max(len(rows), 1)
    numeric = _numeric_share([row.cells for row in rows if len(row.cells) == width][1:])
    fits = width > 1 and (separator != " " or numeric >= 0.5)
    if separator == WIDE:
        fits = width > 1 and len(rows) > 2 and share >= MOSTLY and numeric > 0
    if separator == "," and _is_one_column_of_decimals(sample, rows):
        fits = False
    rank = len(PREFERENCE) - PREFERENCE.index(separator)
    return Trial(fits, round(numeric * share, 2), round(share, 2), rank, dialect)


def _numeric_share(rows: list[list[str]]) -> float:
    """Return the share of all characters that belong to cells which are numbers.

    Characters, not cells: a wrong cut leaves short digits beside long scraps.
    """
    cells = [cell.strip() for row in rows for cell in row]
    numeric = sum(len(cell) for cell in cells if _is_number(cell))
    return numeric / max(sum(map(len, cells)), 1)


def _is_number(cell: str) -> bool:
    """Return whether a cell is a number as people write them; units stand in one cell."""
    return looks_numeric(cell) or ("\t" not in cell and parse(cell) is not None)


def _is_one_column_of_decimals(sample: str, rows: list[Record]) -> bool:
    """Return whether one name stands over lines like ``1,5``: decimal commas, not cells."""
    if len(rows) < 2 or len(rows[0].cells) != 1 or QUOTED_CELL.search(sample):
        return False
    lines = [",".join(row.cells).strip() for row in rows[1:]]
    return all(looks_numeric(line) or is_missing(line) for line in lines)


def _with_escape(sample: str, separator: str) -> Dialect:
    r"""Return the dialect; Spark writes ``\"`` for a quotation mark inside a cell."""
    plain = Dialect(separator)
    if '\\"' in sample and not _is_clean(sample, plain):
        escaped = Dialect(separator, backslash=True)
        if _is_clean(sample, escaped):
            return escaped
    return plain


def _is_clean(sample: str, dialect: Dialect) -> bool:
    try:
        for _ in islice(records(sample, dialect), SAMPLE_RECORDS):
            pass
    except ImportProblem:
        return False
    return True


def sample_records(sample: str, dialect: Dialect) -> list[Record]:
    """Return the first records, up to the first that cannot be read."""
    rows: list[Record] = []
    try:
        for row in islice(records(sample, dialect), SAMPLE_RECORDS):
            rows.append(row)  # noqa: PERF402  (what came before an error is kept)
    except ImportProblem:
        pass  # the whole text is read again, and says so then
    return rows
