"""Names of groups that are too long for a link: kept under a key, which the link has instead.

What is kept is a list of names that could be read, as a link would have it, and nothing else of
what somebody sent. Its key follows from it and the server's secret, and it expires as tables do.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gmm_dash.errors import LinkGoneError, StateError
from gmm_dash.files.shelf import Kind
from gmm_dash.files.store import Store
from gmm_dash.state.app_state import AppState
from gmm_dash.state.fields import REFERENCE, Called, is_reference, join_list
from gmm_dash.state.short_links import LETTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY: Final = "names"
GONE: Final = (
    "The names of groups that this link refers to have expired, or were never stored here: groups "
    "are shown by their numbers. Name them again in Groups."
)
AWAY: Final = (
    "The stored names of groups cannot be reached right now: groups are shown by their numbers. "
    "Open the link again in a moment."
)
_LONGEST: Final = 20_000  # characters of a stored list: all numbers, all letters, escaped


class StoredNames(Store):
    """Lists of names in a folder of the store."""

    kind = Kind(".names", b"gmm-dash names of groups 1\0", "names", LETTERS)

    def setting(self, names: Mapping[int, str]) -> tuple[str, ...]:
        """Return what a link has for some names, by number from 1: the list, or its key.

        Raises
        ------
        StateError
            When one of them is no usable name.
        OSError
            When a list that is too long for a link cannot be stored.
        """
        own = _spec()
        items = [f"{number}:{name}" for number, name in names.items() if name]
        found = replace(own, longest=_LONGEST).parse(items)
        try:
            return own.parse(found)
        except StateError:  # each is usable: together they are too long
            return (f"{REFERENCE}{self._shelf.put(join_list(found).encode())}",)

    def get(self, reference: str) -> tuple[str, ...]:
        """Return the list that a setting refers to, and keep it alive.

        Raises
        ------
        LinkGoneError
            When there is none, it has expired, or was damaged.
        OSError
            When the store is out of reach.
        """
        key = reference.removeprefix(REFERENCE)
        try:
            text = self._shelf.read(key).decode()
        except (FileNotFoundError, ValueError):
            raise LinkGoneError("These names are gone.") from None
        self._shelf.touch(key)
        return replace(_spec(), longest=_LONGEST).parse(text)

    def touch(self, reference: str) -> None:
        """Start the time to live of a list anew; one that is gone stays gone."""
        self._shelf.touch(reference.removeprefix(REFERENCE))


def names_of(state: AppState, stored: StoredNames | None) -> tuple[dict[int, str], str]:
    """Return what groups are called, by their lowest component from 1, and what is wrong with it.

    Names that cannot be had are none, and a sentence says why.
    """
    items = state.view.called
    if is_reference(items):
        try:
            items = stored.get(items[0]) if stored else ()
        except LinkGoneError:
            return {}, GONE
        except OSError:
            return {}, AWAY
        if stored is None:
            return {}, GONE
    pairs = (item.partition(":") for item in items)
    return {int(number): name for number, _, name in pairs}, ""


def _spec() -> Called:
    spec = AppState.fields()[KEY]
    assert isinstance(spec, Called)
    return spec
