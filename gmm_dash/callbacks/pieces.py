"""Long work in short requests: each asks for one piece, at an address of its own.

Every request is answered from its own content alone, so any worker may answer any of them,
equal requests share one answer, and a request that was lost is simply sent again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import orjson
from dash import Dash
from flask import Response, abort, request

from gmm_dash.callbacks import boundary
from gmm_dash.callbacks.asked import read
from gmm_dash.contract import addresses
from gmm_dash.contract.answers import AllRowsPiece, Piece, WrittenPiece
from gmm_dash.errors import BusyError, GmmDashError, StateError
from gmm_dash.pipeline.kept_rows import KeptRows, Rows
from gmm_dash.state import AppState

ENDPOINT: Final = "take_piece"
START_SECONDS: Final = 25.0  # estimated; longer work waits for a press on "Start"


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
        By kind, which rows the page need not keep, as ``results.select_parts.CONDENSED``.
    at_once : int
        So many of the first pieces are given also where the whole waits for a press.
    needless : callable, optional
        ``needless(i)`` returns which later pieces bring nothing, once piece ``i`` is there.
    """

    seconds: tuple[float, ...]
    models: tuple[int, ...]
    unit: str
    piece: Callable[[int], Rows]
    notes: tuple[str, ...] = field(default=())
    condensed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    at_once: int = 0
    needless: Callable[[int], Sequence[int]] = field(default=lambda _: ())


def register(
    app: Dash,
    base: str,
    kept: KeptRows,
    works: Mapping[str, Callable[[AppState], Work]],
    named: Mapping[str, Callable[[Mapping[str, Any], AppState], Work]],
    others: Mapping[str, Callable[[Any], AllRowsPiece | WrittenPiece]],
) -> None:
    """Answer requests for pieces below ``base``; ``works[view](state)`` says what is to do.

    ``named[view](work, state)`` does where the work names more than settings. How many pieces
    ``others`` have, nobody knows before: each is asked for with what the one before has reached.
    """

    def take(name: str) -> Response:
        if name in others:
            return _respond(_in_words(others[name], request.get_json()))
        if name not in works and name not in named:
            abort(404)
        asked = request.get_json()
        work_of = works.get(name) or partial(named[name], _work_in(asked))
        return _respond(_answer(work_of, kept, asked))

    app.server.add_url_rule(f"{base}{addresses.PIECES}/<name>", ENDPOINT, take, methods=["POST"])


def _answer(work_of: Callable[[AppState], Work], kept: KeptRows, asked: Any) -> Piece:
    """Return a piece, or in words why there is none: the chain must not ask for it again."""
    try:
        state, number, go = _read(asked)
        return _piece(work_of(state), kept, number, go=go)
    except BusyError:  # whoever asks is told when to come again
        raise
    except GmmDashError as error:
        return {"error": error.sentence}
    except Exception as error:  # noqa: BLE001  (a fault of ours is one for a callback, too)
        return {"error": f"{boundary.words_of(error)} {boundary.STAYS}"}


def _in_words(
    piece: Callable[[Any], AllRowsPiece | WrittenPiece], asked: Any
) -> AllRowsPiece | WrittenPiece:
    """Return a piece, or in words why there is none."""
    try:
        return piece(asked)
    except BusyError:
        raise
    except GmmDashError as error:
        return {"error": error.sentence}
    except Exception as error:  # noqa: BLE001  (as above)
        return {"error": f"{boundary.words_of(error)} {boundary.STAYS}"}


def _piece(work: Work, kept: KeptRows, number: int, *, go: bool) -> Piece:
    """Return one piece; beyond the last one nothing, as the page cannot know how many there are."""
    total = sum(work.seconds)
    waits = total > START_SECONDS and not go and number >= work.at_once
    wait = sum(work.seconds[work.at_once :]) if waits else None
    answer: Piece = {
        "pieces": {"seconds": work.seconds, "models": work.models, "unit": work.unit},
        "notes": work.notes,
        "condensed": work.condensed,
        "wait": wait,
        "rows": {},
    }
    if not wait and number < len(work.seconds):
        rows = work.piece(number)
        answer |= {"rows": rows, "name": kept.keep(rows), "needless": work.needless(number)}
    return answer


def _read(asked: Any) -> tuple[AppState, int, bool]:
    """Return the state, the number of the piece, and whether long work was agreed to."""
    found = asked if isinstance(asked, dict) else {}
    number = found.get("piece")
    if type(number) is not int or number < 0:
        raise StateError("The page sent a request that cannot be read.", hint="Reload the page.")
    state, _ = read(found.get("work"))
    return state, number, found.get("go") is True


def _work_in(asked: Any) -> Mapping[str, Any]:
    """Return what a request names beside its settings, unchecked."""
    work = asked.get("work") if isinstance(asked, dict) else None
    return work if isinstance(work, dict) else {}


def _respond(piece: Piece | AllRowsPiece | WrittenPiece) -> Response:
    """Return an answer.

    What cannot be had now, such as a table that is gone, is not remembered; nor what was written.
    """
    response = Response(orjson.dumps(piece), mimetype="application/json")
    response.cache_control.no_store = "error" in piece or "written" in piece
    return response
