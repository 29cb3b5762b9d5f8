"""What the card of a point under the mouse needs to know, in compact form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.figures.arrays import packed
from gmm_dash.results import known
from gmm_dash.results.backed import CALLED
from gmm_dash.theme import look as look_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.figures.scatter import Scene
    from gmm_dash.results import Points
    from gmm_dash.results.gap_marks import GapMarks

_MOST_COLUMNS: Final = 6
_MOST_NUMBERS: Final = 400_000  # posteriors sent along; beyond, a card would cost too much


def card(scene: Scene) -> dict[str, Any] | None:
    """Return values, true group and posteriors of every point; None for very large data."""
    points, side = scene.points, scene.side
    if side.responsibilities.size > _MOST_NUMBERS:
        return None
    look = look_of(scene.scheme)
    shares, behind = side.responsibilities, side.background is not None
    if side.background is not None:
        shares = np.column_stack([shares, side.background.posterior])
    origin = points.origin
    columns = origin.columns[:_MOST_COLUMNS]
    hover: dict[str, Any] = {
        "columns": [*columns, *([points.weighted_by] if points.weighting else [])],
        "values": packed(_values(points, len(columns)).ravel()),
        "rows": packed(points.rows, "int32"),
        "posteriors": packed((shares * 65535).round().ravel(), "uint16"),
        "colours": [*(look.component(int(c)) for c in side.colours), *([look.muted] * behind)],
        "called": [*side.titles, *([CALLED] * behind)],
        "title": "Posterior" if side.method == "gmm" else "Cluster",
    }
    if points.labels is not None:
        names = known.group_names(points.labels, points.label_names)
        codes = np.where(known.labelled(points.labels), points.labels, len(names))
        hover |= {
            "truth": packed(codes, "int32"),
            "truth_names": [*names, known.NO_LABEL],
            "truth_title": "True group",
        }
    if scene.gaps is not None:
        hover["gaps"] = _gaps(scene.gaps, len(columns))
    return hover


def _values(points: Points, count: int) -> NDArray[np.float64]:
    """Return the first columns of the data, and last the rows' weights where they have such."""
    values = points.origin.raw[:, :count]
    if points.weighting is None:
        return values
    return np.column_stack([values, points.weighting.values])


def _gaps(gaps: GapMarks, d: int) -> dict[str, Any]:
    """Return the same of rows with gaps, which have no group but that of the mixture."""
    parts = {name: getattr(gaps, name)[:, :d] for name in ("values", "low", "high")}
    return {
        **{name: packed(part.ravel()) for name, part in parts.items()},
        "rows": packed(gaps.rows, "int32"),
        "posteriors": packed((gaps.shares * 65535).round().ravel(), "uint16"),
    }
