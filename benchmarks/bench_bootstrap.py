"""How often the bootstrap test rejects: under its null, and three standard deviations apart.

Only the decision at 5 % is wanted, so a table is left as soon as it can no longer be rejected:
the same decision as with all replicates, in a fifth of the time. The p-values are then those of
J. Besag and P. Clifford (1991), Sequential Monte Carlo p-values, Biometrika 78, 301-304.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import kstest

from gmm_dash.engine import CovarianceType
from gmm_dash.engine.bootstrap import Search, fit_pair, replicate_statistics
from gmm_dash.engine.em import Settings
from gmm_dash.engine.gmm import usual_starts

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

REPLICATES = 99
LEVEL = 0.05
ROWS = 50
ROWS_APART = 200


def main(*, quick: bool = False) -> None:
    """Print the share of tables that are rejected."""
    print(f"\nBootstrap test of K = 1 against K = 2, {REPLICATES} replicates")
    many, some = (20, 5) if quick else (200, 60)
    report(f"one normal, {ROWS} x 1", many, lambda seed: _normal(seed, 1))
    report(f"one normal, {ROWS} x 2", many, lambda seed: _normal(seed, 2))
    for kind in (CovarianceType.FULL, CovarianceType.TIED):
        report(f"3 standard deviations apart, {ROWS_APART} x 2, {kind}", some, _apart, kind)


def report(
    name: str,
    tables: int,
    make: Callable[[int], NDArray[np.float64]],
    kind: CovarianceType = CovarianceType.FULL,
) -> None:
    """Print how often the tables that ``make(seed)`` returns are rejected."""
    found = np.array([p_value(make(seed), seed, kind) for seed in range(tables)])
    rejected, level = 100 * np.mean(found <= LEVEL), 100 * LEVEL
    uniform = kstest(found, "uniform").pvalue
    print(
        f"{name:42s} rejects {rejected:5.1f} % of {tables} tables at {level:g} %; "
        f"are p-values uniform: p = {uniform:.2g}",
        flush=True,
    )


def p_value(x: NDArray[np.float64], seed: int, kind: CovarianceType = CovarianceType.FULL) -> float:
    """Return the p-value, as far as it takes to decide at ``LEVEL``."""
    starts = usual_starts("mixed", 3, 0)
    search = Search(kind, starts, Settings(1e-4, 1e-6, 200), seed)
    pair = fit_pair(x, 1, search)
    if pair.null is None or pair.statistic is None:
        return 1.0  # nothing to test, nothing rejected
    enough, above, done = round(LEVEL * (REPLICATES + 1)), 0, 0
    for number in range(REPLICATES):
        (value,) = replicate_statistics(pair.null.mixture, len(x), search, [number])
        done += value is not None
        above += value is not None and value >= pair.statistic
        if above == enough:
            return above / done
    return (1 + above) / (done + 1)


def _normal(seed: int, d: int, n: int = ROWS) -> NDArray[np.float64]:
    return np.random.default_rng([seed, d]).normal(size=(n, d))


def _apart(seed: int) -> NDArray[np.float64]:
    """Return two normals of equal share in two columns, half of their points each."""
    x = _normal(seed, 2, ROWS_APART)
    x[: ROWS_APART // 2, 0] += 3.0
    return x
