"""The page in a real browser, beside a plain Dash app with the same points, in one run.

Both are served by gunicorn on this machine and looked at by one headless Chromium, in turns, so
that a busy machine disturbs both alike.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from benchmarks.load import server
from benchmarks.load.__main__ import percentile
from benchmarks.page import looking
from benchmarks.page.looking import Side, Slider

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS = 3
K = Slider("k", "K", 1, 30)
SPREAD = Slider("noise", "Spread", 0.05, 3)
JUMPS = {"K": [9.0, 13.0, 5.0, 8.0, 12.0, 6.0], "Spread": [1.2, 0.4, 1.6, 0.8, 1.3, 0.5]}
WAYS = {
    "K": [float(k) for k in range(2, 17)],
    "Spread": [round(0.2 + 0.05 * step, 2) for step in range(30)],
}
# A row of the table: what it says, what was noted, and which percentile of it.
ROWS: tuple[tuple[str, str, int], ...] = (
    *(
        (f"{when}, {what}", f"{when}: {what}", 50)
        for when in ("cold", "again")
        for what in (
            "first paint", "first points", "drawn by Plotly", "long tasks", "processor",
            "layout shift", "bytes", "requests",
        )
    ),
    *(
        row
        for name in ("K", "Spread")
        for how in (f"{name} released", f"{name} released, aimed")
        for row in (
            (f"{how}, until shown", f"{how}: until shown", 50),
            ("  95 of 100", f"{how}: until shown", 95),
            (f"{how}, until settled", f"{how}: until settled", 50),
            ("  95 of 100", f"{how}: until settled", 95),
            (f"{how}, until drawn", f"{how}: until drawn", 50),
            ("  95 of 100", f"{how}: until drawn", 95),
            (f"{how}, store updates", f"{how}: store updates", 50),
            (f"{how}, processor", f"{how}: processor", 50),
            (f"{how}, long tasks", f"{how}: long tasks", 50),
        )
    ),
    *(
        row
        for name in ("K", "Spread")
        for when in ("new", "again")
        for row in (
            (f"{name} dragged, {when}: values a second", f"{name} dragged, {when}: values", 50),
            ("  pictures a second", f"{name} dragged, {when}: pictures", 50),
            ("  pointer to paint", f"{name} dragged, {when}: pointer to paint", 50),
            ("  95 of 100", f"{name} dragged, {when}: pointer to paint", 95),
            ("  long tasks", f"{name} dragged, {when}: long tasks", 50),
        )
    ),
)  # fmt: skip
_UNITS = {"bytes": "kB", "layout shift": "", "requests": "", "store updates": "", "values": "",
          "pictures": ""}  # fmt: skip


def main(*, quick: bool, beside: Path | None = None) -> None:
    """Print the table; or why there is none."""
    found, why = _browser()
    if not found:
        print(f"\nPage: not measured. {why}")
        return
    workers = len(os.sched_getaffinity(0))
    with ExitStack() as open_until_the_end:
        browser = open_until_the_end.enter_context(found.launched())

        def serve(**what: Any) -> server.Server:
            quiet = {"GMM_DASH_LOG_LEVEL": "warning"}
            return open_until_the_end.enter_context(server.running(workers, **what, **quiet))

        sides = [
            _dashboard("dashboard", serve()),
            _plain(serve(app="benchmarks.page.plain:server")),
        ]
        if beside:
            sides.append(_dashboard("beside", serve(root=beside.resolve())))
        load = _load()
        _measure(browser, sides, 1 if quick else ROUNDS)
    rounds = "1 round" if quick else f"medians of {ROUNDS} rounds"
    print(
        f"\nThe page: 400 points, {rounds} in a headless Chromium, {workers} workers; load of the"
        f" machine {load} before, {_load()} after, on {workers} processors"
    )
    _print(sides)


def _browser() -> tuple[Any, str]:
    """Return what launches a browser, or why nothing does."""
    try:
        from tests import chromium  # noqa: PLC0415  (needs what only a developer has installed)
    except ImportError as error:
        return None, f"Playwright is not installed ({error})."
    if not chromium.executable():
        return None, "There is no Chrome or Chromium; name one with CHROME=/path/to/chrome."
    return chromium, ""


def _dashboard(name: str, running: server.Server) -> Side:
    address = f"http://127.0.0.1:{running.port}/"
    return Side(name, address, address, ("K", "Spread"))


def _plain(running: server.Server) -> Side:
    address = f"http://127.0.0.1:{running.port}"
    return Side("plain Dash", f"{address}/release/", f"{address}/drag/", ("K",))


def _measure(browser: Any, sides: list[Side], rounds: int) -> None:
    for side in sides:  # the first visit to a server finds all of it cold, which happens once
        looking.opened(browser, side, side.release)
        side.noted.clear()
    for number in range(rounds):
        for side in sides:
            looking.opened(browser, side, side.release)
        for slider in (K, SPREAD):
            for side in sides:
                if slider.label in side.sliders:
                    _by_hand(browser, side, slider, number)


def _by_hand(browser: Any, side: Side, slider: Slider, number: int) -> None:
    # Data of this round's own: nobody has asked for any of it before.
    asked = f"?k=4&dseed={100 * number + (50 if slider is SPREAD else 0) + 1}"
    with looking.page_at(browser, side.release + asked) as (page, session):
        looking.released(page, session, side, slider, JUMPS[slider.label])
    with looking.page_at(browser, f"{side.drag}{asked}7") as (page, _):
        looking.dragged(page, side, slider, WAYS[slider.label])


def _print(sides: list[Side]) -> None:
    ours, *others = sides
    head = f"{ours.name:>12}" + "".join(f"{side.name:>12}{'ratio':>8}" for side in others)
    print(f"{'':42}{head}")
    for says, name, percent in ROWS:
        own = _of(ours, name, percent)
        cells = _cell(own) + "".join(
            _cell(theirs) + _ratio(own, theirs)
            for theirs in (_of(side, name, percent) for side in others)
        )
        unit = _UNITS.get(name.split(": ")[-1], "ms")
        print(f"{says + (f', {unit}' if unit else ''):42}{cells}")


def _of(side: Side, name: str, percent: int) -> float | None:
    values = side.noted.get(name)
    return percentile(values, percent) if values else None


def _cell(value: float | None) -> str:
    if value is None:
        return f"{'-':>12}"
    return (
        f"{value:>12.3f}"
        if 0 < value < 1
        else f"{value:>12.0f}"
        if value >= 100
        else f"{value:>12.1f}"
    )


def _ratio(ours: float | None, theirs: float | None) -> str:
    """Return how many times ours is theirs."""
    return f"{ours / theirs:>8.2f}" if ours is not None and theirs else f"{'-':>8}"


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"
