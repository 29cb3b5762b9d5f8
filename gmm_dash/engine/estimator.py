"""Equal circles of equal weight in the form of scikit-learn's estimators, for exported scripts.

scikit-learn has no such covariance type. What is fitted here is its spherical mixture with all
variances and all weights the same, so all that it can do with a fitted mixture it can do with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from sklearn.mixture import GaussianMixture

from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.gmm import fit_gmm
from gmm_dash.engine.hardening import soft_kmeans
from gmm_dash.engine.known_starts import fit_from_mixture
from gmm_dash.engine.row_estimators import value_errors
from gmm_dash.engine.scores import n_parameters
from gmm_dash.engine.types import Mixture

if TYPE_CHECKING:
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
        with value_errors():
            found = self._found(np.asarray(X, dtype=float))
        mixture: Mixture = found.mixture
        self.weights_, self.means_ = mixture.weights, mixture.means
        self.covariances_ = mixture.covariances[:, 0, 0]
        self.precisions_ = 1.0 / self.covariances_
        self.precisions_cholesky_ = np.sqrt(self.precisions_)
        self.n_iter_, self.converged_ = found.n_iter, found.converged
        self.lower_bound_, self.n_features_in_ = found.lower_bound, mixture.n_features
        return self

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


def gaussian_mixture(
    n_components: int = 1, *, covariance_type: str = "full", **settings: Any
) -> Any:
    """Return scikit-learn's ``GaussianMixture``, or for ```equal``` an :class:`EqualMixture`."""
    if covariance_type == CovarianceType.EQUAL:
        return EqualMixture(n_components, **settings)
    return GaussianMixture(n_components, covariance_type=covariance_type, **settings)
