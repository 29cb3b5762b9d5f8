"""What the directions that separate a mixture are called: as the two axes, and in a link.

A name says which mixture it means (the shape of its components, and K) and not which is shown: so a
link keeps its meaning, and a plot does not turn while K is dragged.
"""

from __future__ import annotations

from typing import Final

NAME: Final = "DR{number} ({cov}, K = {k})"
PATTERN: Final = r"DR(\d{1,3}) \(([a-z]{1,20}), K = (\d{1,2})\)"
FEWEST_COLUMNS: Final = 3  # with two there is nothing to choose
FEWEST_COMPONENTS: Final = 2


def direction(number: int, cov: str, k: int) -> str:
    """Return the name of a direction; the first one separates most."""
    return NAME.format(number=number, cov=cov, k=k)


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
