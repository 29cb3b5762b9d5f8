"""The process that parses one file: ``python -m gmm_dash.files.child``.

It reads one line of JSON (what to load, options and limits) and then the file from standard input,
and writes its answer to standard output. Before it looks at the file it gives itself limits
that only the kernel can lift: what a hostile file can reach is one process without
secrets in its environment, that is allowed little memory and a few seconds.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import sys
from importlib import import_module
from pathlib import Path

try:
    import resource
except ImportError:  # pragma: no cover  (Windows: only the parent's clock limits the child)
    resource = None  # type: ignore[assignment]

from gmm_dash.errors import ImportProblem
from gmm_dash.files.limits import MEGABYTE, Limits
from gmm_dash.files.refusal import pack_problem

ALARM_AFTER = 3  # seconds beyond the parent's patience: only for a parent that died


def main() -> None:
    """Read the request from standard input, answer on standard output."""
    request = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**request["limits"])
    _limit_time(request["seconds"], request["wall"])
    # Loaded under the limit of time already, but before the limit of memory counts.
    read = import_module(request["loader"]).load(request["options"], limits)
    _limit_memory(limits)
    gc.disable()  # it would look through millions of cells, again and again, for nothing
    try:
        answer = read(sys.stdin.buffer.read())
    except ImportProblem as problem:
        answer = pack_problem(problem)
    sys.stdout.buffer.write(answer)


def _limit_time(seconds: int, wall: int) -> None:
    """Let the kernel end this process after so much work, or so long."""
    if hasattr(signal, "alarm"):
        signal.alarm(wall + ALARM_AFTER)
    with contextlib.suppress(AttributeError, OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


def _limit_memory(limits: Limits) -> None:
    """Let the kernel refuse memory beyond the libraries and the limit, and large answers."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
    with contextlib.suppress(AttributeError, OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * os.sysconf("SC_PAGE_SIZE") + limits.memory_mb * MEGABYTE
        answer = 2 * limits.max_table_bytes + 16 * MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_FSIZE, (answer, answer))


if __name__ == "__main__":
    main()
