"""What a view needs to compute something long in short requests (``assets/chain.js``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_STORES = ("ask", "answer", "result", "final", "done")


def build(
    name: str,
    work: Iterable[str],
    label: str,
    alike: Mapping[str, Iterable[str]] | None = None,
) -> html.Div:
    """Return the progress line and the stores of the chain of view ``name``.

    Parameters
    ----------
    name : str
    work : iterable of str
        URL keys that the pieces depend on; a change of another key only draws again.
    label : str
        What a screen reader calls the bar.
    alike : mapping, optional
        Values of a key that ask for one and the same work.
    """
    return html.Div(
        [
            dcc.Store(
                id=ids.chain(name, "config"),
                data={
                    "name": name,
                    "work": list(work),
                    "alike": {key: list(values) for key, values in (alike or {}).items()},
                },
            ),
            *(dcc.Store(id=ids.chain(name, part)) for part in _STORES),
            dmc.Progress(
                id=ids.chain(name, "bar"),
                value=0,
                size="sm",
                className="chain-bar",
                **{"aria-label": label},
            ),
            html.Span(id=ids.chain(name, "text"), className="chain-text", role="status"),
            dmc.Button(
                "Start", id=ids.chain(name, "start"), size="compact-sm", style={"display": "none"}
            ),
            dmc.Button(
                "Stop",
                id=ids.chain(name, "stop"),
                size="compact-sm",
                variant="light",
                color="red",
                style={"display": "none"},
            ),
        ],
        className="chain",
    )
