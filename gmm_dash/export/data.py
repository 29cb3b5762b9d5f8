"""The points on the page as a table of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from gmm_dash.results import known
from gmm_dash.tables import safe_csv

if TYPE_CHECKING:
    from gmm_dash.results import Points


def data_csv(points: Points) -> str:
    """Return the clustered columns, the true groups where they are known, and weights, as CSV.

    Numbers keep every digit, so that a fit of this file is a fit of the points on the page.
    """
    points = points.origin  # a script makes principal components itself
    frame = pd.DataFrame(points.raw, columns=list(points.columns))
    if points.labels is not None:
        frame.insert(points.d, "true group", group_names(points), allow_duplicates=True)
    if points.weighting is not None:
        frame.insert(frame.shape[1], "weight", points.weighting.values, allow_duplicates=True)
    return safe_csv(frame)


def group_names(points: Points) -> list[str]:
    """Return the name of each point's true group, empty where it is not known.

    The points must have groups.
    """
    assert points.labels is not None
    return known.named(points.labels, points.label_names)
