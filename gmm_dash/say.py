"""What the page says for a link, without a page: the same words and numbers, view by view."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from gmm_dash.explain import Spoken
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.state import AppState

Speak: TypeAlias = "Callable[[Pipeline, AppState], Spoken]"


def say(pipeline: Pipeline, state: AppState) -> dict[str, Any]:
    """Return the view, its sentences with their codes, and the numbers of its cards.

    Parameters
    ----------
    pipeline : Pipeline
    state : AppState
        Which view of which data, with which settings.

    Returns
    -------
    dict
        Plain: ``{"view", "sentences": [{"code", "text"}], "numbers": {name: value}}``; a number
        is None where it is not defined.

    Raises
    ------
    GmmDashError
        Whatever the page would refuse, with the same sentence.
    """
    spoken = VIEWS[state.view.view](pipeline, state)
    return {
        "view": state.view.view,
        "sentences": [{"code": one.code, "text": one.text} for one in spoken.sentences],
        "numbers": dict(spoken.numbers),
    }


VIEWS: Final[dict[str, Speak]] = {}
