"""What is said of joining a mixture's components to groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.explain.numbers import counted, shown
from gmm_dash.explain.sentence import Words, spell
from gmm_dash.results.merging_claims import joined_claims, merging_claims

if TYPE_CHECKING:
    from gmm_dash.engine import Merging
    from gmm_dash.explain.sentence import Sentence
    from gmm_dash.results import Comparison

HOW: Final = (
    "Components that overlap may be parts of one group. Each step joins the two whose joining "
    "lowers the entropy of the posteriors most; the fitted density and its scores stay as they are "
    "(Baudry and others, 2010)."
)
_FEW: Final = 12  # groups that a sentence names


def _done(k: int, groups: tuple[str, ...], before: float, after: float) -> str:
    listed = ", ".join(groups) if len(groups) <= _FEW else ""
    return (
        f"The {k} components are joined to {counted(len(groups), 'group')}"
        f"{f': {listed}' if listed else ''}. The entropy of the posteriors falls from "
        f"{shown(before, 3)} to {shown(after, 3)} nats."
    )


def _background(rows: int, gained: int) -> str:
    more = (
        f" {counted(gained, 'row')} of the background {'goes' if gained == 1 else 'go'} to a "
        "group, whose components are likelier together."
        if gained
        else ""
    )
    return (
        f"This entropy is that of the {rows:,} rows that belong to a component, given that they "
        f"do; the background is joined to nothing.{more}"
    )


WORDS: Final[Words] = {
    "merge.background": _background,
    "merge.done": _done,
    "merge.changed": lambda rows: (
        f"For {counted(rows, 'row')} the largest sum of posteriors is that of another group than "
        "their likeliest component's."
    ),
    "merge.truth": lambda before, after: (
        "Against the true groups the adjusted Rand index of the mixture goes from "
        f"{shown(before, 3)} to {shown(after, 3)}."
    ),
    "merge.idle": lambda wanted, k: (
        f"The link asks for {wanted} groups: of {counted(k, 'component')} there is none to join."
    ),
    "merge.decided": lambda least: (
        f"The posteriors of these groups have less than {least:g} nats of entropy left: "
        "hardly a row lies between two of them."
    ),
    "merge.next": lambda one, other, takes, left: (
        f"Joined next: {one} and {other}. That takes {shown(takes, 3)} of the "
        f"{shown(left, 3)} nats of entropy that are left."
    ),
    "merge.bend": lambda at, down_to, further: (
        f"The two straight lines that fit the entropies best meet at {counted(at, 'group')}: down "
        f"to there a joining takes {shown(down_to, 3)} nats on average, from there on "
        f"{shown(further, 3)}."
    ),
}


def joined_sentences(result: Comparison) -> tuple[Sentence, ...]:
    """Return what joining has done; nothing where nothing is joined."""
    return spell(joined_claims(result), WORDS)


def merging_sentences(result: Comparison, merging: Merging, wanted: int) -> tuple[Sentence, ...]:
    """Return what could be joined next, and where the entropies bend."""
    return spell(merging_claims(result, merging, wanted), WORDS)


def entropies_described(merging: Merging) -> str:
    """Return the curve of entropies, for those who do not see it."""
    said = [f"{g}: {shown(merging.entropy(g), 3)}" for g in range(merging.k, 0, -1)]
    return f"Entropy of the posteriors in nats, by groups: {', '.join(said)}."


def joinings_described(merging: Merging) -> str:
    """Return the tree of joinings, for those who do not see it."""
    names = {i: str(i + 1) for i in range(merging.k)}
    said = []
    for kept, gone in merging.pairs.tolist():
        said.append(f"{names[kept]} and {names[gone]}")
        names[kept] = f"{names[kept]}+{names.pop(gone)}"
    return f"Joined in this order: {'; '.join(said)}."
