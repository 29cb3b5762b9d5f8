"""Many models from drawn starts: where they all ended, and which of them to show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, Self, TypeAlias

import numpy as np

from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.health import diagnose
from gmm_dash.engine.levels import Found
from gmm_dash.engine.solve import SAME_BOUND, Job, pick_best, solve
from gmm_dash.engine.starts import StartSpec
from gmm_dash.engine.types import Mixture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.engine.em import Run, Settings
    from gmm_dash.engine.features import Features
    from gmm_dash.engine.solve import Solution
    from gmm_dash.engine.types import Floats

Cell: TypeAlias = tuple[CovarianceType, int]
"""A model: its covariance type and its number of components."""


class Winner(NamedTuple):
    """The best run of one model.

    Attributes
    ----------
    init, random_state : str, int
        Its start.
    mixture : Mixture or None
        None when every run broke down.
    log_likelihood, entropy : float
    n_iter : int
    converged : bool
    features : Features
    """

    init: str
    random_state: int
    mixture: Mixture | None
    log_likelihood: float
    entropy: float
    n_iter: int
    converged: bool
    features: Features

    @classmethod
    def of(cls, found: Found, features: Features) -> Self:
        """Return what a climb has found as a winner."""
        f = found
        return cls(
            f.init, f.random_state, f.mixture, f.log_likelihood, f.entropy, f.n_iter,
            f.converged, features,
        )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Drawings:
    """Where the drawn starts of some models ended.

    Attributes
    ----------
    cells : sequence of Cell
    specs : sequence of (str, int)
        Kind and seed of each start.
    settings : Settings
    solution : Solution
        Cell by cell, start by start.
    """

    cells: Sequence[Cell]
    specs: Sequence[tuple[str, int]]
    settings: Settings
    solution: Solution

    @property
    def winners(self) -> list[Winner]:
        """The run of highest lower bound of each model, as scikit-learn chooses."""
        out = []
        for c in range(len(self.cells)):
            runs = self._runs(c)
            best = pick_best([run.lower_bound for run in runs])
            run, (init, random_state) = runs[best], self.specs[best]
            mixture = self.solution.mixture(c * len(self.specs) + best)
            out.append(
                Winner(
                    init,
                    random_state,
                    mixture,
                    run.log_likelihood,
                    run.entropy,
                    run.n_iter,
                    run.converged,
                    self.solution.features,
                )
            )
        return out

    @property
    def sound(self) -> list[Found | None]:
        """The likeliest run of each model among those of which no component is degenerate."""
        well = are_sound(self.solution.runs, self.solution.features, self.settings.reg_covar)
        return [self._sound(c, well) for c in range(len(self.cells))]

    def _sound(self, c: int, well: Sequence[bool]) -> Found | None:
        first, runs = c * len(self.specs), self._runs(c)
        plain = pick_best([run.lower_bound for run in runs])
        best: Found | None = None
        for i, ((init, random_state), run) in enumerate(zip(self.specs, runs, strict=True)):
            if well[first + i] and higher(run, best):
                best = Found(
                    self.solution.winner(first + i),
                    run.log_likelihood,
                    run.entropy,
                    run.n_iter,
                    run.converged,
                    init,
                    random_state,
                    self.settings.max_iter,
                )
                best = replace(best, plain=i == plain)
        return best

    def _runs(self, c: int) -> Sequence[Run]:
        width = len(self.specs)
        return self.solution.runs[c * width : (c + 1) * width]


def draw(
    x: Floats, cells: Sequence[Cell], specs: Sequence[tuple[str, int]], settings: Settings
) -> Drawings:
    """Return where all starts of all models end, fitted together."""
    jobs = [Job(StartSpec(kind, seed, k), shape) for shape, k in cells for kind, seed in specs]
    return Drawings(cells, specs, settings, solve(x, jobs, settings, reproducible=True))


def are_sound(runs: Sequence[Run], features: Features, reg_covar: float) -> list[bool]:
    """Return for each run whether it stands and none of its components is degenerate."""
    standing = [run for run in runs if not run.failed]
    if not standing:
        return [False] * len(runs)
    every = Mixture(
        np.concatenate([run.weights / run.weights.sum() for run in standing]),
        np.concatenate([run.means for run in standing]),
        np.concatenate([run.covariances for run in standing]),
    )
    wrong = diagnose(every, n=features.n, reg_covar=reg_covar, data=features.shape).degenerate
    edges = np.cumsum([0] + [len(run.weights) for run in standing])
    verdicts = iter(~np.logical_or.reduceat(wrong, edges[:-1]))
    return [not run.failed and bool(next(verdicts)) for run in runs]


def higher(run: Run, known: Found | None) -> bool:
    """Return whether a run reaches more than what is known, beyond rounding."""
    if known is None:
        return True
    slack = SAME_BOUND * (1.0 + abs(known.log_likelihood))
    return run.log_likelihood > known.log_likelihood + slack
