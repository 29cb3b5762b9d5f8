"""What a mixture expects of one coordinate where another one is known: mixture regression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import logsumexp

from gmm_dash.engine.density import project
from gmm_dash.engine.validate import as_count, as_points
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from typing import Any

    from gmm_dash.engine.types import Floats, Mixture


@dataclass(frozen=True, eq=False)
class Conditional:
    """The distribution of one coordinate at each of m values of another one.

    At each value it is a mixture of k normal distributions.

    Attributes
    ----------
    weights : (m, k) array
        Rows sum to one.
    means : (m, k) array
    variances : (k,) array
        The same at every value: a Gaussian's slice is as wide wherever it is cut.
    """

    weights: Floats
    means: Floats
    variances: Floats

    @property
    def mean(self) -> Floats:
        """The (m,) expected values: the regression of one coordinate on the other."""
        return np.asarray((self.weights * self.means).sum(axis=1))

    @property
    def variance(self) -> Floats:
        """The (m,) variances: those of the components, and of their means about the mean."""
        about = self.means - self.mean[:, None]
        return np.asarray((self.weights * (self.variances + about**2)).sum(axis=1))

    def density(self, values: Any) -> Floats:
        """Return the (m, g) density at g ``values`` of the coordinate."""
        at = as_points(np.asarray(values).reshape(-1, 1), what="The values")[:, 0]
        z = (at[None, :, None] - self.means[:, None, :]) / np.sqrt(self.variances)
        heights = np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi * self.variances)
        return np.asarray((heights * self.weights[:, None, :]).sum(axis=2))


def condition(mixture: Mixture, at: Any, *, given: int = 0, asked: int = 1) -> Conditional:
    """Return what ``mixture`` says of feature ``asked`` where feature ``given`` is ``at``.

    Each component's slice is a normal distribution; its weight is the probability that it is this
    component's, given the known coordinate.

    Parameters
    ----------
    mixture : Mixture
    at : (m,) array
        Values of the known coordinate.
    given, asked : int
        Two different features.

    Raises
    ------
    FitError
        When the features are the same, or outside the mixture.
    """
    last = mixture.n_features - 1
    known, wanted = as_count(given, "given", 0, last), as_count(asked, "asked", 0, last)
    if known == wanted:
        raise FitError("A coordinate is asked for that is given.", hint="Name two features.")
    flat = project(mixture, np.eye(mixture.n_features)[[known, wanted]])
    values = as_points(np.asarray(at).reshape(-1, 1), what="The known values")[:, 0]
    variance, shared = flat.covariances[:, 0, 0], flat.covariances[:, 0, 1]
    away = values[:, None] - flat.means[:, 0]
    with np.errstate(divide="ignore"):  # a component without weight has none anywhere
        log_weights = np.log(flat.weights)
    joint = log_weights - 0.5 * (np.log(variance) + away**2 / variance)
    weights = np.exp(joint - logsumexp(joint, axis=1, keepdims=True))
    means = flat.means[:, 1] + away * (shared / variance)
    own = flat.covariances[:, 1, 1]
    left = np.maximum(own - shared**2 / variance, np.finfo(float).eps * own)  # not below rounding
    return Conditional(weights, means, left)
