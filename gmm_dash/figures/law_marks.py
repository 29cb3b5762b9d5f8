"""What sets apart models that are no candidates or cannot be judged: a shape, not a colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gmm_dash.theme import look

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gmm_dash.engine import SelectionRow
    from gmm_dash.results.select import Selection

NAMES: Final = {
    "only_collapsed": "degenerate",
    "search_failed": "search stopped short",
    "not_comparable": "strong smoothing",
}
_SYMBOLS: Final = {
    "only_collapsed": ("circle-open", 9, 1.8),
    "search_failed": ("x-thin", 15, 2.2),
    "not_comparable": ("circle-open", 18, 1.6),
}


def marks(
    selection: Selection, drawn: Iterable[tuple[SelectionRow, float, float]], scheme: str
) -> list[dict[str, Any]]:
    """Return a trace for each law that some drawn model does not keep.

    Parameters
    ----------
    selection : Selection
    drawn : iterable of (SelectionRow, float, float)
        Models, and where they stand on the plot.
    scheme : str

    Returns
    -------
    list of dict
        Crosses and rings around the models' own markers. Degenerate ones are hollow already, so
        theirs is an entry of the legend only.
    """
    places: dict[str, list[tuple[float, float]]] = {law: [] for law in NAMES}
    for row, x, y in drawn:
        law = selection.law(row).law
        if law in places:
            places[law].append((x, y))
    return [_trace(law, found, scheme) for law, found in places.items() if found]


def _trace(law: str, places: Sequence[tuple[float, float]], scheme: str) -> dict[str, Any]:
    symbol, size, width = _SYMBOLS[law]
    shown = [(None, None)] if law == "only_collapsed" else places
    ink = look(scheme).ink
    return {
        "type": "scatter",
        "mode": "markers",
        "name": NAMES[law],
        "x": [x for x, _ in shown],
        "y": [y for _, y in shown],
        "marker": {
            "symbol": symbol,
            "size": size,
            "color": ink,
            "line": {"width": width, "color": ink},
        },
        "hoverinfo": "skip",
        "showlegend": True,
    }
