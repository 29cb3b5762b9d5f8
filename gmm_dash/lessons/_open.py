"""A link that names a lesson's step opens what the step is about."""

from __future__ import annotations

from gmm_dash.lessons._lesson import lesson_step
from gmm_dash.state import AppState, from_query, read_pairs


def open_link(query: str) -> tuple[AppState, tuple[str, ...]]:
    """Return what a link opens: where it names a step, the step's settings and its own.

    Whatever the link says itself comes first. One that names other data than its step is about
    means those data.

    Returns
    -------
    state : AppState
    problems : tuple of str
        See ``state.from_query``.
    """
    state, problems = from_query(query)
    found = lesson_step(state)
    if found is None:
        return state, problems
    lesson, part = found
    said, _ = read_pairs(query)
    step = lesson.state(part)
    if said.get("data", step.data.dataset) != step.data.dataset:
        return state, problems
    return step.but(**said), problems
