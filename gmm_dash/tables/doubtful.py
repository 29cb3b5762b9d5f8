"""When a reader should ask back: guesses about a file that its owner may want otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gmm_dash.tables.report import SEPARATOR_WORDS, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gmm_dash.tables.report import ReadReport

FEWEST_COLUMNS = 2  # a plot needs two


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question to the owner of a table: its code, for programs, and its words."""

    code: str
    text: str


def doubts(report: ReadReport) -> tuple[Doubt, ...]:
    """Return what to ask the owner before the table is used, one question each.

    None for a plain table: it can be used at once.
    """
    return (*_layout_doubts(report), *_column_doubts(report))


def _layout_doubts(report: ReadReport) -> Iterator[Doubt]:
    options = report.options
    if report.skipped_lines:
        yield Doubt(
            "skipped_lines", "Can the skipped lines be left out? They have another number of cells."
        )
    if isinstance(options.skip_rows, int) and options.skip_rows > 0:
        yield Doubt("rows_above", "Is there no data in the rows above the table?")
    if options.units_row == "yes":
        yield Doubt("units_row", "Does the row under the names hold units, and not data?")
    if sheets := report.alternatives.get("sheet", ()):
        yield Doubt("sheet", f"Is this the right sheet? The workbook has {1 + len(sheets)}.")
    others = [sign for sign in report.alternatives.get("separator", ()) if sign != options.decimal]
    if others:
        words = listed([SEPARATOR_WORDS[sign] for sign in others])
        yield Doubt("separator", f"Is the separator right? It could also be {words}.")
    if report.kind == "csv" and options.decimal == "auto":
        yield Doubt(
            "decimal", "Which decimal sign is right? Some columns have commas, others points."
        )


def _column_doubts(report: ReadReport) -> Iterator[Doubt]:
    almost = [c.name for c in report.columns if c.kind == "text" and "was left as text" in c.note]
    if almost:
        yield Doubt("left_as_text", f"Should {listed(almost)} be numbers? Some cells are not.")
    gaps = [
        c.name for c in report.columns if c.kind == "number" and 2 * c.n_missing > report.n_rows
    ]
    if gaps:
        yield Doubt(
            "mostly_missing",
            f"Do you need {listed(gaps)}? More than half of the values are missing.",
        )
    usable = [
        c for c in report.columns if c.kind in ("number", "boolean") and not c.identifier_like
    ]
    if len(usable) < FEWEST_COLUMNS:
        found = f"Only {usable[0].name} holds numbers" if usable else "No column holds numbers"
        yield Doubt(
            "nothing_to_cluster",
            f"Is anything read wrongly? {found} to cluster, and a plot needs two.",
        )
