"""Labels and posterior probabilities of every point, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from gmm_dash.engine import BACKGROUND
from gmm_dash.export.data import group_names
from gmm_dash.export.table_page import TablePage, table_page

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results import Comparison


def posterior_frame(result: Comparison, lines: NDArray[np.int64]) -> pd.DataFrame:
    """Return one row per point: its line, values, true group, both labels, posteriors.

    Clusters are numbered as on the page, from 1; posteriors are rounded to 6 decimals. Where
    components are joined, the mixture's labels and posteriors are those of the groups, which are
    called by their components, such as ``"1+3"``. A point of the mixture's background has the
    label -1.
    """
    points = result.points
    frame = pd.DataFrame({"row": lines})
    values = pd.DataFrame(points.raw, columns=list(points.columns))
    gmm = result.gmm
    numbers: list[Any] = list(range(1, gmm.k + 1)) if gmm.groups is None else list(gmm.called)
    # The last is what the label of the background, -1, finds.
    names = np.array([*numbers, str(BACKGROUND) if gmm.groups is not None else BACKGROUND])
    labels = {"k-means": result.kmeans.labels + 1, "mixture": names[gmm.labels]}
    shares = {
        f"P({name})": gmm.responsibilities[:, i].round(6) for i, name in enumerate(gmm.called)
    }
    if gmm.background is not None:
        shares["P(background)"] = gmm.background.posterior.round(6)
    parts = [frame, values]
    if points.labels is not None:
        parts.append(pd.DataFrame({"true group": group_names(points)}))
    return pd.concat([*parts, pd.DataFrame(labels | shares)], axis=1)


def posterior_page(
    result: Comparison, lines: NDArray[np.int64], order: Any, page: Any
) -> TablePage:
    """Return one page of the table, posteriors with 3 decimals, sorted as asked.

    Parameters
    ----------
    result : Comparison
    lines : (n,) int array
        Line of the user's file for each point.
    order, page
        As :func:`gmm_dash.export.table_page` takes them.
    """
    frame = posterior_frame(result, lines)
    shares = {str(name): ".3f" for name in frame.columns if str(name).startswith("P(")}
    return table_page(frame, order, page, shares)
