"""What every plot has in common: fonts, grid, colours and margins."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, Final

from gmm_dash import theme

if TYPE_CHECKING:
    from gmm_dash.theme import Look

_LONGEST: Final = 26  # letters of a vertical title that a plot on a phone has room for
_LINE: Final = 34  # letters of a line of words that a plot on a phone has room for


def axis(look: Look, title: str, **more: Any) -> dict[str, Any]:
    """Return one axis in the house style; ``title`` may be text a user wrote."""
    return {
        "title": {"text": literal(title), "font": {"size": 12, "color": look.muted}, "standoff": 8},
        "gridcolor": look.grid,
        "linecolor": look.grid,
        "tickfont": {"color": look.muted, "size": 11},
        "tickcolor": look.grid,
        "zeroline": False,
        "showline": False,
        "ticks": "outside",
        "ticklen": 4,
        "automargin": True,
        # The default measures every label of every axis on every drawing, which took longer than
        # all the rest of a small plot; with margins that fit, none is cut.
        "ticklabeloverflow": "allow",
        **more,
    }


def score_axis(look: Look, title: str, **more: Any) -> dict[str, Any]:
    """Return the vertical axis of a score; a long title is broken before its parenthesis.

    ``title`` is the program's own, such as ``"BIC (lower is better)"``.
    """
    made = axis(look, title, **more)
    if len(title) > _LONGEST:
        made["title"]["text"] = made["title"]["text"].replace(" (", "<br>(")
    return made


def layout(look: Look, **more: Any) -> dict[str, Any]:
    """Return a figure layout in the house style."""
    return {
        "font": {"family": theme.FONT, "size": 12, "color": look.ink},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": "pan",
        "hoverlabel": {
            "bgcolor": look.paper,
            "bordercolor": look.grid,
            "font": {"family": theme.FONT, "color": look.ink, "size": 12},
            "align": "left",
        },
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": look.muted, "activecolor": look.ink},
        **more,
    }


def words_alone(look: Look, text: str) -> dict[str, Any]:
    """Return a figure that says why there is nothing to draw; ``text`` is the program's own."""
    words = {
        "text": "<br>".join(textwrap.wrap(text, _LINE)),
        "x": 0.5,
        "y": 0.5,
        "xref": "paper",
        "yref": "paper",
        "showarrow": False,
        "font": {"size": 15, "color": look.muted},
    }
    hidden = {"visible": False, "fixedrange": True}
    return {
        "data": [],
        "layout": layout(look, xaxis=hidden, yaxis=hidden, annotations=[words], dragmode=False),
    }


def literal(text: str) -> str:
    """Return ``text`` so that Plotly shows it as it is, tags and all."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped[:60] + ("…" if len(escaped) > 60 else "")


def count_ticks(counts: range) -> list[int]:
    """Return which numbers of components or clusters are written under an axis."""
    return list(counts[:: 1 if len(counts) <= 12 else 2])
