"""Who is computed for, and who waits: one control for all of a worker's work.

Work queues in lanes with few slots each, first come first served. Only the first in a lane
wait inside a thread (on a seat); all others are told at once how many are before them and
when to ask again (:class:`gmm_dash.errors.BusyError`), and keep their place meanwhile. So a
thread is always free for what costs next to nothing: remembered answers, scripts, health.

A place belongs to the work, not to who asks: it is kept under a ticket, a digest of the
request, so whoever sends the same request again goes on where it stood.
"""

from __future__ import annotations

import itertools
import math
import time
from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import TYPE_CHECKING, Final

from gmm_dash.errors import BusyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PATIENCE: Final = 60.0  # seconds of work before somebody: beyond, nobody is let in
SHORTEST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 15.0  # seconds until somebody in the queue is asked to come again
GRACE: Final = 15.0  # seconds after which who has not come again has left
_WEIGHT: Final = 0.1  # of the newest duration in the running mean
_SOMETIMES: Final = 0.05  # seconds: no mean is below, so that nobody is told to come at once


@dataclass(frozen=True, slots=True)
class Lane:
    """What one kind of work may take of a worker.

    Attributes
    ----------
    slots : int
        How many are worked on at a time.
    seats : int
        How many wait inside threads.
    seconds : float
        How long one takes, until some have been seen.
    queues : bool
        Whether places are kept; if not, whoever finds no slot free is refused.
    behind : str
        The lane that goes first: while all of its slots are taken, nobody is let in here.
    """

    slots: int
    seats: int
    seconds: float
    queues: bool = True
    behind: str = ""


def lanes(files: int = 2) -> dict[str, Lane]:
    """Return the lanes of a worker that reads so many files at a time."""
    return {
        "clicks": Lane(slots=2, seats=6, seconds=0.1),  # a picture and its numbers
        "pieces": Lane(slots=2, seats=2, seconds=0.5),  # parts of long work
        # What a hand sees on its way is worth nothing when late, and less than where it ends.
        "live": Lane(slots=1, seats=0, seconds=0.1, queues=False, behind="clicks"),
        "files": Lane(slots=files, seats=1, seconds=1.0),  # read in child processes
    }


FOLLOWERS: Final = 6  # who may wait for long for what somebody else is having computed
BRIEFLY: Final = 1.5  # seconds that everybody may: most answers have come by then
FREE: Final = 4  # threads for what does not queue; more only get into each other's way


def threads(files: int = 2) -> int:
    """Return how many threads a worker needs, so that some are always free."""
    return FREE + FOLLOWERS + sum(lane.slots + lane.seats for lane in lanes(files).values())


@dataclass(slots=True, eq=False)
class _Place:
    """One piece of work in a queue; ``until`` is when it is given up, unless somebody waits."""

    present: bool = False
    until: float = math.inf
    called: Event = field(default_factory=Event)


@dataclass(slots=True)
class _Queue:
    """A lane at work. The line is in order of arrival."""

    lane: Lane
    seconds: float
    running: int = 0
    line: OrderedDict[str, _Place] = field(default_factory=OrderedDict)

    @property
    def full(self) -> bool:
        """Whether somebody who comes now would have to wait."""
        return bool(self.line) or self.running >= self.lane.slots

    def ahead(self, ticket: str) -> int:
        """Return how many are before ``ticket`` in the line."""
        return sum(1 for _ in itertools.takewhile(lambda other: other != ticket, self.line))

    def wait(self, ahead: int) -> float:
        """Return the estimated seconds until somebody with so many before them begins."""
        over = self.running + ahead + 1 - self.lane.slots
        return max(0, over) * max(self.seconds, _SOMETIMES) / self.lane.slots

    def call(self) -> None:
        """Give free slots to the first in the line that are there; nobody else is woken."""
        while self.running < self.lane.slots:
            first = next((ticket for ticket, place in self.line.items() if place.present), None)
            if first is None:
                return
            self.running += 1
            self.line.pop(first).called.set()


class Admission:
    """The queues of one worker; safe for threads.

    Parameters
    ----------
    kinds : mapping of str to Lane
        As :func:`lanes` returns them.
    followers : int
        How many may wait at a time for what is being computed for somebody else.
    clock : callable
        Returns seconds that never go back.
    """

    def __init__(
        self,
        kinds: Mapping[str, Lane],
        followers: int = FOLLOWERS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._queues = {name: _Queue(lane, lane.seconds) for name, lane in kinds.items()}
        self._followers, self._clock = followers, clock
        self._turn = Lock()

    @contextmanager
    def turn(self, lane: str, ticket: str) -> Iterator[None]:
        """Hold a slot of ``lane``, waiting for it where the line is short enough.

        Raises
        ------
        BusyError
            With the place in the line, which is kept for a while under ``ticket``; or
            without one, when more is waiting than can be served in ``PATIENCE`` seconds.
        """
        queue = self._queues[lane]
        self._begin(queue, ticket)
        started = self._clock()
        try:
            yield
        finally:
            with self._turn:
                queue.running -= 1
                queue.seconds += _WEIGHT * (self._clock() - started - queue.seconds)
                queue.call()

    @contextmanager
    def spare(self, lane: str) -> Iterator[bool]:
        """Hold a slot of ``lane`` if nobody waits for it and another stays free; yield whether."""
        queue = self._queues[lane]
        with self._turn:
            free = not queue.line and queue.running + 1 < queue.lane.slots
            queue.running += free
        try:
            yield free
        finally:
            with self._turn:
                queue.running -= free
                queue.call()

    @contextmanager
    def following(self, lane: str, ticket: str, age: float) -> Iterator[float]:
        """Yield how many seconds to wait for an answer that somebody else is having computed.

        Until it is ``BRIEFLY`` old everybody may, as a class that opens one link does; then
        only a few, so that a slow answer leaves threads to others.

        Raises
        ------
        BusyError
            When it is older than that, and many wait for such; or when the lane does not queue.
        """
        if not self._queues[lane].lane.queues:
            raise taken()
        with self._turn:
            stays = self._followers > 0
            self._followers -= stays
        try:
            if not stays and age >= BRIEFLY:
                raise self.later(lane, ticket)
            yield PATIENCE if stays else BRIEFLY - age
        finally:
            with self._turn:
                self._followers += stays

    def later(self, lane: str, ticket: str) -> BusyError:
        """Return when to ask again for what is queueing, or being computed, under ``ticket``."""
        with self._turn:
            queue = self._queues[lane]
            if ticket not in queue.line:  # it has its slot
                return _told(0, 1.0)
            ahead = queue.ahead(ticket)
            return _told(ahead + queue.running, max(1.0, _pause(queue.wait(ahead))))

    def _begin(self, queue: _Queue, ticket: str) -> None:
        with self._turn:
            self._drop_the_gone(queue)
            first = self._queues.get(queue.lane.behind)
            if not queue.lane.queues and (queue.full or (first is not None and first.full)):
                raise taken()
            ticket = self._line_up(queue, ticket)
            place, ahead = queue.line[ticket], queue.ahead(ticket)
            is_up = queue.running < queue.lane.slots  # then nobody who is there waits
            if not is_up and ahead >= queue.lane.seats:
                pause = _pause(queue.wait(ahead - queue.lane.seats // 2))
                place.until = self._clock() + pause + GRACE
                raise _told(ahead + queue.running, pause)
            place.present, place.until = True, math.inf
            if is_up:
                queue.call()
        place.called.wait()

    def _line_up(self, queue: _Queue, ticket: str) -> str:
        """Return the ticket under which this work is in the line from now on."""
        if ticket in queue.line and not queue.line[ticket].present:
            return ticket
        if queue.wait(len(queue.line)) > PATIENCE:
            pause = _pause(queue.wait(len(queue.line)) - PATIENCE / 2)
            raise BusyError(
                "More is waiting here than can be served within a minute.",
                hint="Your settings are kept; try again in a minute.",
                seconds=pause,
            )
        while ticket in queue.line:  # the same work twice, where answers are not shared
            ticket += "+"
        queue.line[ticket] = _Place()
        return ticket

    def _drop_the_gone(self, queue: _Queue) -> None:
        now = self._clock()
        for ticket in [t for t, place in queue.line.items() if place.until < now]:
            del queue.line[ticket]


def _pause(seconds: float) -> float:
    return min(LONGEST_PAUSE, max(SHORTEST_PAUSE, seconds))


def taken() -> BusyError:
    """Return the refusal of what does not wait."""
    return BusyError("The server is busy.", hint="Try again.", seconds=SHORTEST_PAUSE)


def _told(ahead: int, pause: float) -> BusyError:
    return BusyError(
        "The server is busy; your place in the queue is kept.",
        hint="Nothing needs to be done.",
        seconds=pause,
        ahead=ahead,
    )
