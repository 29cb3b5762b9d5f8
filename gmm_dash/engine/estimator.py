"""Equal circles of equal weight in the form of scikit-learn's estimators, for exported scripts.

scikit-learn has no such covariance type. What is fitted here is its spherical mixture with all
variances and all weights the same, so all that it can do with a fitted mixture it can do with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from sklearn.mixture import GaussianMixture
from sklearn.mixture._gaussian_mixture import _compute_precision_cholesky

from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.gap_expectation import known_log_likelihood
from gmm_dash.engine.gaps import fit_gaps
from gmm_dash.engine.gmm import fit_gmm
from gmm_dash.engine.hardening import soft_kmeans
from gmm_dash.engine.known_starts import fit_from_mixture
from gmm_dash.engine.scores import n_parameters
from gmm_dash.engine.types import Mixture
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from gmm_dash.engine.gap_fit import GapFit
    from gmm_dash.engine.mixture_fit import MixtureFit
    from gmm_dash.engine.types import Floats


class EqualMixture(GaussianMixture):  # type: ignore[misc]
    """A mixture of circles of one size and equal weights, found by EM.

    Parameters
    ----------
    n_components : int
    variance : float, optional
        Held at this value, zero for k-means itself; ``means_init`` then says where to begin.
        Left out, it is estimated like the means.
    tol, reg_covar, max_iter, n_init, init_params, weights_init, means_init, precisions_init, \
random_state
        As in ``GaussianMixture``.
    """

    def __init__(  # noqa: PLR0913  (scikit-learn's own)
        self,
        n_components: int = 1,
        *,
        variance: float | None = None,
        tol: float = 1e-3,
        reg_covar: float = 1e-6,
        max_iter: int = 100,
        n_init: int = 1,
        init_params: str = "kmeans",
        weights_init: Any = None,
        means_init: Any = None,
        precisions_init: Any = None,
        random_state: int = 0,
    ) -> None:
        super().__init__(
            n_components,
            covariance_type="spherical",
            tol=tol,
            reg_covar=reg_covar,
            max_iter=max_iter,
            n_init=n_init,
            init_params=init_params,
            weights_init=weights_init,
            means_init=means_init,
            precisions_init=precisions_init,
            random_state=random_state,
        )
        self.variance = variance

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002, N803  (scikit-learn's own names)
        """Return itself, fitted to (n, d) points.

        Raises
        ------
        ValueError
            When a component breaks down, as ``GaussianMixture`` does.
        """
        try:
            found = self._found(np.asarray(X, dtype=float))
        except FitError as error:
            raise ValueError(str(error)) from error
        mixture: Mixture = found.mixture
        self.weights_, self.means_ = mixture.weights, mixture.means
        self.covariances_ = mixture.covariances[:, 0, 0]
        self.precisions_ = 1.0 / self.covariances_
        self.precisions_cholesky_ = np.sqrt(self.precisions_)
        self.n_iter_, self.converged_ = found.n_iter, found.converged
        self.lower_bound_, self.n_features_in_ = found.lower_bound, mixture.n_features
        return self

    def score_known(self, X: Any) -> float:  # noqa: N803
        """Return the log-likelihood of the known values of (n, d) rows, summed over the rows."""
        return known_log_likelihood(X, self.fit_.mixture)

    def _found(self, x: Floats) -> Any:
        rules = {"tol": self.tol, "max_iter": self.max_iter}
        if self.variance is not None:
            return soft_kmeans(x, self.means_init, self.variance, **rules)
        rules |= {"reg_covar": self.reg_covar, "covariance_type": str(CovarianceType.EQUAL)}
        if self.means_init is None:
            return fit_gmm(
                x,
                self.n_components,
                init=self.init_params,
                n_init=self.n_init,
                random_state=self.random_state,
                **rules,
            )
        circles = np.eye(x.shape[1]) / np.asarray(self.precisions_init)[:, None, None]
        start = Mixture(np.asarray(self.weights_init), np.asarray(self.means_init), circles)
        return fit_from_mixture(x, start, **rules)

    def _n_parameters(self) -> int:
        """Return what AIC and BIC count: the means, and the variance unless it is held."""
        k, d = self.means_.shape
        return n_parameters(CovarianceType.EQUAL, k, d) - (self.variance is not None)


class GapMixture(GaussianMixture):  # type: ignore[misc]
    """A mixture fitted to rows with gaps, by :func:`gmm_dash.engine.fit_gaps`.

    Once fitted, complete rows can be given to it as to ``GaussianMixture``.

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
            covariance_type=_nearest(covariance_type),
            tol=tol,
            reg_covar=reg_covar,
            max_iter=max_iter,
            random_state=random_state,
        )
        self.held_to = covariance_type

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002, N803  (scikit-learn's own names)
        """Return itself, fitted to (n, d) rows with NaN where there is no value.

        Raises
        ------
        ValueError
            When they cannot be fitted, as ``GaussianMixture`` does.
        """
        try:
            found = fit_gaps(
                X,
                self.n_components,
                covariance_type=self.held_to,
                n_init=1,
                tol=self.tol,
                reg_covar=self.reg_covar,
                max_iter=self.max_iter,
                random_state=self.random_state,
            )
        except FitError as error:
            raise ValueError(str(error)) from error
        _take(self, found)
        return self

    def score_known(self, X: Any) -> float:  # noqa: N803
        """Return the log-likelihood of the known values of (n, d) rows, summed over the rows."""
        return known_log_likelihood(X, self.fit_.mixture)


class WeightedMixture(GaussianMixture):  # type: ignore[misc]
    """A mixture of rows that count by weights, by :func:`gmm_dash.engine.fit_gmm`.

    Once fitted, rows can be given to it as to ``GaussianMixture``.

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
            covariance_type=_nearest(covariance_type),
            tol=tol,
            reg_covar=reg_covar,
            max_iter=max_iter,
            n_init=n_init,
            init_params=init_params,
            random_state=random_state,
        )
        self.held_to = covariance_type

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:  # noqa: ARG002, N803
        """Return itself, fitted to (n, d) rows that count as ``sample_weight``, (n,), says.

        Raises
        ------
        ValueError
            When they cannot be fitted, as ``GaussianMixture`` does.
        """
        try:
            found = fit_gmm(
                X,
                self.n_components,
                covariance_type=self.held_to,
                init=self.init_params,
                n_init=self.n_init,
                tol=self.tol,
                reg_covar=self.reg_covar,
                max_iter=self.max_iter,
                random_state=self.random_state,
                sample_weight=sample_weight,
            )
        except FitError as error:
            raise ValueError(str(error)) from error
        _take(self, found)
        return self


def _take(model: Any, found: GapFit | MixtureFit) -> None:
    """Give an estimator what was found, in the form that scikit-learn has it."""
    mixture, shape = found.mixture, found.covariance_type.shape
    model.fit_, model.weights_, model.means_ = found, mixture.weights, mixture.means
    model.covariances_ = shape.precisions(mixture.covariances)
    model.precisions_ = shape.precisions(np.linalg.inv(mixture.covariances))
    model.precisions_cholesky_ = _compute_precision_cholesky(
        model.covariances_, _nearest(model.held_to)
    )
    model.n_iter_, model.converged_ = found.n_iter, found.converged
    model.lower_bound_, model.n_features_in_ = found.lower_bound, mixture.n_features


def _nearest(covariance_type: str) -> str:
    """Return scikit-learn's type that holds a type: circles of one size are spherical."""
    ours = CovarianceType(covariance_type).shape.ours
    return str(CovarianceType.SPHERICAL) if ours else covariance_type


def gaussian_mixture(
    n_components: int = 1, *, covariance_type: str = "full", **settings: Any
) -> Any:
    """Return scikit-learn's ``GaussianMixture``, or for ```equal``` an :class:`EqualMixture`."""
    if covariance_type == CovarianceType.EQUAL:
        return EqualMixture(n_components, **settings)
    return GaussianMixture(n_components, covariance_type=covariance_type, **settings)
