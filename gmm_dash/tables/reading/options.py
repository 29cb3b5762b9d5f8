"""The guesses a reader makes about a file, each of which the user can correct."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from gmm_dash.errors import ImportProblem

SEPARATORS = (",", ";", "\t", "|", " ", "  ")
ENCODINGS = (
    "utf-8",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
    "cp1250",
    "cp850",
    "cp1251",
    "iso-8859-15",
    "mac_roman",
    "shift_jis",
    "gb18030",
    "cp949",
    "koi8_r",
    "big5",
    "euc_jp",
    "cp1253",
    "iso-8859-2",
)
CHOICES: Mapping[str, tuple[str, ...]] = {
    "separator": ("auto", *SEPARATORS),
    "decimal": ("auto", ".", ","),
    "encoding": ("auto", *ENCODINGS),
    "header": ("auto", "yes", "no", "two"),
    "units_row": ("auto", "yes", "no"),
    "below": ("auto", "missing", "limit", "half"),
    "totals": ("auto", "keep"),
}
# No file that may be uploaded holds more lines. What a reader found goes through here, too:
# a bound for people's sake would refuse the place of a table that is far down.
MAX_SKIP = 1_000_000_000
MAX_SHEET_NAME = 200
MAX_WORDS = 20
MAX_WORD = 60


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read a table; ``"auto"`` leaves the guess to the reader.

    Attributes
    ----------
    separator : str
        Between the cells of a text table: ``, ; | `` tab, space (any run of blanks) or two
        spaces (two or more).
    decimal : str
        Decimal sign of a text table, ``.`` or ``,``. Given one, the other sign may only
        group thousands.
    encoding : str
        One of ``ENCODINGS``.
    header : str
        ``"yes"`` when the first row holds the names, ``"two"`` when the first two do.
    sheet : str
        Name of the sheet of a workbook; empty takes the first one that holds cells.
    skip_rows : int or "auto"
        Lines (text) or rows (sheets) to leave out at the top.
    units_row : str
        ``"yes"`` when the row under the names holds units.
    below : str
        What ``<0.2`` stands for among numbers: ``"missing"``, the ``"limit"`` itself or
        ``"half"`` of it. ``"auto"`` is missing, and asked about.
    missing : tuple of str
        Further cells that hold no value, like ``"n.d."`` or ``"-999"``.
    totals : str
        ``"keep"`` when a row "Total" at the end is data like the others.

    Raises
    ------
    ImportProblem
        When a value is none of the choices: options come from a browser.
    """

    separator: str = "auto"
    decimal: str = "auto"
    encoding: str = "auto"
    header: str = "auto"
    sheet: str = ""
    skip_rows: int | str = "auto"
    units_row: str = "auto"
    below: str = "auto"
    missing: tuple[str, ...] = ()
    totals: str = "auto"

    def __post_init__(self) -> None:
        """Refuse whatever is not one of the choices."""
        for name, choices in CHOICES.items():
            if getattr(self, name) not in choices:
                raise _refusal(name, ", ".join(map(repr, choices)))
        if not isinstance(self.sheet, str) or len(self.sheet) > MAX_SHEET_NAME:
            raise _refusal("sheet", "the name of a sheet")
        words = isinstance(self.missing, tuple) and len(self.missing) <= MAX_WORDS
        if not words or not all(isinstance(w, str) and len(w) <= MAX_WORD for w in self.missing):
            raise _refusal("missing", f"at most {MAX_WORDS} short words")
        whole = isinstance(self.skip_rows, int) and not isinstance(self.skip_rows, bool)
        if self.skip_rows != "auto" and not (whole and 0 <= int(self.skip_rows) <= MAX_SKIP):
            raise _refusal("skip_rows", f"'auto' or a whole number up to {MAX_SKIP:,}")

    def to_json(self) -> dict[str, Any]:
        """Return the options as a JSON object; ``from_json`` reads it back."""
        return {**asdict(self), "missing": list(self.missing)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return options from a JSON object; unknown keys are ignored."""
        if not isinstance(value, Mapping):
            raise _refusal("options", "a JSON object")
        given = {f.name: value[f.name] for f in fields(cls) if f.name in value}
        if isinstance(given.get("missing"), list):
            given["missing"] = tuple(given["missing"])
        return cls(**given)


def _refusal(name: str, allowed: str) -> ImportProblem:
    words = name.replace("_", " ")
    return ImportProblem(f"The reading option '{words}' is not valid.", hint=f"Use {allowed}.")
