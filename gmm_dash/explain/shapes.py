"""Words for the four covariance types beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.explain.compare import WORDS as COMPARE_WORDS
from gmm_dash.explain.numbers import counted, whole
from gmm_dash.explain.sentence import Sentence, Words, spell
from gmm_dash.results.evidence import grade
from gmm_dash.results.shape_claims import shape_claims, shape_reason_claims

if TYPE_CHECKING:
    from gmm_dash.results import Shapes

_EVIDENCE: Final = {
    "hardly": "hardly a difference",
    "some": "some evidence",
    "clear": "clear evidence",
    "strong": "strong evidence",
}


def shapes_notice(result: Shapes) -> tuple[Sentence, ...]:
    """Return which covariance type these data speak for, by BIC."""
    return spell(shape_claims(result), WORDS)


def shape_reasons(result: Shapes) -> tuple[Sentence, ...]:
    """Return what BIC weighed against what."""
    return spell(shape_reason_claims(result), WORDS)


def _none_sound(k: int) -> str:
    cure = " Lower K." if k > 1 else ""
    return (
        "All four covariance types have a component that is flat or nearly empty, so no BIC is "
        f"compared.{cure}"
    )


def _only_one(best: str, bic: float) -> str:
    return (
        f"Only {best} has no component that is flat or nearly empty (BIC {whole(bic)}); the others "
        "are not compared."
    )


def _left_out(kind: str, bic: float) -> str:
    return (
        f"That leaves out {kind}, with a BIC of {whole(bic)}: a component of it is flat or nearly "
        "empty."
    )


def _search_short(wider: str, narrower: str) -> str:
    return (
        f"The search for {wider} stopped short: {narrower}, which it contains, is likelier. More "
        "restarts may find a better one, so the difference is no evidence yet."
    )


def _equal(best: str, second: str, bic: float) -> str:
    return f"BIC is lowest with {best} and with {second}, which come to the same: {whole(bic)}."


def _best(best: str, second: str, bic: float, apart: float, *, graded: bool) -> str:
    evidence = f": {_EVIDENCE[grade(apart)]}" if graded else ""
    return (
        f"BIC is lowest with {best} covariances ({whole(bic)}), {_difference(apart)} below "
        f"{second}{evidence}."
    )


def _difference(value: float) -> str:
    return f"{value:,.1f}" if value < 100 else f"{value:,.0f}"


def _same_price(best: str, second: str, gain: float, parameters: int) -> str:
    return (
        f"With the same {parameters} parameters {best} fits better than {second}, by {gain:,.1f} "
        "in twice the log-likelihood."
    )


def _pays(best: str, second: str, gain: float, price: float, more: int) -> str:
    return (
        f"Against {second}, {best} fits better by {gain:,.1f} in twice the log-likelihood and "
        f"pays {price:,.1f} for {counted(more, 'more parameter')}."
    )


def _saves(best: str, second: str, gain: float, price: float, more: int) -> str:  # noqa: ARG001
    return f"Here {best} fits no worse than {second} and saves {-price:,.1f} for parameters."


def _would_cost(best: str, second: str, gain: float, price: float, more: int) -> str:
    return (
        f"Against {best}, {second} fits better by {-gain:,.1f} in twice the log-likelihood, but "
        f"{counted(-more, 'more parameter')} would cost {-price:,.1f}."
    )


WORDS: Final[Words] = {
    "shapes.none-sound": _none_sound,
    "shapes.left-out": _left_out,
    "shapes.search-short": _search_short,
    "shapes.only-one": _only_one,
    "shapes.equal": _equal,
    "shapes.best": _best,
    "shapes.same-price": _same_price,
    "shapes.pays": _pays,
    "shapes.saves": _saves,
    "shapes.would-cost": _would_cost,
    "compare.more-parameters": COMPARE_WORDS["compare.more-parameters"],
}
