"""A figure of points as a still picture: what a browser can paint before it has plotly.js.

It is made from the very figure that plotly.js draws later, so places and colours are the same. It
leaves out what needs plotly.js' own arithmetic (maps, contours, symbols). Colours are those of
the theme by name, so one picture serves both colour schemes.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.theme import DARK, LIGHT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.theme import Look

SIDE: Final = 2000
"""Units along the longer side of the picture; a quarter of a pixel on a usual screen."""

_RGBA: Final = re.compile(r"rgba\((\d+),(\d+),(\d+),([\d.]+)\)")
_OPAQUE: Final = 1.0


def names(look: Look) -> dict[str, str]:
    """Return the colours of a scheme by the names that a picture uses."""
    numbered = {f"--f{i}": colour for i, colour in enumerate(look.palette)}
    named = {name: getattr(look, name) for name in ("ink", "muted", "grid", "paper")}
    return numbered | {f"--f-{name}": colour for name, colour in named.items()}


def style() -> str:
    """Return the style sheet that gives the names their colours, for both schemes."""
    light, dark = (
        ";".join(f"{name}:{colour}" for name, colour in names(look).items())
        for look in (LIGHT, DARK)
    )
    return f".first{{{light}}}[data-mantine-color-scheme=dark] .first{{{dark}}}"


def axes(figure: dict[str, Any]) -> dict[str, Any]:
    """Return what the browser needs to draw the axes: ranges, titles, ticks where they are set."""
    layout = figure["layout"]
    told: dict[str, Any] = {"ratio": layout["yaxis"].get("scaleratio")}
    for name in ("x", "y"):
        axis = layout[f"{name}axis"]
        told[name] = {"range": axis["range"], "title": axis["title"]["text"]}
        if axis.get("tickmode") == "array":
            told[name]["ticks"] = [list(pair) for pair in _pairs(axis)]
    told["marks"] = [mark for trace in figure["data"] for mark in _marks(trace)]
    return told


def svg(figure: dict[str, Any]) -> str:
    """Return the points and outlines of a light figure of points as an SVG element.

    It is to be laid over the area between the axes: where both axes have one scale it keeps it,
    in the middle, as plotly.js does.
    """
    place = _Place(figure["layout"])
    drawn = "".join(_drawn(trace, place) for trace in figure["data"] if trace["type"] == "scatter")
    fit = "xMidYMid meet" if place.kept else "none"
    box = f"0 0 {place.width:.0f} {place.height:.0f}"
    return f'<svg viewBox="{box}" preserveAspectRatio="{fit}">{drawn}</svg>'


class _Place:
    """Where values lie in the picture.

    Parameters
    ----------
    layout : dict
        Of the figure; both axes have a range.
    """

    def __init__(self, layout: dict[str, Any]) -> None:
        (x, right), (bottom, y) = layout["xaxis"]["range"], layout["yaxis"]["range"]
        self.kept = "scaleanchor" in layout["yaxis"]
        across, up = right - x, (y - bottom) * layout["yaxis"].get("scaleratio", 1.0)
        longest = max(across, up)
        self.width = SIDE * across / longest if self.kept else SIDE
        self.height = SIDE * up / longest if self.kept else SIDE
        self._origin = np.array([x, y])
        self._scale = np.array([self.width / (right - x), -self.height / (y - bottom)])

    def of(self, trace: dict[str, Any]) -> NDArray[np.float64]:
        """Return the (n, 2) places of a trace's values, in whole units; NaN in gaps."""
        values = np.column_stack([unpacked(trace["x"]), unpacked(trace["y"])])
        places: NDArray[np.float64] = np.round((values - self._origin) * self._scale)
        return places


def unpacked(spec: Any) -> NDArray[np.float64]:
    """Return the values of what :func:`gmm_dash.figures.arrays.packed` has packed, or of a list."""
    if not isinstance(spec, dict):
        return np.asarray(spec, dtype=float)
    return np.frombuffer(base64.b64decode(spec["bdata"]), dtype=spec["dtype"]).astype(float)


def _drawn(trace: dict[str, Any], place: _Place) -> str:
    if trace["mode"] == "lines" and "fill" not in trace:
        return (_borders if "dash" in trace["line"] else _curve)(trace, place.of(trace))
    if trace["mode"] == "lines":
        return _outline(trace, place.of(trace))
    if trace["marker"].get("symbol") in ("x-thin", "diamond"):  # no dots: the plot brings them
        return ""
    if "text" in trace["mode"]:
        return _discs(trace, place.of(trace))
    return _dots(trace, place.of(trace))


def _dots(trace: dict[str, Any], at: NDArray[np.float64]) -> str:
    """Return the points of a trace: a path for each whole size, in which each is a dot."""
    marker = trace["marker"]
    sizes = np.broadcast_to(np.maximum(1, np.round(unpacked(marker["size"]))), len(at))
    paint = f'stroke="{_colour(marker["color"])[0]}" opacity="{marker["opacity"]:g}"'
    return "".join(
        f'<path class="dots" {paint} stroke-width="{size:.0f}" d="{_at(at[sizes == size])}"/>'
        for size in np.unique(sizes)
    )


def _discs(trace: dict[str, Any], at: NDArray[np.float64]) -> str:
    """Return the discs under the numbers of centres; the browser writes the numbers."""
    size, rim = trace["marker"]["size"], trace["marker"]["line"]
    return "".join(
        f'<path class="dots" stroke="{colour}" stroke-width="{width:.3g}" d="{_at(where[None])}"/>'
        for where, line in zip(at, rim["color"], strict=True)
        for colour, width in (
            (_colour(line)[0], size + rim["width"]),
            (_colour(trace["marker"]["color"])[0], size - rim["width"]),
        )
    )


def _marks(trace: dict[str, Any]) -> list[list[Any]]:
    """Return the numbers that are written on a trace's markers, and where."""
    if trace["type"] != "scatter" or "text" not in trace["mode"]:
        return []
    where = zip(unpacked(trace["x"]), unpacked(trace["y"]), trace["text"], strict=True)
    return [[float(f"{x:.6g}"), float(f"{y:.6g}"), text] for x, y, text in where]


def _at(places: NDArray[np.float64]) -> str:
    """Return a path that is nothing but dots, each told from the one before."""
    steps = np.diff(places, axis=0, prepend=np.zeros((1, 2)))
    return "".join(f"m{x:.0f} {y:.0f}h0" for x, y in steps)


def _outline(trace: dict[str, Any], at: NDArray[np.float64]) -> str:
    way = "".join(f"{_open(piece)}z" for piece in _pieces(at))
    (line, strength), (fill, veil) = _colour(trace["line"]["color"]), _colour(trace["fillcolor"])
    return (
        f'<path class="line" stroke="{line}" stroke-opacity="{strength:g}" fill="{fill}"'
        f' fill-opacity="{veil:g}" stroke-width="{trace["line"]["width"]}" d="{way}"/>'
    )


def _borders(trace: dict[str, Any], at: NDArray[np.float64]) -> str:
    """Return dashed lines from every other place to the next; a gap lies between two lines."""
    ends = at[~np.isnan(at[:, 0])].reshape(-1, 4)
    way = "".join(f"M{a:.0f} {b:.0f}L{c:.0f} {d:.0f}" for a, b, c, d in ends)
    paint, strength = _colour(trace["line"]["color"])
    dashes = trace["line"]["dash"].replace("px", "")
    return (
        f'<path class="line" stroke="{paint}" stroke-opacity="{strength:g}" fill="none"'
        f' stroke-dasharray="{dashes}" stroke-width="{trace["line"]["width"]}" d="{way}"/>'
    )


def _curve(trace: dict[str, Any], at: NDArray[np.float64]) -> str:
    """Return a line through all places, which begins anew after a gap."""
    way = "".join(_open(piece) for piece in _pieces(at))
    paint, strength = _colour(trace["line"]["color"])
    return (
        f'<path class="line" stroke="{paint}" stroke-opacity="{strength:g}" fill="none"'
        f' stroke-width="{trace["line"]["width"]}" d="{way}"/>'
    )


def _pieces(at: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Return the places between gaps, each run of them for itself."""
    gaps = np.flatnonzero(np.isnan(at[:, 0]))
    pieces = [piece[~np.isnan(piece[:, 0])] for piece in np.split(at, gaps)]
    return [piece for piece in pieces if len(piece)]


def _open(places: NDArray[np.float64]) -> str:
    first, steps = places[0], np.diff(places, axis=0)
    return f"M{first[0]:.0f} {first[1]:.0f}l" + " ".join(f"{x:.0f} {y:.0f}" for x, y in steps)


def _pairs(axis: dict[str, Any]) -> zip[tuple[float, str]]:
    return zip(axis["tickvals"], axis["ticktext"], strict=True)


def _colour(written: str) -> tuple[str, float]:
    """Return a colour of the light scheme by its name, and how opaque it is."""
    alpha = _OPAQUE
    if found := _RGBA.fullmatch(written):
        written = "#" + "".join(f"{int(part):02X}" for part in found.groups()[:3])
        alpha = float(found[4])
    by_colour = {colour.upper(): name for name, colour in reversed(names(LIGHT).items())}
    return f"var({by_colour[written.upper()]})", alpha
