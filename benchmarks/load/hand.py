"""A hand on a slider: what the page asks for while it moves, as ``browser/src`` has it."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from benchmarks.load.browser import Answer, Browser
from gmm_dash.contract import addresses, keys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gmm_dash.state import AppState

PACE_S = 0.2  # between two values
ABREAST = 2  # wishes that are asked for at a time
AHEAD = 3  # values to either side that are asked for while nothing else is
QUICK_S = 0.12  # an answer that took no longer lets the page ask ahead
PAUSE_S = 0.3  # after a refusal, twice that after the next
REFUSALS = 3  # in a row, then the page follows on release only ...
REST_S = 30.0  # ... for so long


@dataclass(slots=True)
class Hand:
    """One student's, over connections of its own; what it has seen is not asked for again.

    ``note`` is told every answer, with whether it was a picture (else it was a refusal).
    """

    port: int
    note: Callable[[Answer, bool], None]
    resting: float = 0.0  # until when nothing is asked
    _free: list[Browser] = field(default_factory=list)
    _under_way: dict[float, asyncio.Task[None]] = field(default_factory=dict)
    _seen: set[tuple[str, float]] = field(default_factory=set)
    _abreast: int = ABREAST
    _refused: int = 0
    _quick: bool = False
    _place: str = ""  # whose points it knows

    async def drag(self, state: AppState, key: str, path: Sequence[float]) -> None:
        """Move over the values: ask for the newest wish, beside at most one from before it."""
        self._abreast = ABREAST
        started = time.monotonic()
        while (at := int((time.monotonic() - started) / PACE_S)) < len(path):
            work = _work(state.but(**{key: path[at]}))
            wish = self._wish(work, key, path, at)
            if wish is None or time.monotonic() < self.resting:
                left = max(0.001, started + (at + 1) * PACE_S - time.monotonic())
                await self._pass(left)
            else:
                asking = self._ask(work | {key: wish}, key, is_guess=wish != path[at])
                self._under_way[wish] = asyncio.create_task(asking)
        await asyncio.gather(*self._under_way.values())

    async def _pass(self, seconds: float) -> None:
        """Let some time pass, or less where an answer comes."""
        if self._under_way and time.monotonic() >= self.resting:
            first = asyncio.FIRST_COMPLETED
            await asyncio.wait(self._under_way.values(), timeout=seconds, return_when=first)
        else:
            await asyncio.sleep(seconds)

    def close(self) -> None:
        """Let its connections go."""
        for browser in self._free:
            browser.close()

    def _wish(self, work: dict[str, Any], key: str, path: Sequence[float], at: int) -> float | None:
        """Return what is asked for next: where the hand is, else what it may want, if anything."""
        base, wanted = _base(work, key), path[at]
        if (base, wanted) not in self._seen:
            room = len(self._under_way) < self._abreast and wanted not in self._under_way
            return wanted if room else None
        if self._under_way or not self._quick:
            return None
        values = sorted(set(path))
        here = values.index(wanted)
        near = values[max(0, here - AHEAD) : here + AHEAD + 1]
        nearest = sorted(near, key=lambda one: abs(one - wanted))
        return next((value for value in nearest if (base, value) not in self._seen), None)

    async def _ask(self, work: dict[str, Any], key: str, *, is_guess: bool) -> None:
        place = json.dumps([work[name] for name in keys.PLACED])
        asked = {"work": work, "points": place != self._place}
        browser = self._free.pop() if self._free else Browser(self.port)
        answer = await browser.ask(f"/{addresses.LIVE}/compare", json.dumps(asked).encode())
        self._free.append(browser)
        refused = answer.status == 204
        if not refused:
            shown = answer.status == 200 and "pictures" in json.loads(answer.body)
            answer = Answer(200 if shown else answer.status or -1, answer.body, answer.seconds)
        self.note(Answer(200, b"", answer.seconds) if refused else answer, not refused)
        self._quick = not refused and answer.seconds <= QUICK_S
        if not refused:
            self._refused, self._place = 0, place
            self._seen.add((_base(work, key), work[key]))
        elif len(self._under_way) > 1:
            self._abreast = 1  # the server has room for one; it is asked for again after that
        elif not is_guess:
            self._wait()
        del self._under_way[work[key]]

    def _wait(self) -> None:
        self._refused += 1
        over = self._refused == REFUSALS
        self.resting = time.monotonic() + (REST_S if over else self._refused * PAUSE_S)
        self._refused = 0 if over else self._refused


def _work(state: AppState) -> dict[str, Any]:
    flat = state.to_flat()
    return {"scheme": "light"} | {key: flat[key] for key in keys.COMPARE_REQUEST}


def _base(work: dict[str, Any], key: str) -> str:
    return json.dumps({name: value for name, value in work.items() if name != key})
