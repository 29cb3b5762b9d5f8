"""Settings that are one, or some, of a closed set of names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gmm_dash.errors import StateError
from gmm_dash.state.fields.declaring import declare, shown
from gmm_dash.state.fields.lists import split_list

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a closed set of names."""

    key: str
    label: str
    help: str
    options: Callable[[], tuple[str, ...]]

    def parse(self, raw: Any) -> str:
        """Return ``raw`` if it is an option, else raise ``StateError``."""
        if not isinstance(raw, str) or raw not in self.options():
            raise StateError(
                f"{self.label}: {shown(raw)} is not a choice.",
                hint=f"Choose one of {', '.join(self.options())}.",
            )
        return str(raw)


@dataclass(frozen=True, slots=True)
class Flags:
    """Any number of names out of a closed set, in the set's order."""

    key: str
    label: str
    help: str
    options: Callable[[], tuple[str, ...]]

    def parse(self, raw: Any) -> tuple[str, ...]:
        """Return the chosen names in declared order, else raise ``StateError``."""
        chosen = set(split_list(raw))
        if not chosen:
            return ()
        if unknown := sorted(chosen - set(self.options())):
            raise StateError(
                f"{self.label}: {shown(unknown[0])} is not a choice.",
                hint=f"Choose among {', '.join(self.options())}.",
            )
        return tuple(name for name in self.options() if name in chosen)


def choice(
    key: str, default: str, *, label: str, options: Callable[[], tuple[str, ...]], explain: str = ""
) -> str:
    """Declare a setting that is one of a closed set of names."""
    field: str = declare(default, Choice(key, label, explain, options))
    return field


def flags(
    key: str,
    default: tuple[str, ...],
    *,
    label: str,
    options: Callable[[], tuple[str, ...]],
    explain: str = "",
) -> tuple[str, ...]:
    """Declare a setting that is a subset of a closed set of names."""
    field: tuple[str, ...] = declare(default, Flags(key, label, explain, options))
    return field
