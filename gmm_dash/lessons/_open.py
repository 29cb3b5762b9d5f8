"""A link that names a lesson's step opens what the step is about."""

from __future__ import annotations

from typing import Final

from gmm_dash.lessons._lesson import lesson_step
from gmm_dash.state import AppState, from_query, read_pairs

_WITHOUT_SCORES: Final = (
    "The link hides scores, and with them the numbers of {tab}: the plots are shown instead."
)
_OF_NUMBERS: Final = {"groups": "Groups", "rows": "Rows"}  # sub-tabs of Compare


def open_link(query: str) -> tuple[AppState, tuple[str, ...]]:
    """Return what a link opens: where it names a step, the step's settings and its own.

    Whatever the link says itself comes first. One that names other data than its step is about
    means those data. Where scores are hidden the numbers of groups and rows are, too.

    Returns
    -------
    state : AppState
    problems : tuple of str
        See ``state.from_query``.
    """
    state, problems = from_query(query)
    found = lesson_step(state)
    if found is not None:
        lesson, part = found
        said, _ = read_pairs(query)
        step = lesson.state(part)
        if said.get("data", step.data.dataset) == step.data.dataset:
            state = step.but(**said)
    if state.view.tab in _OF_NUMBERS and "scores" in state.view.hide:
        said_so = _WITHOUT_SCORES.format(tab=_OF_NUMBERS[state.view.tab])
        return state.but(tab="plots"), (*problems, said_so)
    return state, problems
