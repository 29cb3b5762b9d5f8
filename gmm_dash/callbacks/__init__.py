"""Wiring only: parse, call, return. ``register`` lists every group once."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from gmm_dash import ids
from gmm_dash.callbacks import (
    all_rows,
    boundary,
    classroom,
    compare,
    data_panel,
    defaults,
    density,
    digits,
    draw,
    export,
    first,
    groups,
    lessons,
    live,
    naming,
    navigation,
    pictures,
    pieces,
    pins,
    pooling,
    reading,
    restarts,
    restarts_whole,
    rows,
    select,
    select_elsewhere,
    settings,
    short_links,
    steps,
    sure,
    tables,
    teach,
    upload,
    whole,
)
from gmm_dash.contract import addresses
from gmm_dash.layout.views import VIEWS

if TYPE_CHECKING:
    from dash import Dash

    from gmm_dash.pipeline import Pipeline
    from gmm_dash.rooms import Rooms
    from gmm_dash.state import ShortLinks, StoredNames


def register(
    app: Dash,
    pipeline: Pipeline,
    rooms: Rooms,
    links: ShortLinks,
    names: StoredNames,
    opening: str = "",
    *,
    spare: first.Spare,
    turn: pooling.Turn,
) -> None:
    """Attach every callback to ``app``.

    Parameters
    ----------
    app : Dash
    pipeline : Pipeline
    rooms : Rooms
    links : ShortLinks
    names : StoredNames
    opening : str
        What a link without a query shows.
    spare : callable
        Returns a context whose value is whether there is time for what nobody waits for.
    turn : callable
        Returns a context that waits for a slot among what is computed; takes the name of the work.
    """
    first.register(app, pipeline, opening, spare)
    navigation.register(app, pipeline.config, opening, names)
    settings.register(app)
    pictures.register(app)
    tables.register(app)
    data_panel.register(app, pipeline)
    upload.register(app, pipeline)
    reading.register(app, pipeline)
    draw.register(app, pipeline)
    for view in VIEWS:  # each has a module of its name here
        import_module(f"{__name__}.{view.name}").register(app, pipeline)
    for part in (
        all_rows,
        groups,
        rows,
        pins,
        whole,
        restarts_whole,
        sure,
        export,
        lessons,
        defaults,
    ):
        part.register(app, pipeline)
    teach.register(app)
    short_links.register(app, pipeline.config.base_path, links)
    naming.register(app, pipeline.config.base_path, names)
    works = {
        "select": select.work,
        "sure": sure.work,
        "whole": whole.work,
        "restarts": restarts.work,
        "digits": digits.work,
    }
    pieces.register(
        app,
        pipeline.config.base_path,
        pipeline.rows,
        {name: partial(work, pipeline) for name, work in works.items()},
        {ids.RESTARTS_WHOLE: partial(restarts_whole.work, pipeline)},
        {
            addresses.ALL_ROWS: partial(all_rows.piece, pipeline),
            addresses.ALL_MODELS: partial(select_elsewhere.piece, pipeline),
            addresses.ALL_LABELS: partial(all_rows.labels, pipeline),
        },
    )
    frames: dict[str, live.Draw] = {
        "compare": partial(compare.frame, pipeline),
        "density": partial(density.frame, pipeline),
        "steps": partial(steps.frame, pipeline),
    }
    under_hands = partial(draw.frame, pipeline), partial(steps.end, pipeline)
    live.register(app, pipeline.config.base_path, frames, *under_hands)
    classroom.register(app, pipeline, rooms, turn)
    boundary.limit_work(app, pipeline.config.fit_seconds, pieces.ENDPOINT, live.ENDPOINT)
