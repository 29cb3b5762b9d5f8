"""The process that parses one file: ``python -m gmm_dash.tables.child``.

It reads one line of JSON (kind, options and limits) and then the file from standard input,
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
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

try:
    import resource
except ImportError:  # pragma: no cover  (Windows: only the parent's clock limits the child)
    resource = None  # type: ignore[assignment]

from gmm_dash.errors import ImportProblem
from gmm_dash.tables.limits import MEGABYTE, Limits
from gmm_dash.tables.options import ReadOptions
from gmm_dash.tables.refusal import pack_problem

Reader = Callable[[bytes], bytes]
ALARM_AFTER = 3  # seconds beyond the parent's patience: only for a parent that died


def main() -> None:
    """Read the request from standard input, answer on standard output."""
    request = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**request["limits"])
    _limit_time(request["seconds"], request["wall"])
    # Loaded under the limit of time already, but before the limit of memory counts.
    read = LOADERS[request["kind"]](request["options"], limits)
    _limit_memory(limits)
    gc.disable()  # it would look through millions of cells, again and again, for nothing
    try:
        answer = read(sys.stdin.buffer.read())
    except ImportProblem as problem:
        answer = pack_problem(problem)
    sys.stdout.buffer.write(answer)


def _load_tables(options: Mapping[str, Any], limits: Limits) -> Reader:
    from gmm_dash.tables import wire  # noqa: PLC0415
    from gmm_dash.tables.read import read_arrow  # noqa: PLC0415

    def read(data: bytes) -> bytes:
        return wire.pack_table(*read_arrow(data, ReadOptions.from_json(options), limits))

    return read


def _load_images(*_: object) -> Reader:
    from gmm_dash.tables import image_read, image_wire  # noqa: PLC0415

    image_read.refuse_early()

    def read(data: bytes) -> bytes:
        return image_wire.pack(image_read.read_image(data))

    return read


# One kind needs nothing of what the other loads.
LOADERS: Mapping[str, Callable[[Mapping[str, Any], Limits], Reader]] = {
    "table": _load_tables,
    "image": _load_images,
}


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
