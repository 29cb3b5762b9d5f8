"""The one sentence of the page that a bare address opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.explain.numbers import counted
from gmm_dash.explain.sentence import Sentence, Words, spell
from gmm_dash.results.start_claims import start_claims

if TYPE_CHECKING:
    from gmm_dash.results import Comparison


def start_sentences(result: Comparison) -> tuple[Sentence, ...]:
    """Return on how many points the two methods differ."""
    return spell(start_claims(result), WORDS)


WORDS: Final[Words] = {
    "start.single": lambda n: (
        f"With K = 1, there is nothing to divide: all {n:,} points are one group to both."
    ),
    "start.agree": lambda k, n: (
        f"With K = {k}, k-means and the mixture divide all {n:,} points alike."
    ),
    "start.differ": lambda k, n, moved: (
        f"With K = {k}, k-means and the mixture disagree about {moved:,} of {n:,} points."
    ),
    "start.collapsed": lambda gone: (
        f"{counted(gone, 'ellipse').capitalize()} shrank to next to nothing: try a smaller K."
    ),
}
