"""The whole page, as a function of the state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids, theme
from gmm_dash.datasets import DATASETS
from gmm_dash.layout import (
    draw_pad,
    export_menu,
    lesson_drawer,
    own_data,
    reading,
    sidebar,
    start,
    teach_dialog,
)
from gmm_dash.layout.clicks import unheard
from gmm_dash.layout.controls import Controls
from gmm_dash.layout.parts import icon, tool
from gmm_dash.layout.views import VIEWS, View
from gmm_dash.lessons import lesson_step
from gmm_dash.state import PARTS, TABLE_DATA, dataset_defaults, starts

if TYPE_CHECKING:
    from gmm_dash.state import AppState

_MANTINE = {
    "primaryColor": theme.ACCENT,
    "primaryShade": {"light": 7, "dark": 7},
    "autoContrast": True,
    "fontFamily": theme.FONT,
    "fontFamilyMonospace": 'ui-monospace, "SF Mono", Menlo, Consolas, monospace',
    "respectReducedMotion": True,
    "cursorType": "pointer",
    "defaultRadius": "sm",
}


def frame(*, board: bool = False) -> dmc.MantineProvider:
    """Return what never changes: the theme, the place of the page, and of word from the server.

    With ``board`` there is a place for a class, too, which outlives the page's changes.
    """
    return dmc.MantineProvider(
        [
            dcc.Store(id=ids.BOOT, data=True),
            dcc.Store(id=ids.NAVIGATION),
            dcc.Store(id=ids.SCHEME),
            html.Div(
                dmc.Center(dmc.Loader(size="sm"), h="100vh"),
                id=ids.PAGE,
                disable_n_clicks=True,
            ),
            *([html.Div(id=ids.CLASS_BOARD, className="class-board")] if board else []),
            html.Div(id=ids.STATUS, className="status-line", role="status"),
        ],
        id=ids.PROVIDER,
        theme=_MANTINE,
    )


def build(
    state: AppState,
    problems: tuple[str, ...],
    place: own_data.UploadPlace,
    *,
    board: bool = False,
) -> list[Any]:
    """Return the page as it looks for ``state``.

    Parameters
    ----------
    state : AppState
    problems : tuple of str
        What the link said that could not be used.
    place : UploadPlace
        Where files go.
    board : bool
        Whether classes can be opened and joined here.
    """
    controls = Controls(state)
    hands = start.hands(controls) if starts(state) else None  # before the panel would have them
    views = sorted(VIEWS, key=lambda view: view.place)
    header = _header(state, controls, views, board=board)
    navbar = sidebar.build(state, controls, place)
    main = _main(state, controls, views, problems, hands)
    card = lesson_drawer.build(state)
    built = [
        *lesson_drawer.skip(card),
        html.A("Skip to the plots", href=f"#{ids.MAIN}", className="skip"),
        dcc.Store(id=ids.STATE, data=state.to_flat()),
        dcc.Store(id=ids.MOUNT),
        dcc.Store(id=ids.MOUNTED, data=[state.view.view]),
        dcc.Store(id=ids.ROUTES, data={view.name: view.keys for view in VIEWS}),  # as in callbacks
        dcc.Store(id=ids.DATASETS, data=_dataset_table()),
        *(dcc.Store(id=ids.request(view.name)) for view in views),
        controls.rest(),  # after everything that makes controls
        own_data.paste_dialog(),
        reading.dialog(),
        draw_pad.dialog(),
        dmc.AppShell(
            [
                dmc.AppShellHeader(header, className="header"),
                dmc.AppShellNavbar(
                    [_sheet_head(), dmc.ScrollArea(navbar, type="auto", scrollbarSize=6)],
                    p=0,
                    **{"aria-label": "Settings"},
                ),
                dmc.AppShellMain(main, id=ids.MAIN, className="with-lesson" if card else None),
            ],
            id=ids.SHELL,
            className=page_classes(state, asks=bool(card)) or None,
            header={"height": 56 if hands else {"base": 96, "lg": 56}},
            navbar={
                "width": 300,
                "breakpoint": "sm",
                "collapsed": {"mobile": True, "desktop": _foldable(state)},
            },
            padding={"base": "xs", "sm": "md"},
        ),
        *card,
        lesson_drawer.catalogue(),
        teach_dialog.build(state),
    ]
    return unheard(built)


def page_classes(state: AppState, *, asks: bool = False) -> str:
    """Return the classes of the whole page: a presentation, the start, what its link hides.

    With ``asks`` it opens with a lesson's question, and hides what would answer it.
    """
    hidden = [f"hides-{name}" for name in PARTS if name in state.view.hide]
    shown = ["presenting"] * bool(state.teach.present) + ["starting"] * starts(state)
    shown += ["asking"] * asks
    return " ".join(shown + hidden)


def _foldable(state: AppState) -> bool:
    """Return whether the settings make room: for a lesson, a room full of people, the start."""
    return bool(state.teach.present) or lesson_step(state) is not None or starts(state)


def _leave(state: AppState) -> list[Any]:
    """Return the way out of the presentation, and to what does not fit on its one screen."""
    if not state.teach.present:
        return []
    return [
        dmc.Button(
            "More",
            id=ids.PRESENT_MORE,
            size="xs",
            variant="default",
            **{"aria-label": "More: tables and plots below", "aria-pressed": "false"},
        ),
        dmc.Button(
            "Leave",
            id=ids.PRESENT_LEAVE,
            leftSection=icon("close"),
            size="xs",
            variant="default",
            **{"aria-label": "Leave presentation"},
        ),
    ]


def _header(state: AppState, controls: Controls, views: list[View], *, board: bool) -> html.Div:
    return html.Div(
        [
            dmc.Burger(
                id=ids.BURGER,
                opened=False,
                hiddenFrom=None if _foldable(state) else "sm",
                size="sm",
                **{"aria-label": "Show or hide the settings"},
            ),
            html.H1("Mixture explorer", className="brand"),
            html.Nav(
                controls.tabs("view", {view.name: view.title for view in views}),
                className="nav-tabs",
                **{"aria-label": "Views"},
            ),
            html.Div(
                [
                    lesson_drawer.button(),
                    *([tool("Class", ids.CLASS_OPEN, "class")] if board else []),
                    *_undo_and_redo(),
                    tool("Share", ids.SHARE, "link"),
                    export_menu.build(state),
                    dmc.ActionIcon(
                        [icon("moon"), icon("sun")],
                        id=ids.SCHEME_TOGGLE,
                        variant="default",
                        size=30,
                        **{"aria-label": "Light or dark"},
                    ),
                    *_leave(state),
                ],
                className="header-tools",
            ),
            html.Span(id=ids.SHARE_SAID, role="status", className="share-said"),
        ],
        className="header-row",
    )


def _sheet_head() -> html.Div:
    """Return what stands over the settings where they are a sheet, on a phone."""
    close = dmc.ActionIcon(
        icon("close"),
        id=ids.SHEET_CLOSE,
        variant="subtle",
        size=40,
        **{"aria-label": "Close the settings"},
    )
    return html.Div([html.H2("Settings"), close], className="sheet-head")


def _undo_and_redo() -> list[dmc.ActionIcon]:
    """Return the two icons; the browser says when there is something to go back to."""
    wanted = ((ids.UNDO, "undo", "Undo (Ctrl+Z)"), (ids.REDO, "redo", "Redo (Ctrl+Shift+Z)"))
    return [
        dmc.ActionIcon(
            icon(name),
            id=component_id,
            variant="default",
            size=30,
            disabled=True,
            **{"aria-label": words},
        )
        for component_id, name, words in wanted
    ]


def _main(
    state: AppState,
    controls: Controls,
    views: list[View],
    problems: tuple[str, ...],
    hands: html.Div | None,
) -> list[Any]:
    return [
        dmc.Alert(
            html.Ul([html.Li(problem) for problem in problems]),
            title="Some of this link could not be used",
            color="yellow",
            withCloseButton=True,
            hide=not problems,
            className="alert",
        ),
        dmc.Alert(
            id=ids.ERROR,
            title="This does not work",
            color="red",
            hide=True,
            className="alert",
        ),
        *lesson_drawer.curtain(state),
        html.Div(id=ids.DATA_NOTES, className="notes", role="status"),
        *(
            html.Section(
                _opened(view, state, controls, hands)
                if view.name == state.view.view
                else _unbuilt(view, state, controls),
                id=ids.stage(view.name),
                className="stage",
                hidden=view.name != state.view.view,
                **{"aria-label": view.title},
            )
            for view in views
        ),
    ]


def stage(view: View, state: AppState, controls: Controls | None = None) -> Any:
    """Return the empty stage of one view, ready for its callbacks to fill."""
    return unheard(view.build(state, controls or Controls(state)))


def _opened(view: View, state: AppState, controls: Controls, hands: html.Div | None) -> Any:
    """Return the open view's stage, which the start has words and handles around."""
    built = stage(view, state, controls)
    return [start.head(), built, start.foot(hands)] if hands else built


def _unbuilt(view: View, state: AppState, controls: Controls) -> list[Any]:
    """Return what stands for a view that nobody has opened: its settings, and no plots.

    A page with every plot of every view in it would take seconds to start on a phone.
    """
    probe = Controls(state)
    view.build(state, probe)
    return [controls.carrier(key) for key in sorted(probe.built - controls.built)]


_OWN_NOTICES = {
    "upload": "Your own table. Choose columns below.",
    "drawn": "Your own points. Press Draw your own points to change them.",
}


def _dataset_table() -> dict[str, Any]:
    """Return, for every data set, what the browser needs to switch to it."""
    table = {dataset.name: _entry(dataset) for dataset in DATASETS}
    for name in TABLE_DATA:
        table[name] = {
            "notice": _OWN_NOTICES[name],
            "source": "",
            "controls": {},
            "defaults": dataset_defaults(name),
        }
    return table


def _entry(dataset: Any) -> dict[str, Any]:
    return {
        "notice": dataset.notice,
        "source": dataset.source,
        "seeded": dataset.seeded,
        "oriented": dataset.oriented,
        "controls": {
            key: {
                "label": control.label,
                "low": control.low,
                "high": control.high,
                "step": control.step,
            }
            for key, control in dataset.controls.items()
        },
        "defaults": dataset_defaults(dataset.name),
    }
