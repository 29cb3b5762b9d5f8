"""One room as one process sees it: what is new is looked for a few times a second at most."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias

import orjson

from gmm_dash.errors import RoomError
from gmm_dash.rooms import board as boards
from gmm_dash.rooms import log
from gmm_dash.rooms.answers import HERE_FOR, Answers, Presence
from gmm_dash.rooms.log import Log
from gmm_dash.rooms.questions import START

if TYPE_CHECKING:
    from collections.abc import Callable

    from gmm_dash.rooms.board import Board
    from gmm_dash.rooms.questions import Answer, Question

Ended: TypeAlias = "Callable[[str, object], object]"
FRESH: Final = 0.25  # seconds for which a board is not looked at again
OVER: Final = "This class is over."
NO_QUESTION: Final = "This question is no longer open."


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a room from its beginning: written once, never changed.

    Attributes
    ----------
    expires : float
        When it ends, in seconds since 1970.
    teacher : str
        Digest of the teacher's token.
    size : int
        How many may join.
    """

    expires: float
    teacher: str
    size: int

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Return a record from its bytes; ``ValueError`` when they are none."""
        try:
            found = orjson.loads(data)
            return cls(float(found["expires"]), str(found["teacher"]), int(found["size"]))
        except (KeyError, TypeError, ValueError):
            raise ValueError("no record of a room") from None

    def written(self) -> bytes:
        """Return its bytes."""
        return orjson.dumps(asdict(self))


class Room:
    """A room that exists.

    Parameters
    ----------
    url : str
        Its folder.
    record : Record
    clock : callable
        Returns the time in seconds since 1970.
    """

    def __init__(self, url: str, record: Record, clock: Callable[[], float]) -> None:
        self._url, self.record, self._clock = url, record, clock
        self._log = Log(f"{url}/acts", clock)
        self._joined = Presence(f"{url}/joined")
        self._here = Presence(f"{url}/here")
        self._answers: tuple[str, Answers] | None = None
        self._board: Board | None = None
        self._looked = float("-inf")
        self._looking = Lock()

    @property
    def expired(self) -> bool:
        """Whether its time is over."""
        return self._clock() >= self.record.expires

    def board(self, *, now: bool = False) -> Board:
        """Return what the class sees, as it was at most a moment ago, or ``now``.

        While somebody looks all others get what was seen before, so that a slow store does not
        hold up a class; so do all when it cannot be reached.
        """
        before = self._board
        if before is not None and not now:
            due = time.monotonic() - self._looked > FRESH
            if not due or not self._looking.acquire(blocking=False):
                return before
        else:
            self._looking.acquire()
        try:
            self._board = boards.of(self._log.acts())
        except OSError:
            if before is None or now:
                raise
        finally:
            self._looked = time.monotonic()
            self._looking.release()
        return self._board or boards.Board()

    @property
    def at_hand(self) -> Board | None:
        """What the class sees, unless somebody has to look first; None then."""
        due = time.monotonic() - self._looked > FRESH
        return None if due and not self._looking.locked() else self._board

    def join(self, member: str) -> None:
        """Let somebody in, unless the room is full.

        Raises
        ------
        RoomError
        OSError
        """
        self._refuse_when_over()
        if self._joined.everybody() >= self.record.size:
            raise RoomError(f"This class is full: {self.record.size} have joined.")
        self._joined.sign(member)

    def sign(self, member: str, *, follows: bool) -> None:
        """Note that somebody follows, or no longer does."""
        self._refuse_when_over()
        (self._here.sign if follows else self._here.leave)(member)

    def answer(
        self, member: str, asked: object, found: object, ended: Ended | None = None
    ) -> Answer:
        """Keep somebody's answer to a question, and return it.

        Parameters
        ----------
        member : str
        asked : object
            Which question is answered.
        found : object
            The answer as parsed JSON.
        ended : callable, optional
            Where a question asks for a start: returns it, as :class:`Start`, from the query it is
            a start of and what was found.

        Raises
        ------
        RoomError
            When the question is not open, or the answer outside of it.
        OSError
        """
        self._refuse_when_over()
        board = self.board()
        if board.asked != asked or board.tally is not None:
            board = self.board(now=True)
        if board.question is None or board.asked != asked or board.tally is not None:
            raise RoomError(NO_QUESTION)
        question = board.question
        if question.kind == START:
            found = ended(question.base, found) if ended else None
        answer = question.answer(found)
        self._answers_to(board.asked).put(member, answer)
        return answer

    def show(self, link: str, mark: object = None) -> None:
        """Show a state to all who follow; ``mark`` tells two presses from one that came twice."""
        self._act(log.SHOW, {"link": link}, mark)

    def ask(self, question: Question, mark: object = None) -> None:
        """Put a question to the class, in place of an earlier one."""
        self._act(log.ASK, {"question": question.whole_of_it()}, mark)

    def reveal(self) -> None:
        """Close the question, and show what the answers came to."""
        board = self._asked()
        assert board.question is not None
        if board.tally is None:
            answers = self._answers_to(board.asked).of(board.question, anew=True)
            self._act(log.REVEAL, {"asked": board.asked, "tally": board.question.tally(answers)})

    def explain(self) -> None:
        """Give the explanation of the question."""
        board = self._asked()
        assert board.question is not None
        if board.tally is None:
            raise RoomError("The class has not seen its answers yet.", hint="Reveal them first.")
        self._act(log.EXPLAIN, {"asked": board.asked, "why": board.question.why})

    def done(self) -> None:
        """Put the question away."""
        self._act(log.DONE, {"asked": self._asked().asked})

    def close(self) -> None:
        """End the class."""
        self._act(log.CLOSE, {})

    def desk(self) -> dict[str, Any]:
        """Return what the teacher alone sees, as JSON."""
        board = self.board()
        tally: Any = board.tally
        if board.question is not None and tally is None:
            tally = board.question.tally(self._answers_to(board.asked).of(board.question))
        return board.public() | {
            "tally": tally,
            "revealed": board.tally is not None,
            "explains": bool(board.question and board.question.why),
            "following": self._here.count(self._clock() - HERE_FOR),
            "joined": self._joined.everybody(),
            "size": self.record.size,
        }

    def _act(self, kind: str, said: dict[str, Any], mark: object = None) -> None:
        self._refuse_when_over()
        self._log.add(kind, said, mark)
        self.board(now=True)

    def _asked(self) -> Board:
        board = self.board(now=True)
        if board.question is None:
            raise RoomError("No question is open.")
        return board

    def _refuse_when_over(self) -> None:
        if self.expired or self.board().closed:
            raise RoomError(OVER, over=True)

    def _answers_to(self, asked: str) -> Answers:
        """Return the answers to a question; remembered, as they are asked for again and again."""
        held = self._answers
        if held is None or held[0] != asked:
            held = self._answers = (asked, Answers(f"{self._url}/answers-{asked}"))
        return held[1]
