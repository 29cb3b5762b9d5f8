"""What the axes of Compare might show instead: the views of many columns that separate most."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from dash import html

from gmm_dash import explain
from gmm_dash.contract.directions import first_axes
from gmm_dash.errors import GmmDashError
from gmm_dash.results import project
from gmm_dash.results.separation import Separation
from gmm_dash.state import ModelChoice

if TYPE_CHECKING:
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.state import AppState

_LABELS: Final = {"projection": "Best projection", "pair": "Best pair of columns"}
_ABOUT: Final = "of what the mixture's components differ by"


def buttons(pipeline: Pipeline, state: AppState) -> list[html.Button]:
    """Return a button for each view of many columns that shows more than most."""
    return [_button(*one) for one in offers(pipeline, state)]


def offers(pipeline: Pipeline, state: AppState) -> list[tuple[str, tuple[str, str], float | None]]:
    """Return kinds of views, their two axes, and the share of the separation they show.

    A projection is that of a mixture with all other settings at their defaults. Where the page
    shows another one, its share is not known without a further fit, and None.
    """
    points, model = pipeline.points(state.data), state.model
    axes = first_axes(points.d, model.covariance_type, model.k)
    if not axes or {"x", "y"} & {*state.view.lock, *state.view.hide}:
        return []
    plain = model == ModelChoice(k=model.k, covariance_type=model.covariance_type)
    try:
        separation = (
            pipeline.separation(state.data, model.k, model.covariance_type)
            if plain
            else Separation.of(pipeline.models.gmm(state.data, model).mixture)
        )
    except GmmDashError:  # the view says what is wrong
        return []
    best = separation.best_pair()
    if best is None:
        return []
    pair = (points.columns[best[0]], points.columns[best[1]])
    found = separation.share(separation.directions[:2]) if plain else None
    return [
        ("projection", (axes["x"], axes["y"]), found),
        ("pair", pair, separation.share(project(points, *pair).matrix)),
    ]


def _button(kind: str, axes: tuple[str, str], share: float | None) -> html.Button:
    wish = json.dumps(dict(zip(("x", "y"), axes, strict=True)))
    said = "" if share is None else f"shows {explain.percent(share)}"
    return html.Button(
        [_LABELS[kind], html.Span(said, className="offer-share", title=_ABOUT)],
        type="button",
        className="axes-offer",
        **{"data-axes": wish},
    )
