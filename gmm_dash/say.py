"""What the page says for a link, without a page: the same words and numbers, view by view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gmm_dash.explain.background import background_sentences
from gmm_dash.explain.columns import told
from gmm_dash.explain.weighted_rows import weights_elsewhere
from gmm_dash.telling import TELLINGS

if TYPE_CHECKING:
    from gmm_dash.explain import Sentence
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.state import AppState
    from gmm_dash.telling._telling import Speak


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
    said = (
        *columns_said(pipeline, state),
        *background_sentences(state),
        *weights_elsewhere(state, weighted=_weighted(pipeline, state)),
        *spoken.sentences,
    )
    return {
        "view": state.view.view,
        "sentences": [{"code": one.code, "text": one.text} for one in said],
        "numbers": dict(spoken.numbers),
    }


def columns_said(pipeline: Pipeline, state: AppState) -> tuple[Sentence, ...]:
    """Return what the panel says of the columns of a user's file, in views that look at them."""
    if state.data.dataset != "upload" or state.view.view in ("digits", "colors"):
        return ()
    return told(pipeline.data.column_doubts(state.data, state.model.reg_covar))


def _weighted(pipeline: Pipeline, state: AppState) -> bool:
    """Return whether the rows of the data count by weights."""
    return bool(state.data.weights) and pipeline.points(state.data).weighting is not None


VIEWS: Final[dict[str, Speak]] = {one.name: one.speak for one in TELLINGS}
