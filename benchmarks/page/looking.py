"""One page in a headless Chromium: opened, changed by one slider, dragged; and what was noted."""

from __future__ import annotations

import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

PROBE = (Path(__file__).parent / "probe.js").read_text()
SIZE = {"width": 1440, "height": 900}
LONGEST_MS = 60_000
QUIET_MS = 1500  # after which nothing more belongs to a change
REST_MS = 400  # at each value, so that its picture can come
AIM_MS = 200  # over a place before the press there, as a hand that aims
MOVE_S = 0.04  # from one value under a dragging hand to the next


@dataclass(frozen=True, slots=True)
class Slider:
    """One that is moved: the key under which pictures say their value, its name, its bounds."""

    key: str
    label: str
    low: float
    high: float


@dataclass(slots=True)
class Side:
    """One of the pages that are compared, and what was measured of it, by name.

    ``release`` and ``drag`` are its addresses: what acts on release need not follow a drag.
    """

    name: str
    release: str
    drag: str
    sliders: tuple[str, ...]
    noted: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def note(self, name: str, *values: float) -> None:
        """Keep figures."""
        self.noted[name] += values


def opened(browser: Browser, side: Side, address: str) -> None:
    """Open the page with nothing remembered, then once more; note what was waited for."""
    context = browser.new_context(viewport=SIZE)
    context.add_init_script(PROBE)
    for what in ("cold", "again"):
        page = context.new_page()
        session = _watched(context.new_cdp_session(page))
        wire = _Wire(session)
        page.goto(address)
        page.wait_for_function("() => bench.marks.drawn", timeout=LONGEST_MS)
        page.wait_for_timeout(QUIET_MS)
        seen = page.evaluate("({...bench.marks, shift: bench.shift, long: bench.long})")
        first = seen["first-contentful-paint"]
        side.note(f"{what}: first paint", first)
        side.note(f"{what}: first points", max(first, seen["points"]))  # in the page, then painted
        side.note(f"{what}: drawn by Plotly", seen["drawn"])
        side.note(f"{what}: long tasks", seen["long"])
        side.note(f"{what}: processor", _spent(session))
        side.note(f"{what}: layout shift", seen["shift"])
        side.note(f"{what}: bytes", wire.bytes / 1000)
        side.note(f"{what}: requests", wire.requests)
        page.close()
    context.close()


class _Wire:
    """What comes over the wire, headers and all, as Chromium counts it."""

    def __init__(self, session: CDPSession) -> None:
        self.bytes, self.requests = 0.0, 0
        session.on("Network.loadingFinished", self._add)
        session.send("Network.enable")

    def _add(self, event: dict[str, Any]) -> None:
        self.bytes += event["encodedDataLength"]
        self.requests += event["encodedDataLength"] > 0


@contextmanager
def page_at(browser: Browser, address: str) -> Iterator[tuple[Page, CDPSession]]:
    """Open a page that has come to rest."""
    context: BrowserContext = browser.new_context(viewport=SIZE)
    context.add_init_script(PROBE)
    page = context.new_page()
    page.goto(address)
    page.wait_for_function("() => bench.marks.drawn", timeout=LONGEST_MS)
    page.wait_for_timeout(2 * QUIET_MS)
    yield page, _watched(context.new_cdp_session(page))
    context.close()


def released(
    page: Page, session: CDPSession, side: Side, slider: Slider, values: list[float]
) -> None:
    """Press the slider at each value and let go; note when it is shown, settled and drawn.

    Every other value is pressed the moment the mouse is there, which no hand does; before the
    others it rests there for a little.
    """
    for number, value in enumerate(values):
        aims = number % 2 == 1
        _, y, places = _track(page, slider, [value])
        page.mouse.move(places[0], y)
        page.evaluate("([key, label]) => bench.begin(key, label)", [slider.key, slider.label])
        before = _spent(session)
        page.wait_for_timeout(AIM_MS if aims else 0)
        page.mouse.down()
        page.mouse.up()
        page.wait_for_function("() => bench.redrawn", timeout=LONGEST_MS)
        page.wait_for_timeout(QUIET_MS)
        seen = page.evaluate("bench")
        name = f"{slider.label} released{', aimed' if aims else ''}"
        side.note(f"{name}: until shown", max(0.0, seen["right"] - seen["up"]))
        side.note(f"{name}: until settled", seen["settled"] - seen["up"])
        side.note(f"{name}: until drawn", seen["redrawn"] - seen["up"])
        side.note(f"{name}: store updates", seen["updates"])
        side.note(f"{name}: long tasks", seen["long"])
        side.note(f"{name}: processor", _spent(session) - before)


def dragged(page: Page, side: Side, slider: Slider, values: list[float]) -> None:
    """Drag over values that are new, and back over them; note the pictures on the way.

    A hand that is faster than answers goes over some values that never come. So before the way
    back it rests at each, and finds them where they are kept.
    """
    start, y, places = _track(page, slider, values)
    page.mouse.move(start, y)
    page.mouse.down()
    page.wait_for_timeout(200)
    for what, way in (("new", places), ("again", places)):
        if what == "again":
            for x in way:
                page.mouse.move(x, y)
                page.wait_for_timeout(REST_MS)
        page.evaluate("([key, label]) => bench.begin(key, label)", [slider.key, slider.label])
        began = page.evaluate("performance.now()")
        _move(page, way[::-1] if what == "again" else way, y)
        _note_drag(side, f"{slider.label} dragged, {what}", page.evaluate("bench"), began)
        page.wait_for_timeout(QUIET_MS)  # the last value is reached before the hand turns
    page.mouse.up()
    page.wait_for_timeout(2 * QUIET_MS)


def _move(page: Page, way: list[float], y: float) -> None:
    """Move the mouse at an even pace, whatever a single move costs."""
    due = time.monotonic()
    for x in way:
        page.mouse.move(x, y)
        due += MOVE_S
        page.wait_for_timeout(max(0.0, 1000 * (due - time.monotonic())))


def _note_drag(side: Side, name: str, seen: dict[str, Any], began: float) -> None:
    wants, shows = seen["wants"], seen["shows"]
    if not wants:
        return
    seconds = (wants[-1][0] - began) / 1000 + MOVE_S
    side.note(f"{name}: values", len(wants) / seconds)
    side.note(f"{name}: pictures", sum(at <= began + 1000 * seconds for at, _ in shows) / seconds)
    side.note(f"{name}: long tasks", seen["long"])
    for at, value in shows:
        hands = [when for when, wanted in wants if wanted == value and when <= at]
        if hands:
            side.note(f"{name}: pointer to paint", at - hands[-1])


def _track(page: Page, slider: Slider, values: list[float]) -> tuple[float, float, list[float]]:
    """Return where the thumb is, how high, and where on the screen each value lies."""
    x, y, left, width = page.evaluate(
        """label => {
          const all = [...document.querySelectorAll("[role=slider]")];
          const thumb = all.find(one => one.getAttribute("aria-label") === label) ?? all[0];
          const own = thumb.getBoundingClientRect();
          let track = thumb.parentElement;
          while (track.getBoundingClientRect().width < 5 * own.width) track = track.parentElement;
          const {left, width} = track.getBoundingClientRect();
          return [own.x + own.width / 2, own.y + own.height / 2, left, width];
        }""",
        slider.label,
    )
    share = [(value - slider.low) / (slider.high - slider.low) for value in values]
    return x, y, [left + one * width for one in share]


def _watched(session: CDPSession) -> CDPSession:
    """Count the page's processor time, which other work on the machine does not lengthen."""
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    return session


def _spent(session: CDPSession) -> float:
    """Return the milliseconds that the page's main thread has worked so far."""
    metrics = {
        one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]
    }
    return 1000 * float(metrics["TaskDuration"])
