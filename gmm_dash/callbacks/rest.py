"""What is said of a run that was only slow, with one press to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from gmm_dash import explain
from gmm_dash.engine.rest import REST_ITERATIONS, REST_TOL
from gmm_dash.state import to_query

if TYPE_CHECKING:
    from gmm_dash.state import AppState


def to_rest(spoken: explain.Spoken, state: AppState) -> list[str | html.A]:
    """Return the sentence and the link that carries the run on; nothing where it was not slow."""
    said = spoken.text("rest")
    if not said:
        return []
    rest = state.but(tol=REST_TOL, max_iter=REST_ITERATIONS)
    return [said, " ", html.A(explain.GO_ON, href=to_query(rest), className="go")]
