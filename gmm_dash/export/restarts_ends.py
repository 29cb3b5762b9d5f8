"""The ends of a sample's starts that are carried on to all rows, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from gmm_dash.results.restarts import COLLAPSED, optimum_name
from gmm_dash.tables import safe_csv

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gmm_dash.results.restarts_whole import Ends

_METHODS: Final = {"kmeans": "k-means", "gmm": "mixture"}


def ends_csv(ends: Mapping[str, Ends]) -> str:
    """Return the ends of both methods as one CSV table, of each the best of the sample first.

    Where an end is still on its way over all rows, its last columns are empty. ``sample_value``
    of a mixture is in the scale of all rows, as ``value`` is.
    """
    rows = [_row(name, ends[name], i) for name in _METHODS for i in range(len(ends[name].numbers))]
    return safe_csv(pd.DataFrame(rows))


def _row(name: str, ends: Ends, i: int) -> dict[str, Any]:
    first = next(one for one in ends.sample.starts if one.number == ends.numbers[i])
    start = ends.start(i)
    others = next((group for group in ends.joined() if i in group), ())
    sound = start is not None and ends.optimum(i) != COLLAPSED
    return {
        "method": _METHODS[name],
        "end": optimum_name(i),
        "criterion": "inertia" if name == "kmeans" else "log-likelihood per row",
        "starts": ends.sample.count(i),
        "init": first.kind,
        "random_state": first.seed,
        "sample_rows": ends.sample.n,
        "sample_value": ends.begun(i),
        "rows": ends.every.n,
        "value": start.objective if start is not None and sound else None,
        "n_iter": None if start is None else start.n_iter,
        "converged": None if start is None else start.converged,
        "collapsed": None if start is None else not sound,
        "one_with": " ".join(optimum_name(one) for one in others if one != i),
    }
