"""Mixtures of rows with gaps, and of weighted rows, as scikit-learn's estimators, for scripts.

Once fitted, each does with complete rows all that ``GaussianMixture`` does.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from sklearn.mixture import GaussianMixture
from sklearn.mixture._gaussian_mixture import _compute_precision_cholesky

from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.gap_expectation import known_log_likelihood
from gmm_dash.engine.gaps import fit_gaps
from gmm_dash.engine.gmm import fit_gmm
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gmm_dash.engine.gap_fit import GapFit
    from gmm_dash.engine.mixture_fit import MixtureFit


@contextmanager
def value_errors() -> Iterator[None]:
    """Raise ``ValueError`` for a fit that cannot be had, as ``GaussianMixture`` does."""
    try:
        yield
    except FitError as error:
        raise ValueError(str(error)) from error


class _Fitted(GaussianMixture):  # type: ignore[misc]
    """What holds the mixture that an engine of ours has found."""

    def __init__(self, n_components: int, *, covariance_type: str, **settings: Any) -> None:
        super().__init__(n_components, covariance_type=_nearest(covariance_type), **settings)
        self.held_to = covariance_type

    def _take(self, engine: Callable[..., GapFit | MixtureFit], X: Any, **given: Any) -> Self:  # noqa: N803
        """Return itself with what ``engine`` finds, in the form that scikit-learn has it."""
        with value_errors():
            found = engine(
                X,
                self.n_components,
                covariance_type=self.held_to,
                n_init=self.n_init,
                tol=self.tol,
                reg_covar=self.reg_covar,
                max_iter=self.max_iter,
                random_state=self.random_state,
                **given,
            )
        mixture, shape = found.mixture, found.covariance_type.shape
        self.fit_, self.weights_, self.means_ = found, mixture.weights, mixture.means
        self.covariances_ = shape.precisions(mixture.covariances)
        self.precisions_ = shape.precisions(np.linalg.inv(mixture.covariances))
        self.precisions_cholesky_ = _compute_precision_cholesky(
            self.covariances_, _nearest(self.held_to)
        )
        self.n_iter_, self.converged_ = found.n_iter, found.converged
        self.lower_bound_, self.n_features_in_ = found.lower_bound, mixture.n_features
        return self


class GapMixture(_Fitted):
    """A mixture fitted to rows with gaps, by :func:`gmm_dash.engine.fit_gaps`.

    Parameters
    ----------
    n_components, covariance_type, tol, reg_covar, max_iter, random_state
        As in ``GaussianMixture``; it starts from k-means of the complete rows.

    Attributes
    ----------
    fit_ : GapFit
        The shares and criteria of all rows.
    """

    def __init__(
        self,
        n_components: int = 1,
        *,
        covariance_type: str = "full",
        tol: float = 1e-3,
        reg_covar: float = 1e-6,
        max_iter: int = 100,
        random_state: int = 0,
    ) -> None:
        super().__init__(
            n_components,
            covariance_type=covariance_type,
            tol=tol,
            reg_covar=reg_covar,
            max_iter=max_iter,
            random_state=random_state,
        )

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002, N803  (scikit-learn's own names)
        """Return itself, fitted to (n, d) rows with NaN where there is no value.

        Raises
        ------
        ValueError
            When they cannot be fitted, as ``GaussianMixture`` does.
        """
        return self._take(fit_gaps, X)

    def score_known(self, X: Any) -> float:  # noqa: N803
        """Return the log-likelihood of the known values of (n, d) rows, summed over the rows."""
        return known_log_likelihood(X, self.fit_.mixture)


class WeightedMixture(_Fitted):
    """A mixture of rows that count by weights, by :func:`gmm_dash.engine.fit_gmm`.

    Parameters
    ----------
    n_components, covariance_type, tol, reg_covar, max_iter, n_init, init_params, random_state
        As in ``GaussianMixture``; starts are drawn by the weights, as from copies of the rows.

    Attributes
    ----------
    fit_ : MixtureFit
        The criteria, of weighted rows: NaN where the weights are no whole numbers.
    """

    def __init__(
        self,
        n_components: int = 1,
        *,
        covariance_type: str = "full",
        tol: float = 1e-3,
        reg_covar: float = 1e-6,
        max_iter: int = 100,
        n_init: int = 1,
        init_params: str = "kmeans",
        random_state: int = 0,
    ) -> None:
        super().__init__(
            n_components,
            covariance_type=covariance_type,
            tol=tol,
            reg_covar=reg_covar,
            max_iter=max_iter,
            n_init=n_init,
            init_params=init_params,
            random_state=random_state,
        )

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:  # noqa: ARG002, N803
        """Return itself, fitted to (n, d) rows that count as ``sample_weight``, (n,), says.

        Raises
        ------
        ValueError
            When they cannot be fitted, as ``GaussianMixture`` does.
        """
        return self._take(fit_gmm, X, init=self.init_params, sample_weight=sample_weight)


def _nearest(covariance_type: str) -> str:
    """Return scikit-learn's type that holds a type: circles of one size are spherical."""
    ours = CovarianceType(covariance_type).shape.ours
    return str(CovarianceType.SPHERICAL) if ours else covariance_type
