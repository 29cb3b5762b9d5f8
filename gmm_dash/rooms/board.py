"""What the acts of a room come to: the link that is shown, and the question that is asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gmm_dash.errors import RoomError
from gmm_dash.rooms import log
from gmm_dash.rooms.questions import Question

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gmm_dash.rooms.log import Act


@dataclass(frozen=True, slots=True)
class Board:
    """What a class sees.

    Attributes
    ----------
    version : str
        Another one whenever anything is other; a later one is greater as a text.
    link : str
        The query of the teacher's state; empty before there is one.
    shown : str
        When the link was shown: later ones are greater.
    asked : str
        The name of the question; empty when there is none.
    question : Question, optional
    tally : dict, optional
        What the answers came to, once the teacher has revealed it.
    why : str
        The explanation, once the teacher has given it.
    closed : bool
    """

    version: str = ""
    link: str = ""
    shown: str = ""
    asked: str = ""
    question: Question | None = None
    tally: dict[str, Any] | None = None
    why: str = ""
    closed: bool = False

    def public(self) -> dict[str, Any]:
        """Return what anybody in the room may know, as JSON."""
        return {
            "version": self.version,
            "link": self.link,
            "shown": self.shown,
            "asked": self.asked,
            "question": self.question.public() if self.question else None,
            "tally": self.tally,
            "why": self.why,
            "closed": self.closed,
        }


def of(acts: Iterable[Act]) -> Board:
    """Return the board after some acts, which are in order."""
    board, count, newest = Board(), 0, ""
    for act in acts:
        board, newest = _after(board, act), act.name.partition(".")[0]
        count += act.kind != log.SHOW
    return replace(board, version=f"{newest}.{count:05d}")


def _after(board: Board, act: Act) -> Board:
    said, name = act.said, act.name.partition(".")[0]
    if act.kind == log.SHOW:
        return replace(board, link=str(said.get("link", "")), shown=name)
    if act.kind == log.CLOSE:
        return replace(board, closed=True)
    if act.kind == log.ASK:
        return _asked(board, said, name)
    if said.get("asked") != board.asked:
        return board  # of a question that has made room for another one
    after = {
        # the first counts: where two windows press at once, what has been seen does not change
        log.REVEAL: {"tally": said.get("tally") if board.tally is None else board.tally},
        log.EXPLAIN: {"why": str(said.get("why", ""))},
        log.DONE: {"asked": "", "question": None, "tally": None, "why": ""},
    }
    return replace(board, **after[act.kind])  # type: ignore[arg-type]


def _asked(board: Board, said: dict[str, Any], name: str) -> Board:
    try:
        question = Question.read(said.get("question"))
    except RoomError:
        return board
    return replace(board, asked=name, question=question, tally=None, why="")
