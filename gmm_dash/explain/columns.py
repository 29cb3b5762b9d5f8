"""What stands out about single columns, and the one thing to do about it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.explain.numbers import MINUS, counted, percent, shown
from gmm_dash.explain.sentence import Sentence, Words, spell
from gmm_dash.results.columns import column_doubts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gmm_dash.results import Points
    from gmm_dash.results.claim import Claim
    from gmm_dash.results.columns import ColumnDoubt

_MOST_NAME: Final = 40  # characters of a column's name that a sentence repeats
_BENT: Final = {"log": "logarithm", "sqrt": "square root", "asinh": "signed log"}
_LISTED: Final = 4  # columns that a sentence names


def column_sentences(points: Points, reg_covar: float) -> tuple[Sentence, ...]:
    """Return what stands out about the columns, each with its cure."""
    return told(column_doubts(points, reg_covar))


def told(doubts: Iterable[ColumnDoubt]) -> tuple[Sentence, ...]:
    """Return each doubt as one sentence with its cure."""
    return spell((doubt.claim for doubt in doubts), WORDS)


def cure_words(claim: Claim) -> str:
    """Return what a button says that cures a doubt; empty where no setting does."""
    facts = claim.facts
    return {
        "leave-out": f"Leave {_name(facts['column'])} out",
        "standardise": "Standardise the columns",
        "lower-reg": f"Lower the regularisation to {facts.get('to', 0):g}",
        **{bend: f"Take the {name} of {_name(facts['column'])}" for bend, name in _BENT.items()},
    }.get(facts["cure"], "")


def about(claim: Claim) -> str:
    """Return what stands out about a column, as a part of a sentence that names the column."""
    facts = claim.facts
    if claim.code == "column.few-values":
        return f"has only {facts['values']} different values"
    if claim.code == "column.many-equal":
        return f"is {plain(facts['value'])} in {percent(facts['share'])} of the rows"
    return f"follows from others: {equation(facts['column'], facts['terms'], facts['constant'])}"


def equation(column: str, terms: tuple[tuple[str, float], ...], constant: float) -> str:
    """Return a linear relation as people write it, ``"sleep_total + awake = 24"``."""
    if all(coefficient == -1 for _, coefficient in terms):
        names = [*(name for name, _ in terms), column]
        return f"{' + '.join(map(_name, names))} = {plain(constant)}"
    if all(coefficient == 1 for _, coefficient in terms) and constant == 0 and len(terms) > 1:
        return f"{' + '.join(_name(name) for name, _ in terms)} = {_name(column)}"
    parts = [_term(name, coefficient) for name, coefficient in terms]
    if constant or not parts:
        parts.append(f"{'−' if constant < 0 else '+'} {plain(abs(constant))}")
    joined = " ".join(parts)
    joined = joined.removeprefix("+ ").replace("− ", MINUS, 1) if joined[0] == "−" else joined[2:]
    return f"{_name(column)} = {joined}"


def _term(name: str, coefficient: float) -> str:
    size = abs(coefficient)
    times = "" if size == 1 else f"{plain(size)} × "
    return f"{'−' if coefficient < 0 else '+'} {times}{_name(name)}"


def plain(value: float) -> str:
    """Return a number of a table as it stands there: no rounding, no separators."""
    return f"{value:.6g}".replace("-", MINUS)


def _name(name: str) -> str:
    return name if len(name) <= _MOST_NAME else f"{name[:_MOST_NAME]}…"


def _relation(column: str, terms: tuple[tuple[str, float], ...], constant: float, cure: str) -> str:
    return _with(
        f"{equation(column, terms, constant)} in every row, to within rounding: "
        f"{_name(column)} says nothing that the rest does not.",
        column,
        cure,
    )


def _few_values(column: str, values: int, n: int, cure: str) -> str:
    return _with(
        f"{_name(column)} has only {values} different values in {n:,} rows: a component can "
        "collapse onto one of them.",
        column,
        cure,
    )


def _many_equal(column: str, value: float, share: float, cure: str) -> str:
    return _with(
        f"{_name(column)} is {plain(value)} in {percent(share)} of the rows: a component can "
        "collapse onto them.",
        column,
        cure,
    )


def _below_reg(column: str, variance: float, reg: float, cure: str, to: float) -> str:
    advice = (
        "Standardise the columns."
        if cure == "standardise"
        else f"Lower the regularisation to {to:g}."
    )
    return (
        f"The variance of {_name(column)}, {shown(variance, 5)} as it is fitted, hardly shows "
        f"beside the regularisation of {shown(reg, 3)}. {advice}"
    )


def _collinear(column: str, others: tuple[str, ...], explained: float, cure: str) -> str:
    first = ", ".join(map(_name, others[:_LISTED]))
    more = f" and {counted(len(others) - _LISTED, 'more column')}" if len(others) > _LISTED else ""
    share = min(explained, 0.9999)
    return _with(
        f"{100 * share:.4g} % of the variance of {_name(column)} follows from {first}{more}.",
        column,
        cure,
    )


def _skewed(column: str, skewness: float, cure: str, then: float) -> str:
    side = "large" if skewness > 0 else "small"
    after = f"; its {_BENT[cure]} {shown(then, 2)}" if cure else ""
    advice = f" Take the {_BENT[cure]} of {_name(column)}." if cure else ""
    return (
        f"{_name(column)} has a long tail of {side} values (skewness {shown(skewness, 2)}; a "
        f"Gaussian has none{after}): one group may take several components.{advice}"
    )


def _with(text: str, column: str, cure: str) -> str:
    return f"{text} Leave {_name(column)} out." if cure == "leave-out" else text


WORDS: Final[Words] = {
    "column.relation": _relation,
    "column.few-values": _few_values,
    "column.many-equal": _many_equal,
    "column.below-reg": _below_reg,
    "column.collinear": _collinear,
    "column.skewed": _skewed,
}
