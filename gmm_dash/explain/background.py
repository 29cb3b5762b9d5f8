"""What is said of a background that is on, where no mixture that is shown has one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.contract.methods import has_background
from gmm_dash.explain.sentence import Words, spell
from gmm_dash.results.claim import Claim

if TYPE_CHECKING:
    from gmm_dash.explain.sentence import Sentence
    from gmm_dash.state import AppState

ELSEWHERE: Final = (
    "Uniform background is on, and acts in Compare's pair alone: the mixtures of this view are "
    "without one."
)
WORDS: Final[Words] = {"background.elsewhere": lambda: ELSEWHERE}


def background_sentences(state: AppState) -> tuple[Sentence, ...]:
    """Return that the view has no background, where one is asked for."""
    if state.model.background == "off" or has_background(state):
        return ()
    return spell([Claim("background.elsewhere")], WORDS)
