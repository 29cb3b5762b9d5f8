"""What a view needs to compute something long in short requests (``parts/chain/chain.ts``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_START = {"begin": "Start", "resume": "Continue", "retry": "Try again"}
_STORES = ("result", "final", "gone", "kept")


def build(
    name: str,
    work: Iterable[str],
    label: str,
    alike: Mapping[str, Iterable[str]] | None = None,
    view: str = "",
) -> html.Div:
    """Return the progress line and the stores of the chain ``name``.

    ``parts/chain/frame.ts`` moves the bar and says how far it is without Dash: many times a second,
    while the plots need the browser's time.

    Parameters
    ----------
    name : str
    work : iterable of str
        URL keys that the pieces depend on; a change of another key only draws again.
    label : str
        What a screen reader calls the bar.
    alike : mapping, optional
        Values of a key that ask for one and the same work.
    view : str
        Where it is, when that is not the view of its name; while another is open, it rests.
    """
    return html.Div(
        [
            dcc.Store(
                id=ids.chain(name, "config"),
                data={
                    "name": name,
                    "view": view or name,
                    "work": list(work),
                    "alike": {key: list(values) for key, values in (alike or {}).items()},
                },
            ),
            *(dcc.Store(id=ids.chain(name, part)) for part in _STORES),
            html.Div(
                html.Div(className="chain-fill"),
                className="chain-bar",
                role="progressbar",
                **{"aria-label": label, "aria-valuenow": "0"},
            ),
            html.Span(id=ids.chain(name, "text"), className="chain-text", role="status"),
            dmc.Button(
                [html.Span(words, className=f"chain-{word}") for word, words in _START.items()],
                id=ids.chain(name, "start"),
                className="chain-start",
                size="compact-sm",
            ),
            dmc.Button(
                "Stop",
                id=ids.chain(name, "stop"),
                className="chain-stop",
                size="compact-sm",
                variant="light",
                color="red",
            ),
        ],
        id=ids.chain(name, "frame"),
        className="chain",
    )
