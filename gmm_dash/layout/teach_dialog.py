"""The dialog that makes a link for a class: what to hide, what to lock, how to show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import html

from gmm_dash import ids
from gmm_dash.contract.teaching import OFFERED, PRESETS
from gmm_dash.layout.parts import icon
from gmm_dash.state import PARTS, AppState

if TYPE_CHECKING:
    from gmm_dash.state.fields import Spec


def build(state: AppState) -> dmc.Modal:
    """Return the dialog, closed."""
    fields = AppState.fields()
    return dmc.Modal(
        [
            html.P(
                "The link opens exactly what you see now. Lock what students may see but not "
                "change; hide what would only distract. Anybody who edits the link can undo this.",
                className="hint",
            ),
            dmc.Switch(
                id=ids.TEACH_PRESENT,
                label="Presentation: large text, no settings",
                checked=bool(state.teach.present),
                my="sm",
            ),
            dmc.Switch(
                id=ids.TEACH_CLEAN,
                label="Clean slate: forget what this browser has answered in lessons",
                checked=bool(state.teach.clean),
                my="sm",
            ),
            html.Div(
                [
                    dmc.Button(
                        preset.label, id=ids.teach_preset(name), size="xs", variant="default"
                    )
                    for name, preset in PRESETS.items()
                ],
                className="teach-presets",
                role="group",
                **{"aria-label": "What students may change"},
            ),
            html.Details(
                [html.Summary("Single controls"), _rows(fields, state)], className="teach-single"
            ),
            dmc.Textarea(
                id=ids.TEACH_LINK,
                label="Link for the class",
                readOnly=True,
                autosize=True,
                minRows=2,
                maxRows=4,
                mt="sm",
            ),
            dmc.Button(
                "Try it as a student",
                id=ids.TEACH_TRY,
                variant="default",
                mt="sm",
                mr="sm",
                size="sm",
            ),
            dmc.Button(
                "Copy the link", id=ids.TEACH_COPY, leftSection=icon("link"), mt="sm", size="sm"
            ),
            dmc.Button(
                "Short link and QR code",
                id=ids.TEACH_SHORT,
                variant="default",
                mt="sm",
                ml="sm",
                size="sm",
            ),
            html.Span(id=ids.TEACH_SAID, role="status", className="teach-said"),
            html.Div(id=ids.TEACH_SHORT_LINK, className="teach-short"),
        ],
        id=ids.TEACH_DIALOG,
        title="Link for a class",
        opened=False,
        size="lg",
        closeButtonProps={"aria-label": "Close"},
    )


def _rows(fields: dict[str, Spec], state: AppState) -> dmc.ScrollArea:
    return dmc.ScrollArea(
        [
            *(_row(key, fields[key].label, state) for key in OFFERED),
            *(_row(name, label, state) for name, label in PARTS.items()),
        ],
        h=300,
        type="auto",
        offsetScrollbars=True,
    )


def _row(key: str, label: str, state: AppState) -> html.Div:
    value = "hide" if key in state.view.hide else "lock" if key in state.view.lock else "show"
    names = {"show": "free", "lock": "locked", "hide": "hidden"}
    if key in PARTS:
        names = {"show": "shown", "hide": "hidden"}
    choices: list[Any] = [{"value": one, "label": said} for one, said in names.items()]
    return html.Div(
        [
            html.Span(label),
            dmc.SegmentedControl(
                id=ids.teach_key(key),
                value=value,
                data=choices,
                size="xs",
                **{"aria-label": label},
            ),
        ],
        className="teach-row",
    )
