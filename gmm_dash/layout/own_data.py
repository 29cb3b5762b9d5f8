"""The user's own data in the panel on the left: open, paste or draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids
from gmm_dash.layout.panel import Panel
from gmm_dash.layout.parts import icon


@dataclass(frozen=True, slots=True)
class UploadPlace:
    """Where files go, how large they may be in bytes, and how many days they are kept.

    ``below`` are the addresses below which a table may be opened by typing its own.
    """

    address: str
    most_bytes: int
    days: int
    below: tuple[str, ...] = ()


def build(place: UploadPlace, panel: Panel, *, available: bool) -> html.Div:
    """Return the buttons, and the line that says how a file was read.

    Parameters
    ----------
    place : UploadPlace
    panel : Panel
        Knows in which views a drawing of points is of use.
    available : bool
        Whether other data may be chosen at all: a lesson can lock them.
    """
    return html.Div(
        [
            _open_button(place),
            *_typed(place),
            html.Div(
                [
                    _small("Paste a table", ids.PASTE, "paste"),
                    panel.part(
                        "draw", _small("Draw your own points", ids.DRAW, "pen"), "table", "n"
                    ),
                ],
                className="own-buttons",
            ),
            dcc.Store(id=ids.UPLOADED),
            html.Div(id=ids.UPLOAD_STATUS, className="hint own-status", role="status"),
            html.Div(
                [
                    dmc.Button(
                        "Cancel", id=ids.UPLOAD_CANCEL, size="compact-xs", variant="default"
                    ),
                ],
                id=ids.UPLOAD_CANCEL_BOX,
                hidden=True,
            ),
            html.Button(
                "How it was read",
                id=ids.READING_OPEN,
                type="button",
                className="reading-open absent",
            ),
        ],
        className="own-data",
        hidden=not available,
    )


def _open_button(place: UploadPlace) -> html.Div:
    """Return the button that is also the place to drop a file (``parts/files/zone.ts``)."""
    kept = f"{place.days} days" if place.days > 1 else "a day"
    return html.Div(
        [
            html.Button(
                [icon("upload"), html.Span("Open a file: drop it here, or click")],
                id=ids.UPLOAD,
                className="upload",
                type="button",
                **{
                    "data-address": place.address,
                    "data-most-bytes": str(place.most_bytes),
                    "aria-describedby": ids.UPLOAD_SAYS,
                },
            ),
            html.P(
                "CSV, Excel, OpenDocument, Stata, Parquet, JSON. "
                f"Kept for {kept} after its last use; whoever has the link can see the data. "
                "A model saved here labels the data shown.",
                id=ids.UPLOAD_SAYS,
                className="hint",
            ),
        ]
    )


def _typed(place: UploadPlace) -> list[html.Div]:
    """Return the field for an address, where there is any that may be typed."""
    if not place.below:
        return []
    field = html.Div(
        [
            dmc.TextInput(
                id=ids.PLACE,
                placeholder=f"{place.below[0].rstrip('/')}/...",
                size="xs",
                **{"aria-label": "Address of a table in Parquet files"},
            ),
            dmc.Button("Open", id=ids.PLACE_OPEN, variant="default", size="xs"),
        ],
        className="own-place",
    )
    return [field]


def _small(label: str, component_id: str, icon_name: str) -> dmc.Button:
    return dmc.Button(
        label,
        id=component_id,
        leftSection=icon(icon_name),
        variant="default",
        size="xs",
        fullWidth=True,
        justify="flex-start",
    )


def paste_dialog() -> dmc.Modal:
    """Return the dialog that takes a table as text."""
    return dmc.Modal(
        [
            html.P(
                "Copy cells from a spreadsheet, or rows of numbers from anywhere, and paste "
                "them here. The first row may hold the names of the columns.",
                id=ids.PASTE_SAYS,
                className="dialog-text",
            ),
            html.Textarea(
                id=ids.PASTE_TEXT,
                className="paste-text",
                rows=12,
                spellCheck="false",
                **{
                    "aria-label": "Table as text",
                    "aria-describedby": ids.PASTE_SAYS,
                    "data-autofocus": "true",
                },
            ),
            html.Div(id=ids.PASTE_STATUS, className="dialog-status", role="status"),
            footer(
                dmc.Button("Cancel", id=ids.PASTE_CANCEL, variant="default"),
                dmc.Button("Read this table", id=ids.PASTE_READ),
            ),
        ],
        id=ids.PASTE_DIALOG,
        title="Paste a table",
        size="lg",
        opened=False,
        transitionProps={"duration": 0},
        closeButtonProps={"aria-label": "Close"},
    )


def footer(*buttons: Any) -> html.Div:
    """Return the row of buttons at the end of a dialog."""
    return html.Div(list(buttons), className="dialog-footer")
