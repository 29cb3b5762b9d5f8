"""A mixture that was fitted to rows with gaps, and what there is to know about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine import scores
from gmm_dash.engine.types import Mixture, ReadOnlyArrays

if TYPE_CHECKING:
    from gmm_dash.engine.covariances import CovarianceType
    from gmm_dash.engine.types import Bools, Floats, Ints


@dataclass(frozen=True, eq=False)
class GapFit(ReadOnlyArrays):
    """A mixture fitted to rows with gaps.

    Attributes
    ----------
    mixture : Mixture
    covariance_type : CovarianceType
    responsibilities : (n, k) array
        Of every row, given its known values.
    labels : (n,) array of int
    known : (n, d) array of bool
        Where the data have a value.
    filled : (n, d) array
        The data; where they have a gap, its mean given the row's known values.
    spread : (n, d) array
        The standard deviation of that distribution; zero where the value is known.
    log_likelihood : float
        Of the known values, mean per row in nats, of these parameters.
    lower_bound : float
        The same before the last M-step.
    path : (n_iter + 1,) array
        The same before each M-step and after the last one.
    log_likelihoods : (n_init,) array
        Of every restart; minus infinity where a covariance became singular.
    n_parameters, n_iter : int
    converged : bool
    random_state : int
        Seed of the winner's k-means.
    tol, reg_covar, max_iter
        As asked for.
    """

    mixture: Mixture
    covariance_type: CovarianceType
    responsibilities: Floats
    labels: Ints
    known: Bools
    filled: Floats
    spread: Floats
    log_likelihood: float
    lower_bound: float
    path: Floats
    log_likelihoods: Floats
    n_parameters: int
    n_iter: int
    converged: bool
    random_state: int
    tol: float
    reg_covar: float
    max_iter: int

    @property
    def n(self) -> int:
        """Number of rows."""
        return len(self.known)

    @property
    def complete(self) -> Bools:
        """Which rows have no gap, (n,)."""
        return np.asarray(self.known.all(axis=1))

    @property
    def aic(self) -> float:
        """Akaike's criterion of the likelihood of what is known."""
        return scores.aic(self.log_likelihood, self.n_parameters, self.n)

    @property
    def bic(self) -> float:
        """Schwarz's criterion of that likelihood; every row counts as one, gaps or not."""
        return scores.bic(self.log_likelihood, self.n_parameters, self.n)
