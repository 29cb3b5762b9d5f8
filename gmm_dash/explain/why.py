"""Why this result looks as it does, in words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from gmm_dash.explain.columns import about
from gmm_dash.explain.numbers import counted
from gmm_dash.explain.sentence import Sentence, Words, spell
from gmm_dash.results.reason_claims import reason_claims

if TYPE_CHECKING:
    from gmm_dash.results import Comparison
    from gmm_dash.results.reason_claims import Cures


def reasons(result: Comparison) -> tuple[Sentence, ...]:
    """Return the sentences that hold for a comparison, most telling first."""
    return spell(reason_claims(result), WORDS)


def _cut(component: str, most: tuple[int, int], next: tuple[int, int]) -> str:  # noqa: A002
    return (
        f"k-means cuts component {component} of the mixture: {most[0]:,} of its points go to "
        f"cluster {most[1]}, {next[0]:,} to cluster {next[1]}."
    )


def _cut_ends(component: str, times: float, away: float, stay: float) -> str:
    return (
        f"Component {component} is {times:.1f} times as long as it is wide; what the other cluster "
        f"takes lies farther out along it: {away:.1f} standard deviations from its mean, the rest "
        f"{stay:.1f}."
    )


def _cut_wide(component: str, times: float) -> str:
    return (
        f"Component {component} is {times:.1f} times as wide as the narrowest of the others, but "
        "k-means puts the wall halfway between two centres."
    )


def _cut_wall(component: str) -> str:
    return f"A wall halfway between two centres runs through component {component}."


def _unsure_all(unsure: int, pair: tuple[str, str], there: int) -> str:  # noqa: ARG001
    where = f"between components {pair[0]} and {pair[1]}"
    return f"All {unsure:,} points less than 80 % sure waver {where}."


def _unsure_most(unsure: int, pair: tuple[str, str], there: int) -> str:
    return (
        f"Of the {unsure:,} points less than 80 % sure the largest lot, {there:,}, waver between "
        f"components {pair[0]} and {pair[1]}."
    )


def _flat_advice(k: int, cures: Cures) -> str:
    listed = [
        *(["lower K"] if k > 1 else []),
        *(["choose a simpler covariance type"] if cures.simpler else []),
        *(["raise the regularisation"] if cures.can_raise else []),
        "look for rows or values that repeat",
    ]
    text = listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])}, or {listed[-1]}"
    return f"{text[:1].upper()}{text[1:]}."


def _collapse_advice(k: int, collapsed: int, cures: Cures) -> str:
    """Return which column the components lie on, and the one cure that this has."""
    blame = cures.blame
    if blame is None:
        return _flat_advice(k, cures)
    doubt, column = blame.doubt, blame.doubt.facts["column"]
    where = "" if blame.lying == collapsed else f" in {blame.lying} of them"
    relation = doubt.code == "column.relation"
    said = f"nothing departs from it{where}" if relation else f"it does not vary{where or ' there'}"
    leave = doubt.facts["cure"] == "leave-out"
    cure = f"Leave {column} out." if leave else _flat_advice(k, cures)
    also = f" The same goes for {counted(blame.others, 'more column')}." if blame.others else ""
    return f"{column} {about(doubt)}, and {said}. {cure}{also}"


def _advice(code: str, k: int, components: int, cures: Cures) -> str:
    """Return what to do about a finding; never what cannot be done, or what made it."""
    if code == "variance-floor":
        return _collapse_advice(k, components, cures)
    if code == "reg-large":
        return "Standardise the columns." if cures.standardise else "Lower the regularisation."
    return {
        "few-points": "Lower K." if k > 1 else "Use more rows.",
        "unused": "Lower K.",
        "duplicates": "Lower K to the number of different points, or below.",
        "not-converged": "Raise the iteration limit.",
        "empty-cluster": "Try another start, or a smaller K.",
    }.get(code, "")


def _warning(
    code: str,
    method: str,
    numbers: list[int],
    k: int,
    spoken: tuple[str, ...],
    text: str,
    cures: Cures,
) -> str:
    """Return a finding with its components and its cure; only these when it is said already."""
    kind = "component" if method == "gmm" else "cluster"
    whose = _whose(kind, numbers, k, spoken)
    advice = _advice(code, k, len(numbers), cures)
    if not text:
        return f"{whose[:1].upper()}{whose[1:]}: {advice}" if whose else advice
    name = "mixture" if method == "gmm" else "k-means"
    return f"Warning, {name}{f' ({whose})' if whose else ''}: {text} {advice}".strip()


def _whose(kind: str, numbers: list[int], k: int, spoken: tuple[str, ...]) -> str:
    """Return ``"component 3"``, ``"components 1, 4–6"`` or ``"all 30 components"``.

    One that has a name is said alone: ``"components 1 “heavy”, 4–6"``.
    """
    if not numbers:
        return ""
    if len(numbers) == 1:
        return f"{kind} {spoken[numbers[0] - 1]}"
    if len(numbers) == k:
        return f"both {kind}s" if k == 2 else f"all {k} {kind}s"
    plain = [n for n in numbers if spoken[n - 1] == str(n)]
    starts = [n for n in numbers if n not in plain or n - 1 not in plain]
    ends = [n for n in numbers if n not in plain or n + 1 not in plain]
    both = zip(starts, ends, strict=True)
    runs = [spoken[a - 1] if a == b else f"{a}–{b}" for a, b in both]
    return f"{kind}s {', '.join(runs)}"


_FINDINGS: Final = (
    "reg-large",
    "variance-floor",
    "few-points",
    "unused",
    "duplicates",
    "not-converged",
    "likelihood-fell",
    "empty-cluster",
)

WORDS: Final[Words] = {
    "why.cut": _cut,
    "why.cut-ends": _cut_ends,
    "why.cut-wide": _cut_wide,
    "why.cut-wall": _cut_wall,
    "why.unsure-all": _unsure_all,
    "why.unsure-most": _unsure_most,
    "why.unsure-background": lambda unsure, there: (
        f"Of the {unsure:,} points less than 80 % sure, {there:,} lie between a component and the "
        "background."
    ),
    **{f"why.{code}": partial(_warning, code) for code in _FINDINGS},
}
