"""What a sentence calls a group: its number, and beside it the name that a person gave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def titles(called: Iterable[str], names: tuple[str, ...]) -> tuple[str, ...]:
    """Return what groups are called, and after that their names where they have some."""
    if not names:
        return tuple(called)
    return tuple(f"{number} {name}".strip() for number, name in zip(called, names, strict=True))


def spoken(called: Iterable[str], names: tuple[str, ...]) -> tuple[str, ...]:
    """Return what sentences call groups, such as ``2 “heavy, slow”``.

    The name is quoted: it may hold commas and numbers of its own.

    Parameters
    ----------
    called : iterable of str, length k
        Their numbers.
    names : tuple of str, length k or 0
        What a person calls each, empty where they call it nothing; or no names at all.
    """
    numbers = tuple(called)
    both = zip(numbers, names or ("",) * len(numbers), strict=True)
    return tuple(f"{number} “{name}”" if name else number for number, name in both)
