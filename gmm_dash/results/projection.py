"""How points with any number of columns are laid on a flat plot.

Every view is one affine map from the space the models see to the plane, so points,
means and covariances all travel by the same two formulas: ``A z + b`` and ``A S A.T``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.contract import directions
from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.errors import GmmDashError
from gmm_dash.results.histogram import histogram
from gmm_dash.state.bounds import MOST_COMPONENTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results.points import Points
    from gmm_dash.results.separation import Separation

DENSITY: Final = "density"
_RUG: Final = -0.1  # of the highest bar: where the points lie, below the axis
_COMPONENT = re.compile(r"PC(\d{1,3})", re.IGNORECASE)
_DIRECTION = re.compile(directions.PATTERN)
_MOST_UNEQUAL = 12.0  # beyond this ratio of ranges, equal scales would flatten the plot


@dataclass(frozen=True, eq=False)
class Projection:
    """An affine map from the fitted space to the plot.

    Attributes
    ----------
    matrix : (2, d) array
        Of one column the second row is zero: its points lie on a line below the histogram.
    offset : (2,) array
    titles : tuple of two str
        What the axes are called; of one column the vertical one shows a density.
    scale_ratio : float or None
        Length of one vertical unit over one horizontal unit on the screen that makes
        a round cluster look round; None where that would flatten the plot to a line.
    faithful : bool
        Whether the map loses nothing (two columns): regions and boundaries can be drawn.
    missing : tuple of (str, str)
        Axes whose chosen name does not exist, ``"horizontal"`` or ``"vertical"``, with that name.
    bends : tuple of two str
        How the column of each axis is bent; empty for straight ones.
    separates : (str, int, float) or None
        Where an axis shows a direction that separates a mixture: the mixture's covariance type
        and K, and the share of its separation that the plane shows.
    """

    matrix: NDArray[np.float64]
    offset: NDArray[np.float64]
    titles: tuple[str, str]
    scale_ratio: float | None
    faithful: bool
    missing: tuple[tuple[str, str], ...] = ()
    bends: tuple[str, str] = ("", "")
    separates: tuple[str, int, float] | None = None

    @property
    def line(self) -> bool:
        """Whether there is one column only: the vertical axis shows how dense its values lie."""
        return bool(self.matrix.shape[1] == 1)

    def points(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return (n, 2) plot positions of (n, d) fitted points."""
        flat: NDArray[np.float64] = z @ self.matrix.T
        flat += self.offset
        return flat

    def inverse(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return fitted points for (n, 2) plot positions; only for a faithful map."""
        return np.asarray(np.linalg.solve(self.matrix, (xy - self.offset).T).T, dtype=np.float64)


def ends_of(xy: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the lowest and the highest value of each column of (n, d) positions, (d,) each.

    NumPy takes many times longer for all columns of a long and narrow array at once.
    """
    columns = xy.T
    return np.array([one.min() for one in columns]), np.array([one.max() for one in columns])


def axis_choices(points: Points) -> list[str]:
    """Return what an axis can show: every column, then the principal components."""
    most = min(points.d, points.n, 10)
    if points.d == 1 or points.reduction:  # the only component, or all, are columns themselves
        return list(points.columns)
    components = [f"PC{i + 1}" for i in range(most)]
    return [*points.columns, *(c for c in components if c not in points.columns)]


def project(points: Points, x: str, y: str) -> Projection:
    """Return the map that shows ``x`` against ``y``.

    Parameters
    ----------
    points : Points
    x, y : str
        A column, ``"PC1"``, ``"PC2"`` ..., a direction that separates a mixture, as
        ``contract.directions`` names it, or empty for the first and second column.
        A name that does not exist is replaced, and kept in ``missing``. One column is shown
        whatever the vertical axis is asked to show.
    """
    if points.d == 1:
        return _alone(points, x)
    x, y = (_component(points, name) for name in (x, y))
    missing = tuple(
        (axis, name)
        for axis, name in (("horizontal", x), ("vertical", y))
        if name and not _exists(points, name)
    )
    x = x if _exists(points, x) else points.columns[0]
    if not _exists(points, y) or y == x:
        y = next(c for c in (*points.columns[1:], points.columns[0]) if c != x)
    rows = [_row(points, name) for name in (x, y)]
    matrix = np.array([row for row, _ in rows])
    offset = np.array([shift for _, shift in rows])
    titles = (_title(points, x), _title(points, y))
    ratio = _scale_ratio(points, matrix, offset)
    bends = (_bend(points, x), _bend(points, y))
    shown = _shown_of(points, (x, y), matrix)
    return Projection(matrix, offset, titles, ratio, points.d == 2, missing, bends, shown)


def _component(points: Points, name: str) -> str:
    """Return an axis' name; of points on principal components PC1 is the first column."""
    found = _COMPONENT.fullmatch(name)
    return f"PC {found[1]}" if found and points.reduction else name


def _alone(points: Points, x: str) -> Projection:
    """Return the map of one column: its values to the horizontal axis, all at one height."""
    scale, shift = float(points.scale[0]), float(points.shift[0])
    heights, _ = histogram(points.fitted[:, 0] * scale + shift)
    return Projection(
        np.array([[scale], [0.0]]),
        np.array([shift, _RUG * heights.max()]),
        (points.columns[0], DENSITY),
        scale_ratio=None,
        faithful=False,
        missing=(("horizontal", x),) if x and not _exists(points, x) else (),
        bends=(points.bend_of(0), ""),
    )


def _shown_of(
    points: Points, names: tuple[str, str], matrix: NDArray[np.float64]
) -> tuple[str, int, float] | None:
    found = next((one for name in names if (one := _direction(points, name))), None)
    if found is None:
        return None
    separation, _, kind, k = found
    return kind, k, separation.share(matrix)


def _direction(points: Points, name: str) -> tuple[Separation, int, str, int] | None:
    """Return a mixture's separation, which of its directions a name means, and the mixture."""
    found = _DIRECTION.fullmatch(name)
    if found is None or points.separation is None or name in points.columns:
        return None
    number, kind, k = int(found[1]), found[2], int(found[3])
    if kind not in (one.value for one in CovarianceType) or not 1 < k <= MOST_COMPONENTS:
        return None
    try:
        separation = points.separation(k, kind)
    except GmmDashError:  # as with a name that does not exist
        return None
    there = separation.whole > 0 and 1 <= number <= len(separation.directions)
    return (separation, number - 1, kind, k) if there else None


def _bend(points: Points, name: str) -> str:
    return points.bend_of(points.columns.index(name)) if name in points.columns else ""


def _exists(points: Points, name: str) -> bool:
    if name in points.columns:
        return True
    if _direction(points, name):
        return True
    found = _COMPONENT.fullmatch(name)
    return found is not None and 1 <= int(found[1]) <= min(points.d, points.n)


def _title(points: Points, name: str) -> str:
    if name in points.columns or _direction(points, name):
        return name
    variance = _components(points)[1]
    index = int(name[2:]) - 1
    return f"{name.upper()} ({100 * variance[index]:.0f} % of the variance)"


def _row(points: Points, name: str) -> tuple[NDArray[np.float64], float]:
    """Return the row of the matrix, and the offset, that show one column or component."""
    if name in points.columns:
        column = points.columns.index(name)
        row = np.zeros(points.d)
        row[column] = points.scale[column]
        return row, float(points.shift[column])
    separating = _direction(points, name)
    if separating:
        direction = separating[0].directions[separating[1]]
    else:
        direction = _components(points)[0][int(name[2:]) - 1]
    return direction, -float(direction @ points.fitted.mean(axis=0))


def _components(points: Points) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return principal directions as rows, and each one's share of the variance."""
    centred = points.fitted - points.fitted.mean(axis=0)
    variance, vectors = np.linalg.eigh(centred.T @ centred / points.n)
    directions = vectors.T[::-1]
    largest = np.abs(directions).argmax(axis=1)  # the sign is free: make it repeatable
    directions *= np.sign(directions[np.arange(len(directions)), largest])[:, None]
    variance = variance[::-1].clip(min=0)
    return directions, variance / max(variance.sum(), np.finfo(float).tiny)


def _scale_ratio(
    points: Points, matrix: NDArray[np.float64], offset: NDArray[np.float64]
) -> float | None:
    """Return the screen ratio at which a sphere of the fitted space looks round."""
    radius = np.linalg.norm(matrix, axis=1)
    ratio = float(radius[0] / radius[1])
    low, high = ends_of(points.fitted @ matrix.T + offset)
    extent = high - low
    flat = (extent[1] * ratio + 1e-300) / (extent[0] + 1e-300)
    return ratio if 1 / _MOST_UNEQUAL < flat < _MOST_UNEQUAL else None
