"""When a reader should ask back: guesses about a file that its owner may want otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gmm_dash.tables.columns.units import quoted
from gmm_dash.tables.reading.options import MAX_WORDS
from gmm_dash.tables.reading.report import SEPARATOR_WORDS, Way, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gmm_dash.tables.reading.options import ReadOptions
    from gmm_dash.tables.reading.report import ReadReport

DETAILS = 3  # columns whose cells are told in a question
_LIMITS = {"missing": "Missing", "limit": "The limit itself", "half": "Half the limit"}
_QUESTIONS = {
    "left_as_text": "Should {names} be numbers? Some cells are not: {details}.",
    "below_limit": "What do the limits in {names} stand for? {details} count as missing; they "
    "could also count as the limit or as half of it.",
    "sentinel": "Does this stand for missing in {names}? {details}.",
    "missing_words": "Do these cells of {names} hold no value? {details}.",
    "marks": "Are the marks in {names} no part of the numbers? {details}.",
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question to the owner of a table: a code for programs, words, and ways to answer."""

    code: str
    text: str
    ways: tuple[Way, ...] = ()


def doubts(report: ReadReport) -> tuple[Doubt, ...]:
    """Return what to ask the owner before the table is used, one question each.

    None for a plain table: it can be used at once.
    """
    return (*_layout_doubts(report), *_column_doubts(report))


def _layout_doubts(report: ReadReport) -> Iterator[Doubt]:
    options = report.options
    for one in report.questions:
        yield Doubt(one.code, one.text, one.ways)
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
    options = report.options
    for code, question in _QUESTIONS.items():
        asked = [(c.name, one) for c in report.columns for one in c.asked if one.code == code]
        if asked:
            names = listed([name for name, _ in asked])
            details = "; ".join(dict.fromkeys(one.text for _, one in asked[:DETAILS]))
            ways = _ways(code, [word for _, one in asked for word in one.words], options)
            yield Doubt(code, question.format(names=names, details=details), ways)
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
    if not usable:
        yield Doubt(
            "nothing_to_cluster",
            "Is anything read wrongly? No column holds numbers to cluster.",
        )


def _ways(code: str, words: Sequence[str], options: ReadOptions) -> tuple[Way, ...]:
    """Return the ways to answer a question about cells."""
    if code == "below_limit":
        return tuple(Way(label, {"below": value}) for value, label in _LIMITS.items())
    words = list(dict.fromkeys(words))
    if code in ("left_as_text", "sentinel") and words:
        missing = [*options.missing, *words][:MAX_WORDS]
        return (
            Way(
                f"Count {listed([quoted(word) for word in words])} as missing", {"missing": missing}
            ),
        )
    return ()
