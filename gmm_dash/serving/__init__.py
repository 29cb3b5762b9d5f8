"""What stands between the network and the callbacks: safety, speed and a look inside.

:func:`attach` is called once, when the page and its callbacks are complete. The modules know
the routes of a Dash application by name but import nothing of it, nor of the layers below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from werkzeug.middleware.proxy_fix import ProxyFix

from gmm_dash.memory import Memory
from gmm_dash.serving import (
    answers,
    compression,
    faults,
    guard,
    headers,
    health,
    intake,
    logs,
    metrics,
    plotly_js,
    polls,
    request_ids,
    static,
    texts,
)
from gmm_dash.serving.admission import Admission, lanes
from gmm_dash.serving.answers import Policy
from gmm_dash.serving.polls import Polled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from flask import Flask

    from gmm_dash.config import Config

__all__ = ["Admission", "Endpoints", "Policy", "Polled", "attach", "lanes"]


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Views of the server that are no callbacks, and work as hard; each kind has its lane.

    Attributes
    ----------
    files : tuple of str
        They take files.
    pieces : str
        It takes requests for pieces of long work, as JSON; it is guarded, remembered and
        counted as callbacks are.
    live : str
        It takes requests for what is shown while a slider is dragged, in the same way; it never
        lets them wait.
    guarded : tuple of str
        They take JSON, guarded as the others are, and cost next to nothing: they have no lane.
    polled : Polled, optional
        It is asked so often that most of it is answered without the rest.
    """

    files: tuple[str, ...]
    pieces: str
    live: str
    guarded: tuple[str, ...] = ()
    polled: Polled | None = None


def attach(
    server: Flask,
    config: Config,
    *,
    script_hashes: Iterable[str],
    callbacks: Mapping[str, Mapping[str, Any]],
    policy: Policy,
    endpoints: Endpoints,
    checks: Mapping[str, Callable[[], object]],
    plain: Mapping[str, str],
) -> None:
    """Add everything this package offers to the Flask application below a dashboard.

    Parameters
    ----------
    server : Flask
        Holds the routes of the dashboard under ``config.base_path``.
    config : Config
        Limits and places.
    script_hashes : iterable of str
        ``'sha256-...'`` of every inline script of the page.
    callbacks : mapping
        What each output key declares, with ``inputs`` and ``state`` as lists of ``id`` and
        ``property``; read on every request, so that it may still grow.
    policy : Policy
        How callbacks are served.
    endpoints : Endpoints
        Views of the server that are no callbacks.
    checks : mapping of str to callable
        What ``healthz`` tries, by name; each raises when its part does not work.
    plain : mapping of str to str
        Plain texts to serve, by address below the base path.
    """
    logs.configure(config.log_level)
    if config.trusted_proxies:
        count = config.trusted_proxies
        server.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            server.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
    request_ids.attach(server, config)
    base, meters = config.base_path, metrics.attach(server, config)
    kept = Memory[bytes](config.cache_bytes // 4, len, share=4)
    strict = plotly_js.bundles()
    faults.attach(server, base)
    content_policy = headers.policy(script_hashes, config.frame_ancestors, evaluates=not strict)
    headers.attach(server, content_policy)
    compression.attach(server, kept)
    static.attach(server, base, packed=strict)
    guard.attach(server, config, callbacks, (endpoints.pieces, endpoints.live, *endpoints.guarded))
    answers.attach(server, base, kept, policy, meters)
    answers.attach_pieces(server, endpoints.pieces, kept, policy, meters)
    answers.attach_live(server, endpoints.live, kept, policy, meters)
    intake.attach(server, config, endpoints.files, policy.admission)
    texts.attach(server, base, plain)
    health.attach(server, base, checks, config.health_seconds)
    if endpoints.polled:
        polls.attach(server, config, endpoints.polled, content_policy, meters)
