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
    from collections.abc import Callable, Iterator, Sequence

    from gmm_dash.state import AppState

PACE_S = 0.2  # between two values
AHEAD = 3  # values to either side that are asked for while the hand rests
QUICK_S = 0.12  # an answer that took no longer lets the page ask ahead
PAUSE_S = 0.3  # after a refusal, twice that after the next
REFUSALS = 3  # in a row, then the page follows on release only ...
REST_S = 30.0  # ... for so long


@dataclass(slots=True)
class Hand:
    """One student's, over a connection of its own; what it has seen is not asked for again.

    ``note`` is told every answer, with whether it was a picture (else it was a refusal).
    """

    browser: Browser
    note: Callable[[Answer, bool], None]
    resting: float = 0.0  # until when nothing is asked
    _seen: set[tuple[str, float]] = field(default_factory=set)
    _refused: int = 0
    _quick: bool = False
    _place: str = ""  # whose points it knows

    async def drag(self, state: AppState, key: str, path: Sequence[float]) -> None:
        """Move over the values, and ask for one picture at a time, the newest wish first."""
        started = time.monotonic()
        while (at := int((time.monotonic() - started) / PACE_S)) < len(path):
            work = _work(state.but(**{key: path[at]}))
            wish = next(self._wishes(work, key, path, at), None)
            if wish is None or time.monotonic() < self.resting:
                await asyncio.sleep(max(0.0, started + (at + 1) * PACE_S - time.monotonic()))
            else:
                await self._ask(work | {key: wish}, key, is_guess=wish != path[at])

    def _wishes(
        self, work: dict[str, Any], key: str, path: Sequence[float], at: int
    ) -> Iterator[float]:
        """Yield what the hand is at, then what it may want next, if it has not been seen."""
        values = sorted(set(path))
        here = values.index(path[at])
        near = values[max(0, here - AHEAD) : here + AHEAD + 1] if self._quick else []
        for value in [path[at], *sorted(near, key=lambda one: abs(one - path[at]))]:
            if (_base(work, key), value) not in self._seen:
                yield value

    async def _ask(self, work: dict[str, Any], key: str, *, is_guess: bool) -> None:
        place = json.dumps([work[name] for name in keys.PLACED])
        asked = {"work": work, "points": place != self._place}
        answer = await self.browser.ask(f"/{addresses.LIVE}/compare", json.dumps(asked).encode())
        refused = answer.status == 204
        if not refused:
            shown = answer.status == 200 and "pictures" in json.loads(answer.body)
            answer = Answer(200 if shown else answer.status or -1, answer.body, answer.seconds)
        self.note(Answer(200, b"", answer.seconds) if refused else answer, not refused)
        self._quick = not refused and answer.seconds <= QUICK_S
        if not refused:
            self._refused, self._place = 0, place
            self._seen.add((_base(work, key), work[key]))
        elif not is_guess:
            await self._wait()

    async def _wait(self) -> None:
        self._refused += 1
        if self._refused < REFUSALS:
            await asyncio.sleep(self._refused * PAUSE_S)
        else:
            self._refused, self.resting = 0, time.monotonic() + REST_S


def _work(state: AppState) -> dict[str, Any]:
    flat = state.to_flat()
    return {"scheme": "light"} | {key: flat[key] for key in keys.COMPARE_REQUEST}


def _base(work: dict[str, Any], key: str) -> str:
    return json.dumps({name: value for name, value in work.items() if name != key})
