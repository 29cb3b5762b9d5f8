"""Which parts of the panel on the left have to do with which view.

A part that does not concern the open view is there, but out of sight: its controls keep their
values, so that links stay whole and other views find everything as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import dcc, html

from gmm_dash import ids
from gmm_dash.contract.teaching import OFFERED
from gmm_dash.layout.views import VIEWS

if TYPE_CHECKING:
    from gmm_dash.layout.controls import Controls
    from gmm_dash.state import AppState


class Panel:
    """Puts parts of the panel into sight or out of it, as the open view asks.

    Parameters
    ----------
    state : AppState
    controls : Controls
        Makes the controls.
    """

    def __init__(self, state: AppState, controls: Controls) -> None:
        self._open, self.controls = state.view.view, controls
        self._parts: list[dict[str, Any]] = []

    def control(self, key: str, kind: str, *arguments: Any, **options: Any) -> Any:
        """Return the control of one setting, of a kind that ``Controls`` has.

        The page has one control for each: nothing, where it stands elsewhere already.
        """
        if key in self.controls.built:
            return html.Div(hidden=True)
        made = getattr(self.controls, kind)(key, *arguments, **options)
        return self.keep(made, key)

    def part(self, name: str, content: Any, *keys: str, class_name: str = "") -> Any:
        """Return something that is in sight where all of ``keys`` concern the view."""
        return self.keep(_box(name, content, class_name), *keys)

    def group(self, name: str, content: Any, *keys: str, class_name: str = "") -> Any:
        """Return something that is in sight where any of ``keys`` concerns the view.

        A group of which the link hides all that it can hide is not there.
        """
        offered = [key for key in keys if key in OFFERED]
        empty = offered and all(self.controls.is_hidden(key) for key in offered)
        views = [view.name for view in VIEWS if not view.concerns.isdisjoint(keys)]
        return self._keep(_box(name, content, class_name), [] if empty else views)

    def keep(self, box: Any, *keys: str) -> Any:
        """Return an element with an id, in sight where all of ``keys`` concern the view."""
        return self._keep(box, [view.name for view in VIEWS if view.concerns.issuperset(keys)])

    def store(self) -> dcc.Store:
        """Return what the browser needs to do the same when another view is opened."""
        return dcc.Store(id=ids.ASIDE, data=self._parts)

    def _keep(self, box: Any, views: list[str]) -> Any:
        box.hidden = self._open not in views
        self._parts.append({"id": box.id, "views": views})
        return box


def _box(name: str, content: Any, class_name: str) -> html.Div:
    return html.Div(content, id=ids.section(name), className=class_name or None)
