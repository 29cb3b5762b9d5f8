"""A button that saves a file, which the server makes of what the page has asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from dash import Input, Output, State, dcc, no_update

from gmm_dash.callbacks.declare import answers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dash import Dash

File: TypeAlias = tuple[str, str | bytes]  # its name and its content


def save(
    app: Dash,
    download: str,
    button: str,
    asked: str,
    make: Callable[[Any], File | None],
    running: Sequence[tuple[Output, str, str]] = (),
) -> None:
    """Attach the making of a file to its button.

    Parameters
    ----------
    app : Dash
    download, button : str
        Ids of what the browser saves with, and of the button.
    asked : str
        Id of the store that holds what the file is to be of.
    make : callable
        ``make(data)`` returns the file, or None where there is nothing to save.
    running : sequence of (Output, str, str), optional
        What the page shows while it is made, and after.
    """

    @app.callback(
        Output(download, "data"),
        Input(button, "n_clicks"),
        State(asked, "data"),
        running=list(running) or None,
        prevent_initial_call=True,
    )
    @answers("private")
    def press(clicks: Any, data: Any) -> Any:
        return sent(make(data)) if clicks and data is not None else no_update


def sent(file: File | None) -> Any:
    """Return a file as the browser takes it; nothing where there is none."""
    if file is None:
        return no_update
    name, content = file
    return (dcc.send_bytes if isinstance(content, bytes) else dcc.send_string)(content, name)
