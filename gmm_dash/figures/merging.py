"""Joining components to groups: what entropy each step leaves, and who is joined with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gmm_dash.figures import frame
from gmm_dash.theme import fade
from gmm_dash.theme import look as look_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from gmm_dash.engine import Merging
    from gmm_dash.results import Side
    from gmm_dash.theme import Look

_WIDTH: Final = 2.4  # pixels of a branch
_NO_NATS: Final = 1e-3  # less is zero to a person: an axis of its own would show rounding


def curve(
    merging: Merging, n_groups: int, scheme: str, shown: Callable[[float], str]
) -> dict[str, Any]:
    """Return the entropies against the number of groups, the shown number marked.

    Parameters
    ----------
    merging : Merging
    n_groups : int
        How many groups are shown.
    scheme : str
        ``"light"`` or ``"dark"``.
    shown : callable
        Returns a number as a person reads it.
    """
    look, k = look_of(scheme), merging.k
    counts = list(range(1, k + 1))
    values = [merging.entropy(count) for count in counts]
    words = [f"{count}: {shown(value)} nats" for count, value in zip(counts, values, strict=True)]
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": counts,
        "y": values,
        "line": {"color": look.component(0), "width": 2},
        "marker": {"size": 7, "color": look.component(0)},
        "hovertext": words,
        "hoverinfo": "text",
    }
    ring = {
        "type": "scatter",
        "mode": "markers",
        "x": [n_groups],
        "y": [merging.entropy(n_groups)],
        "marker": {
            "size": 17,
            "symbol": "circle-open",
            "color": look.component(1),
            "line": {"width": 3, "color": look.component(1)},
        },
        "hoverinfo": "skip",
    }
    horizontal = frame.axis(
        look, "Groups", fixedrange=True, range=[0.5, k + 0.5], tickmode="array",
        tickvals=frame.count_ticks(range(1, k + 1)),
    )  # fmt: skip
    vertical = frame.axis(look, "Entropy left, nats", fixedrange=True, rangemode="tozero")
    if max(values) < _NO_NATS:
        vertical |= {"range": [0, 1], "autorange": False}
    layout = frame.layout(look, xaxis=horizontal, yaxis=vertical, dragmode=False)
    return {"data": [line, ring], "layout": layout}


def tree(merging: Merging, side: Side, scheme: str) -> dict[str, Any]:
    """Return the tree of all joinings, the groups that are shown in their colours.

    Components stand below, one of each group beside the other; the height is the number of groups
    that are left, and a dashed line lies where the tree is cut.

    Parameters
    ----------
    merging : Merging
    side : Side
        The mixture as it is shown.
    scheme : str
        ``"light"`` or ``"dark"``.
    """
    look, k = look_of(scheme), merging.k
    leaves = order(merging)
    places = {component: float(place) for place, component in enumerate(leaves)}
    heights = dict.fromkeys(leaves, k)
    colours = [look.component(int(one)) for one in side.component_colours]
    data = []
    for step, (kept, gone) in enumerate(merging.pairs.tolist()):
        left = k - step - 1
        colour = colours[kept] if left >= side.k else fade(look.muted, 0.7)
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": [places[kept], places[kept], places[gone], places[gone]],
                "y": [heights[kept], left, left, heights[gone]],
                "line": {"color": colour, "width": _WIDTH},
                "hoverinfo": "skip",
            }
        )
        places[kept], heights[kept] = (places[kept] + places[gone]) / 2, left
    return {"data": data, "layout": _tree_layout(leaves, colours, side.k, look)}


def order(merging: Merging) -> list[int]:
    """Return the components in an order in which no two branches of the tree cross."""
    rows = {component: [component] for component in range(merging.k)}
    for kept, gone in merging.pairs.tolist():
        rows[kept] += rows.pop(gone)
    return rows[0]


def _tree_layout(leaves: list[int], colours: list[str], cut: int, look: Look) -> dict[str, Any]:
    k = len(leaves)
    names = [f'<b><span style="color:{colours[one]}">{one + 1}</span></b>' for one in leaves]
    horizontal = frame.axis(
        look, "Component", fixedrange=True, showgrid=False, ticks="", range=[-0.6, k - 0.4],
        tickmode="array", tickvals=list(range(k)), ticktext=names,
    )  # fmt: skip
    vertical = frame.axis(
        look, "Groups left", fixedrange=True, range=[k + 0.1, 0.5], tickmode="array",
        tickvals=frame.count_ticks(range(1, k + 1)),
    )  # fmt: skip
    line = {
        "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": cut - 0.5, "y1": cut - 0.5,
        "line": {"color": look.component(1), "width": 2, "dash": "dash"},
    }  # fmt: skip
    return frame.layout(look, xaxis=horizontal, yaxis=vertical, shapes=[line], dragmode=False)
