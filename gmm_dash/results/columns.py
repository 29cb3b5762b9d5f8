"""What stands out about single columns before any model is fitted, each with one cure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy.stats import skew

from gmm_dash.engine.health import LARGE
from gmm_dash.results.claim import Claim
from gmm_dash.results.relations import relations
from gmm_dash.results.transforms import SHAPES, forward

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from gmm_dash.results.points import Points
    from gmm_dash.results.relations import Relation

FEW: Final = 15
"""Most different values of a column that counts as having few."""

EACH: Final = 5
"""Rows for each of them, on average, from which that is no accident of a small table."""

MANY_EQUAL: Final = 0.25
"""Share of the rows with one and the same value from which that value stands out."""

SKEWED: Final = 2.0
"""Skewness that no Gaussian shows by chance in ``FEWEST`` rows or more."""

FEWEST: Final = 20
"""Rows below which nothing is said of how values are distributed."""

PEAKED: Final = ("column.few-values", "column.many-equal")
"""Doubts about columns in which a component can have no width, as many rows have one value."""

FLATTENING: Final = (*PEAKED, "column.relation")
"""Doubts about columns that a component can be flat by: in them, or across a relation."""

_LONGEST: Final = 800  # characters of column names that a link holds
_SAFE: Final = 1e-4  # share of a column's variance that regularisation may be


@dataclass(frozen=True)
class ColumnDoubt:
    """Something about one column that its owner should know before blaming a model.

    Attributes
    ----------
    claim : Claim
        Its facts name the ``column``, and as ``cure`` what to do: ``"leave-out"``,
        ``"standardise"``, ``"lower-reg"``, one of ``transforms.SHAPES``, or empty where no
        setting helps.
    column : int
        Its place among the columns.
    settings : mapping
        The settings that cure it, by URL key; empty without a cure.
    """

    claim: Claim
    column: int
    settings: Mapping[str, Any] = field(default_factory=dict)


def column_doubts(points: Points, reg_covar: float) -> tuple[ColumnDoubt, ...]:
    """Return what stands out about the columns, at most one doubt for each, in their order.

    Of several the gravest is told: with a column left out, all are gone. Of columns that the fits
    see the principal components of, only what is true of them alone is told.

    Parameters
    ----------
    points : Points
    reg_covar : float
        In squared units of the fitted columns.
    """
    if points.reduction:  # components are of several columns, and none alone has a width
        return tuple(_skewed(points.origin))
    straight = [j for j in range(points.d) if not points.bend_of(j)]
    related = [_placed(one, straight) for one in relations(points.raw[:, straight])]
    found: dict[int, ColumnDoubt] = {}
    for doubts in (
        _exact(points, related), _few_values(points), _below_reg(points, reg_covar),
        _collinear(points, related), _skewed(points),
    ):  # fmt: skip
        for doubt in doubts:
            found.setdefault(doubt.column, doubt)
    return tuple(found[j] for j in sorted(found))


def _placed(one: Relation, places: list[int]) -> Relation:
    """Return a relation among some of the columns with their places among all."""
    return replace(one, column=places[one.column], terms=tuple(places[i] for i in one.terms))


def _doubt(points: Points, code: str, j: int, **facts: Any) -> ColumnDoubt:
    """Return a doubt about a column that is best left out, where two others remain."""
    others = [name for i, name in enumerate(points.columns) if i != j]
    possible = len(others) > 1 and sum(map(len, others)) <= _LONGEST
    cure = "leave-out" if possible else ""
    claim = Claim(f"column.{code}", {"column": points.columns[j], "cure": cure, **facts})
    return ColumnDoubt(claim, j, {"cols": others} if possible else {})


def _exact(points: Points, related: Iterable[Relation]) -> Iterator[ColumnDoubt]:
    """Yield columns that follow from others; between bent ones there is no straight relation."""
    for one in related:
        if one.exact:
            names = tuple(points.columns[i] for i in one.terms)
            facts = {"terms": tuple(zip(names, one.coefficients, strict=True))}
            yield _doubt(points, "relation", one.column, **facts, constant=one.constant)


def _collinear(points: Points, related: Iterable[Relation]) -> Iterator[ColumnDoubt]:
    for one in related:
        if not one.exact:
            names = tuple(points.columns[i] for i in one.terms)
            yield _doubt(points, "collinear", one.column, others=names, explained=one.explained)


def _few_values(points: Points) -> Iterator[ColumnDoubt]:
    """Yield columns with few values, and those of which one value stands out."""
    n = points.n
    if n < FEWEST:
        return
    for j, column in enumerate(points.raw.T):
        values, counts = np.unique(column, return_counts=True)
        if 1 < len(values) <= FEW and n >= EACH * len(values):
            yield _doubt(points, "few-values", j, values=len(values), n=n)
        elif counts.max() >= MANY_EQUAL * n and len(values) > 1:
            value, share = float(values[counts.argmax()]), float(counts.max() / n)
            yield many_equal(points, j, value, share)


def many_equal(points: Points, j: int, value: float, share: float) -> ColumnDoubt:
    """Return the doubt that many rows have one and the same value in a column."""
    return _doubt(points, "many-equal", j, value=value, share=share)


def _below_reg(points: Points, reg_covar: float) -> Iterator[ColumnDoubt]:
    """Yield columns that the regularisation hides from a mixture."""
    variances = points.fitted.var(axis=0)
    for j in np.flatnonzero((variances > 0) & (reg_covar >= LARGE * variances)):
        cure, settings = against_reg(points, reg_covar)
        facts = {"column": points.columns[j], "variance": float(variances[j]), "reg": reg_covar}
        claim = Claim("column.below-reg", {**facts, "cure": cure, "to": settings.get("reg", 0.0)})
        yield ColumnDoubt(claim, int(j), settings)


def against_reg(points: Points, reg_covar: float) -> tuple[str, dict[str, Any]]:
    """Return what uncovers every column that ``reg_covar`` hides, and the settings for it.

    ``"standardise"`` gives all of them one unit; where that is done, or would not be enough,
    ``"lower-reg"`` adds less.
    """
    if not points.standardised and reg_covar <= _SAFE:
        return "standardise", {"scale": "standard"}
    variances = points.fitted.var(axis=0)
    lower = _SAFE * float(variances[variances > 0].min())
    return "lower-reg", {"reg": float(f"1e{int(np.floor(np.log10(lower)))}")}


def _skewed(points: Points) -> Iterator[ColumnDoubt]:
    if points.n < FEWEST:
        return
    bent = (points.fitted * points.scale) if points.bends else points.raw
    for j, value in enumerate(_skewness(bent)):
        if abs(value) < SKEWED:
            continue
        name = points.columns[j]
        cure, then = ("", 0.0) if points.bend_of(j) else _straighter(points.raw[:, j], value)
        facts = {"column": name, "skewness": float(value), "cure": cure, "then": then}
        settings = {"transform": [f"{cure}:{name}"]} if cure else {}
        yield ColumnDoubt(Claim("column.skewed", facts), j, settings)


def _straighter(column: NDArray[np.float64], before: float) -> tuple[str, float]:
    """Return what bends a column best, and its skewness then; none where nothing halves it."""
    low = column.min()
    possible = [
        bend for bend in SHAPES if bend == "asinh" or low > 0 or (low == 0) & (bend == "sqrt")
    ]
    then = {bend: float(_skewness(forward(bend, column)[:, None])[0]) for bend in possible}
    best = min(then, key=lambda bend: abs(then[bend]))
    return (best, then[best]) if abs(then[best]) <= abs(before) / 2 else ("", 0.0)


def _skewness(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the skewness of each column, (d,); zero for one that does not vary."""
    width = x.std(axis=0)
    live = width > 1e-12 * np.abs(x).max(axis=0)
    out = np.zeros(x.shape[1])
    out[live] = skew((x[:, live] - x[:, live].mean(axis=0)) / width[live], axis=0)
    return out
