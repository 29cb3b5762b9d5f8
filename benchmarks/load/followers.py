"""A class on the board: it follows its teacher by polls, and answers a question all at once."""

from __future__ import annotations

import asyncio
import json
import random
import time
from dataclasses import dataclass, field
from typing import Any

from benchmarks.load.browser import Answer, Browser
from benchmarks.load.students import LESSON, Record

PASSWORD = "the load test's own"
PAUSE_S = 1.5  # between polls, as the page has it
HERE_S = 20.0
SHOWS_S = 5.0  # between two links of the teacher
QUESTION = {"kind": "choice", "prompt": "Which?", "options": ["one", "two", "three"]}


@dataclass(slots=True)
class Board:
    """One class; ``shown`` says when each link was shown."""

    port: int
    students: int
    seconds: float
    record: Record = field(default_factory=Record)
    shown: dict[str, float] = field(default_factory=dict)
    until: float = 0.0

    async def run(self) -> Record:
        """Return what was measured: polls, answers, and how soon each link was seen."""
        teacher = Browser(self.port)
        keys = await self._act(teacher, "open", "class: opened", password=PASSWORD)
        self.until = time.monotonic() + self.seconds
        pupils = [self._pupil(number, keys["code"]) for number in range(self.students)]
        await asyncio.gather(self._teach(teacher, keys), *pupils)
        desk = await self._act(teacher, "desk", "class: desk", **_own(keys))
        counted = sum((desk["tally"] or {}).get("counts", []))
        if counted != self.students:
            self.record.leaks.append(f"{counted} of {self.students} answers are there")
        teacher.close()
        return self.record

    async def _teach(self, browser: Browser, keys: dict[str, Any]) -> None:
        """Show one link after the other; half way put a question."""
        links = [f"{link}&seed={turn}" for turn in range(100) for link in LESSON]
        asks = time.monotonic() + self.seconds / 2
        for link in links:
            self.shown[link] = time.perf_counter()
            await self._act(browser, "show", "class: shown", **_own(keys), link=link)
            if asks and time.monotonic() > asks:
                asks = 0.0
                await self._act(browser, "ask", "class: asked", **_own(keys), question=QUESTION)
            await asyncio.sleep(SHOWS_S)
            if time.monotonic() > self.until:
                return

    async def _pupil(self, number: int, code: str) -> None:
        rng, browser = random.Random(number), Browser(self.port)
        await asyncio.sleep(rng.uniform(0, 5))
        keys = await self._act(browser, "join", "class: joined", code=code)
        version, link, answered, signs = "", "", False, 0.0
        # A little longer than the teacher, so that the last question is seen by all.
        while time.monotonic() < self.until + 3 * PAUSE_S:
            if time.monotonic() > signs:
                signs = time.monotonic() + HERE_S
                await self._act(
                    browser, "here", "class: a sign of life", **_own(keys), follows=True
                )
            news = await self._poll(browser, keys["key"], version)
            if news:
                version = news["version"]
                if news["link"] != link and link:
                    self._saw(news["link"])
                link = news["link"]
                if news["question"] and not answered:
                    answered = True
                    said = {"asked": news["asked"], "answer": number % 3}
                    await self._act(browser, "answer", "class: answered", **_own(keys), **said)
            await asyncio.sleep(PAUSE_S)
        browser.close()

    def _saw(self, link: str) -> None:
        seconds = time.perf_counter() - self.shown[link]
        self.record.add("class: until it is seen", Answer(200, b"", seconds))

    async def _poll(self, browser: Browser, key: str, version: str) -> dict[str, Any] | None:
        answer = await browser.ask(f"/class/room/{key}?after={version}")
        good = 200 if answer.status == 204 else answer.status
        self.record.add("class: poll", Answer(good, answer.body, answer.seconds))
        return json.loads(answer.body) if answer.status == 200 else None

    async def _act(self, browser: Browser, act: str, kind: str, **said: Any) -> dict[str, Any]:
        answer = await browser.ask(f"/class/{act}", json.dumps(said).encode())
        found: dict[str, Any] = json.loads(answer.body or b"{}")
        status = -1 if "message" in found else answer.status
        self.record.add(kind, Answer(status, answer.body, answer.seconds, answer.queued))
        return found


def _own(keys: dict[str, Any]) -> dict[str, Any]:
    return {name: keys.get(name) for name in ("key", "token")}
