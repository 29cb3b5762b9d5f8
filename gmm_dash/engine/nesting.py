"""Models that contain others: none of them can do worse, unless its search stopped short.

A mixture of K + 1 components can repeat a component of one of K, sharing its weight, and free
ellipses can be upright, or all the same. So the highest log-likelihood of the larger family is
never below that of the smaller one, and a fit that lies below a contained one has missed a better
mixture of its own family.

Missing it is the fault of the search only while ``reg_covar`` is small. A strong one is added to
every covariance after every step, so EM no longer climbs, and leaves even the contained fit it is
started from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias

from gmm_dash.engine.covariances import CovarianceType

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from gmm_dash.engine.select_rows import SelectionRow

Kept: TypeAlias = Literal["ok", "search_failed", "not_comparable", "only_collapsed"]

SLACK: Final = 1e-4
"""Log-likelihood per point up to which a difference is a matter of when EM was stopped."""

SMOOTHED: Final = 2e-5
"""Share of the least variance of a column above which ``reg_covar`` is strong.

At a variance of s a fit loses about (reg_covar / s)² / 4 by it in each direction: up to here no
more than ``SLACK`` while components are wider than a few hundredths of the data.
"""

CONTAINED: Final = {kind.value: (kind.value, *kind.shape.contained) for kind in CovarianceType}
"""By covariance type, those all of whose mixtures of a size are also of this one; itself first."""

_ONE: Final = CONTAINED[CovarianceType.FULL]  # with one component tied is full


@dataclass(frozen=True, slots=True)
class Law:
    """How a row stands to the rows that it contains.

    Attributes
    ----------
    law : str
        ``"search_failed"`` when a sound one of them has a higher log-likelihood, or
        ``"not_comparable"`` where strong smoothing may be why,
        ``"only_collapsed"`` when the row itself is degenerate, else ``"ok"``.
    shown_by : SelectionRow or None
        Of the contained rows that reach more, the one that reaches most. It is never a row
        whose own search stopped short, as what it contains is contained here too.
    """

    law: Kept
    shown_by: SelectionRow | None = None


class Model(Protocol):
    """A mixture as far as its family goes."""

    @property
    def covariance_type(self) -> str:
        """One of the covariance types."""
        ...

    @property
    def n_components(self) -> int:
        """Number of components."""
        ...


def contains(outer: Model, inner: Model) -> bool:
    """Return whether every mixture of the one kind and size is also one of the other."""
    if inner is outer or inner.n_components > outer.n_components:
        return False
    if CovarianceType(outer.covariance_type).shape.even and (
        inner.n_components < outer.n_components
    ):  # a component that is repeated shares its weight, and weights are no longer equal
        return False
    kinds = CONTAINED[outer.covariance_type]
    if inner.n_components == 1 and CovarianceType.TIED in kinds:
        kinds = _ONE
    return inner.covariance_type in kinds


def is_smoothed(x: NDArray[np.float64], reg_covar: float) -> bool:
    """Return whether ``reg_covar`` is strong beside (n, d) data."""
    variances = x.var(axis=0)
    return bool((reg_covar > SMOOTHED * variances[variances > 0]).any())


def laws(rows: Sequence[SelectionRow], *, smoothed: bool = False) -> tuple[Law, ...]:
    """Return for each row, all fitted to the same points, whether it keeps the law.

    Parameters
    ----------
    rows : sequence of SelectionRow
    smoothed : bool
        Whether their ``reg_covar`` is strong.
    """
    return tuple(_law(row, rows, smoothed=smoothed) for row in rows)


def _law(row: SelectionRow, rows: Sequence[SelectionRow], *, smoothed: bool) -> Law:
    if row.degenerate:
        return Law("only_collapsed")
    mine = row.log_likelihood
    if mine is None:
        return Law("ok")
    reached = [
        (value, other)
        for other in rows
        if not other.degenerate
        and (value := other.log_likelihood) is not None
        and value > mine + SLACK
        and contains(row, other)
    ]
    if not reached:
        return Law("ok")
    if smoothed:
        return Law("not_comparable")
    return Law("search_failed", max(reached, key=lambda pair: pair[0])[1])
