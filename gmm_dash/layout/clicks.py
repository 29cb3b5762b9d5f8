"""Boxes that no click is told of.

Dash writes down each click on an element of HTML that has a name, and on each that it lies in: a
press on a slider was told of its box, its section and the page, each of which is a round through
all that is drawn. Only buttons and links are listened to.
"""

from __future__ import annotations

from typing import Final, TypeVar

from dash import html
from dash.development.base_component import Component

_Built = TypeVar("_Built")
_HEARD: Final = (html.Button, html.A)


def unheard(built: _Built) -> _Built:
    """Return what was given; Dash no longer writes down clicks on boxes within it.

    Parameters
    ----------
    built : Component, or nested lists of them
    """
    if isinstance(built, (list, tuple)):
        for part in built:
            unheard(part)
    elif isinstance(built, Component):
        inside = getattr(built, "children", None)
        holds = isinstance(inside, (list, tuple, Component))
        if holds and _is_box(built):
            built.disable_n_clicks = True
        unheard(inside)
    return built


def _is_box(component: Component) -> bool:
    own = type(component).__module__.startswith(html.__name__)
    return own and hasattr(component, "id") and not isinstance(component, _HEARD)
