"""How a setting is declared as a field, read from its variable, checked, and told in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gmm_dash.errors import GmmDashError

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import Field

PREFIX = "GMM_DASH_"
_SWITCH = {
    **dict.fromkeys(("1", "true", "yes", "on"), True),
    **dict.fromkeys(("0", "false", "no", "off"), False),
}


class ConfigError(GmmDashError):
    """An environment variable holds a value the dashboard cannot work with."""


def number(low: float, high: float, says: str) -> dict[str, Any]:
    """Return the declaration of a number from ``low`` to ``high``, both allowed."""
    return {"low": low, "high": high, "help": says}


def text(pattern: str, wanted: str, says: str) -> dict[str, Any]:
    """Return the declaration of a text that matches ``pattern``, described by ``wanted``."""
    return {"pattern": pattern, "wanted": wanted, "help": says}


def variable(name: str) -> str:
    """Return the environment variable of the field ``name``."""
    return PREFIX + name.upper()


def parse(declared: Field[Any], text: str) -> Any:
    """Return ``text`` as a value of the field's type."""
    if declared.name == "base_path":
        return "/" + f"{text.strip('/')}/".lstrip("/")
    if declared.type == "str":
        return text
    read: dict[str, Callable[[str], Any]] = {
        "int": int,
        "float": float,
        "bool": lambda word: _SWITCH[word.lower()],
    }
    try:
        return read[str(declared.type)](text)
    except (ValueError, KeyError):
        raise _refusal(declared, text) from None


def check(declared: Field[Any], value: Any) -> None:
    """Raise ``ConfigError`` unless ``value`` is what the field declares."""
    says = declared.metadata
    if "pattern" in says:
        good = isinstance(value, str) and re.fullmatch(says["pattern"], value) is not None
    elif "low" in says:
        good = isinstance(value, int | float) and says["low"] <= value <= says["high"]
    else:
        good = isinstance(value, bool)
    if not good:
        raise _refusal(declared, value)


def _refusal(declared: Field[Any], value: object) -> ConfigError:
    """Return the error for a bad value; a secret is never repeated."""
    shown = f"is {value!r}" if declared.repr else "cannot be used"
    return ConfigError(
        f"{variable(declared.name)} {shown}.", hint=f"It must be {wanted(declared)}."
    )


def wanted(declared: Field[Any]) -> str:
    """Return in words what values the field takes."""
    says = declared.metadata
    if "wanted" in says:
        return str(says["wanted"])
    if "low" in says:
        kind = "a whole number" if declared.type == "int" else "a number"
        return f"{kind} from {says['low']} to {says['high']}"
    return "on or off"
