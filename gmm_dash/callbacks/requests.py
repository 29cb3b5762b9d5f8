"""Reading what the browser asks for; nothing in it is believed."""

from __future__ import annotations

from typing import Any

from gmm_dash.errors import StateError
from gmm_dash.state import AppState


def read(request: Any) -> tuple[AppState, str]:
    """Return the state and the colour scheme of a request.

    Raises
    ------
    StateError
        When it is no request, or a setting in it is out of bounds.
    """
    if not isinstance(request, dict):
        raise StateError("The page sent a request that cannot be read.", hint="Reload the page.")
    scheme = "dark" if request.get("scheme") == "dark" else "light"
    known = AppState.fields()
    return AppState.from_flat({k: v for k, v in request.items() if k in known}), scheme


def frame_of(state: AppState) -> str:
    """Return a text that changes when the axes show something else: the zoom is kept until then."""
    data, view = state.data, state.view
    return "|".join((data.dataset, data.table, data.scale, *data.cols, view.x, view.y))
