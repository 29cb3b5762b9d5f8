"""The groups of one fit as a heat map: what lies above or below the other rows, and how far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.figures import frame
from gmm_dash.figures.arrays import packed
from gmm_dash.results.profile_claims import WRITTEN
from gmm_dash.theme import look as look_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from gmm_dash.results.profile import Profile
    from gmm_dash.theme import Look

_FULL: Final = 2.0  # standard deviations at which a colour is at its strongest
_LONGEST: Final = 22  # letters of a column's name beside the picture
_WIDEST: Final = 14  # letters of a group's above it
_HEAD, _ROW, _FEWEST = 64, 30, 4  # pixels, pixels, rows
_BELOW, _ABOVE = 0, 1  # of the palette: blue and orange, which no common colour blindness mixes up


def build(
    profile: Profile, columns: int, scheme: str, shown: Callable[[float], str]
) -> dict[str, Any]:
    """Return the figure, as a plain dict with ``data`` and ``layout``.

    Parameters
    ----------
    profile : Profile
    columns : int
        How many columns to draw at most, those that separate most.
    scheme : str
        ``"light"`` or ``"dark"``.
    shown : callable
        Returns a number as a person reads it.
    """
    look = look_of(scheme)
    rows = profile.telling()[:columns][::-1]  # the first on top
    z = profile.differences[:, rows].T
    heat = {
        "type": "heatmap",
        "z": packed(np.nan_to_num(z).clip(-_FULL, _FULL)),
        "zmin": -_FULL,
        "zmax": _FULL,
        "colorscale": _scale(look),
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hovertext": _hover(profile, rows.tolist(), shown),
        "hoverinfo": "text",
    }
    if profile.k <= WRITTEN:
        heat |= {
            "text": [[shown(mean) for mean in profile.means[:, j].tolist()] for j in rows.tolist()],
            "texttemplate": "%{text}",
            "textfont": {"size": 12, "color": look.ink},
        }
    return {"data": [heat], "layout": _layout(profile, rows.tolist(), look)}


def height(profile: Profile, columns: int) -> int:
    """Return how many pixels the picture takes from top to bottom."""
    return _HEAD + _ROW * max(min(len(profile.columns), columns), _FEWEST)


def _scale(look: Look) -> list[list[Any]]:
    """Return blue, the card's own colour, orange; pale enough for numbers to be read on them."""
    ends = (_mixed(look, look.component(_BELOW)), _mixed(look, look.component(_ABOVE)))
    return [[0.0, ends[0]], [0.5, look.paper], [1.0, ends[1]]]


def _mixed(look: Look, colour: str, share: float = 0.6) -> str:
    parts = [
        round(share * int(colour[i : i + 2], 16) + (1 - share) * int(look.paper[i : i + 2], 16))
        for i in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02X}" for part in parts)


def _hover(profile: Profile, rows: list[int], shown: Callable[[float], str]) -> list[list[str]]:
    def one(group: int, j: int) -> str:
        mean, spread = float(profile.means[group, j]), float(profile.spreads[group, j])
        lines = [
            f"{frame.literal(profile.columns[j])}, group {frame.literal(profile.titles[group])}",
            f"{shown(mean)} ± {shown(spread)}",
            f"all rows {shown(float(profile.mean[j]))} ± {shown(float(profile.spread[j]))}",
        ]
        apart = float(profile.differences[group, j])
        if np.isfinite(apart):
            where = "above" if apart > 0 else "below"
            lines.append(f"{shown(abs(apart))} standard deviations {where} the others")
        return "<br>".join(lines)

    return [[one(group, j) for group in range(profile.k)] for j in rows]


def _layout(profile: Profile, rows: list[int], look: Look) -> dict[str, Any]:
    groups = [
        f'<b><span style="color:{look.component(colour)}">{_cut(name, _WIDEST)}</span></b>'
        for name, colour in zip(profile.titles, profile.colours.tolist(), strict=True)
    ]
    names = [_cut(profile.columns[j]) for j in rows]
    horizontal = frame.axis(
        look, "Group", fixedrange=True, side="top", showgrid=False, ticks="",
        tickmode="array", tickvals=list(range(profile.k)), ticktext=groups,
    )  # fmt: skip
    vertical = frame.axis(
        look, "", fixedrange=True, showgrid=False, ticks="",
        tickmode="array", tickvals=list(range(len(rows))), ticktext=names,
    )  # fmt: skip
    return frame.layout(look, xaxis=horizontal, yaxis=vertical, dragmode=False)


def _cut(name: str, most: int = _LONGEST) -> str:
    return frame.literal(name if len(name) <= most else f"{name[: most - 1]}…")
