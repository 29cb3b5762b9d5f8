"""The kinds of data that "How many?" compares models of: whole rows, rows with gaps, weighted ones.

Each fits mixtures to its rows, or to parts of them, and scores rows left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gmm_dash.engine.complete_rows import of_complete_rows
from gmm_dash.engine.density import score_samples
from gmm_dash.engine.em import Settings
from gmm_dash.engine.gap_expectation import known_log_likelihood
from gmm_dash.engine.gaps import fit_gaps
from gmm_dash.engine.gmm import fit_gmm, usual_starts
from gmm_dash.engine.select import select_drawn
from gmm_dash.engine.select_each import select_each

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gmm_dash.engine.drawn import Cell
    from gmm_dash.engine.levels import Found
    from gmm_dash.engine.mixture_fit import MixtureFit
    from gmm_dash.engine.select_rows import SelectionRows
    from gmm_dash.engine.types import Bools, Floats, Ints, Mixture
    from gmm_dash.engine.weights import Weighting


@dataclass(frozen=True, eq=False, slots=True)
class _Points:
    """Rows, (n, d), that each count as one point."""

    x: Floats

    @property
    def n_points(self) -> int:
        """Number of points of the criteria: every row is one."""
        return len(self.x)

    @property
    def sample_weight(self) -> None:
        """Nothing: every row counts alike."""

    def mass(self, outside: Bools) -> float:
        """Return how many rows these are."""
        return int(outside.sum())


@dataclass(frozen=True, eq=False, slots=True)
class PlainData(_Points):
    """Rows without gaps, (n, d): what scikit-learn fits."""

    def select(
        self, cells: Sequence[Cell], rules: Mapping[str, Any], folds: Sequence[Ints]
    ) -> tuple[SelectionRows, dict[Cell, Found | None]]:
        """Return the rows of models that are fitted together, and their best sound runs."""
        starts = usual_starts(rules["init"], rules["n_init"], rules["random_state"])
        settings = Settings(rules["tol"], rules["reg_covar"], rules["max_iter"])
        return select_drawn(self.x, cells, starts, settings, folds)

    def fit(self, inside: Bools | slice, cell: Cell, rules: Mapping[str, Any]) -> MixtureFit:
        """Return the mixture of some rows."""
        kind, k = cell
        return fit_gmm(self.x[inside], k, covariance_type=kind, **rules)

    def log_likelihood(self, outside: Bools, mixture: Mixture) -> float:
        """Return the log-likelihood of some rows, summed over them."""
        return float(score_samples(self.x[outside], mixture).sum())


@dataclass(frozen=True, eq=False, slots=True)
class GappedData(_Points):
    """Rows, (n, d), with NaN where there is no value.

    Likelihoods, and so criteria, are of what is known.
    """

    def select(
        self, cells: Sequence[Cell], rules: Mapping[str, Any], folds: Sequence[Ints]
    ) -> tuple[SelectionRows, dict[Cell, Found | None]]:
        """Return the rows of models that are fitted one by one; no climb begins with them."""
        return select_each(self, cells, rules, folds), {}

    def fit(self, inside: Bools | slice, cell: Cell, rules: Mapping[str, Any]) -> MixtureFit:
        """Return the mixture of some rows; there is one kind of start, ``GAPS_INIT``."""
        (kind, k), known = cell, {name: rules[name] for name in rules if name != "init"}
        return of_complete_rows(fit_gaps(self.x[inside], k, covariance_type=kind, **known))

    def log_likelihood(self, outside: Bools, mixture: Mixture) -> float:
        """Return the log-likelihood of what is known of some rows, summed over them."""
        return known_log_likelihood(self.x[outside], mixture)


@dataclass(frozen=True, eq=False, slots=True)
class WeightedData:
    """Rows without gaps, (n, d), that count by weights.

    Counts are copies, so criteria are of as many points. Other weights give no number of points,
    so there the criteria have no value.
    """

    x: Floats
    weighting: Weighting

    @property
    def n_points(self) -> int | None:
        """Number of points of the criteria: the sum of counts; other weights give none."""
        return self.weighting.n_points

    @property
    def sample_weight(self) -> Floats:
        """What each row counts, (n,)."""
        return self.weighting.values

    def select(
        self, cells: Sequence[Cell], rules: Mapping[str, Any], folds: Sequence[Ints]
    ) -> tuple[SelectionRows, dict[Cell, Found | None]]:
        """Return the rows of models that are fitted one by one; no climb begins with them."""
        return select_each(self, cells, rules, folds), {}

    def fit(self, inside: Bools | slice, cell: Cell, rules: Mapping[str, Any]) -> MixtureFit:
        """Return the mixture of some rows."""
        (kind, k), each = cell, self.sample_weight[inside]
        return fit_gmm(self.x[inside], k, covariance_type=kind, sample_weight=each, **rules)

    def log_likelihood(self, outside: Bools, mixture: Mixture) -> float:
        """Return the weighted log-likelihood of some rows, summed over them."""
        return float(score_samples(self.x[outside], mixture) @ self.sample_weight[outside])

    def mass(self, outside: Bools) -> float:
        """Return the weight of these rows."""
        return float(self.sample_weight[outside].sum())
