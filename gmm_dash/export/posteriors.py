"""Labels and posterior probabilities of every point, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from gmm_dash.export.data import group_names
from gmm_dash.export.table_page import TablePage, table_page
from gmm_dash.tables import safe_csv

if TYPE_CHECKING:
    from gmm_dash.results import Comparison


def posterior_frame(result: Comparison) -> pd.DataFrame:
    """Return one row per point: its number, values, true group, both labels, posteriors.

    Clusters are numbered as on the page, from 1; posteriors are rounded to 6 decimals.
    """
    points = result.points
    frame = pd.DataFrame({"row": points.rows + 1})
    values = pd.DataFrame(points.raw, columns=list(points.columns))
    labels = {"k-means": result.kmeans.labels + 1, "mixture": result.gmm.labels + 1}
    shares = {
        f"P({i + 1})": result.gmm.responsibilities[:, i].round(6)
        for i in range(result.gmm.responsibilities.shape[1])
    }
    parts = [frame, values]
    if points.labels is not None:
        parts.append(pd.DataFrame({"true group": group_names(points)}))
    return pd.concat([*parts, pd.DataFrame(labels | shares)], axis=1)


def posterior_page(result: Comparison, order: Any, page: Any) -> TablePage:
    """Return one page of the table, posteriors with 3 decimals, sorted as asked."""
    frame = posterior_frame(result)
    shares = {str(name): ".3f" for name in frame.columns if str(name).startswith("P(")}
    return table_page(frame, order, page, shares)


def posterior_csv(result: Comparison) -> str:
    """Return every row as CSV; text that a spreadsheet would run is disarmed."""
    return safe_csv(posterior_frame(result))
