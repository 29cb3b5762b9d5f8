"""The dashboard as shipped, on a free port of this machine, and what it uses."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
_TICK = os.sysconf("SC_CLK_TCK")


class Server:
    """A running gunicorn, seen through /proc."""

    def __init__(self, port: int, master: int) -> None:
        self.port, self._master = port, master

    def workers(self) -> list[int]:
        """Return the process ids of the workers."""
        children = Path(f"/proc/{self._master}/task/{self._master}/children")
        return [int(pid) for pid in children.read_text().split()]

    def processor_seconds(self) -> float:
        """Return the processor time of all workers so far; files are read in children."""
        return sum(sum(_times(pid)) for pid in self.workers()) / _TICK

    def megabytes(self) -> list[float]:
        """Return the resident memory of each worker, what they share counted in each."""
        return [_resident(pid) for pid in self.workers()]


def _times(pid: int) -> list[int]:
    """Return user, system, children's user and children's system time, in ticks."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return [int(ticks) for ticks in fields[11:15]]


def _resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


@contextmanager
def running(
    workers: int, app: str = "app:server", root: Path = ROOT, **settings: str
) -> Iterator[Server]:
    """Serve with a store of its own, only for this machine; stop at the end.

    ``root`` is another checkout, served by the Python of its own environment if it has one.
    """
    own = root / ".venv" / "bin" / "python"
    with closing(socket.socket()) as probe, tempfile.TemporaryDirectory() as store:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        places = {"HOST": "127.0.0.1", "PORT": str(port), "GMM_DASH_STORE": store}
        process = subprocess.Popen(
            [str(own) if own.exists() else sys.executable, "-m", "gunicorn", app],
            cwd=root,
            env=os.environ | places | {"WEB_CONCURRENCY": str(workers)} | settings,
        )
        try:
            _wait(port, process)
            yield Server(port, process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < until:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
                connection.request("GET", "/healthz")
                connection.getresponse().read()
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server did not start.")
