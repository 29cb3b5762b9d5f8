"""How sure k-means is of a point: it does not say, but refits to resampled data do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine.deadline import check_time
from gmm_dash.engine.kmeans import start_centers
from gmm_dash.engine.lloyd import nearest, run_lloyd
from gmm_dash.engine.matching import match_labels
from gmm_dash.engine.validate import LARGEST_SEED, as_count, as_points
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from gmm_dash.engine.kmeans import KMeansFit
    from gmm_dash.engine.types import Floats


def bootstrap_certainty(
    x: Any, fit: KMeansFit, n_bootstrap: int = 50, random_state: int = 0
) -> Floats:
    """Return, for each point, the share of bootstrap refits that agree with its label.

    Parameters
    ----------
    x : (n, d) array
        The data of ``fit``.
    fit : KMeansFit
    n_bootstrap : int
        Refits, each from one k-means++ start on n rows drawn with replacement.
    random_state : int

    Returns
    -------
    (n,) array
        From 0 to 1; refits' clusters are matched to ``fit``'s by the Hungarian method.
    """
    points = as_points(x)
    count = as_count(n_bootstrap, "n_bootstrap", 1, 10_000)
    seed = as_count(random_state, "random_state", 0, LARGEST_SEED - count)
    if points.shape != (len(fit.labels), fit.centers.shape[1]):
        raise FitError("These are not the points of the fit.", hint="Use the same table.")
    z = points - points.mean(axis=0)
    tol = float(np.var(z, axis=0).mean()) * fit.tol
    agree = np.zeros(len(z))
    for b in range(count):
        check_time()
        rows = np.random.default_rng(seed + b).integers(len(z), size=len(z))
        drawn = z[rows]
        start = start_centers(drawn, fit.n_clusters, "k-means++", [seed + b])
        (run,) = run_lloyd(drawn, start, tol=tol, max_iter=fit.max_iter)
        labels = nearest(z, run.centers)
        agree += match_labels(fit.labels, labels, fit.n_clusters, fit.n_clusters)[labels] == (
            fit.labels
        )
    return agree / count
