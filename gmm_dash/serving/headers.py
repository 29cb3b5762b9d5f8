"""Headers that keep other pages, and injected scripts, away from this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Flask, Response

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # a link holds the key of a table
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def policy(script_hashes: Iterable[str], frame_ancestors: str, *, evaluates: bool) -> str:
    """Return the Content-Security-Policy of the page.

    Styles need ``'unsafe-inline'``: plots and components set them on elements. Pictures
    come from ``data:`` and ``blob:`` when a plot is exported.
    """
    scripts = ["'self'", *script_hashes, *(["'unsafe-eval'"] if evaluates else [])]
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(scripts),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": frame_ancestors,
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def attach(server: Flask, content_policy: str) -> None:
    """Send the headers with every answer; the page itself is always asked for again."""

    def add(response: Response) -> Response:
        response.headers.update(ALWAYS)
        response.headers["Content-Security-Policy"] = content_policy
        if response.mimetype == "text/html":
            response.headers.setdefault("Cache-Control", "no-cache")
        return response

    server.after_request(add)
