"""A chain of short requests: the browser asks for one piece after another, two at a time.

Every request is answered from its own content alone, so any worker may answer any of them,
equal requests share one answer, and a request that was lost is simply sent again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from dash import ClientsideFunction, Dash, Input, Output, State

from gmm_dash import ids
from gmm_dash.callbacks.asked import read
from gmm_dash.callbacks.declare import answers
from gmm_dash.contract.answers import Piece
from gmm_dash.errors import GmmDashError, StateError
from gmm_dash.state import AppState

START_SECONDS: Final = 25.0  # estimated; longer work waits for a press on "Start"
_LONGEST_TOKEN: Final = 8_000
Rows: TypeAlias = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Work:
    """How some long work is cut.

    Attributes
    ----------
    seconds : tuple of float
        Estimated processor time of each piece.
    models : tuple of int
        How many of the things counted each piece finishes.
    unit : str
        What they are called, such as ``"models"``.
    piece : callable
        ``piece(i)`` returns the rows of one piece, in lists by kind.
    notes : tuple of str
        What a reader must know of what was left out.
    condensed : mapping
        By kind, which rows the page need not send back, as ``results.restart_rows.CONDENSED``.
    """

    seconds: tuple[float, ...]
    models: tuple[int, ...]
    unit: str
    piece: Callable[[int], Rows]
    notes: tuple[str, ...] = field(default=())
    condensed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def register(app: Dash, name: str, work_of: Callable[[AppState], Work]) -> None:
    """Attach the chain of view ``name``; ``work_of(state)`` says what there is to do.

    ``assets/chain.js`` sends the request of this callback itself, and reads its answer itself.
    """

    @app.callback(
        Output(ids.chain(name, "answer"), "data"),
        Input(ids.chain(name, "ask"), "data"),
        prevent_initial_call=True,
    )
    @answers("shared", lane="pieces")
    def piece(asked: Any) -> Piece:
        token, state, number, go = _read(asked)
        try:
            return _answer(work_of(state), token, number, go=go)
        except GmmDashError as error:  # the chain must know that asking again is no use
            return {"token": token, "piece": number, "error": error.sentence}

    _in_the_browser(app, name)


def _answer(work: Work, token: str, number: int, *, go: bool) -> Piece:
    """Return one piece; beyond the last one nothing, as the page cannot know how many there are."""
    total = sum(work.seconds)
    wait = total if total > START_SECONDS and not go else None
    return {
        "token": token,
        "piece": number,
        "pieces": {"seconds": work.seconds, "models": work.models, "unit": work.unit},
        "notes": work.notes,
        "condensed": work.condensed,
        "wait": wait,
        "rows": {} if wait or number >= len(work.seconds) else work.piece(number),
    }


def _read(asked: Any) -> tuple[str, AppState, int, bool]:
    """Return token, state, number of the piece, and whether long work was agreed to."""
    found = asked if isinstance(asked, dict) else {}
    token, number = found.get("token"), found.get("piece")
    readable = isinstance(token, str) and len(token) <= _LONGEST_TOKEN
    if not readable or type(number) is not int or number < 0:
        raise StateError("The page sent a request that cannot be read.", hint="Reload the page.")
    state, _ = read(found.get("work"))
    return str(token), state, number, found.get("go") is True


def _in_the_browser(app: Dash, name: str) -> None:
    config = State(ids.chain(name, "config"), "data")
    triggers = {
        "begin": Input(ids.request(name), "data"),
        "start": Input(ids.chain(name, "start"), "n_clicks"),
        "stop": Input(ids.chain(name, "stop"), "n_clicks"),
    }
    for function, trigger in triggers.items():
        app.clientside_callback(
            ClientsideFunction("chain", function),
            Output(ids.chain(name, "done"), "data", allow_duplicate=True),
            trigger,
            config,
            prevent_initial_call=True,
        )
