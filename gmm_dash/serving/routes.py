"""The routes of a Dash application, by the endpoint names Flask knows them under."""

from __future__ import annotations

from gmm_dash.contract import addresses

UPDATE = "_dash-update-component"
SUITES = "_dash-component-suites/<string:package_name>/<path:fingerprinted_path>"
ANY_PAGE = "<path:path>"
PIECES_PREFIX = f"{addresses.PIECES}/"  # of long work; this one is ours
LIVE_PREFIX = f"{addresses.LIVE}/"  # while a slider is dragged; ours, too
STATIC_PREFIXES = ("_dash-component-suites/", "assets/", "_favicon.ico")


def kind(base: str, path: str) -> str:
    """Return what ``path`` asks for: callback, piece, live, static, health or page."""
    inner = path.removeprefix(base)
    if inner == UPDATE:
        return "callback"
    if inner.startswith(PIECES_PREFIX):
        return "piece"
    if inner.startswith(LIVE_PREFIX):
        return "live"
    if inner.startswith(STATIC_PREFIXES):
        return "static"
    if inner in {"healthz", "metrics"}:
        return "health"
    return "page"
