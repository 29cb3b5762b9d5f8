"""Every plot, by its name: its picture, its words and its numbers."""

from __future__ import annotations

from typing import Any


def picture(name: Any) -> dict[str, Any]:
    """Return the id of the store with one plot's newest picture; ``dash.MATCH`` matches."""
    return {"kind": "picture", "name": name}


def graph(name: Any) -> dict[str, Any]:
    """Return the id of the plot itself."""
    return {"kind": "graph", "name": name}


def caption(name: Any) -> dict[str, Any]:
    """Return the id of the sentence under one plot."""
    return {"kind": "caption", "name": name}


def described(name: Any) -> dict[str, Any]:
    """Return the id of what one plot shows, in words for those who do not see it."""
    return {"kind": "described", "name": name}


def badge(name: Any) -> dict[str, Any]:
    """Return the id of the short facts beside one plot's title."""
    return {"kind": "badge", "name": name}


def number(panel: Any, term: Any) -> dict[str, Any]:
    """Return the id of one number under one plot."""
    return {"kind": "number", "panel": panel, "term": term}
