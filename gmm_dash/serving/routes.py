"""The routes of a Dash application, by the endpoint names Flask knows them under."""

from __future__ import annotations

from gmm_dash.contract import addresses

UPDATE = "_dash-update-component"
SUITES = "_dash-component-suites/<string:package_name>/<path:fingerprinted_path>"
ANY_PAGE = "<path:path>"
PIECES_PREFIX = f"{addresses.PIECES}/"  # of long work; this one is ours
LIVE_PREFIX = f"{addresses.LIVE}/"  # while a slider is dragged; ours, too
CLASS_PREFIX = f"{addresses.CLASS}/"  # the class board
ICON = "favicon.ico"
STATIC_PREFIXES = ("_dash-component-suites/", "assets/", "_favicon.ico", ICON)


_KINDS = {
    PIECES_PREFIX: "piece",
    LIVE_PREFIX: "live",
    CLASS_PREFIX: "class",
    **dict.fromkeys(STATIC_PREFIXES, "static"),
}


def kind(base: str, path: str) -> str:
    """Return what ``path`` asks for: callback, piece, live, class, static, health or page."""
    inner = path.removeprefix(base)
    if inner == UPDATE:
        return "callback"
    if inner in {"healthz", "metrics"}:
        return "health"
    return next((said for prefix, said in _KINDS.items() if inner.startswith(prefix)), "page")
