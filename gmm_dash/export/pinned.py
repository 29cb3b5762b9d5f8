"""Which rows of a pinned result are where in the present one, as a table and as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from gmm_dash.export.table_page import TablePage, table_page
from gmm_dash.results.pinned import Pinned
from gmm_dash.tables import safe_csv

if TYPE_CHECKING:
    from gmm_dash.results.pinned import Refusal

CROSSTAB_FILE: Final = "crosstab.csv"
_CORNER: Final = "Pinned"


def crosstab_page(found: Pinned | Refusal | None, method: str, order: Any, page: Any) -> TablePage:
    """Return one page of the crosstab of both labellings; empty where there are not two.

    Parameters
    ----------
    found : Pinned, Refusal or None
    method : str
    order, page
        As :func:`gmm_dash.export.table_page` takes them.
    """
    if not isinstance(found, Pinned):
        return table_page(pd.DataFrame({_CORNER: []}), order, page)
    return table_page(_frame(found, method), order, page)


def crosstab_csv(found: Pinned, method: str) -> str:
    """Return the crosstab of both labellings as CSV: pinned groups down, present ones across."""
    return safe_csv(_frame(found, method))


def _frame(found: Pinned, method: str) -> pd.DataFrame:
    before, now = found.called(method)
    named = found.sides(method)[1].titles
    titles = (*named, *now[len(named) :])
    counts = found.crosstab(method)
    frame = pd.DataFrame(counts, columns=[f"now {title}" for title in titles])
    frame.insert(0, _CORNER, [f"group {name}" for name in before])
    frame["all of these"] = counts.sum(axis=1)
    return frame
