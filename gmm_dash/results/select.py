"""Which model won: the rows of a comparison of many models, whole or still growing.

Rows are computed in pieces and travel through the browser, which keeps them, so what comes
back is read with the same suspicion as any other text from outside.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, get_args

from gmm_dash.engine import SelectionRow, SelectionRows
from gmm_dash.engine.criteria import CRITERIA
from gmm_dash.engine.nesting import Kept, Law, laws
from gmm_dash.errors import StateError
from gmm_dash.results.select_parts import MODEL_KEYS, PART_KEYS, WHOLE, join_parts
from gmm_dash.state import EVERY_TYPE, INITS
from gmm_dash.state.bounds import MOST_COMPONENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

REASONS: Final = ("", "variance-floor", "few-points", "unused", "collapsed", "stopped")
_MOST_ROWS: Final = 40_000  # far more than the winners of 120 models in 11 parts
_LARGEST_SEED: Final = 2**32


@dataclass(frozen=True, slots=True)
class KMeansRow:
    """k-means at one number of clusters.

    Attributes
    ----------
    n_clusters : int
    inertia : float
    silhouette, calinski_harabasz : float or None
        None where undefined, as for one cluster.
    n_iter : int
    converged : bool
    random_state : int
        Of the best restart.
    """

    n_clusters: int
    inertia: float
    silhouette: float | None
    calinski_harabasz: float | None
    n_iter: int
    converged: bool
    random_state: int


@dataclass(frozen=True)
class Selection:
    """The models compared so far.

    Attributes
    ----------
    mixtures : tuple of SelectionRow
        By covariance type, then number of components.
    kmeans : tuple of KMeansRow
        By number of clusters.
    smoothed : bool
        Whether ``reg_covar`` is strong, so that no search is judged; see ``engine.nesting``.
    """

    mixtures: tuple[SelectionRow, ...]
    kmeans: tuple[KMeansRow, ...]
    smoothed: bool = False

    def best(self, criterion: str) -> SelectionRow | None:
        """Return the best candidate; None when there is none yet."""
        return SelectionRows(self.candidates).best(CRITERIA[criterion].column)

    @cached_property
    def candidates(self) -> tuple[SelectionRow, ...]:
        """The models that may win: not degenerate, and no contained one reaches more."""
        no = ("search_failed", "only_collapsed")
        return tuple(row for row in self.mixtures if self.law(row).law not in no)

    def law(self, row: SelectionRow) -> Law:
        """Return how one of the mixtures stands to those that it contains."""
        return self._laws[row.covariance_type, row.n_components]

    @cached_property
    def _laws(self) -> dict[tuple[str, int], Law]:
        found = zip(self.mixtures, laws(self.mixtures, smoothed=self.smoothed), strict=True)
        return {(row.covariance_type, row.n_components): law for row, law in found}

    def of_type(self, covariance_type: str) -> tuple[SelectionRow, ...]:
        """Return the rows of one covariance type, by number of components."""
        return tuple(row for row in self.mixtures if row.covariance_type == covariance_type)


def score(row: SelectionRow, criterion: str) -> float | None:
    """Return what ``row`` is ranked by."""
    value: float | None = getattr(row, CRITERIA[criterion].column)
    return value


def behind(row: SelectionRow, best: SelectionRow | None, criterion: str) -> float | None:
    """Return how much worse than ``best`` a row is; zero or more for every candidate."""
    mine, theirs = score(row, criterion), None if best is None else score(best, criterion)
    if mine is None or theirs is None:
        return None
    return mine - theirs if CRITERIA[criterion].lower else theirs - mine


def selection_of(mixtures: Any, kmeans: Any, *, smoothed: bool = False) -> Selection:
    """Return the comparison made of rows in their plain form.

    Parameters
    ----------
    mixtures, kmeans : list of dict
        In any order; models that were fitted in several parts are put together.
    smoothed : bool
        Whether ``reg_covar`` is strong beside the points.

    Raises
    ------
    StateError
        When something in them cannot be a row.
    """
    rows = join_parts([_checked(row, _fields_of(row)) for row in _listed(mixtures)])
    order = {kind: i for i, kind in enumerate(EVERY_TYPE)}
    whole = list(_once([SelectionRow(**row) for row in rows]))
    whole.sort(key=lambda row: (order[row.covariance_type], row.n_components))
    found = [KMeansRow(**_checked(row, _KMEANS)) for row in _listed(kmeans)]
    found.sort(key=lambda row: row.n_clusters)
    return Selection(tuple(whole), tuple(found), smoothed)


def _once(rows: Sequence[SelectionRow]) -> Iterable[SelectionRow]:
    """Return each model once: as its neighbours improve on it, once they have.

    The held-out score stays: it is that of the drawn starts, on parts of the points.
    """
    out: dict[tuple[str, int], SelectionRow] = {}
    for row in sorted(rows, key=lambda row: row.informed):
        key = row.covariance_type, row.n_components
        held = row.heldout_log_likelihood
        if held is None and key in out:
            held = out[key].heldout_log_likelihood
        out[key] = replace(row, heldout_log_likelihood=held)
    return out.values()


def _listed(raw: Any) -> list[Any]:
    if not isinstance(raw, list) or len(raw) > _MOST_ROWS:
        raise _unreadable()
    return raw


def _fields_of(row: Any) -> dict[str, Any]:
    """Return what a mixture's row must hold: little, when it only scores a fold."""
    if not isinstance(row, dict) or "restart" not in row:
        return _MIXTURE
    whole = row.get("fold") == WHOLE or row.keys() >= _MIXTURE.keys()
    return _PART | (_MIXTURE if whole else {key: _MIXTURE[key] for key in MODEL_KEYS})


def _checked(raw: Any, kinds: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(raw, dict) or raw.keys() != kinds.keys():
        raise _unreadable()
    if not all(check(raw[key]) for key, check in kinds.items()):
        raise _unreadable()
    return dict(raw)


def _unreadable() -> StateError:
    return StateError(
        "The page sent results that cannot be read.", hint="Reload the page to compute them again."
    )


def _number(value: Any) -> bool:
    if value is None:
        return True
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return plain and math.isfinite(value)


def _count(high: int) -> Any:
    return lambda v: isinstance(v, int) and not isinstance(v, bool) and 0 <= v <= high


def _one_of(options: Sequence[str]) -> Any:
    return lambda value: isinstance(value, str) and value in options


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


_MIXTURE: Final = {field.name: _number for field in fields(SelectionRow)} | {
    "covariance_type": _one_of(EVERY_TYPE),
    "n_components": _count(MOST_COMPONENTS),
    "n_parameters": _count(10**9),
    "n_iter": _count(10**6),
    "random_state": _count(_LARGEST_SEED),
    "converged": _flag,
    "degenerate": _flag,
    "init": _one_of(INITS),
    "reason": _one_of(REASONS),
    "informed": _flag,
    "law": _one_of(get_args(Kept)),
}
_PART: Final = dict.fromkeys(PART_KEYS, _number) | {
    "restart": _count(10**6),
    "fold": lambda value: value == WHOLE or _count(10**6)(value),
    "folds": _count(10**6),
    "held_count": lambda value: value is not None and _number(value) and value >= 0,
}
_KMEANS: Final = {field.name: _number for field in fields(KMeansRow)} | {
    "n_clusters": _count(MOST_COMPONENTS),
    "inertia": lambda value: value is not None and _number(value),
    "n_iter": _count(10**6),
    "random_state": _count(_LARGEST_SEED),
    "converged": _flag,
}
