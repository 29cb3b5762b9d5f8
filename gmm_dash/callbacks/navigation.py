"""From a link to a page: at the start, on "Back", and on links inside the page."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State, no_update

from gmm_dash import ids
from gmm_dash.callbacks.asked import read
from gmm_dash.callbacks.declare import answers
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.callbacks.short_links import spent
from gmm_dash.config import DAY, Config, addresses_in
from gmm_dash.contract.addresses import TABLES
from gmm_dash.errors import UnknownNameError
from gmm_dash.layout import page
from gmm_dash.layout.own_data import UploadPlace
from gmm_dash.layout.views import VIEWS
from gmm_dash.lessons import open_link
from gmm_dash.state import StoredNames, names_of


def register(app: Dash, config: Config, opening: str, names: StoredNames) -> None:
    """Attach the callbacks of this module.

    Parameters
    ----------
    app : Dash
    config : Config
    opening : str
        The query that an address without one stands for.
    names : StoredNames
        A link may refer to some.
    """
    days = max(1, config.store_ttl_seconds // DAY)
    upload_place = UploadPlace(
        f"{config.base_path}{TABLES}", config.upload_bytes, days, addresses_in(config.sources)
    )

    app.clientside_callback(
        calls("address", "boot"),
        Output(ids.NAVIGATION, "data"),
        Output(ids.SCHEME, "data"),
        Input(ids.BOOT, "data"),
    )
    app.clientside_callback(
        calls("shell", "toggleScheme"),
        Output(ids.SCHEME, "data", allow_duplicate=True),
        Input(ids.SCHEME_TOGGLE, "n_clicks"),
        State(ids.SCHEME, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("shell", "painted"),
        Output(ids.PROVIDER, "forceColorScheme"),
        Input(ids.SCHEME, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("shell", "burger"),
        Output(ids.SHELL, "navbar"),
        Input(ids.BURGER, "opened"),
        State(ids.SHELL, "navbar"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("shell", "share"),
        Input(ids.SHARE, "n_clicks"),
        prevent_initial_call=True,
    )

    _register_mount(app)

    @app.callback(
        Output(ids.PAGE, "children"),
        Input(ids.NAVIGATION, "data"),
        prevent_initial_call=True,
    )
    @answers("private")
    def open_page(place: Any) -> list[Any]:
        search = place.get("search") if isinstance(place, dict) else ""
        wanted = search if isinstance(search, str) and len(search) > 1 else opening
        state, problems = open_link(wanted)
        if nameless := names_of(state, names)[1]:
            state, problems = state.but(names=[]), (*problems, nameless)
        return page.build(
            state, (*spent(wanted), *problems), upload_place, board=bool(config.class_password)
        )


def _register_mount(app: Dash) -> None:
    """Attach the callback that builds a view when it is first opened."""
    names = VIEWS.names()

    @app.callback(
        *(Output(ids.stage(name), "children") for name in names),
        Output(ids.MOUNTED, "data"),
        Input(ids.MOUNT, "data"),
        State(ids.STATE, "data"),
        State(ids.MOUNTED, "data"),
        prevent_initial_call=True,
    )
    @answers("shared")
    def mount(wanted: Any, flat: Any, mounted: Any) -> list[Any]:
        state, _ = read(flat)
        if wanted not in names or not isinstance(mounted, list):
            raise UnknownNameError("There is no such view.", hint="Reload the page.")
        built = page.stage(VIEWS[wanted], state)
        return [*(built if name == wanted else no_update for name in names), [*mounted, wanted]]
