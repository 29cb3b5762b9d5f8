"""Joins the layers. No other module may import both the layout and the callbacks."""

from __future__ import annotations

import inspect
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import pandas as pd
from dash import Dash

from gmm_dash import callbacks, serving
from gmm_dash.callbacks import boundary, classroom, live, naming, pieces, short_links, upload
from gmm_dash.callbacks.asked import stored_keys
from gmm_dash.callbacks.declare import Declared
from gmm_dash.config import Config, addresses_in
from gmm_dash.contract import addresses
from gmm_dash.engine import fit_gmm, plain
from gmm_dash.files.secret import Secret
from gmm_dash.images.store import ImageStore
from gmm_dash.layout import page
from gmm_dash.pipeline import Pipeline
from gmm_dash.pipeline.carried import CarriedStore
from gmm_dash.pipeline.parted.reached import ReachedStore
from gmm_dash.rooms import Rooms
from gmm_dash.state import START, ShortLinks, StoredNames
from gmm_dash.tables import TableStore, describe_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gmm_dash.files.store import Store

S = TypeVar("S", bound="Store")
_PACKAGE: Final = Path(__file__).parent
_IMAGES_SHARE: Final = 10  # images may take a tenth of what the tables may
_LINKS_SHARE: Final = 200
_REACHED_SHARE: Final = 20
_SCRIPT: Final = '<script src="[^"]*/{}[^"]*"></script>'
_POLYFILLS: Final = re.compile(_SCRIPT.format("deps/polyfill@"))
_UNUSED: Final = re.compile(_SCRIPT.format("dash_table/"))  # Dash's own table; ours is another
_INDEX: Final = """<!DOCTYPE html>
<html lang="en">
<head>
{%metas%}
<title>{%title%}</title>
<script src="SCHEME"></script>
{%favicon%}
{%css%}
</head>
<body>
{%app_entry%}
<noscript>This page needs JavaScript.</noscript>
<footer>{%config%}{%scripts%}{%renderer%}</footer>
</body>
</html>
"""


def create_app(config: Config | None = None, *, opening: str = START) -> Dash:
    """Return a new app. Nothing is shared between two apps made in one process.

    Parameters
    ----------
    config : Config, optional
        Places and limits; from the environment when left out.
    opening : str
        The query that an address without one stands for, such as ``"?data=moons"``.
    """
    config = config or Config.from_env()
    return assemble(config, open_store(config), opening=opening)


def open_store(config: Config) -> TableStore:
    """Return the store of users' tables of this deployment.

    Raises
    ------
    ConfigError
        When what is stored there was signed with another secret, or one that is lost.
    """
    return _opened(TableStore, config, cache_bytes=config.cache_bytes // 4)


def open_images(config: Config) -> ImageStore:
    """Return the store of users' images, in a folder of its own beside the tables."""
    return _opened(ImageStore, config, _IMAGES_SHARE)


def open_rooms(config: Config) -> Rooms:
    """Return the classes of this deployment, beside the tables."""
    secret = Secret(config.store, config.secret)
    return Rooms(config.store, secret.value, config.class_size, before_writing=secret.keep)


def open_links(config: Config) -> ShortLinks:
    """Return the short links of this deployment, beside the tables."""
    return _opened(ShortLinks, config, _LINKS_SHARE)


def _opened(store: type[S], config: Config, share: int = 1, **more: Any) -> S:
    """Return a store of this deployment, with a share of the room that there is for files."""
    secret = Secret(config.store, config.secret)
    return store(
        config.store,
        secret.value,
        config.store_quota_bytes // share,
        config.store_ttl_seconds,
        before_writing=secret.keep,
        **more,
    )


def open_names(config: Config) -> StoredNames:
    """Return the long names of groups of this deployment, beside the tables."""
    return _opened(StoredNames, config, _LINKS_SHARE)


def open_carried(config: Config) -> CarriedStore:
    """Return how far mixtures of a sample are on all rows, beside the tables."""
    return _opened(CarriedStore, config, _REACHED_SHARE)


def open_pipeline(config: Config, store: TableStore) -> Pipeline:
    """Return what computes, with nothing around it: for commands that serve no page."""
    return Pipeline(config, store, open_images(config), open_names(config), open_carried(config))


def open_reached(config: Config) -> ReachedStore:
    """Return the fits to all rows of tables in many files, beside the tables."""
    return _opened(ReachedStore, config, _REACHED_SHARE)


def assemble(
    config: Config, store: TableStore, *, opening: str = START, places: Sequence[str] = ()
) -> Dash:
    """Return a new app on a given store; it may read the tables at ``places``, too."""
    app = Dash(
        "gmm_dash",
        title="Mixture explorer",
        update_title="",
        assets_folder=str(_PACKAGE / "assets"),
        assets_ignore=r"head-.*|saved-.*|.*LICENSE.*",
        requests_pathname_prefix=config.base_path,
        routes_pathname_prefix=config.base_path,
        suppress_callback_exceptions=True,  # the page arrives by a callback of its own
        on_error=boundary.show_error,
        meta_tags=[
            {"name": "viewport", "content": "width=device-width, initial-scale=1"},
            {
                "name": "description",
                "content": "Gaussian mixtures and k-means, side by side on the same data.",
            },
        ],
    )
    app.index_string = _INDEX.replace("SCHEME", app.get_asset_url("head-scheme.js"))
    _leave_out_what_is_not_used(app)
    app.layout = page.frame(board=bool(config.class_password))
    images = open_images(config)
    names = open_names(config)
    pipeline = Pipeline(
        config, store, images, names, open_carried(config), open_reached(config), places
    )
    admission = serving.Admission(serving.lanes(config.uploads_at_once))
    rooms = open_rooms(config)
    links = open_links(config)
    callbacks.register(
        app,
        pipeline,
        rooms,
        links,
        names,
        opening,
        spare=partial(admission.spare, "clicks"),
        turn=partial(admission.turn, "clicks"),
    )
    typed = (upload.PLACE_ENDPOINT,) if addresses_in(config.sources) else ()
    serving.attach(
        app.server,
        config,
        script_hashes=app.csp_hashes(),
        callbacks=app.callback_map,
        policy=serving.Policy(
            Declared(app.callback_map).shared,
            partial(_touch, store, images, names),
            admission,
        ),
        endpoints=serving.Endpoints(
            ("take_table", "take_image", *typed),
            pieces.ENDPOINT,
            live.ENDPOINT,
            (classroom.ENDPOINT, short_links.ENDPOINT, naming.ENDPOINT, *typed),
            _polled(rooms) if config.class_password else None,
        ),
        checks=_checks(store),
        plain={addresses.PLAIN: inspect.getsource(plain)},
    )
    # Two first visits at once would race. A view without a first picture costs nothing here.
    app.server.test_client().get(f"{config.base_path}?view=steps")
    return app


def _leave_out_what_is_not_used(app: Dash) -> None:
    """Of Dash's polyfills send what its scripts need (``browser/src/runtime.ts``), and no table."""
    whole_page = app.interpolate_index
    runtime = f'<script src="{app.get_asset_url("head-runtime.js")}"></script>'

    def lean_page(**parts: str) -> str:
        scripts = _UNUSED.sub("", _POLYFILLS.sub(runtime, parts["scripts"]))
        return str(whole_page(**(parts | {"scripts": scripts})))

    app.interpolate_index = lean_page


def _polled(rooms: Rooms) -> serving.Polled:
    def at_hand(key: str) -> tuple[str, dict[str, Any]] | None:
        board = rooms.at_hand(key)
        return None if board is None else (board.version, board.public())

    prefix = f"{addresses.CLASS}/{addresses.ROOM}/"
    return serving.Polled(prefix, addresses.AFTER, rooms.version, at_hand)


def _touch(store: TableStore, images: ImageStore, names: StoredNames, body: dict[str, Any]) -> None:
    """Keep alive what a request names, also when its answer is remembered."""
    tables, pictures, called = stored_keys(body)
    for key in tables:
        store.touch(key)
    for key in pictures:
        images.touch(key)
    for reference in called:
        names.touch(reference)


def _checks(store: TableStore) -> Mapping[str, Callable[[], object]]:
    """Return what ``/healthz`` tries."""
    points = [[0.0, 0.0], [0.1, 1.0], [1.0, 0.2], [5.0, 5.0], [5.1, 6.0], [6.0, 5.2]]
    tiny = describe_frame(pd.DataFrame(points, columns=["x", "y"]))

    def fit() -> object:
        return fit_gmm(points, 2, n_init=1)

    def round_trip() -> object:
        return store.get(store.put(tiny.frame, tiny.report))

    return {"engine": fit, "store": round_trip}
