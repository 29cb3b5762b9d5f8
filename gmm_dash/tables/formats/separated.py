"""Reading CSV, TSV and any other text with a separator."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from gmm_dash.errors import ImportProblem, ReadingProblem
from gmm_dash.tables.columns.describe import describe_columns
from gmm_dash.tables.columns.numbers import Context, Typed, type_texts
from gmm_dash.tables.formats.arff import Arff, find_arff, rows_of
from gmm_dash.tables.grid.layout import Layout, find_layout
from gmm_dash.tables.reading.report import RUNS, Question, ReadReport
from gmm_dash.tables.text.body import Body
from gmm_dash.tables.text.decoding import decode
from gmm_dash.tables.text.dialect import SAMPLE_RECORDS, find_dialect
from gmm_dash.tables.text.encodings import encoding_question
from gmm_dash.tables.text.ragged import shape_of
from gmm_dash.tables.text.records import Record, records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gmm_dash.files.limits import Limits
    from gmm_dash.tables.reading.options import ReadOptions

MOST_ABOVE = 100  # lines of titles and names that are no rows
ARMED = re.compile(r"^'(?=\s*[=+\-@])")
QUOTED_LINE = re.compile(r'"[^"]*"(?:[,;\t]"[^"]*")+')
RULE = re.compile(r"-{3,}|={3,}|:-+:?|-+:")
FEWEST_RULED = 2  # names, the line, a row of data
BLANK_LINE = re.compile(r"(?<=[\r\n])[ \t]*\r?\n")


def read_separated(data: bytes, options: ReadOptions, limits: Limits) -> tuple[Any, ReadReport]:
    """Return the table in a text, and the account of how it was read.

    Where names and rows do not go together, the names may hold single blanks.
    """
    text, encoding = decode(data, options.encoding)
    options, asked = replace(options, encoding=encoding), _encoding(data, encoding, options)
    table, report = _read_somehow(text, options, limits)
    return table, replace(report, questions=(*asked, *report.questions))


def _read_somehow(text: str, options: ReadOptions, limits: Limits) -> tuple[Any, ReadReport]:
    try:
        return _read(text, options, limits)
    except ReadingProblem:
        if options.separator == "auto" and "  " in text:
            with suppress(ImportProblem):
                return _read(text, replace(options, separator="  "), limits)
        raise


def _read(text: str, options: ReadOptions, limits: Limits) -> tuple[Any, ReadReport]:
    """Return the table as the options have it."""
    _check_lines(text, limits)
    arff = find_arff(text)
    dialect, others = find_dialect(_below(text, arff), options)
    if arff:
        dialect = dialect._replace(quote=arff.quote)
    rows = _wanted(records(_marked(text, arff), dialect), options)
    if arff:
        rows = rows_of(rows, arff)
    head = _without_rule(list(islice(rows, SAMPLE_RECORDS)))
    shape = shape_of([record.cells for record in head], dialect.separator) if head else None
    if not shape:
        raise ImportProblem("The file holds no lines.", hint="Choose a file that holds a table.")
    limits.check_shape(0, max(len(record.cells) for record in head))
    head = [Record(line, shape.even(cells)) for line, cells in head]
    first_rows = [record.cells for record in head]
    if arff and options.header != "no":
        layout = Layout(0, len(arff.names), arff.names)
    else:
        layout = _layout(first_rows, _quoted_names(_below(text, arff), options))
    body = Body(layout, limits, keep_totals=options.totals == "keep")
    body.read(chain(head[layout.start :], (Record(n, shape.even(c)) for n, c in rows)))
    cells = body.columns()
    typed = type_texts(cells, Context.of(options, dialect.separator))
    table, columns = describe_columns(
        [ARMED.sub("", name) for name in layout.names or [""] * layout.width],
        typed,
        layout.units,
        body.lines,
    )
    resolved = replace(
        options,
        separator=dialect.separator,
        decimal=_decimal(typed, options.decimal),
        header=layout.header,
        skip_rows=0 if arff else head[layout.top].line - 1,
        units_row="yes" if layout.units else "no",
    )
    report = ReadReport(
        kind="csv",
        sentence="",
        n_rows=table.num_rows,
        n_columns=table.num_columns,
        options=resolved,
        alternatives={"separator": others},
        skipped_lines=tuple(body.skipped),
        columns=columns,
        questions=(*layout.questions, *body.questions),
        **({} if arff or dialect.backslash or dialect.quote != '"' else body.span),
    )
    remarks = [*body.remarks(), *([RUNS] if shape.runs else [])]
    told = report.in_words(remarks, n_skipped=body.n_skipped)
    return body.origin(cells, typed).attach(table), told


def _layout(rows: list[list[str]], options: ReadOptions) -> Layout:
    """Return the layout; where there is none, another separator may give one."""
    try:
        return find_layout(rows, options)
    except ImportProblem as problem:
        if len(rows) == 1:
            raise  # one line, however it is cut, holds no rows
        raise ReadingProblem(str(problem), hint=problem.hint) from None


def _encoding(data: bytes, encoding: str, options: ReadOptions) -> list[Question]:
    """Return the question about an old encoding that was guessed."""
    question = encoding_question(data, encoding) if options.encoding == "auto" else None
    return [question] if question else []


def _below(text: str, arff: Arff | None) -> str:
    """Return the text from the first row of an ARFF file on; other texts as they are."""
    return text.split("\n", arff.data_line)[-1] if arff else text


def _marked(text: str, arff: Arff | None) -> str:
    """Return the text with an ARFF file's head blanked: its quotation marks close nothing."""
    return "\n" * arff.data_line + _below(text, arff) if arff else text


def _quoted_names(text: str, options: ReadOptions) -> ReadOptions:
    """Return the options, with names in the first row where it alone is all in quotation marks.

    R and pandas quote texts only: quoted numbers above bare ones are names.
    """
    first, _, rest = text.lstrip("\r\n").partition("\n")
    second = rest.partition("\n")[0]
    alone = QUOTED_LINE.fullmatch(first.strip()) and second.strip() and second.count('"') == 0
    return replace(options, header="yes") if alone and options.header == "auto" else options


def _check_lines(text: str, limits: Limits) -> None:
    """Refuse a text with too many lines before any is cut; quotes may hide line ends."""
    n_lines = max(text.count("\n"), text.count("\r"))
    if n_lines > limits.max_rows + MOST_ABOVE and '"' not in text:
        limits.check_shape(n_lines - len(BLANK_LINE.findall(text)) - MOST_ABOVE, 1)


def _wanted(rows: Iterator[Record], options: ReadOptions) -> Iterator[Record]:
    """Yield the records after the lines to skip and after Excel's ``sep=;``."""
    for row in rows:
        declared = row.line == 1 and row.cells[0].lower().startswith("sep=")
        if isinstance(options.skip_rows, int):
            if row.line > options.skip_rows:
                yield row
        elif not declared:
            yield row


def _without_rule(head: list[Record]) -> list[Record]:
    """Return the rows without a ruled line under the names, as Markdown and SQL draw it."""
    cells = head[1].cells if len(head) > FEWEST_RULED else []
    ruled = [cell for cell in cells if cell.strip()]
    if len(ruled) > 1 and all(RULE.fullmatch(cell.strip()) for cell in ruled):
        return [head[0], *head[2:]]
    return head


def _decimal(typed: list[Typed], chosen: str) -> str:
    """Return the decimal sign that was used; ``"auto"`` when columns differ."""
    signs = {column.sign for column in typed if column.sign}
    if chosen != "auto" or len(signs) > 1:
        return chosen
    return signs.pop() if signs else "."
