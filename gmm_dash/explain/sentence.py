"""Claims put into words, and everything that a view says at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from gmm_dash.results.claim import Claim

Words: TypeAlias = Mapping[str, Callable[..., str]]
"""How each kind of claim is worded: by code, a function of its facts."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A claim in words.

    Attributes
    ----------
    code : str
        The claim's; the tests have a checker for every code.
    text : str
    """

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a view says of one result: the page shows it, ``gmm-dash say`` prints it.

    Attributes
    ----------
    parts : mapping
        The sentences of each place on the page: ``"notice"``, ``"notes"``, ``"caption.gmm"``,
        ``"badge.kmeans"`` and so on.
    numbers : mapping
        What the cards show, unrounded, as ``"gmm.bic"``; None where it is not defined.
    """

    parts: Mapping[str, tuple[Sentence, ...]]
    numbers: Mapping[str, float | None] = field(default_factory=dict)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, in the order of their places."""
        return tuple(sentence for part in self.parts.values() for sentence in part)

    def text(self, part: str) -> str:
        """Return the sentences of one place as one text; empty where it says nothing."""
        return " ".join(sentence.text for sentence in self.parts.get(part, ()))

    def texts(self, part: str) -> list[str]:
        """Return the sentences of one place, each on its own."""
        return [sentence.text for sentence in self.parts.get(part, ())]


def spell(claims: Iterable[Claim], words: Words) -> tuple[Sentence, ...]:
    """Return claims as sentences."""
    return tuple(Sentence(claim.code, words[claim.code](**claim.facts)) for claim in claims)
