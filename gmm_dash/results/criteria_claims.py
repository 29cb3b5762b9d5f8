"""Several criteria of one covariance type: where each is lowest, and what a parameter costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.engine import SelectionRows
from gmm_dash.engine.criteria import AIC, BIC, CRITERIA
from gmm_dash.results.claim import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gmm_dash.engine import SelectionRow
    from gmm_dash.results.select import Selection


def lowest(selection: Selection, criteria: Iterable[str], kind: str) -> dict[str, SelectionRow]:
    """Return by criterion the best candidate of a covariance type, where there is one."""
    own = SelectionRows(tuple(row for row in selection.candidates if row.covariance_type == kind))
    found = {name: own.best(CRITERIA[name].column) for name in criteria}
    return {name: row for name, row in found.items() if row is not None}


def curves_claims(
    selection: Selection, criteria: tuple[str, ...], kind: str, n: int
) -> tuple[Claim, ...]:
    """Return what curves of several criteria show, for ``n`` points."""
    counts = {name: row.n_components for name, row in lowest(selection, criteria, kind).items()}
    return (Claim("select.lowest", {"kind": kind, "counts": counts}), *_penalty(criteria, n))


def _penalty(criteria: tuple[str, ...], n: int) -> Iterator[Claim]:
    if {AIC.name, BIC.name} <= set(criteria):
        yield Claim("select.penalty", {"n": n})
