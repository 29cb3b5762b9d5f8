"""The real dashboard under gunicorn, as shipped, for tests that need processes."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 180  # seconds: on a busy machine it may take a minute to import everything
# All that a container without a home gives a process.
BARE = {
    "PATH": os.environ["PATH"],
    "PYTHONDONTWRITEBYTECODE": "1",
    "LANG": "C.UTF-8",
}


def free_port():
    """Return a port that nobody has, nor gets as the near end of a connection before we use it."""
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with closing(socket.socket()) as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do
            probe.bind(("127.0.0.1", port))
            return port


def get(port, path="/healthz", **headers):
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", path, headers=headers)
        with connection.getresponse() as answer:
            return answer.status, dict(answer.getheaders()), answer.read()


def wait_for(port, process, log, path="/healthz"):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()[-1500:]
        try:
            return get(port, path)
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text()[-1500:])


def workers_of(process):
    """Return the process ids of gunicorn's workers."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(pid) for pid in children.read_text().split()]


def wait_for_workers(process, count):
    """Return the process ids of gunicorn's workers once there are so many."""
    until = time.monotonic() + PATIENCE
    while len(found := workers_of(process)) < count:
        assert time.monotonic() < until, f"{len(found)} workers"
        time.sleep(0.1)
    return found


@contextmanager
def serving(folder, *, prefix=(), port=0, **environ):
    """Serve on ``port``, or a free one; yield the port, the process and its log; then stop it."""
    port, log = port or free_port(), folder / "gunicorn.log"
    command = [*prefix, sys.executable, "-m", "gunicorn", "app:server"]
    with log.open("w") as file:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=BARE | {"PORT": str(port), "WEB_CONCURRENCY": "2"} | environ,
            stdout=file,
            stderr=file,
        )
    try:
        wait_for(port, process, log)
        yield port, process, log
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)  # gunicorn gives its workers thirty seconds
