"""What a plot of a model shows, for those who do not see it: centres, sizes, shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.contract.methods import METHODS
from gmm_dash.contract.names import SCALE_NAMES
from gmm_dash.explain.numbers import counted, percent, shown
from gmm_dash.results.histogram import cuts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results import Projection, Side

_DIGITS: Final = 2
_PARTS: Final = {"kmeans": "cluster", "gmm": "component"}
_MOST: Final = 12  # components said one by one: beyond, nobody listens to the end


def described(side: Side, projection: Projection) -> str:
    """Return what the plot of one model shows, as it is drawn.

    Parameters
    ----------
    side : Side
        Components in display order; k-means has no shapes of its own.
    projection : Projection
        Centres and shapes are said on the two axes of the plot.

    Returns
    -------
    str
        Such as ``"Gaussian mixture, 2 components; y against x: 1 at (0.5, 2.1), 24 % of the
        points, standard deviations 1.1 and 0.8, correlation 0.31; ..."``. Of very many only
        the largest are said one by one.
    """
    mixture, matrix = side.mixture, projection.matrix
    labels, names = side.components.labels, side.components.spoken
    counts = np.bincount(labels[labels >= 0], minlength=len(mixture.weights))
    places = projection.points(mixture.means)
    flat = matrix @ mixture.covariances @ matrix.T
    line = projection.line
    chosen = np.sort(np.argsort(-counts, kind="stable")[:_MOST])
    said = [
        f"{names[i]} at {_short(places[i, 0]) if line else _place(places[i])}, "
        f"{percent(counts[i] / len(labels))} of the points"
        f"{_shape(flat[i], line=line) if side.method == 'gmm' else ''}"
        for i in chosen
    ]
    rest = len(counts) - len(chosen)
    more = f"; and {rest} smaller ones" if rest else ""
    if side.background is not None:
        crosses = percent(float((side.labels < 0).mean()))
        more += f"; small crosses, {crosses} of the points, for the background"
    across, up = (
        f"{title} on the {SCALE_NAMES[bend]}" if bend else title
        for title, bend in zip(projection.titles, projection.bends, strict=True)
    )
    number = counted(len(counts), _PARTS[side.method])
    if side.groups is not None:
        number += f" joined to {counted(side.k, 'group')} ({', '.join(side.spoken)})"
    shown = f"histogram of {across}" if line else f"{up} against {across}"
    parted = cuts(places[:, 0]) if line and side.method == "kmeans" else ()
    lines = f"; cut at {', '.join(map(_short, parted))}" if len(parted) else ""
    return f"{METHODS[side.method]}, {number}; {shown}: {'; '.join(said)}{more}{lines}."


def _place(place: NDArray[np.float64]) -> str:
    return f"({_short(place[0])}, {_short(place[1])})"


def _shape(covariance: NDArray[np.float64], *, line: bool) -> str:
    """Return the spread of one component along both axes, and how they go together."""
    if line:
        return f", standard deviation {_short(np.sqrt(covariance[0, 0]))}"
    across, up = np.sqrt(np.diag(covariance))
    together = covariance[0, 1] / (across * up) if across * up > 0 else 0.0
    tilt = f", correlation {_short(together)}" if abs(together) >= 0.05 else ""
    return f", standard deviations {_short(across)} and {_short(up)}{tilt}"


def _short(value: float) -> str:
    return shown(float(value), _DIGITS)
