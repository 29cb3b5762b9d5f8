"""Counters for Prometheus at ``/metrics``, when switched on; they never hold data.

Under gunicorn each worker writes to a file in ``PROMETHEUS_MULTIPROC_DIR``, which
gunicorn.conf.py sets, and any worker adds them all up.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Protocol

from flask import Response, g, request

from gmm_dash.serving import routes

if TYPE_CHECKING:
    from flask import Flask
    from prometheus_client import CollectorRegistry

    from gmm_dash.config import Config

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Meters(Protocol):
    """What the rest of this package counts."""

    def cache(self, outcome: str) -> None:
        """Count a callback answered from memory (``hit``) or computed (``miss``)."""
        ...

    def request(self, route: str, status: int, seconds: float, *, later: bool) -> None:
        """Count one request; ``later`` are those that were told when to come again."""
        ...


class _Silent:
    """Counts nothing."""

    def cache(self, outcome: str) -> None:
        """Do nothing."""

    def request(self, route: str, status: int, seconds: float, *, later: bool) -> None:
        """Do nothing."""


class _Prometheus:
    """Counts requests, their time and what the memory of answers saved."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram  # noqa: PLC0415

        self.registry = CollectorRegistry()
        self._cache = Counter(
            "gmm_dash_answers", "Cacheable callbacks", ["outcome"], registry=self.registry
        )
        self._later = Counter(
            "gmm_dash_told_to_wait", "Requests told to come again", registry=self.registry
        )
        self._seconds = Histogram(
            "gmm_dash_request_seconds",
            "Time per request",
            ["route", "status"],
            registry=self.registry,
            buckets=_SECONDS,
        )

    def cache(self, outcome: str) -> None:
        """Count one cacheable callback."""
        self._cache.labels(outcome).inc()

    def request(self, route: str, status: int, seconds: float, *, later: bool) -> None:
        """Count one request; ``later`` are those that were told when to come again."""
        if later:
            self._later.inc()
        self._seconds.labels(route, f"{status // 100}xx").observe(seconds)


def attach(server: Flask, config: Config) -> Meters:
    """Serve ``metrics`` under the base path when asked for, and return what counts."""
    if not config.metrics:
        return _Silent()
    meters = _Prometheus()

    def start() -> None:
        g.started = time.perf_counter()

    def stop(response: Response) -> Response:
        spent = time.perf_counter() - g.get("started", time.perf_counter())
        route = routes.kind(config.base_path, request.path)
        later = response.status_code == 503 and "Retry-After" in response.headers
        meters.request(route, response.status_code, spent, later=later)
        return response

    server.before_request(start)
    server.after_request(stop)
    server.add_url_rule(
        config.base_path + "metrics", endpoint="metrics", view_func=lambda: _page(meters.registry)
    )
    return meters


def _page(registry: CollectorRegistry) -> Response:
    """Return the counters as text: of all workers when they share a folder."""
    from prometheus_client import (  # noqa: PLC0415
        CONTENT_TYPE_LATEST,
        CollectorRegistry,
        generate_latest,
        multiprocess,
    )

    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
