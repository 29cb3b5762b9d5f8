"""Column names that are safe to show, to put into a link and to tell apart."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_NAME = 80
# Unicode categories: control, format (direction marks), surrogate, unassigned, private.
HIDDEN = ("Cc", "Cf", "Cs", "Cn", "Co")


def clean_text(text: str, most: int = MAX_NAME) -> str:
    """Return ``text`` on one line without invisible characters, at most ``most`` long.

    Control characters, right-to-left marks, zero-width characters and lone surrogates
    go; runs of white space become one space. HTML and formulas stay as they are: they
    are names like any other, and it is for whoever shows them to escape them.
    """
    visible = (
        " " if character.isspace() else character
        for character in text[: 20 * most]
        if character.isspace() or unicodedata.category(character) not in HIDDEN
    )
    return " ".join("".join(visible).split())[:most].strip()


def clean_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return cleaned, non-empty names, no two alike: ``column_3``, ``name_2``."""
    cleaned = [clean_text(name) for name in names]
    taken = set(cleaned)
    seen: set[str] = set()
    result = []
    for position, name in enumerate(cleaned, start=1):
        unique = name or f"column_{position}"
        if unique in seen or (not name and unique in taken):
            unique = _numbered(unique, taken | seen)
        seen.add(unique)
        result.append(unique)
    return tuple(result)


def _numbered(name: str, taken: set[str]) -> str:
    number = 2
    while (candidate := f"{name[: MAX_NAME - 1 - len(str(number))]}_{number}") in taken:
        number += 1
    return candidate
