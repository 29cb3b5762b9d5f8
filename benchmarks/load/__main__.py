"""A class against gunicorn on loopback: ``python -m benchmarks.load [--seconds 60]``.

Prints the time to the last byte of each kind of request, errors, leaks of one student's file to
another, processor time and memory of the server, and how busy the machine was with other things.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import gmm_dash  # noqa: F401  (sets one BLAS thread before NumPy is loaded)
from benchmarks.load import server
from benchmarks.load.bodies import Bodies
from benchmarks.load.draggers import Draggers
from benchmarks.load.followers import PASSWORD, Board
from benchmarks.load.students import Class, Record
from gmm_dash.config import Config
from gmm_dash.factory import create_app
from gmm_dash.layout.views import VIEWS

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from benchmarks.load.browser import Answer

_MARKS = "".join(f"{name:>9}" for name in ("p50 ms", "p95 ms", "p99 ms", "max ms"))
HEAD = f"{'':24}{'requests':>9}{'errors':>8}{_MARKS}{'queued':>8}"
BUDGET_MB = 350


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the phases and print their figures; return 1 after an error or a leak."""
    asked = _arguments(arguments)
    app = create_app(Config())
    bodies = Bodies(app.callback_map, {view.name: list(view.keys) for view in VIEWS})
    broken = 0
    with server.running(asked.workers, GMM_DASH_CLASS_PASSWORD=PASSWORD) as running:
        print(f"{asked.students} students, {asked.workers} workers; {_machine()}\n\n{HEAD}")
        think = (asked.think / 1.5, asked.think / 0.75)
        school = Class(
            running.port,
            bodies,
            asked.students,
            asked.seconds,
            think,
            views=tuple(asked.views),
        )
        crowd = replace(school, students=asked.crowd)
        drags = (running.port, bodies, asked.students, asked.seconds, asked.think)
        phases = {
            "burst": school.burst,
            "teacher-led": school.lead,
            "free": school.roam,
            "large": school.share,
            "files": school.files,
            "crowd": crowd.crowd,
            "class": Board(running.port, asked.students, asked.seconds).run,
            "drag-led": Draggers(*drags, led=True).run,
            "drag-free": Draggers(*drags, led=False).run,
        }
        for name in asked.phases:
            broken += _phase(phases[name], running)
        most = max(running.megabytes())
        print(f"\nmemory: {most:.0f} MB in the larger worker (budget {BUDGET_MB}); {_machine()}")
    return 1 if broken else 0


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--crowd", type=int, default=900, help="students in the last mix")
    parser.add_argument("--seconds", type=float, default=60, help="length of each mix")
    parser.add_argument("--think", type=float, default=15, help="mean seconds between clicks")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument(
        "--views", nargs="+", default=["compare", "density", "steps"], help="where free clicks go"
    )
    names = (
        *("burst", "teacher-led", "free", "large", "files", "crowd", "class"),
        *("drag-led", "drag-free"),
    )
    parser.add_argument("--phases", nargs="+", choices=names, default=names)
    return parser.parse_args(arguments)


def _phase(phase: Callable[[], Coroutine[None, None, Record]], running: server.Server) -> int:
    """Run a phase, print its rows, and return how much went wrong."""
    spent, started = running.processor_seconds(), time.monotonic()
    record = asyncio.run(phase())
    spent, took = running.processor_seconds() - spent, time.monotonic() - started
    requests = sum(len(answers) for answers in record.answers.values())
    for kind, answers in record.answers.items():
        print(_row(kind, answers))
    each = f"{1000 * spent / requests:.1f} ms of processor time a request"
    print(f"{'':24}server: {spent:.1f} s in {took:.0f} s, {each}; {len(record.leaks)} leaks")
    for leak in record.leaks[:5]:
        print(f"{'':24}LEAK {leak}")
    wrong = sum(a.status != 200 for answers in record.answers.values() for a in answers)
    return wrong + len(record.leaks)


def _row(kind: str, answers: list[Answer]) -> str:
    seconds = [answer.seconds for answer in answers]
    errors = sum(answer.status != 200 for answer in answers)
    queued = sum(answer.queued > 0 for answer in answers)
    marks = "".join(f"{1000 * percentile(seconds, p):9.0f}" for p in (50, 95, 99, 100))
    return f"{kind:24}{len(answers):9}{errors:8}{marks}{queued:8}"


def percentile(values: list[float], percent: float) -> float:
    """Return the smallest value that at least ``percent`` of all values do not exceed."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(len(ranked) * percent / 100) - 1)]


def _machine() -> str:
    load = os.getloadavg()[0]
    return f"load of the machine {load:.1f} on {len(os.sched_getaffinity(0))} processors"


if __name__ == "__main__":
    raise SystemExit(main())
