"""The dialog that makes a link for a class: what to hide, what to lock, how to show it."""

from __future__ import annotations

from typing import Any, Final

import dash_mantine_components as dmc
from dash import html

from gmm_dash import ids
from gmm_dash.layout.parts import icon
from gmm_dash.state import PARTS, AppState

# Controls of the panel on the left, in its order; a link cannot hide what is not there.
OFFERED: Final = (
    *("data", "n", "dseed", "noise", "centers", "stretch", "cols", "label", "scale", "transform"),
    *(
        "k",
        "cov",
        "n_init",
        "seed",
        "init",
        "kinit",
        "tol",
        "max_iter",
        "reg",
        "show",
        "x",
        "y",
        "hard",
    ),
)


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
            dmc.ScrollArea(
                [
                    *(_row(key, fields[key].label, state) for key in OFFERED),
                    *(_row(name, label, state) for name, label in PARTS.items()),
                ],
                h=300,
                type="auto",
                offsetScrollbars=True,
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
                "Copy the link", id=ids.TEACH_COPY, leftSection=icon("link"), mt="sm", size="sm"
            ),
            html.Span(id=ids.TEACH_SAID, role="status", className="teach-said"),
        ],
        id=ids.TEACH_DIALOG,
        title="Link for a class",
        opened=False,
        size="lg",
        closeButtonProps={"aria-label": "Close"},
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
