"""What number, and so what colour, each component of a fit has: the same in every view.

A fit's own numbers follow its start. On the page, in files and in scripts number 1 is what these
functions put first (docs/adr/0012).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine import canonical_order, match_labels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.engine import KMeansFit, MixtureFit


def mixture_order(fit: MixtureFit) -> NDArray[np.intp]:
    """Return the fit's own number, from 0, of the component shown as 1, as 2, and so on, (k,)."""
    return canonical_order(fit.mixture)


def kmeans_order(fit: KMeansFit, beside: MixtureFit | None = None) -> NDArray[np.intp]:
    """Return the fit's own number, from 0, of the cluster shown as 1, as 2, and so on, (k,).

    Parameters
    ----------
    fit : KMeansFit
    beside : MixtureFit, optional
        The mixture of as many components that the page shows for these settings: each cluster
        then takes the number of the component that it shares most points with, one to one.
    """
    order = canonical_order(fit.mixture)
    if beside is None:
        return order
    k, grouped = fit.n_clusters, beside.labels >= 0  # the background is no partner of a cluster
    theirs = renumbered(beside.labels[grouped], mixture_order(beside))
    partner = match_labels(theirs, renumbered(fit.labels[grouped], order), k, k)
    return order[np.argsort(partner)]


def renumbered(labels: NDArray[np.intp], order: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return labels as they are shown, from 0, given the fit's own number of each shown one.

    Those of the background stay what they are.
    """
    return np.where(labels < 0, labels, np.argsort(order)[labels])
