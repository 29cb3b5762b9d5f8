"""One mixture fitted to a table that no single machine holds, as map and reduce.

Every iteration each block of rows reports its sufficient statistics under the present mixture;
they are added up, and the M-step makes the next mixture of the sum. What travels is a mixture
to every block and ``k (1 + d + d²)`` numbers back, whatever the number of rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import dask
import numpy as np

from gmm_dash.engine import block_statistics, combine, fit_gmm, m_step_from_statistics
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from dask.array import Array

    from gmm_dash.engine import Mixture

SAMPLE_ROWS = 20_000
"""Rows the start is fitted to; a start needs to be near, not exact."""


@dataclass(frozen=True, eq=False)
class BlockFit:
    """The end of EM over the blocks of a table.

    Attributes
    ----------
    mixture : Mixture
    log_likelihood : float
        Mean per row in nats, under ``mixture``'s predecessor, as scikit-learn's lower bound.
    log_likelihoods : tuple of float
        The same for every iteration.
    n : int
        Rows.
    converged : bool
    """

    mixture: Mixture
    log_likelihood: float
    log_likelihoods: tuple[float, ...]
    n: int
    converged: bool

    @property
    def n_iter(self) -> int:
        """Iterations done."""
        return len(self.log_likelihoods)


def fit_blocks(
    rows: Array,
    start: Mixture,
    *,
    covariance_type: str = "full",
    tol: float = 1e-6,
    reg_covar: float = 1e-6,
    max_iter: int = 500,
    client: Any = None,
) -> BlockFit:
    """Return EM's end from ``start``, the same as if all rows were one block.

    Parameters
    ----------
    rows : (n, d) dask array
        Chunked along the rows only.
    start : Mixture
        See :func:`start_from_sample`.
    covariance_type, tol, reg_covar, max_iter
        As in :func:`gmm_dash.engine.fit_gmm`.
    client : distributed.Client, optional
        Cluster to compute on; this process when left out. With a client the blocks are first
        spread over its workers, and a lost one is computed again from its source.

    Raises
    ------
    FitError
        When the columns are cut into chunks too, or a block cannot be used.
    """
    if rows.ndim != 2 or rows.numblocks[1] != 1:
        raise FitError(
            "A table is cut into blocks of rows, each with all columns.",
            hint="Rechunk it with rows.rechunk({1: -1}).",
        )
    if client is not None:
        rows = client.persist(rows)
    blocks = list(rows.to_delayed().ravel())
    history: list[float] = []
    mixture, converged = start, False
    while len(history) < max_iter and not converged:
        statistics = _gather(mixture, blocks, covariance_type, client)
        history.append(statistics.log_likelihood / statistics.n)
        mixture = m_step_from_statistics(
            statistics, covariance_type=covariance_type, reg_covar=reg_covar
        )
        converged = len(history) > 1 and abs(history[-1] - history[-2]) < tol
    return BlockFit(mixture, history[-1], tuple(history), statistics.n, converged)


def start_from_sample(
    rows: Array, n_components: int, *, random_state: int = 0, **settings: Any
) -> Mixture:
    """Return the mixture of a random sample of the rows, to start :func:`fit_blocks` from.

    Parameters
    ----------
    rows : (n, d) dask array
    n_components : int
    random_state : int
        Draws the sample and its starts.
    settings
        More of :func:`gmm_dash.engine.fit_gmm`'s.
    """
    n = rows.shape[0]
    chosen = np.random.default_rng(random_state).choice(n, min(n, SAMPLE_ROWS), replace=False)
    sample = np.asarray(rows[np.sort(chosen)].compute())
    return fit_gmm(sample, n_components, random_state=random_state, **settings).mixture


def _gather(mixture: Mixture, blocks: list[Any], covariance_type: str, client: Any) -> Any:
    """Return the sum of the statistics of all blocks, added up in the order of the blocks."""
    one = dask.delayed(block_statistics, pure=True)
    parts = [one(mixture, block, covariance_type=covariance_type) for block in blocks]
    total = dask.delayed(combine)(parts)
    if client is not None:
        return client.compute(total, retries=3).result()
    return dask.compute(total, scheduler="synchronous")[0]
