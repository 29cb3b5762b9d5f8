"""What was read, and how: the table, and the account of every guess in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self

from gmm_dash.tables.reading.identifiers import names_ids
from gmm_dash.tables.reading.options import ReadOptions

if TYPE_CHECKING:
    import pandas as pd

NAMES_SHOWN = 5
LINES_SHOWN = 10
LINES_KEPT = 1_000
RUNS = "Runs of tabs count as one."
PACKED = "It was packed."
KIND_WORDS = {
    "csv": "text table",
    "xlsx": "Excel workbook",
    "ods": "OpenDocument spreadsheet",
    "parquet": "Parquet file",
    "feather": "Feather file",
    "stata": "Stata file",
    "json": "JSON file",
    "frame": "table in memory",
}
SEPARATOR_WORDS = {
    ",": "comma",
    ";": ";",
    "\t": "tab",
    "|": "|",
    " ": "space",
    "  ": "two or more spaces",
}
DECIMAL_WORDS = {",": "decimal comma", ".": "decimal point"}
ENCODING_WORDS = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows encoding",
    "cp1251": "Windows encoding, Cyrillic",
    "shift_jis": "Shift JIS",
    "gb18030": "GB 18030",
    "cp1250": "Windows encoding, Central European",
    "cp949": "Windows encoding, Korean",
    "cp850": "DOS encoding",
    "mac_roman": "Mac Roman",
    "koi8_r": "KOI8-R",
    "cp1253": "Windows encoding, Greek",
    "big5": "Big5",
    "iso-8859-2": "Latin-2",
    "euc_jp": "EUC",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the owner of a column should look at: a code, words, and cells to decide on."""

    code: str
    text: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """One way out of a doubt: what it is called, and the reading options that take it.

    Where the file is read rightly and only columns are to be left out, ``{"columns": [...]}``
    names those that stay.
    """

    label: str
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """A doubt about the file as a whole, with other ways to read it."""

    code: str
    text: str
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table, as it was understood.

    Attributes
    ----------
    name, original_name : str
        The cleaned, unique name in the frame, and the one in the file.
    kind : str
        ``"number"``, ``"text"``, ``"date"``, ``"boolean"``, ``"constant"`` (one value
        throughout) or ``"empty"``.
    n_missing : int
        Cells without a value.
    identifier_like : bool
        Whether the values only count or name the rows: nothing to cluster.
    note : str
        A sentence about a surprise in this column, or empty.
    asked : tuple of Asked
        What its owner should look at.
    code : bool
        Whether it holds numbers filled up with zeros, kept as text.
    """

    name: str
    original_name: str
    kind: str
    n_missing: int = 0
    identifier_like: bool = False
    note: str = ""
    asked: tuple[Asked, ...] = ()
    code: bool = False

    @property
    def is_id(self) -> bool:
        """Whether the column identifies, and says so: a name of a person may be unique, too."""
        telling = self.kind == "number" or self.code or names_ids(self.name)
        return self.identifier_like and telling


@dataclass(frozen=True, slots=True)
class Whole:
    """The table in many files that the rows of a stored table are a random sample of.

    Attributes
    ----------
    url : str
        A folder, or an address.
    columns : tuple of str
        Those of the sample, as the files name them.
    n_files, n_rows, n_complete : int
        Files, rows in them, and rows among these without a gap.
    """

    url: str
    columns: tuple[str, ...]
    n_files: int
    n_rows: int
    n_complete: int


@dataclass(frozen=True, slots=True)
class ReadReport:
    """How a file was read.

    Attributes
    ----------
    kind : str
        ``"csv"``, ``"xlsx"``, ``"ods"``, ``"parquet"``, ``"feather"``, ``"json"`` or, for
        tables that came from no file, ``"frame"``.
    sentence : str
        The account in words.
    n_rows, n_columns : int
        Shape of the table.
    options : ReadOptions
        The guesses, resolved: reading again with them gives the same table.
    alternatives : mapping of str to tuple of str
        Other values worth offering, by option: ``"sheet"``, ``"separator"``.
    skipped_lines : tuple of int
        Lines left out because their number of cells is wrong (the first thousand).
    columns : tuple of Column
    questions : tuple of Question
        What the reader asks about the file as a whole.
    file_name : str
        What its owner calls the file; empty where it has no name.
    first_line, last_line : int
        Lines (rows of the sheet) of the first and the last row; 0 where a script could not read
        the file by its lines.
    first_column : int
        Column of the sheet in which the table begins, from 1.
    whole : Whole or None
        What the rows are a sample of, where they are one of a table in many files.
    """

    kind: str
    sentence: str
    n_rows: int
    n_columns: int
    options: ReadOptions = field(default_factory=ReadOptions)
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    skipped_lines: tuple[int, ...] = ()
    columns: tuple[Column, ...] = ()
    questions: tuple[Question, ...] = ()
    file_name: str = ""
    first_line: int = 0
    last_line: int = 0
    first_column: int = 1
    whole: Whole | None = None

    @property
    def numeric_columns(self) -> tuple[str, ...]:
        """Names of the columns worth clustering: numbers that vary and identify nobody."""
        return tuple(c.name for c in self.columns if c.kind == "number" and not c.identifier_like)

    @property
    def identifiers(self) -> tuple[str, ...]:
        """Names of the columns of numbers that only count or name the rows."""
        return tuple(c.name for c in self.columns if c.kind == "number" and c.identifier_like)

    def to_json(self) -> dict[str, Any]:
        """Return the report as a JSON object; ``from_json`` reads it back."""
        return {**asdict(self), "options": self.options.to_json()}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return the report that ``to_json`` wrote."""
        return cls(
            **{
                **value,
                "options": ReadOptions.from_json(value["options"]),
                "alternatives": {k: tuple(v) for k, v in value["alternatives"].items()},
                "skipped_lines": tuple(value["skipped_lines"]),
                "columns": tuple(map(_column, value["columns"])),
                "questions": tuple(map(_question, value.get("questions", ()))),
                "whole": _whole(value.get("whole")),
            }
        )

    def in_words(self, remarks: Sequence[str] = (), *, n_skipped: int = 0) -> Self:
        """Return the report with its ``sentence`` written from the other fields.

        Parameters
        ----------
        remarks : sequence of str
            Further sentences, about the file as a whole.
        n_skipped : int
            Lines skipped in all; ``skipped_lines`` may name fewer.
        """
        parts = (
            _shape_words(self),
            _skipped_words(self.skipped_lines, n_skipped),
            *remarks,
            *_column_words(self.columns),
        )
        return replace(self, sentence=" ".join(part for part in parts if part))


@dataclass(frozen=True, slots=True, eq=False)
class ReadTable:
    """A table as read: ``frame`` with clean, unique column names, and ``report``.

    ``origin`` is what :mod:`gmm_dash.tables.reading.origin` keeps of its file, packed.
    """

    frame: pd.DataFrame
    report: ReadReport
    origin: bytes = b""


def _column(value: Mapping[str, Any]) -> Column:
    """Return the column in a stored report; older ones asked nothing."""
    asked = tuple(
        Asked(one["code"], one["text"], tuple(one["words"])) for one in value.get("asked", ())
    )
    return Column(**{**value, "asked": asked})


def _question(value: Mapping[str, Any]) -> Question:
    ways = tuple(Way(way["label"], way["options"]) for way in value["ways"])
    return Question(value["code"], value["text"], ways)


def _whole(value: Mapping[str, Any] | None) -> Whole | None:
    return None if value is None else Whole(**{**value, "columns": tuple(value["columns"])})


def listed(words: Sequence[str], most: int = NAMES_SHOWN) -> str:
    """Return ``a, b and c``, or the first few and how many more there are."""
    if len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most:,} more"
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def counted(count: int, noun: str) -> str:
    """Return ``1 row`` or ``1,204 rows``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _shape_words(report: ReadReport) -> str:
    details = [KIND_WORDS[report.kind]]
    if report.kind == "csv":
        options = report.options
        details = [
            f"separator {SEPARATOR_WORDS[options.separator]}" if report.n_columns > 1 else "",
            DECIMAL_WORDS.get(options.decimal, "decimal signs differ between columns"),
            ENCODING_WORDS.get(options.encoding, options.encoding),
        ]
    elif report.options.sheet:
        details.append(f"sheet {report.options.sheet}")
    shape = f"{counted(report.n_rows, 'row')} x {counted(report.n_columns, 'column')}"
    return f"Read {shape}: {', '.join(filter(None, details))}."


def _skipped_words(lines: Sequence[int], n_skipped: int) -> str:
    total = max(n_skipped, len(lines))
    if not total:
        return ""
    numbers = ", ".join(str(line) for line in lines[:LINES_SHOWN])
    more = f" and {total - LINES_SHOWN:,} more" if total > LINES_SHOWN else ""
    return f"{counted(total, 'row')} skipped: line{'' if total == 1 else 's'} {numbers}{more}."


def _column_words(columns: Sequence[Column]) -> list[str]:
    words = [_kind_words(columns, kind) for kind in ("text", "date", "constant", "empty")]
    identifiers = [c.name for c in columns if c.identifier_like and c.kind == "number"]
    if identifiers:
        words.append(
            f"{_columns(identifiers)} only {_verb(identifiers, 'numbers', 'number')} the rows."
        )
    if not any(c.kind in ("number", "boolean") for c in columns):
        words.append("No column holds numbers that differ, so there is nothing to cluster.")
    notes = [c.note for c in columns if c.note]
    words.extend(notes[:NAMES_SHOWN])
    if len(notes) > NAMES_SHOWN:
        words.append(f"{counted(len(notes) - NAMES_SHOWN, 'more note')} in the list of columns.")
    return words


def _kind_words(columns: Sequence[Column], kind: str) -> str:
    names = [c.name for c in columns if c.kind == kind]
    if not names:
        return ""
    one, many = {"date": ("holds dates", "hold dates")}.get(kind, (f"is {kind}", f"are {kind}"))
    return f"{_columns(names)} {_verb(names, one, many)}."


def _columns(names: Sequence[str]) -> str:
    return f"Column{'' if len(names) == 1 else 's'} {listed(names)}"


def _verb(names: Sequence[str], one: str, many: str) -> str:
    return one if len(names) == 1 else many
