"""Lists as a link has them."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from gmm_dash.errors import StateError
from gmm_dash.state.fields.declaring import shown


def split_list(raw: Any) -> list[str]:
    """Return the items of a list from the browser, or of its comma-separated URL form."""
    if raw is None or raw == "":
        return []
    if isinstance(raw, str):
        return [unquote(item) for item in raw.split(",") if item]
    if isinstance(raw, list | tuple) and all(isinstance(item, str) for item in raw):
        return [item for item in raw if item]
    raise StateError(f"{shown(raw)} is not a list of names.")


def join_list(items: tuple[str, ...]) -> str:
    """Return the URL form of a list; commas inside a name are escaped."""
    return ",".join(item.replace("%", "%25").replace(",", "%2C") for item in items)
