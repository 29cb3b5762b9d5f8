"""What fills a panel with a plot: its picture, the caption below it, the badge above it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import Output, no_update

from gmm_dash import explain, ids
from gmm_dash.callbacks.asked import frame_of
from gmm_dash.contract import live
from gmm_dash.explain.captions import gap_marks_sentences
from gmm_dash.figures import scatter
from gmm_dash.results import project
from gmm_dash.results.discs import floods
from gmm_dash.results.gap_marks import gap_marks
from gmm_dash.results.histogram import apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gmm_dash.contract.answers import Picture
    from gmm_dash.engine import MixtureFit
    from gmm_dash.results import Points, Side
    from gmm_dash.state import AppState

_ONE_MODEL: Final = frozenset({"size", "ellipses", "circles", "centers"})


def outputs(names: Iterable[str], plot: Callable[[str], str] = str) -> dict[str, dict[str, Output]]:
    """Return pictures, captions and badges of some panels, by what a view calls them.

    Parameters
    ----------
    names : iterable of str
    plot : callable
        Returns the name of the plot on the page, where that is another.
    """
    plots = {name: plot(name) for name in names}
    return {
        "pictures": {name: Output(ids.picture(plot), "data") for name, plot in plots.items()},
        "captions": {name: Output(ids.caption(plot), "children") for name, plot in plots.items()},
        "badges": {name: Output(ids.badge(plot), "children") for name, plot in plots.items()},
    }


def said(spoken: explain.Spoken, names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return captions and badges; a panel that nothing is said of keeps what it has."""
    kinds = {"captions": "caption", "badges": "badge"}
    return {
        kind: {
            name: spoken.text(part) if (part := f"{word}.{name}") in spoken.parts else no_update
            for name in names
        }
        for kind, word in kinds.items()
    }


def picture(
    name: str,
    figure: dict[str, Any],
    state: AppState,
    *axes: object,
    hover: dict[str, Any] | None = None,
    words: str | None = None,
) -> Picture:
    """Return a plot for the browser to draw.

    Parameters
    ----------
    name : str
        Of the plot on the page.
    figure : dict
    state : AppState
        Says with ``axes`` what the axes show: the zoom is kept until that changes.
    *axes : object
        What else they depend on.
    hover : dict, optional
        What the card of a point says.
    words : str, optional
        What the plot shows, for those who do not see it; None where the browser says it.
    """
    frame = "|".join((frame_of(state), *map(str, axes)))
    flat = state.to_flat()
    of = {key: flat[key] for key in (*live.CONTROLS, *live.OF_DENSITY)}
    made: Picture = {"name": name, "figure": figure, "frame": frame, "of": of, "hover": hover}
    if words is not None:
        made["words"] = words
    return made


def one_model(
    name: str,
    model: tuple[Points, Side, Any],
    state: AppState,
    scheme: str,
    fit: MixtureFit | None = None,
) -> tuple[Picture, str]:
    """Return picture and caption of one method alone: ``model`` is what ``one_side`` returns.

    Rows with gaps that ``fit``, the mixture's, was fitted to are drawn and spoken of, too.
    """
    points, side, radii = model
    projection = project(points, state.view.x, state.view.y)
    flooded = radii is not None and floods(points, side, radii, projection)
    radii = None if flooded else radii
    circles = None if radii is None else (side, radii)
    outlines = () if side.method == "kmeans" else (side,)
    marks = None if fit is None else gap_marks(points, fit, side, projection)
    ranges = scatter.ranges(points, projection, circles, outlines, gaps=marks)
    scene = scatter.Scene(points, projection, side, radii, _ONE_MODEL, scheme, ranges, gaps=marks)
    if side.method == "kmeans":
        shown = _ONE_MODEL - {"circles"} if flooded else _ONE_MODEL
        caption = explain.kmeans_caption(
            points, projection, shown, bootstrapped=False, clusters=apart(side.mixture.means)
        )
    else:
        caption = explain.gmm_caption(
            points,
            projection,
            _ONE_MODEL,
            certainty=side.certainty,
            mixture=side.mixture,
        )
    if fit is not None:
        drawn = gap_marks_sentences(points, fit, scene.most)
        caption = " ".join([caption, *(one.text for one in drawn)])
    words = explain.described(side, projection)
    return picture(name, scatter.build(scene), state, words=words), caption
