"""Columns of text become numbers where that is certain, and stay text where it is not.

``1,234`` is a thousand in London and a bit more than one in Berlin. A column is read as
numbers only when every cell fits one decimal sign, and either no cell fits the other
sign or the file itself tells which is meant. Otherwise the column stays text, and a note
says why: a wrong number is worse than none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa
import pyarrow.compute as pc

from gmm_dash.tables.columns.cells import DATE_PATTERN, GAPS, MINUS, MISSING_WORDS, NUMBER_PATTERNS
from gmm_dash.tables.columns.units import Peeled, Refused, counts_of, peel, quoted
from gmm_dash.tables.reading.report import Asked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.tables.reading.options import ReadOptions

_MISSING = pa.array(MISSING_WORDS)
_BOOLEANS = pa.array(["true", "false"])
_WHOLE = r"^[+\-]?\d{1,18}$"
_LONG_WHOLE = r"^[+\-]?\d{16,}$"
_PADDED = r"^0\d{2,}$"  # a code, as 01067 for a place: as a number it would lose its zeros
_SHORT = 3  # digits that an instrument fills up, too: 045 degrees
_FEWEST = 8  # different ones that are no angles


@dataclass(frozen=True, slots=True)
class Context:
    """What the file tells about its numbers.

    Attributes
    ----------
    decimal : str
        The sign the user chose, or ``"auto"``.
    separator : str
        Between cells; empty for sheets and JSON. A semicolon is what programs write
        where the comma is the decimal sign.
    below : str
        What ``<0.2`` stands for; see :class:`gmm_dash.tables.reading.options.ReadOptions`.
    missing : tuple of str
        Further cells that hold no value.
    """

    decimal: str = "auto"
    separator: str = ""
    below: str = "auto"
    missing: tuple[str, ...] = ()

    @classmethod
    def of(cls, options: ReadOptions, separator: str = "") -> Self:
        """Return the context of a file that is read with these options."""
        return cls(options.decimal, separator, options.below, options.missing)


@dataclass(frozen=True, slots=True)
class Typed:
    """One column with its type: values, kind, the decimal sign used, why it is text.

    ``notes`` say what was taken off its numbers, ``asked`` what its owner should look at;
    ``measured`` says that a unit stood at the numbers, ``code`` that they are filled up with zeros.
    """

    array: Any
    kind: str
    sign: str = ""
    reason: str = ""
    bad_row: int = -1
    notes: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    measured: bool = False
    code: bool = False


@dataclass(frozen=True, slots=True)
class _Texts:
    """A column of trimmed texts, missing values null, and which signs fit every cell.

    ``values`` hold bare numbers where ``peeled`` says what stood around them.
    """

    trimmed: Any
    values: Any
    fits_point: bool
    fits_comma: bool
    peeled: Peeled | Refused | None = None

    @property
    def only(self) -> str:
        """The one decimal sign that fits, or empty when both or none do."""
        if self.fits_point == self.fits_comma:
            return ""
        return "." if self.fits_point else ","


def type_texts(columns: Sequence[Any], context: Context) -> list[Typed]:
    """Return the typed columns of a table of texts.

    Parameters
    ----------
    columns : sequence of pyarrow string arrays
        Cells as they stand in the file.
    context : Context
        Settles cells that fit both decimal signs.
    """
    prepared = [_prepare(column, context) for column in columns]
    signs = frozenset(texts.only for texts in prepared if texts.only)
    return [_type(texts, context, signs) for texts in prepared]


def _prepare(column: Any, context: Context) -> _Texts:
    trimmed = pc.utf8_trim_whitespace(column)
    if context.missing:
        trimmed = _without(trimmed, context.missing)
    missing = pc.is_in(pc.utf8_lower(trimmed), value_set=_MISSING)
    values = pc.if_else(missing, pa.scalar(None, pa.string()), trimmed)
    point, comma = _all_match(values, "."), _all_match(values, ",")
    if point or comma or _is_special(values):
        return _Texts(trimmed, values, point, comma)
    peeled = peel(counts_of(values.to_pylist()), context.below)
    if not isinstance(peeled, Peeled):
        return _Texts(trimmed, values, fits_point=False, fits_comma=False, peeled=peeled)
    bare = _bare(values, peeled)
    point, comma = _all_match(bare, "."), _all_match(bare, ",")
    return _Texts(trimmed, bare if point or comma else values, point, comma, peeled)


def _without(texts: Any, words: tuple[str, ...]) -> Any:
    """Return texts with the further words for missing empty."""
    found = pc.is_in(pc.utf8_lower(texts), value_set=pa.array([word.lower() for word in words]))
    return pc.if_else(found, pa.scalar("", pa.string()), texts)


def _bare(values: Any, peeled: Peeled) -> Any:
    """Return the bare numbers of a column, in its order."""
    return pa.array(
        [None if cell is None else peeled.numbers[cell] for cell in values.to_pylist()],
        pa.string(),
    )


def _is_special(values: Any) -> bool:
    """Return whether a column holds truth values or dates only, or nothing at all."""
    booleans = pc.all(pc.is_in(pc.utf8_lower(values).drop_null(), value_set=_BOOLEANS)).as_py()
    return bool(booleans) or bool(pc.all(pc.match_substring_regex(values, DATE_PATTERN)).as_py())


def _matches(values: Any, sign: str) -> Any:
    return pc.match_substring_regex(values, NUMBER_PATTERNS[sign])


def _all_match(values: Any, sign: str) -> bool:
    return bool(pc.all(_matches(values, sign)).as_py())


def _type(texts: _Texts, context: Context, signs: frozenset[str]) -> Typed:
    if texts.values.null_count == len(texts.values):
        return Typed(pa.nulls(len(texts.values), pa.string()), "empty")
    lowered = pc.utf8_lower(texts.values)
    if pc.all(pc.is_in(lowered.drop_null(), value_set=_BOOLEANS)).as_py():
        return Typed(pc.equal(lowered, "true"), "boolean")
    if texts.fits_point or texts.fits_comma:
        return _noted(_number(texts, context, signs), texts)
    if pc.all(pc.match_substring_regex(texts.values, DATE_PATTERN)).as_py():
        return Typed(_as_text(texts), "date")
    return _text(texts)


def _as_text(texts: _Texts) -> Any:
    return pc.if_else(pc.equal(texts.trimmed, ""), pa.scalar(None, pa.string()), texts.trimmed)


def _text(texts: _Texts) -> Typed:
    """Return a column of text; where any cell is a number, with what spoils it."""
    if isinstance(texts.peeled, Refused):
        return _refused(texts, texts.peeled)
    point, comma = _matches(texts.values, "."), _matches(texts.values, ",")
    number = pc.or_(point, comma)
    if isinstance(texts.peeled, Peeled) or pc.all(number).as_py():
        reason = "it mixes decimal commas and decimal points"
        return Typed(_as_text(texts), "text", reason=reason, asked=(Asked("left_as_text", reason),))
    if not pc.any(number).as_py() and not _begin_with_digits(texts.values):
        return Typed(_as_text(texts), "text")
    row = pc.index(number, pa.scalar(False)).as_py()  # noqa: FBT003  (a value to look for)
    reason = f"{quoted(texts.values[row].as_py())} is not a number"
    return Typed(_as_text(texts), "text", reason=reason, bad_row=row)


def _begin_with_digits(values: Any) -> bool:
    """Return whether half of the cells begin as numbers do: ranges, sizes, addresses."""
    begun = pc.sum(pc.match_substring_regex(values, r"^[+\-$€£¥(<>]?\d")).as_py() or 0
    return bool(2 * begun >= len(values) - values.null_count)


def _refused(texts: _Texts, refused: Refused) -> Typed:
    row = pc.index(texts.values, pa.scalar(refused.cell)).as_py()
    asked = (Asked("left_as_text", refused.reason, refused.words),) * refused.asked
    return Typed(_as_text(texts), "text", reason=refused.reason, bad_row=row, asked=asked)


def _noted(typed: Typed, texts: _Texts) -> Typed:
    """Return a column of numbers with what was taken off them."""
    if typed.kind != "number" or not isinstance(texts.peeled, Peeled):
        return typed
    array = typed.array
    if texts.peeled.halves:
        half = pc.is_in(texts.trimmed, value_set=pa.array(sorted(texts.peeled.halves)))
        array = array.cast(pa.float64())
        array = pc.if_else(half, pc.divide(array, 2.0), array)
    peeled = texts.peeled
    return replace(
        typed, array=array, notes=peeled.notes, asked=peeled.asked, measured=peeled.measured
    )


def _number(texts: _Texts, context: Context, signs: frozenset[str]) -> Typed:
    sign = _decide(texts, context, signs)
    if not sign:
        return _unsure(texts, context.decimal)
    plain = _plain(texts.values, sign)
    if _is_padded(plain):
        row = pc.index(pc.match_substring_regex(plain, _PADDED), pa.scalar(True)).as_py()  # noqa: FBT003  (a value to look for)
        reason = f"{quoted(texts.trimmed[row].as_py())} begins with 0, as codes do"
        return Typed(_as_text(texts), "text", reason=reason, bad_row=row, code=True)
    if pc.any(pc.match_substring_regex(plain, _LONG_WHOLE)).as_py():
        whole = pc.match_substring_regex(plain, _WHOLE)
        if not pc.all(whole).as_py() or plain.null_count:
            return Typed(_as_text(texts), "text", reason="its numbers have too many digits")
    if pc.all(pc.match_substring_regex(plain, _WHOLE)).as_py():
        whole = plain.cast(pa.int64())
        return Typed(whole.cast(pa.float64()) if plain.null_count else whole, "number")
    values = plain.cast(pa.float64())
    if _overflows(plain, values):
        return Typed(_as_text(texts), "text", reason="its numbers are too large")
    return Typed(values, "number", sign)


def _is_padded(plain: Any) -> bool:
    """Return whether whole numbers are filled up with zeros, as codes are.

    Short ones must be of one length and all different: 001, 002, ... name samples. Among
    numbers of other lengths a single one is taken for a slip.
    """
    padded = pc.match_substring_regex(plain, _PADDED)
    if not pc.any(padded).as_py():
        return False
    if not pc.all(pc.match_substring_regex(plain, r"^\d+$")).as_py():
        return False
    values, filled = plain.drop_null(), plain.filter(padded)
    lengths = pc.min_max(pc.utf8_length(values)).as_py()
    alike = lengths["min"] == lengths["max"]
    if pc.max(pc.utf8_length(filled)).as_py() > _SHORT:
        return alike or len(filled) > 1
    return alike and len(values) >= _FEWEST and pc.count_distinct(values).as_py() == len(values)


def _unsure(texts: _Texts, decimal: str) -> Typed:
    """Return the column as text, naming the cell that may mean two numbers or does not fit."""
    if decimal == "auto":
        marked = pc.match_substring_regex(texts.values, r"[.,]")
        why = "may mean two numbers; choose the decimal sign"
    else:
        marked = pc.invert(_matches(texts.values, decimal))
        why = f"does not fit the decimal sign {decimal}"
    row = pc.index(marked, pa.scalar(True)).as_py()  # noqa: FBT003  (a value to look for)
    reason = f"{quoted(texts.trimmed[row].as_py())} {why}"
    asked = (Asked("left_as_text", reason),)
    return Typed(_as_text(texts), "text", reason=reason, bad_row=row, asked=asked)


def _decide(texts: _Texts, context: Context, signs: frozenset[str]) -> str:
    """Return the decimal sign of a column that fits at least one, or empty when unsure."""
    if context.decimal != "auto":
        fits = texts.fits_point if context.decimal == "." else texts.fits_comma
        return context.decimal if fits else ""
    if texts.only:
        return texts.only
    has_comma = _has(texts.values, ",")
    has_point = _has(texts.values, ".")
    if has_comma and has_point:
        return ""
    if has_comma:
        return _decide_comma(context, signs)
    return _decide_point(context, signs) if has_point else "."


def _decide_comma(context: Context, signs: frozenset[str]) -> str:
    """Decide ``1,234``: by the file's other columns, else by its separator."""
    if signs == {","}:
        return ","
    return "." if signs == {"."} or (context.separator == "," and not signs) else ""


def _decide_point(context: Context, signs: frozenset[str]) -> str:
    """Decide ``1.234``: a decimal point, unless the file is written with commas."""
    if "," in signs or (context.separator == ";" and not signs):
        return ""
    return "."


def _has(values: Any, sign: str) -> bool:
    return bool(pc.any(pc.match_substring(values, sign)).as_py())


def _plain(values: Any, sign: str) -> Any:
    """Return the texts as Arrow reads numbers: no groups, a decimal point, a plain minus."""
    drop = ("," if sign == "." else ".") + GAPS
    for character in drop:
        values = pc.replace_substring(values, character, "")
    for old, new in ((",", "."), (MINUS, "-")):
        values = pc.replace_substring(values, old, new)
    return pc.replace_substring_regex(values, r"^\+", "")


def _overflows(plain: Any, values: Any) -> bool:
    """Return whether a number written in digits became infinite."""
    digits = pc.match_substring_regex(plain, r"\d")
    return bool(pc.any(pc.and_(pc.is_inf(values), digits)).as_py())
