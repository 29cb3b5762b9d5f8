"""The ids as TypeScript: constants, and functions that make the ids of patterns."""

from __future__ import annotations

import inspect
import json
from typing import TYPE_CHECKING, Any, Final

from gmm_dash import ids

if TYPE_CHECKING:
    from collections.abc import Callable

_MARK: Final = "§{}§"


def constants() -> dict[str, str]:
    """Return every id, and every name of a plot, that needs nothing to be known."""
    return {name: v for name, v in vars(ids).items() if name.isupper() and isinstance(v, str)}


def functions() -> dict[str, Callable[..., Any]]:
    """Return the functions that make an id."""
    return {name: f for name, f in vars(ids).items() if inspect.isfunction(f)}


def pattern(function: Callable[..., Any]) -> tuple[list[str], Any]:
    """Return what an id's function wants, and an id of which these are marked."""
    wanted = list(inspect.signature(function).parameters)
    return wanted, function(*(_MARK.format(name) for name in wanted))


def arrow(function: Callable[..., Any]) -> str:
    """Return the function in TypeScript; the parts of an id are in the order of the page's."""
    wanted, made = pattern(function)
    if isinstance(made, str):
        return f"({_typed(wanted)}) => `{_filled(made, wanted)}`"
    parts = ", ".join(f"{key}: {_value(made[key], wanted)}" for key in sorted(made))
    return f"({_typed(wanted)}) => ({{ {parts} }})"


def _filled(text: str, wanted: list[str]) -> str:
    for name in wanted:
        text = text.replace(_MARK.format(name), f"${{{name}}}")
    return text


def _value(value: str, wanted: list[str]) -> str:
    whole = {_MARK.format(name): name for name in wanted}
    return whole.get(value) or json.dumps(value)


def _typed(wanted: list[str]) -> str:
    return ", ".join(f"{name}: string" for name in wanted)
