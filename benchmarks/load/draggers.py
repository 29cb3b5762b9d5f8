"""A class of which a third drags a slider at any moment; what it lets go of is what counts."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.load.bodies import UPDATE
from benchmarks.load.browser import Answer, Browser
from benchmarks.load.hand import PACE_S, Hand
from benchmarks.load.students import Record
from gmm_dash.state import from_query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.load.bodies import Bodies
    from gmm_dash.state import AppState

SHARE = 1 / 3  # of the time a student's hand is on a slider
SHOWS_S = 15.0  # until the teacher shows other data
WAYS = {
    "k": [*range(4, 13), *range(11, 3, -1)],
    "noise": [round(0.6 + 0.05 * step, 2) for step in range(21)],
}


@dataclass(frozen=True, slots=True)
class Draggers:
    """Students who drag, let go and think; ``think`` is the mean time from one drag to the next.

    With ``led`` all have the same data and pass over the same values, as a class does that does
    what its teacher does; else each has data of its own, and new ones for every drag.
    """

    port: int
    bodies: Bodies
    students: int
    seconds: float
    think: float
    led: bool
    record: Record = field(default_factory=Record)

    async def run(self) -> Record:
        """Return live pictures, refusals of such, and settled answers after a release."""
        until = time.monotonic() + self.seconds
        await asyncio.gather(*(self._student(number, until) for number in range(self.students)))
        return self.record

    async def _student(self, number: int, until: float) -> None:
        rng = random.Random(number)
        settled, hand = Browser(self.port), Hand(self.port, self._note)
        await asyncio.sleep(rng.uniform(0, min(self.think, self.seconds / 2)))
        for turn in itertools.count():
            key = rng.choice(list(WAYS))
            path = list(self._path(rng, key))
            state = self._state(number, turn)
            dragging = asyncio.create_task(hand.drag(state, key, path))
            await asyncio.sleep(len(path) * PACE_S)
            await self._let_go(settled, state.but(**{key: path[-1]}))
            await dragging
            await asyncio.sleep(rng.uniform(0.5, 1.5) * (1 - SHARE) * self.think)
            if time.monotonic() > until:
                break
        settled.close()
        hand.close()

    def _path(self, rng: random.Random, key: str) -> Iterator[float]:
        """Yield as many values as a hand passes in its time, from one end or from anywhere."""
        count = max(1, round(SHARE * self.think / PACE_S))
        values = WAYS[key] + WAYS[key][::-1]
        start = rng.randrange(len(values))
        return itertools.islice(itertools.cycle(values), start, start + count)

    def _state(self, number: int, turn: int) -> AppState:
        led = int(time.monotonic() / SHOWS_S)
        seed = led if self.led else 10_000 * (number + 1) + turn
        return from_query(f"?data=stretched&k=4&dseed={seed}")[0]

    async def _let_go(self, browser: Browser, state: AppState) -> None:
        for body in self.bodies.of("compare", state.to_flat()):
            answer = await browser.ask(UPDATE, json.dumps(body).encode())
            self.record.add(self._kind("released"), answer)

    def _note(self, answer: Answer, shown: bool) -> None:  # noqa: FBT001  (a callback's own)
        self.record.add(self._kind("live" if shown else "live, refused"), answer)

    def _kind(self, what: str) -> str:
        return f"{'the same' if self.led else 'different'}: {what}"
