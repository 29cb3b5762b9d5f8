"""``/healthz``: 200 only when the parts that matter have just been seen to work."""

from __future__ import annotations

import time
from threading import Lock
from typing import TYPE_CHECKING

from flask import Response, jsonify

from gmm_dash.serving import logs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask


class Health:
    """The state of each part; a result is reused for ``seconds``.

    Parameters
    ----------
    checks : mapping of str to callable
        What to try, by name; a part that raises is degraded.
    seconds : float
        How long a result is reused, so that asking often costs nothing.
    """

    def __init__(self, checks: Mapping[str, Callable[[], object]], seconds: float) -> None:
        self._checks, self._seconds = dict(checks), seconds
        self._until, self._degraded = float("-inf"), list[str]()
        self._lock = Lock()

    def degraded(self) -> list[str]:
        """Return the names of the parts that do not work, in order."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._degraded = [n for n, check in self._checks.items() if not _works(n, check)]
                self._until = time.monotonic() + self._seconds
            return list(self._degraded)

    def report(self) -> dict[str, object]:
        """Return the answer: ``status`` and the state of every part."""
        broken = self.degraded()
        return {
            "status": "degraded" if broken else "ok",
            "degraded": broken,
            "parts": {name: "failing" if name in broken else "ok" for name in self._checks},
        }


def _works(name: str, check: Callable[[], object]) -> bool:
    """Return whether ``check`` runs through."""
    try:
        check()
    except Exception as error:  # noqa: BLE001  (whatever it is, the part does not work)
        logs.failure("health_degraded", error, part=name)
        return False
    return True


def attach(
    server: Flask, base: str, checks: Mapping[str, Callable[[], object]], seconds: float
) -> None:
    """Serve ``healthz`` under the base path."""
    health = Health(checks, seconds)

    def healthz() -> Response:
        report = health.report()
        response = jsonify(report)
        response.status_code = 503 if report["degraded"] else 200
        response.headers["Cache-Control"] = "no-store"
        return response

    server.add_url_rule(base + "healthz", endpoint="healthz", view_func=healthz)
