"""A second result, kept in the link beside the one that is shown: its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gmm_dash.state.app_state import AppState


def pinned_of(state: AppState) -> AppState | None:
    """Return the settings of the pinned result; None where nothing is pinned.

    What the pin does not name is as in ``state``, but for names of groups: they belong to the
    result that is shown.
    """
    pairs = [item.partition(":") for item in state.view.pin]
    if not pairs:
        return None
    kept = {key: value for key, _, value in pairs}
    return state.but(**kept, pin=[], names=[])
