"""What the plots of scores over K show, for those who do not see them: where each is best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.explain.numbers import counted, shown
from gmm_dash.explain.select_hover import NAMES, axis_title, curves_title, long
from gmm_dash.results.criteria_claims import lowest
from gmm_dash.results.select import score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gmm_dash.engine import SelectionRow
    from gmm_dash.results.select import KMeansRow, Selection
    from gmm_dash.state.select_choice import SelectChoice

_SCORES: Final = {"silhouette": "Silhouette", "calinski_harabasz": "Calinski–Harabasz"}


def mixtures_described(selection: Selection, chosen: SelectChoice, counts: range) -> str:
    """Return what the mixtures' plot shows, as it is drawn: finished or not.

    Parameters
    ----------
    selection : Selection
        The models so far.
    chosen : SelectChoice
        Which criterion of which covariance types, or which criteria of one.
    counts : range
        Numbers of components on the horizontal axis.

    Returns
    -------
    str
        Such as ``"BIC (lower is better) over K = 1 to 8. full, 8 models: best candidate K = 4
        (1,234.5); ... Star: full, K = 4."``
    """
    if chosen.curves is not None:
        names, kind = chosen.curves
        title = f"{curves_title(names)} of {kind} mixtures"
        best = lowest(selection, names, kind)
        said = [f"{NAMES[n]}, {_curve(selection, n, kind, best.get(n))}" for n in names]
        return f"{title} over {_over(counts)}. {'; '.join(said)}."
    name = chosen.criterion
    said = [
        f"{kind}, {_curve(selection, name, kind, lowest(selection, (name,), kind).get(name))}"
        for kind in chosen.shapes
    ]
    star = selection.best(name)
    ends = "" if star is None else f" Star: {star.covariance_type}, K = {star.n_components}."
    return f"{axis_title(name)} over {_over(counts)}. {'; '.join(said)}.{ends}"


def _over(counts: range) -> str:
    return f"K = {counts[0]}" + (f" to {counts[-1]}" if len(counts) > 1 else "")


def _curve(selection: Selection, name: str, kind: str, best: SelectionRow | None) -> str:
    """Return how many models one curve has, and where it is best."""
    drawn = sum(score(row, name) is not None for row in selection.of_type(kind))
    if not drawn:
        return "no model has this score"
    if best is None:
        return f"{counted(drawn, 'model')}, no candidate"
    return (
        f"{counted(drawn, 'model')}: best candidate K = {best.n_components} "
        f"({long(score(best, name))})"
    )


def kmeans_scores_described(rows: Sequence[KMeansRow], counts: range) -> str:
    """Return what the three plots of k-means' scores show.

    Parameters
    ----------
    rows : sequence of KMeansRow
        By number of clusters.
    counts : range
        Numbers of clusters on the horizontal axis.
    """
    over = f"k-means over {_over(counts)}: inertia, silhouette and Calinski–Harabasz."
    if not rows:
        return f"{over} None yet."
    ends = [rows[0], rows[-1]] if len(rows) > 1 else [rows[0]]
    inertia = ", ".join(f"{long(row.inertia)} at K = {row.n_clusters}" for row in ends)
    said = [f"Inertia {inertia}"]
    for name, title in _SCORES.items():
        found = [(getattr(row, name), row.n_clusters) for row in rows]
        known = [(value, k) for value, k in found if value is not None]
        if known:
            value, k = max(known, key=lambda one: one[0])
            said.append(f"{title} highest at K = {k} ({shown(value, 3)})")
    return f"{over} {'; '.join(said)}."


def replicates_described(statistics: NDArray[np.float64], observed: float) -> str:
    """Return what the histogram of replicates and its line show.

    Parameters
    ----------
    statistics : (b,) array
        Twice the log likelihood ratio of each replicate.
    observed : float
        That of the data.
    """
    line = f"Line: the data, {shown(observed)}."
    if not len(statistics):
        return f"Histogram of 2 log Λ: no replicate yet. {line}"
    low, middle, high = np.quantile(statistics, (0, 0.5, 1)).tolist()
    beyond = int((statistics >= observed).sum())
    return (
        f"Histogram of 2 log Λ of {counted(len(statistics), 'replicate')}: {shown(low)} to "
        f"{shown(high)}, half of them up to {shown(middle)}. {line} {beyond} of them reach it."
    )
