"""A scheduler and two workers on loopback, as processes that can be killed."""

import contextlib
import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Cluster:
    """Holds the processes; ``address`` is the scheduler's."""

    def __init__(self, folder):
        self.folder = folder
        self.processes = []
        scheduler = self._start(
            "scheduler", "dask", "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"
        )
        self.address = self._address(scheduler)
        self.workers = [self.add_worker(i) for i in range(2)]

    def add_worker(self, number):
        return self._start(
            f"worker{number}", "dask", "worker", self.address, "--nthreads", "1", "--no-nanny",
            "--no-dashboard", "--local-directory", str(self.folder),
        )  # fmt: skip

    def close(self):
        for process in reversed(self.processes):
            if process.poll() is None:
                process.kill()
            process.wait()

    def _start(self, name, *command):
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        }
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=ROOT, env=environment, stdout=log, stderr=log,
            )  # fmt: skip
        process.log = self.folder / f"{name}.log"
        self.processes.append(process)
        return process

    def _address(self, scheduler):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and scheduler.poll() is None:
            found = re.search(r"tcp://127\.0\.0\.1:\d+", scheduler.log.read_text())
            if found:
                return found[0]
            time.sleep(0.1)
        raise RuntimeError(scheduler.log.read_text())


@contextlib.contextmanager
def cluster(folder):
    running = Cluster(folder)
    try:
        yield running
    finally:
        running.close()
