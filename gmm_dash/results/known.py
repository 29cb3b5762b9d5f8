"""Known groups: which rows have one, what they are called, and scores on these rows only.

No fit sees the groups, so a row without one is fitted like any other. Everything that judges by
the groups asks here, and judges on the labelled rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.engine import scores
from gmm_dash.tables import UNLABELLED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Codes = NDArray[np.int64]

FEWEST: Final = 2  # labelled rows: scores are about pairs
NO_LABEL: Final = "no label"


def labelled(groups: Codes) -> NDArray[np.bool_]:
    """Return which of (n,) codes name a group."""
    return np.asarray(groups != UNLABELLED)


def n_labelled(groups: Codes | None) -> int:
    """Return how many rows have a known group."""
    return 0 if groups is None else int(labelled(groups).sum())


def is_partial(groups: Codes | None) -> bool:
    """Return whether some rows have a known group and others have none."""
    return groups is not None and n_labelled(groups) < len(groups)


def coverage(groups: Codes | None) -> dict[str, int]:
    """Return the facts of a claim about groups: how many rows are labelled, and of how many."""
    return {"labelled": n_labelled(groups), "n": 0 if groups is None else len(groups)}


def count_groups(groups: Codes | None) -> int:
    """Return how many groups the codes name."""
    return 0 if groups is None else len(np.unique(groups[labelled(groups)]))


def ari(groups: Codes | None, labels: Codes) -> float | None:
    """Return the adjusted Rand index on the labelled rows; None with fewer than two of them."""
    if groups is None or n_labelled(groups) < FEWEST:
        return None
    known = labelled(groups)
    return scores.ari(groups[known], labels[known])


def ami(groups: Codes | None, labels: Codes) -> float | None:
    """Return the adjusted mutual information on the labelled rows, as :func:`ari` does."""
    if groups is None or n_labelled(groups) < FEWEST:
        return None
    known = labelled(groups)
    return scores.ami(groups[known], labels[known])


def named(groups: Codes, names: Sequence[str], none: str = "") -> list[str]:
    """Return the name of each row's group, and ``none`` where it has none."""
    shown = [*group_names(groups, names), none]
    return [shown[code] for code in np.where(labelled(groups), groups, len(shown) - 1).tolist()]


def group_names(groups: Codes, names: Sequence[str]) -> list[str]:
    """Return what the codes stand for: the names that are known, or ``group 1`` and so on."""
    return list(names) or [f"group {i + 1}" for i in range(int(groups.max()) + 1)]
