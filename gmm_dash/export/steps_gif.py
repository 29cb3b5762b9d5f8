"""The run of the player as an animated GIF, one picture for each half step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from gmm_dash.engine import Mixture, ellipse, marginal_density
from gmm_dash.engine import project as project_mixture
from gmm_dash.results import one_column
from gmm_dash.results.histogram import cuts, histogram
from gmm_dash.theme import look as look_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results import Projection, Steps
    from gmm_dash.theme import Look

MOST_PICTURES: Final = 80
_SIDE: Final = 440  # pixels of each square plot
_TOP: Final = 44
_GAP: Final = 20
_SHARP: Final = 2  # drawn larger, then shrunk: Pillow's shapes have no soft edges
_PACE: Final = 700  # milliseconds
_REST: Final = 2_500
_TITLES: Final = {"kmeans": "k-means", "gmm": "Gaussian mixture"}


def steps_gif(steps: Steps, projection: Projection, scheme: str) -> bytes:
    """Return the bytes of an animation of both runs; long runs are sampled evenly."""
    last = max(steps.kmeans.last, steps.gmm.last)
    shown = np.round(np.linspace(0, last, min(last + 1, MOST_PICTURES))).astype(int).tolist()
    canvas = _Canvas(steps, projection, look_of(scheme))
    pictures = [canvas.picture(h) for h in shown]
    durations = [_PACE] * (len(pictures) - 1) + [_REST]
    out = BytesIO()
    pictures[0].save(
        out, "GIF", save_all=True, append_images=pictures[1:], duration=durations, loop=0
    )
    return out.getvalue()


@lru_cache(maxsize=8)
def _font(size: int) -> Any:
    return ImageFont.load_default(size)


@dataclass(frozen=True)
class _Canvas:
    """What all pictures of one run have in common."""

    steps: Steps
    projection: Projection
    look: Look

    @cached_property
    def xy(self) -> NDArray[np.float64]:
        """Plot positions of the points."""
        if self.projection.line:
            return one_column.strip(self.steps.points, self.projection)
        return self.projection.points(self.steps.points.fitted)

    @cached_property
    def frame(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The lowest plot position shown, and how many pixels one unit of each axis takes."""
        if self.projection.line:
            low, high = one_column.steady_ranges(self.steps.points, self.projection).T
            return low, _SIDE * _SHARP / (high - low)
        low, high = self.xy.min(axis=0), self.xy.max(axis=0)
        extent = np.where(high > low, high - low, 1.0) * 1.12
        per_unit = _SIDE * _SHARP / extent
        ratio = self.projection.scale_ratio
        if ratio is not None:
            across = min(per_unit[0], per_unit[1] / ratio)
            per_unit = np.array([across, across * ratio])
        middle = (low + high) / 2
        return middle - _SIDE * _SHARP / per_unit / 2, per_unit

    @cached_property
    def palette(self) -> NDArray[np.float64]:
        """Colours of the components, (k, 3)."""
        return np.array([_rgb(self.look.component(j)) for j in range(self.k)])

    @property
    def k(self) -> int:
        """Number of components."""
        return len(self.steps.start.centers)

    @cached_property
    def seen(self) -> Projection:
        """The map of centres: of one column they stand below the points."""
        return one_column.lowered(self.projection) if self.projection.line else self.projection

    def place(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return pixels within one plot for plot positions."""
        low, per_unit = self.frame
        pixels: NDArray[np.float64] = (xy - low) * per_unit
        return np.column_stack([pixels[:, 0], _SIDE * _SHARP - pixels[:, 1]])

    def picture(self, h: int) -> Image.Image:
        """Return both sides at half step ``h``."""
        width, height = 2 * _SIDE + 3 * _GAP, _TOP + _SIDE + _GAP
        whole = Image.new("RGB", (width, height), self.look.paper)
        pen = ImageDraw.Draw(whole)
        for i, side in enumerate(_TITLES):
            left = _GAP + i * (_SIDE + _GAP)
            mine = min(h, getattr(self.steps, side).last)
            plot = Image.new("RGB", (_SIDE * _SHARP, _SIDE * _SHARP), self.look.paper)
            _draw(self, plot, side, mine)
            whole.paste(plot.resize((_SIDE, _SIDE), Image.Resampling.BOX), (left, _TOP))
            pen.rectangle((left, _TOP, left + _SIDE, _TOP + _SIDE), outline=self.look.grid)
            text = f"{_TITLES[side]}: {_phase(side, mine)}"
            pen.text((left, 12), text, fill=self.look.ink, font=_font(17))
        return whole.quantize(128, method=Image.Quantize.FASTOCTREE)


def _phase(side: str, h: int) -> str:
    if h == 0:
        return "start"
    names = ("move", "assign") if side == "kmeans" else ("M-step", "E-step")
    return f"{names[h % 2]} (half step {h})"


def _draw(canvas: _Canvas, plot: Image.Image, side: str, h: int) -> None:
    """Draw one side: regions, points, ellipses, centres; of one column cuts and curves."""
    i = h // 2 if side == "kmeans" else h // 2 - 1
    dealt = (h - 1) // 2
    pen = ImageDraw.Draw(plot, "RGBA")
    if canvas.projection.line:
        _bars(canvas, pen)
    if side == "kmeans" and dealt >= 0:
        regions = _cuts if canvas.projection.line else _regions
        regions(canvas, plot, canvas.steps.kmeans.centers[dealt])
    _points(canvas, pen, _colours(canvas, side, dealt))
    mixture = _mixture(canvas.steps, i) if side == "gmm" else None
    if mixture is not None:
        (_curves if canvas.projection.line else _ellipses)(canvas, pen, mixture)
    kmeans, gmm, start = canvas.steps.kmeans, canvas.steps.gmm, canvas.steps.start.centers
    places = kmeans.centers if side == "kmeans" else gmm.means
    _centres(canvas, pen, start[gmm.order] if i < 0 else places[i])


def _colours(canvas: _Canvas, side: str, dealt: int) -> NDArray[np.uint8]:
    """Return the (n, 3) colours of the points after one assignment; grey before the first."""
    if dealt < 0:
        return np.tile(np.array(_rgb(canvas.look.muted), np.uint8), (canvas.steps.points.n, 1))
    if side == "kmeans":
        return np.asarray(canvas.palette[canvas.steps.kmeans.labels[dealt]], np.uint8)
    run = canvas.steps.gmm
    share = run.share[dealt][:, None] / 255
    first, second = canvas.palette[run.first[dealt]], canvas.palette[run.second[dealt]]
    return np.asarray(share * first + (1 - share) * second, np.uint8)


def _points(canvas: _Canvas, pen: ImageDraw.ImageDraw, colours: NDArray[np.uint8]) -> None:
    radius = _SHARP * (3.5 if canvas.steps.points.n <= 1000 else 2.2)
    places = canvas.place(canvas.xy)
    for (x, y), colour in zip(places.tolist(), colours.tolist(), strict=True):
        box = (x - radius, y - radius, x + radius, y + radius)
        pen.ellipse(box, fill=(*colour, 215))


def _regions(canvas: _Canvas, plot: Image.Image, centers: NDArray[np.float64]) -> None:
    """Tint every pixel in the colour of its nearest centre; only when the plot loses nothing."""
    if not canvas.projection.faithful:
        return
    low, per_unit = canvas.frame
    side = _SIDE // 2
    middle = (np.arange(side) + 0.5) * 2 * _SHARP
    grid = np.stack(np.meshgrid(middle, middle[::-1]), axis=-1).reshape(-1, 2)
    z = canvas.projection.inverse(grid / per_unit + low)
    nearest = np.square(z[:, None] - centers).sum(axis=2).argmin(axis=1)
    paper = np.array(_rgb(canvas.look.paper))
    tint = (0.84 * paper + 0.16 * canvas.palette).astype(np.uint8)
    cells = Image.fromarray(tint[nearest].reshape(side, side, 3))
    plot.paste(cells.resize(plot.size, Image.Resampling.NEAREST))


def _bars(canvas: _Canvas, pen: ImageDraw.ImageDraw) -> None:
    """Draw the histogram of one column, on its axis."""
    heights, edges = histogram(canvas.xy[:, 0])
    grey = _rgb(canvas.look.muted)
    lower = canvas.place(np.column_stack([edges[:-1], np.zeros(len(heights))]))
    upper = canvas.place(np.column_stack([edges[1:], heights]))
    for (left, floor), (right, top) in zip(lower.tolist(), upper.tolist(), strict=True):
        if top < floor:
            pen.rectangle((left, top, right, floor), fill=(*grey, 56), outline=(*grey, 115))
    floor = float(lower[0, 1])
    pen.line([(0, floor), (_SIDE * _SHARP, floor)], fill=(*grey, 255), width=_SHARP)


def _cuts(canvas: _Canvas, plot: Image.Image, centers: NDArray[np.float64]) -> None:
    """Tint each centre's interval, and dash the cuts between them."""
    pen, side = ImageDraw.Draw(plot, "RGBA"), _SIDE * _SHARP
    across = canvas.projection.points(centers)[:, 0]
    ordered = np.unique(across, return_index=True)[1]
    places = canvas.place(np.column_stack([cuts(across), np.zeros(len(ordered) - 1)]))[:, 0]
    ends = [0.0, *places.tolist(), float(side)]
    for j, left, right in zip(ordered.tolist(), ends[:-1], ends[1:], strict=True):
        if right > left:
            pen.rectangle((left, 0, right, side), fill=(*_rgb(canvas.look.component(j)), 41))
    for place in places.tolist():
        for top in range(0, side, 9 * _SHARP):
            dash = [(place, top), (place, top + 5 * _SHARP)]
            pen.line(dash, fill=(*_rgb(canvas.look.ink), 190), width=2 * _SHARP)


def _mixture(steps: Steps, i: int) -> Mixture | None:
    """Return the mixture of frame ``i``, or of the start where that has shapes."""
    run, begun = steps.gmm, steps.gmm.fit.start
    if i >= 0:
        return Mixture(run.weights[i].copy(), run.means[i].copy(), run.covariances[i].copy())
    if begun is None:
        return None
    parts = (begun.weights, begun.means, begun.covariances)
    return Mixture(*(part[run.order] for part in parts))


def _curves(canvas: _Canvas, pen: ImageDraw.ImageDraw, mixture: Mixture) -> None:
    """Draw each component's density times its weight, and their sum."""
    flat = one_column.flat(mixture, canvas.projection)
    if not (flat.covariances > 0).all():
        return
    low, per_unit = canvas.frame
    x = one_column.places(flat, float(low[0]), float(low[0] + _SIDE * _SHARP / per_unit[0]))
    each = marginal_density(flat, 0, x)
    colours = [_rgb(canvas.look.component(j)) for j in range(canvas.k)]
    highest = low[1] + 3 * _SIDE * _SHARP / per_unit[1]  # beyond the plot, and no overflow
    for heights, colour in [*zip(each, colours, strict=True), (each.sum(axis=0), None)]:
        corners = canvas.place(np.column_stack([x, np.minimum(heights, highest)]))
        fill = (*(colour or _rgb(canvas.look.ink)), 255)
        width = _SHARP if colour else 2 * _SHARP
        pen.line([tuple(one) for one in corners.tolist()], fill=fill, width=width, joint="curve")


def _ellipses(canvas: _Canvas, pen: ImageDraw.ImageDraw, mixture: Mixture) -> None:
    flat = project_mixture(mixture, canvas.projection.matrix, canvas.projection.offset)
    for j in range(canvas.k):
        for sigma in (1.0, 2.0):
            corners = canvas.place(ellipse(flat.means[j], flat.covariances[j], sigma))
            colour = tuple(canvas.palette[j].astype(int).tolist())
            outline = [tuple(corner) for corner in corners.tolist()]
            pen.line(outline, fill=(*colour, 255), width=2 * _SHARP, joint="curve")


def _centres(canvas: _Canvas, pen: ImageDraw.ImageDraw, centers: NDArray[np.float64]) -> None:
    radius = 10 * _SHARP
    for j, (x, y) in enumerate(canvas.place(canvas.seen.points(centers)).tolist()):
        box = (x - radius, y - radius, x + radius, y + radius)
        outline = canvas.look.component(j)
        pen.ellipse(box, fill=canvas.look.paper, outline=outline, width=2 * _SHARP)
        pen.text((x, y), str(j + 1), fill=canvas.look.ink, font=_font(12 * _SHARP), anchor="mm")


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return red, green, blue
