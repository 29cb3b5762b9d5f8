"""What students do: follow the teacher, try things of their own, open their own files."""

from __future__ import annotations

import asyncio
import io
import itertools
import json
import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.load.bodies import PIECES, UPDATE, piece
from benchmarks.load.browser import Answer, Browser
from gmm_dash.state import AppState, from_query

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from benchmarks.load.bodies import Bodies

CANARY = "canary"
# What a teacher shows in an hour, one link after another.
LESSON = (
    "?data=blobs",
    "?data=stretched",
    "?data=stretched&cov=diag",
    "?data=stretched&cov=tied",
    "?data=unequal&k=3",
    "?data=mouse&k=3",
    "?data=bars&k=2&cov=tied",
    "?data=moons&k=2",
    "?data=moons&k=16",
    "?data=moons&k=16&view=density",
    "?data=iris&k=3",
    "?data=faithful&k=2",
)
LARGE_ROWS = 1_000_000
_NEIGHBOURS = 10
_FILES = 50
_FOLLOWING = 30
_ROUNDS = 5
_WARM = 40  # connections: surely some to every worker
COMPARING = 0.7  # the share of free clicks that are surely in the first view
FREE_DATA = ("blobs", "stretched", "moons", "unequal", "overlap", "rings", "uniform", "gallery")


@dataclass(slots=True)
class Record:
    """What was measured: every answer by kind, and every trace of somebody else's file."""

    answers: dict[str, list[Answer]] = field(default_factory=dict)
    leaks: list[str] = field(default_factory=list)

    def add(self, kind: str, answer: Answer, own: str = "") -> None:
        """Keep an answer's figures, after looking for canaries that are not ``own``."""
        words = answer.body.split(CANARY.encode())[1:]
        for word in words:
            if not own or not word.startswith(own.encode() + b"_"):
                self.leaks.append(f"{kind}: {CANARY}{word[:12].decode(errors='replace')}")
        good = answer.status == 200 and b'"sideUpdate"' not in answer.body
        status = answer.status if good or answer.status != 200 else -1
        kept = Answer(status, b"", answer.seconds, answer.queued)
        self.answers.setdefault(kind, []).append(kept)


@dataclass(frozen=True, slots=True)
class Class:
    """Students who click until the bell rings."""

    port: int
    bodies: Bodies
    students: int = 300
    seconds: float = 60.0
    think: tuple[float, float] = (10.0, 20.0)
    every_upload: int = 20  # one student in so many has a file
    views: tuple[str, ...] = ("compare", "density", "steps")  # where those who roam go

    async def lead(self) -> Record:
        """Everybody follows the teacher, who opens a new link every few seconds."""
        started, pace = time.monotonic(), self.seconds / len(LESSON)

        def now(_: random.Random) -> AppState:
            return _state(LESSON[min(int((time.monotonic() - started) / pace), len(LESSON) - 1)])

        return await self._all("teacher-led", now)

    async def roam(self) -> Record:
        """Everybody looks at something that nobody else has seen."""
        return await self._all("all different", self._own_idea)

    async def burst(self) -> Record:
        """Everybody opens one of five links that nobody has seen, in the same moment."""
        record, links = Record(), [_state(f"?data=stretched&dseed={900 + i}") for i in range(5)]
        browsers = [Browser(self.port) for _ in range(self.students)]
        await asyncio.gather(*(browser.ask("/healthz") for browser in browsers))  # connected
        started = time.perf_counter()

        async def click(browser: Browser, state: AppState) -> None:
            await self._look(browser, state, record, "burst")

        pairs = zip(browsers, itertools.cycle(links))
        await asyncio.gather(*(click(browser, state) for browser, state in pairs))
        whole = Answer(200, b"", time.perf_counter() - started)
        record.answers["burst, until the last"] = [whole]
        for browser in browsers:
            browser.close()
        return record

    async def crowd(self) -> Record:
        """Everybody looks at something else, while some only follow the teacher, and one watches.

        Those who follow find their answers in memory, however long the others wait.
        """
        record, until = Record(), time.monotonic() + self.seconds
        await self._warm(LESSON[:3])
        tasks = [
            self._student(i, "crowd", self._own_idea, record, until, has_file=False)
            for i in range(self.students)
        ]
        rng = random.Random(0)
        tasks += [
            self._student(
                10_000 + i, "remembered meanwhile", lambda _: _state(rng.choice(LESSON[:3])),
                record, until, has_file=False,
            )
            for i in range(_FOLLOWING)
        ]  # fmt: skip
        await asyncio.gather(*tasks, self._watch(record, until))
        return record

    async def files(self) -> Record:
        """Fifty people send a file in the same moment; others look at what is remembered."""
        record, until = Record(), time.monotonic() + self.seconds
        tables = [await asyncio.to_thread(_file_of_2_megabytes, i) for i in range(_FILES)]
        await self._warm(LESSON[:1])
        sending = [self._send(table, record) for table in tables]
        looking = [
            self._student(
                i, "remembered meanwhile", lambda _: _state(LESSON[0]), record, until,
                has_file=False,
            )
            for i in range(_FOLLOWING)
        ]  # fmt: skip
        await asyncio.gather(*sending, *looking, self._watch(record, until))
        return record

    async def _warm(self, links: Sequence[str]) -> None:
        """Look at links over so many connections that every worker surely remembers them."""
        for _ in range(_ROUNDS):  # one worker alone may take all connections of a moment
            browsers = [Browser(self.port) for _ in range(_WARM)]
            for link in links:
                looks = [self._look(browser, _state(link), Record(), "") for browser in browsers]
                await asyncio.gather(*looks)
            for browser in browsers:
                browser.close()

    async def _send(self, table: bytes, record: Record) -> None:
        browser = Browser(self.port)
        sent = await browser.ask("/tables", table, "octet-stream")
        record.add("a file of 2.3 MB", sent)
        if sent.status == 200 and not _key(sent):
            record.add("a file of 2.3 MB", Answer(-1, b"", sent.seconds))
        browser.close()

    async def _watch(self, record: Record, until: float) -> None:
        """Ask for the health every second."""
        browser = Browser(self.port)
        while time.monotonic() < until:
            record.add("health meanwhile", await browser.ask("/healthz"))
            await asyncio.sleep(1)
        browser.close()

    async def share(self) -> Record:
        """One person compares models of a large table; the others must not notice."""
        record, until = Record(), time.monotonic() + self.seconds
        browser, table = Browser(self.port), await asyncio.to_thread(_large_table)
        sent = await browser.ask("/tables", table, "octet-stream")
        record.add("upload of the large table", sent)
        state = _state("?data=upload&view=select&kmax=12").but(table=_key(sent))
        selection = asyncio.create_task(self._selection(state, record, until))
        others = [self._neighbour(i, record, until) for i in range(_NEIGHBOURS)]
        await asyncio.gather(selection, *others)
        browser.close()
        return record

    async def _selection(self, state: AppState, record: Record, until: float) -> None:
        """Ask for the pieces, two at a time, as the page does."""
        numbers = itertools.count()

        async def one_after_the_other() -> None:
            browser = Browser(self.port)
            for number in numbers:
                answer = await browser.ask(PIECES, json.dumps(piece(state, number)).encode())
                record.add("piece of the large table", answer)
                pieces = json.loads(answer.body)["pieces"]["models"] if answer.status == 200 else []
                if number + 1 >= len(pieces) or time.monotonic() > until:
                    break
            browser.close()

        await asyncio.gather(one_after_the_other(), one_after_the_other())

    async def _neighbour(self, number: int, record: Record, until: float) -> None:
        rng, browser = random.Random(number), Browser(self.port)
        while time.monotonic() < until:
            await asyncio.sleep(rng.uniform(1, 3))
            await self._look(browser, self._own_idea(rng), record, "others meanwhile")
        browser.close()

    async def _all(self, kind: str, idea: Callable[[random.Random], AppState]) -> Record:
        record, until = Record(), time.monotonic() + self.seconds
        tasks: list[Coroutine[None, None, None]] = []
        for number in range(self.students):
            has_file = number % self.every_upload == 0
            tasks.append(self._student(number, kind, idea, record, until, has_file=has_file))
        await asyncio.gather(*tasks)
        return record

    async def _student(
        self,
        number: int,
        kind: str,
        idea: Callable[[random.Random], AppState],
        record: Record,
        until: float,
        *,
        has_file: bool,
    ) -> None:
        rng, browser = random.Random(number), Browser(self.port)
        await asyncio.sleep(rng.uniform(0, min(self.think[1], self.seconds / 2)))
        if has_file:
            await self._open_file(number, browser, record)
        while time.monotonic() < until:
            await self._look(browser, idea(rng), record, kind)
            await asyncio.sleep(rng.uniform(*self.think))
        browser.close()

    async def _open_file(self, number: int, browser: Browser, record: Record) -> None:
        """Send a table whose column names nobody else may ever see, and look at it."""
        table, own = _table(number), f"{number}"
        sent = await browser.ask("/tables", table, "octet-stream")
        record.add("upload", sent, own)
        state = _state("?data=upload&k=2").but(table=_key(sent))
        seen = await self._look(browser, state, record, "own file", own)
        if f"{CANARY}{own}_".encode() not in seen:
            record.add("own file", Answer(-1, b"", 0.0))  # an answer, but to another question

    async def _look(
        self, browser: Browser, state: AppState, record: Record, kind: str, own: str = ""
    ) -> bytes:
        """Ask for all that a view shows, and return it."""
        view = state.view.view if state.view.view in self.bodies.views else "compare"
        seen = b""
        for body in self.bodies.of(view, state.to_flat()):
            answer = await browser.ask(UPDATE, json.dumps(body).encode())
            record.add(kind if view == "compare" else f"{kind}, {view}", answer, own)
            seen += answer.body
        return seen

    def _own_idea(self, rng: random.Random) -> AppState:
        view = "compare" if rng.random() < COMPARING else rng.choice(self.views)
        query = f"?data={rng.choice(FREE_DATA)}&view={view}&k={rng.randint(2, 8)}"
        covariance = rng.choice(["full", "tied", "diag", "spherical"])
        return _state(f"{query}&cov={covariance}&dseed={rng.randrange(10**8)}")


def _state(query: str) -> AppState:
    return from_query(query)[0]


def _key(sent: Answer) -> str:
    """Return the key under which an uploaded table was stored."""
    return str(json.loads(sent.body or b"{}").get("key", ""))


def _large_table() -> bytes:
    """Return a million points around four centres, as Parquet."""
    rng = np.random.default_rng(0)
    centers = rng.uniform(-6, 6, (4, 2))
    points = centers[rng.integers(0, 4, LARGE_ROWS)] + rng.normal(size=(LARGE_ROWS, 2))
    out = io.BytesIO()
    pd.DataFrame(points.astype(np.float32), columns=["x", "y"]).to_parquet(out)
    return out.getvalue()


def _file_of_2_megabytes(number: int) -> bytes:
    rng = np.random.default_rng(number)
    return (
        pd.DataFrame(rng.normal(size=(30_000, 8)), columns=list("abcdefgh"))
        .to_csv(index=False, float_format="%.6f")
        .encode()
    )


def _table(number: int) -> bytes:
    rng = random.Random(number)
    rows = [f"{rng.gauss(i % 2 * 5, 1):.3f},{rng.gauss(0, 1):.3f}" for i in range(200)]
    return "\n".join([f"{CANARY}{number}_x,{CANARY}{number}_y", *rows]).encode()
