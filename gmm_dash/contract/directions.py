"""What the directions that separate a mixture are called: as the two axes, and in a link.

A name says which mixture it means (the shape of its components, and K) and not which is shown: so a
link keeps its meaning, and a plot does not turn while K is dragged.
"""

from __future__ import annotations

import re
from typing import Final

from gmm_dash.engine.covariances import SKLEARN_TYPES

NAME: Final = "DR{number} ({cov}, K = {k})"
PATTERN: Final = r"DR(\d{1,3}) \(([a-z]{1,20}), K = (\d{1,2})\)"
FEWEST_COLUMNS: Final = 3  # with two there is nothing to choose
FEWEST_COMPONENTS: Final = 2


def direction(number: int, cov: str, k: int) -> str:
    """Return the name of a direction; the first one separates most."""
    return NAME.format(number=number, cov=cov, k=k)


def following(axes: tuple[str, str], cov: str, k: int) -> dict[str, str]:
    """Return the axes that follow to another mixture, by URL key: those that separate it.

    None where not both axes are such directions, or there is nothing to separate.

    Parameters
    ----------
    axes : tuple of str
        Those that are shown.
    cov : str
    k : int
        Of the mixture that is opened.
    """
    known = all(re.fullmatch(PATTERN, axis) for axis in axes)
    return first_axes(FEWEST_COLUMNS, cov, k) if known and cov in SKLEARN_TYPES else {}


def first_axes(d: int, cov: str, k: int) -> dict[str, str]:
    """Return the axes of a table that is opened anew, by URL key; none where two columns are all.

    Parameters
    ----------
    d : int
        Columns to cluster.
    cov : str
    k : int
        Of the mixture that is shown with it.
    """
    if d < FEWEST_COLUMNS or k < FEWEST_COMPONENTS:
        return {}
    return {"x": direction(1, cov, k), "y": direction(2, cov, k)}
