"""What is said of weights of rows in views whose models take each row once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.explain.sentence import Words, spell
from gmm_dash.results.claim import Claim

if TYPE_CHECKING:
    from gmm_dash.explain.sentence import Sentence
    from gmm_dash.state import AppState

_ELSEWHERE: Final = (
    "Weights of rows act in Compare's pair and in How many? alone: the models of this view take "
    "each row once."
)
WORDS: Final[Words] = {"weights.elsewhere": lambda: _ELSEWHERE}
_OTHERS: Final = ("digits", "colors", "select")  # two look at images, one takes weights


def weights_elsewhere(state: AppState, *, weighted: bool) -> tuple[Sentence, ...]:
    """Return that the view takes each row once, where the rows of the data have weights."""
    pair = state.view.view == "compare" and "shapes" not in state.view.show
    if not weighted or pair or state.view.view in _OTHERS:
        return ()
    return spell([Claim("weights.elsewhere")], WORDS)
