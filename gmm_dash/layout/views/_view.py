"""What a view is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from gmm_dash.layout.controls import Controls
from gmm_dash.registry import Registry
from gmm_dash.state import AppState

Build: TypeAlias = Callable[[AppState, Controls], Any]


@dataclass(frozen=True, slots=True)
class View:
    """One page of the program.

    Attributes
    ----------
    name, title : str
        URL value, and what the tab says.
    hint : str
        One sentence for the tab's tooltip.
    keys : tuple of str
        URL keys its picture depends on; a change of any other asks the server nothing.
    build : callable
        ``build(state, controls) -> component``; the empty stage, to be filled by the
        callbacks. ``controls`` makes the controls of the view's own settings.
    script : str
        What its exported script does, in a few words.
    place : int
        Position among the tabs.
    own_keys : tuple of str
        URL keys that change its picture in the browser alone.
    """

    name: str
    title: str
    hint: str
    keys: tuple[str, ...]
    build: Build
    script: str
    place: int
    own_keys: tuple[str, ...] = ()

    @property
    def concerns(self) -> frozenset[str]:
        """The settings that have to do with this view."""
        return frozenset((*self.keys, *self.own_keys))


VIEWS: Registry[View] = Registry("view", "gmm_dash.layout.views")
