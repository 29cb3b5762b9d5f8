"""A whole file with what the fits say of it: one entry for every row, also without a result."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.results.assigned import Assigned
    from gmm_dash.tables import Given


@dataclass(frozen=True, eq=False)
class Labelled:
    """Every row of a file, beside its result.

    Attributes
    ----------
    given : Given
        The m rows as the user wrote them.
    assigned : Assigned
        What the fits say of the complete ones.
    at : (m,) int64 array
        Which entry of ``assigned`` belongs to each row; -1 where it has none.
    reasons : (m,) object array
        Why a row has no result, or why it was not fitted; empty for the fitted ones. Of a row
        with gaps that the mixture was fitted to, why k-means has none.
    outlier_share : float
        Share of the fitted rows that is marked, from 0 to 1.
    """

    given: Given
    assigned: Assigned
    at: NDArray[np.int64]
    reasons: NDArray[np.object_]
    outlier_share: float

    def taken(self, rows: NDArray[np.int64]) -> Labelled:
        """Return some of the rows, in this order."""
        return replace(
            self, given=self.given.taken(rows), at=self.at[rows], reasons=self.reasons[rows]
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was fitted, which rows have no result, and what the marks mean."""
        return sentences_of(self.assigned, int((self.at < 0).sum()), self.outlier_share)


def sentences_of(assigned: Assigned, without: int, outlier_share: float) -> tuple[str, ...]:
    """Return what was fitted, how many rows have no result, and what the marks mean.

    Parameters
    ----------
    assigned : Assigned
    without : int
        Rows without a result.
    outlier_share : float
        Share of the fitted rows that is marked, from 0 to 1.
    """
    whole_rows = ~assigned.gapped
    n, n_fitted = int(whole_rows.sum()), int(assigned.fitted[whole_rows].sum())
    gaps = int(assigned.gapped.sum())
    known = (
        f"The mixture was also fitted to what is known of {gaps:,} "
        f"{'row' if gaps == 1 else 'rows'} with gaps: no cluster of k-means, no density and no "
        "mark is given for these."
    )
    whole = f"The models were fitted to all {n:,} complete rows."
    sample = (
        f"The models were fitted to a random sample of {n_fitted:,} of {n:,} complete rows; "
        "the others are labelled by the fitted models."
    )
    loose = int((assigned.own < 0).sum())
    belong = "row belongs" if loose == 1 else "rows belong"
    behind = (
        f"{loose:,} {belong} to the mixture's uniform background more than to any group: their "
        "label is -1. A row beyond the box of the fitted rows is judged by the background's "
        "density in it."
    )
    rows = "row has" if without == 1 else "rows have"
    none = f"{without:,} {rows} no result; the column reason says why."
    return (
        whole if n == n_fitted else sample,
        *([known] if gaps else []),
        *([behind] if assigned.background is not None else []),
        *([none] if without else []),
        f"Marked as outliers: the {100 * outlier_share:g} % of the fitted rows where the "
        "mixture puts the least density, and other rows as unlikely as these.",
    )


def labelled(
    given: Given, assigned: Assigned, reasons: NDArray[np.object_], outlier_share: float
) -> Labelled:
    """Return a file and its results, row beside row.

    Parameters
    ----------
    given : Given
    assigned : Assigned
    reasons : (n,) object array
        For each row of the stored table, why it was left out of the fit, or empty.
    outlier_share : float
    """
    place = np.full(len(reasons) + 1, -1, dtype=np.int64)  # the last is that of rows beyond
    place[assigned.rows] = np.arange(len(assigned.rows))
    words = np.append(reasons, "")[given.rows]
    at = place[given.rows]
    outside = (at >= 0) & ~assigned.fitted[at]
    words = np.where(outside, "not in the random sample that was fitted", words)
    gapped = (at >= 0) & assigned.gapped[at]
    words = np.where(gapped, words + "; the mixture uses what is known", words)
    return Labelled(
        given, assigned, at, np.where(given.rows < 0, given.reasons, words), outlier_share
    )
