"""Lists as a link has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from gmm_dash.errors import StateError
from gmm_dash.state.fields.declaring import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

REFERENCE: Final = "@"  # before the key of a list that is stored, where a link has not its items
_REFERENCE: Final = re.compile(f"{REFERENCE}[A-Za-z0-9_-]{{16}}")


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


def is_reference(items: Sequence[str]) -> bool:
    """Return whether a list stands for one that is stored."""
    return len(items) == 1 and _REFERENCE.fullmatch(items[0]) is not None
