"""Names a function of the browser's half, so that a name it does not have fails at the start."""

from __future__ import annotations

from dash import ClientsideFunction

from gmm_dash.contract.functions import FUNCTIONS


def calls(namespace: str, name: str) -> ClientsideFunction:
    """Return what Dash calls in the browser.

    Raises
    ------
    LookupError
        When the contract knows no such function.
    """
    if name not in FUNCTIONS[namespace]:
        message = f"the browser's half has no {namespace}.{name}"
        raise LookupError(message)
    return ClientsideFunction(namespace, name)
