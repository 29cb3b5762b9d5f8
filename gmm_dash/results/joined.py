"""A comparison whose mixture has fewer groups than components: those that overlap are joined."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine import merged, scores
from gmm_dash.results.backed import likeliest

if TYPE_CHECKING:
    from gmm_dash.engine import Merging
    from gmm_dash.results.comparison import Comparison, Side


def joined(result: Comparison, merging: Merging, n_groups: int) -> Comparison:
    """Return the comparison with the mixture's components joined to so many groups.

    The mixture, its density and its criteria stay; what is known of rows is that of the groups.

    Parameters
    ----------
    result : Comparison
        With each component a group.
    merging : Merging
        Of the posteriors of its mixture, in display order.
    n_groups : int
        As many as components, or more, leave the comparison as it is.
    """
    if n_groups >= merging.k:
        return result
    side = _joined_side(result.gmm, merging, n_groups)
    agreement = scores.ari(result.kmeans.labels, side.labels)
    colours = np.where(side.labels < 0, side.labels, side.colours[side.labels])
    moved = int((result.kmeans.labels != colours).sum())
    return replace(
        result,
        gmm=side,
        moved=moved,
        agreement=1.0 if agreement is None else agreement,
        merging=merging,
    )


def _joined_side(side: Side, merging: Merging, n_groups: int) -> Side:
    groups = merging.groups(n_groups)
    shares = merged(side.responsibilities, groups)
    background = None if side.background is None else side.background.posterior
    labels, certainty = likeliest(shares, background)
    return replace(
        side,
        labels=labels,
        certainty=certainty,
        responsibilities=shares,
        groups=groups,
        unjoined=side,
    )
