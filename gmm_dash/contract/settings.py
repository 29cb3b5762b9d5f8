"""Every setting as the browser needs to know it: group, default, bounds and choices."""

from __future__ import annotations

from typing import Any, Final

from gmm_dash.contract.keys import GROUPS
from gmm_dash.state import AppState
from gmm_dash.state.fields import (
    Called,
    Choice,
    Flags,
    Frame,
    Kept,
    Names,
    Number,
    Numbers,
    Spec,
    Text,
    Treatments,
)

_OF_KEYS: Final = frozenset({"hide", "lock"})  # their options are the settings themselves


def settings() -> dict[str, dict[str, Any]]:
    """Return ``{url key: {"group", "default", ...}}`` in the order of a link."""
    plain, specs = AppState().to_flat(), AppState.fields()
    return {
        key: {"group": group, "default": plain[key]} | _bounds(specs[key])
        for group, keys in GROUPS.items()
        for key in keys
    }


def _bounds(spec: Spec) -> dict[str, Any]:  # noqa: PLR0911  (one for each kind)
    match spec:
        case Choice() | Flags():
            return {} if spec.key in _OF_KEYS else {"options": list(spec.options())}
        case Number():
            return {"low": spec.low, "high": spec.high}
        case Frame():
            return {"low": 0, "high": spec.high}
        case Treatments():
            return {"options": list(spec.options), "longest": spec.longest}
        case Called():
            return {"letters": spec.letters, "longest": spec.longest}
        case Kept() | Names() | Text():
            return {"longest": spec.longest}
        case Numbers():
            return {"most": spec.most, "largest": spec.largest}
