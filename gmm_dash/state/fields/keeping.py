"""Values of other settings, kept beside those that are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

from gmm_dash.errors import StateError
from gmm_dash.state.fields.declaring import declare, shown
from gmm_dash.state.fields.lists import join_list, split_list

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gmm_dash.state.fields.declaring import Parser


@dataclass(frozen=True, slots=True)
class Kept:
    """Values of other settings, kept beside those that are shown: a list of ``key:value``.

    Each value is what a link has for its key. ``longest`` bounds the characters of the list in a
    link.
    """

    key: str
    label: str
    help: str
    keys: tuple[str, ...]
    specs: Callable[[], Mapping[str, Parser]]
    longest: int

    def parse(self, raw: Any) -> tuple[str, ...]:
        """Return the list by key, of two for one key the first, else raise ``StateError``."""
        items = split_list(raw)
        specs = self.specs() if items else {}
        found: dict[str, str] = {}
        for item in items:
            key, colon, value = item.partition(":")
            if key not in self.keys or not colon:
                raise StateError(
                    f"{self.label}: {shown(item)} is no setting that can be kept.",
                    hint=f"Give {', '.join(self.keys)} with a value, such as k:3.",
                )
            try:
                found.setdefault(key, _text_of(specs[key].parse(value)))
            except StateError as error:
                raise StateError(f"{self.label}: {error}", hint=error.hint) from None
        kept = tuple(f"{key}:{found[key]}" for key in self.keys if key in found)
        if len(quote_plus(join_list(kept))) > self.longest:
            raise StateError(
                f"{self.label}: its settings are too long for a link.",
                hint="Choose fewer columns, or transform fewer, before it is pinned.",
            )
        return kept


def _text_of(value: Any) -> str:
    return join_list(value) if isinstance(value, tuple) else str(value)


def kept(
    key: str,
    *,
    label: str,
    keys: tuple[str, ...],
    among: Callable[[], Mapping[str, Parser]],
    longest: int,
    explain: str = "",
) -> tuple[str, ...]:
    """Declare values of other settings that are kept, none by default."""
    spec = Kept(key, label, explain, keys, among, longest)
    field: tuple[str, ...] = declare((), spec)
    return field
