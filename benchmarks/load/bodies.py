"""What a page sends: request bodies made from the dashboard's own declarations.

A browser test compares them with what Chromium sends, so they cannot grow old.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from gmm_dash.contract import addresses

if TYPE_CHECKING:
    from gmm_dash.state import AppState

UPDATE = "/_dash-update-component"
PIECES = f"/{addresses.PIECES}/select"


class Bodies:
    """The requests of every view that is filled in one go.

    Parameters
    ----------
    callbacks : mapping
        ``app.callback_map``.
    routes : mapping of str to list of str
        The settings that the picture of each view depends on.
    """

    def __init__(self, callbacks: dict[str, Any], routes: dict[str, list[str]]) -> None:
        self._routes: dict[str, list[tuple[str, list[str]]]] = {}
        for output, declared in callbacks.items():
            inputs = [entry["id"] for entry in declared["inputs"]]
            view = inputs[0].removeprefix("request-") if len(inputs) == 1 else ""
            if view in routes and not declared.get("state") and "@" not in output:
                self._routes.setdefault(view, []).append((output, routes[view]))

    @property
    def views(self) -> tuple[str, ...]:
        """The views that are filled by requests for nothing but their settings."""
        return tuple(self._routes)

    def of(self, view: str, flat: dict[str, Any], scheme: str = "light") -> list[dict[str, Any]]:
        """Return the bodies that ask for all of ``view`` with the settings ``flat``."""
        store = f"request-{view}"
        return [
            {
                "output": output,
                "outputs": _outputs(output),
                "inputs": [
                    {
                        "id": store,
                        "property": "data",
                        "value": {"scheme": scheme} | {key: flat[key] for key in keys},
                    }
                ],
                "changedPropIds": [f"{store}.data"],
                "parsedChangedPropsIds": [f"{store}.data"],
            }
            for output, keys in self._routes[view]
        ]


def piece(state: AppState, number: int) -> dict[str, Any]:
    """Return the body that asks, at ``PIECES``, for one piece of the comparison of models."""
    return {"work": state.to_flat(), "piece": number, "go": True}


def _outputs(output: str) -> Any:
    """Return the outputs that the key of a callback names."""
    several = output.startswith("..")
    found = [_output(name) for name in (output[2:-2].split("...") if several else [output])]
    return found if several else found[0]


def _output(name: str) -> dict[str, Any]:
    component, _, prop = name.rpartition(".")
    return {"id": json.loads(component) if component[0] == "{" else component, "property": prop}
