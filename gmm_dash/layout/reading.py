"""The dialog "How I read it": what was understood of a file, and how to correct it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids
from gmm_dash.layout.own_data import footer
from gmm_dash.tables.reading.options import CHOICES, MAX_SKIP, MAX_WORDS
from gmm_dash.tables.text.encodings import OTHERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gmm_dash.tables import Column, Doubt, ReadReport

LINES_LISTED: Final = 200
_CELL_OPTIONS: Final = ("below", "missing")
_ROW_OPTIONS: Final = ("header", "units_row", "skip_rows", "totals", *_CELL_OPTIONS)
_TEXT_OPTIONS: Final = ("separator", "decimal", "encoding", *_ROW_OPTIONS)
_SHEET_OPTIONS: Final = ("sheet", *_ROW_OPTIONS)
OPTIONS_OF: Final = {
    "csv": _TEXT_OPTIONS,
    "xlsx": _SHEET_OPTIONS,
    "ods": _SHEET_OPTIONS,
    "json": _CELL_OPTIONS,
    "parquet": ("missing",),
    "feather": ("missing",),
    "stata": ("missing",),
}
OPTION_NAMES: Final = {
    "sheet": "Sheet",
    "separator": "Between the cells",
    "decimal": "Decimal sign",
    "encoding": "Encoding",
    "header": "First row holds names",
    "units_row": "Then a row of units",
    "skip_rows": "Rows to leave out at the top",
    "totals": "Rows of totals at the end",
    "below": "<0.2 stands for",
    "missing": "These, too, are missing",
}
_VALUE_NAMES: Final = {
    "separator": {
        "auto": "guess",
        ",": "comma ,",
        ";": "semicolon ;",
        "\t": "tab",
        "|": "bar |",
        " ": "spaces",
        "  ": "two or more spaces",
    },
    "decimal": {"auto": "guess", ".": "point 1.5", ",": "comma 1,5"},
    "encoding": {
        "auto": "guess",
        "utf-8": "UTF-8",
        "utf-16-le": "UTF-16",
        "utf-16-be": "UTF-16, big-endian",
        "cp1252": "Windows, Western",
        "cp1250": "Windows, Central European",
        "cp850": "DOS, Western",
        "cp1251": "Windows, Cyrillic",
        "shift_jis": "Shift JIS, Japanese",
        "gb18030": "GB 18030, Chinese",
        "cp949": "Windows, Korean",
        **OTHERS,
    },
    "header": {"auto": "guess", "yes": "yes", "no": "no", "two": "the first two rows"},
    "units_row": {"auto": "guess", "yes": "yes", "no": "no"},
    "totals": {"auto": "left out", "keep": "data"},
    "below": {
        "auto": "missing, and ask",
        "missing": "missing",
        "limit": "the limit",
        "half": "half the limit",
    },
}
_KIND_NAMES: Final = {"number": "numbers", "boolean": "yes or no", "date": "dates"}


def dialog() -> dmc.Modal:
    """Return the empty dialog; the callbacks fill it before it opens."""
    return dmc.Modal(
        [
            dcc.Store(id=ids.READING),
            dcc.Store(id=ids.READING_SHOWN),
            html.Div(id=ids.READING_STATUS, className="dialog-status", role="status"),
            html.Div(id=ids.READING_ACCOUNT),
            html.Div(
                [_option(name) for name in OPTION_NAMES],
                className="reading-options",
                role="group",
                **{"aria-label": "Correct what was guessed"},
            ),
            html.P(id=ids.READING_HELD, className="hint"),
            html.H3("Columns", className="dialog-heading reading-used"),
            dmc.CheckboxGroup(id=ids.READING_COLUMNS, value=[], children=[]),
            dmc.Select(
                id=ids.READING_LABEL,
                className="reading-used",
                label="Column of true groups",
                description="Only to judge the result; no fit sees it.",
                placeholder="none",
                data=[],
                clearable=True,
                searchable=True,
                size="sm",
                mt="sm",
                maw=340,
            ),
            html.H3("First rows", className="dialog-heading reading-used"),
            html.Div(
                id=ids.READING_HEAD,
                className="data-table-box reading-used",
                tabIndex=0,
                role="region",
                **{"aria-label": "First rows, scrolls sideways"},
            ),
            footer(
                dmc.Button("Cancel", id=ids.READING_CANCEL, variant="default"),
                dmc.Button("Use this table", id=ids.READING_USE),
            ),
        ],
        id=ids.READING_DIALOG,
        title="How I read it",
        size=860,
        opened=False,
        transitionProps={"duration": 0},
        closeButtonProps={"aria-label": "Close"},
    )


def _option(name: str) -> html.Div:
    label = OPTION_NAMES[name]
    if name == "skip_rows":
        widget: Any = dmc.NumberInput(
            id=ids.reading_option(name),
            label=label,
            value=0,
            min=0,
            max=MAX_SKIP,
            allowDecimal=False,
            clampBehavior="strict",
            debounce=600,
            size="xs",
        )
    elif name == "missing":
        widget = dmc.TagsInput(
            id=ids.reading_option(name),
            label=label,
            value=[],
            maxTags=MAX_WORDS,
            placeholder="n.d., -999",
            size="xs",
        )
    else:
        widget = dmc.Select(
            id=ids.reading_option(name),
            label=label,
            value="" if name == "sheet" else "auto",
            data=option_values(name),
            allowDeselect=False,
            size="xs",
        )
    return html.Div(widget, id=ids.reading_box(name), className="absent")


def option_values(name: str, report: ReadReport | None = None) -> list[dict[str, str]]:
    """Return what one guess can be corrected to; sheets are the file's own."""
    if name == "sheet":
        found = report.alternatives.get("sheet", ()) if report else ()
        current = report.options.sheet if report else ""
        return [{"value": sheet, "label": sheet} for sheet in (current, *found) if sheet]
    names = _VALUE_NAMES[name]
    return [{"value": value, "label": names[value]} for value in CHOICES[name]]


def account(report: ReadReport, doubts: Sequence[Doubt], problem: str) -> list[Any]:
    """Return the account in words: the sentence, questions, and skipped lines."""
    parts: list[Any] = [html.P(report.sentence, className="dialog-text")]
    if problem:
        parts.append(dmc.Alert(problem, color="red", title="This cannot be clustered yet", mb="sm"))
    if doubts:
        questions = html.Ul([_doubt(question) for question in doubts])
        parts.append(
            dmc.Alert(
                questions, color="yellow", title="Please look at this", mb="sm", className="alert"
            )
        )
    if len(report.skipped_lines) > 1:
        parts.append(_skipped(report.skipped_lines))
    return parts


def refused(message: str, ways: Sequence[tuple[str, dict[str, Any]]]) -> list[Any]:
    """Return the account of a file that is no table yet, and ways that may make it one."""
    parts: list[Any] = [
        message,
        html.P("Below you can say how it is written; it is read again at once."),
    ]
    if ways:
        parts.append(html.Div([_way(*one) for one in ways], className="reading-ways"))
    title, style = "This cannot be read yet", "alert reading-refused"
    return [dmc.Alert(parts, color="red", title=title, mb="sm", className=style)]


def _way(label: str, options: Mapping[str, Any]) -> html.Button:
    return html.Button(
        label,
        type="button",
        className="reading-way",
        **{"data-options": json.dumps(dict(options))},
    )


def _doubt(doubt: Doubt) -> html.Li:
    """Return a question; each other way to read the file is one click."""
    ways = [_way(way.label, way.options) for way in doubt.ways]
    return html.Li([doubt.text, html.Div(ways, className="reading-ways")] if ways else doubt.text)


def _skipped(lines: Sequence[int]) -> html.Details:
    listed = ", ".join(f"{line}" for line in lines[:LINES_LISTED])
    more = f" and {len(lines) - LINES_LISTED:,} more" if len(lines) > LINES_LISTED else ""
    return html.Details(
        [html.Summary("All skipped lines"), html.P(f"Lines {listed}{more}.", className="hint")],
        className="skipped",
    )


def columns(found: Sequence[Column]) -> html.Div:
    """Return the table of columns; a tick says that a column is clustered."""
    headings = ("Cluster on", "Column", "Type", "Missing", "Remarks")
    return html.Div(
        html.Table(
            [
                html.Thead(html.Tr([html.Th(text, scope="col") for text in headings])),
                html.Tbody([_column(column) for column in found]),
            ],
            className="data-table columns-table",
        ),
        className="data-table-box columns-box",
        tabIndex=0,
        role="region",
        **{"aria-label": "Columns, scrolls"},
    )


def _column(column: Column) -> html.Tr:
    usable = column.kind in ("number", "boolean")
    tick = dmc.Checkbox(value=column.name, size="xs", **{"aria-label": f"Cluster on {column.name}"})
    return html.Tr(
        [
            html.Td(tick if usable else "–", className="tick"),
            html.Th(column.name, scope="row"),
            html.Td(_KIND_NAMES.get(column.kind, column.kind)),
            html.Td(f"{column.n_missing:,}" if column.n_missing else "", className="numeric"),
            html.Td(_remarks(column), className="remarks"),
        ]
    )


def _remarks(column: Column) -> str:
    remarks = [column.note]
    if column.kind == "constant":
        remarks.append("All values are the same.")
    if column.identifier_like:
        only = column.kind == "number"
        remarks.append("Only numbers the rows." if only else "Names each row differently.")
    if column.original_name.strip() != column.name:
        remarks.append(f"In the file: {column.original_name[:80]!r}.")
    return " ".join(filter(None, remarks))


def head(report: ReadReport, rows: Sequence[Sequence[str]]) -> html.Table:
    """Return the first rows as a plain table."""
    width = len(rows[0]) if rows else 0
    shown = report.columns[:width]
    more = len(report.columns) - width
    kinds = ["numeric" if column.kind == "number" else "" for column in shown]
    names = [
        html.Th(column.name, scope="col", className=kind)
        for column, kind in zip(shown, kinds, strict=True)
    ]
    cells = [
        html.Tr([html.Td(cell, className=kind) for cell, kind in zip(row, kinds, strict=True)])
        for row in rows
    ]
    left = [html.Caption(f"and {more:,} more columns")] if more else []
    return html.Table(
        [*left, html.Thead(html.Tr(names)), html.Tbody(cells)], className="data-table head-table"
    )
