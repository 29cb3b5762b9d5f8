"""Pooled starts: a pupil sends a link; of it the start is taken, and run here to its end."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.parse import parse_qsl, urlencode

from gmm_dash.errors import RoomError
from gmm_dash.rooms.questions import LONGEST_BASE, OUTSIDE
from gmm_dash.rooms.starts import Start
from gmm_dash.state import AppState, from_query, to_query

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from gmm_dash.pipeline import Pipeline

Turn: TypeAlias = "Callable[[str], AbstractContextManager[None]]"
SECONDS: Final = 0.5  # of one start, by estimate: a whole class sends them
_KEYS: Final = ("start", "seed", "kinit", "centres")  # what makes a start


def base_of(link: object, pipeline: Pipeline) -> str:
    """Return the query of the state that a class is asked to start; its own start is tried.

    Raises
    ------
    GmmDashError
        When it cannot be read, or is too much work for a class.
    """
    state = _state(link)
    if state is None:
        raise RoomError("This state cannot be read.", hint="Open Step by step, and ask again.")
    state = replace(state, view=replace(state.view, view="steps"))
    pipeline.steps.end(state, SECONDS)
    return to_query(state)


def ended(base: str, found: object, pipeline: Pipeline, turn: Turn) -> Start:
    """Return a pupil's start with where it ends.

    Parameters
    ----------
    base : str
        The query of what is asked.
    found : object
        The link of the pupil's page; only its start counts.
    pipeline : Pipeline
    turn : callable
        Waits for a slot among what a worker computes; takes the name of the work.

    Raises
    ------
    GmmDashError
        When it is no start of this, or breaks down on its way.
    """
    own = _state(found)
    if own is None:
        raise RoomError(OUTSIDE, hint="Draw a start, or drag the centres.")
    asked, _ = from_query(base)
    dragged = own.steps.start == "own"
    if dragged and _plane(own) != _plane(asked):
        raise RoomError(
            "Your page shows something else than what is asked.",
            hint="Press Draw a start to come back.",
        )
    given = own.to_flat()
    state = AppState.from_flat(asked.to_flat() | {key: given[key] for key in _KEYS})
    query = to_query(state)
    with turn(hashlib.blake2b(query.encode(), digest_size=24).hexdigest()):
        end = pipeline.steps.end(state, SECONDS)
    start = [(key, value) for key, value in parse_qsl(query[1:]) if key in _KEYS]
    return Start(f"?{urlencode(start)}", dragged, *end)


def _state(link: object) -> AppState | None:
    if not isinstance(link, str) or not link.startswith("?") or len(link) > LONGEST_BASE:
        return None
    state, problems = from_query(link)
    return None if problems else state


def _plane(state: AppState) -> tuple[Any, ...]:
    """Return what decides where centres lie, and how many there are."""
    return state.data, state.view.x, state.view.y, state.model.k
