"""A mixture that was fitted with a uniform background, and what there is to know about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine.types import Mixture, ReadOnlyArrays
from gmm_dash.engine.uniform import Uniform

if TYPE_CHECKING:
    from gmm_dash.engine.covariances import CovarianceType
    from gmm_dash.engine.types import Floats, Ints

BACKGROUND: Final = -1
"""The label of a point of the background: scikit-learn's for what is in no cluster."""


@dataclass(frozen=True, eq=False)
class BackgroundFit(ReadOnlyArrays):
    """A fitted mixture with a uniform background, and what there is to know about it.

    Attributes
    ----------
    mixture : Mixture
        What is not background; its weights are shares of that and sum to one.
    share : float
        Of the background, from 0 to 1.
    box : (2, d) array
        Lowest and highest value of each column, in the units of the data.
    covariance_type : CovarianceType
    responsibilities : (n, k) array
        Probability that each component produced each point.
    background : (n,) array
        Probability that the background did: with the former it sums to one.
    labels : (n,) array of int
        The most probable component of each point; ``BACKGROUND``, -1, where that is none.
    log_likelihood : float
        Mean per point, in nats, of these parameters.
    log_likelihoods : (n_iter,) array
        The same at each E-step of the run, before the M-step that followed.
    aic, bic, icl : float
        Information criteria; lower is better.
    n_parameters : int
        The mixture's, one for the share unless it is held, and, as mclust counts, one for the
        volume of the box, which is taken from the data; with a share held at zero there is no
        background, and nothing to count.
    n_iter : int
    converged : bool
    init, random_state : str, int
        Kind of start and seed of the winner.
    left_out : float
        Share of the points, the loneliest, that the winner's start took no account of.
    sound : bool
        Whether every component's likelihood says something about the data.
    """

    mixture: Mixture
    share: float
    box: Floats
    covariance_type: CovarianceType
    responsibilities: Floats
    background: Floats
    labels: Ints
    log_likelihood: float
    log_likelihoods: Floats
    aic: float
    bic: float
    icl: float
    n_parameters: int
    n_iter: int
    converged: bool
    init: str
    random_state: int
    left_out: float
    sound: bool

    @property
    def volume(self) -> float:
        """Of the box, in the product of the columns' units."""
        return float(np.prod(self.box[1] - self.box[0]))

    @property
    def weights(self) -> Floats:
        """Share of all points that each component has, (k,); with ``share`` they sum to one."""
        return np.asarray((1.0 - self.share) * self.mixture.weights)

    @property
    def uniform(self) -> Uniform:
        """The background alone."""
        return Uniform(self.share, self.box)

    @property
    def scaled(self) -> Mixture:
        """The mixture with shares of all points for weights."""
        return scaled(self.mixture, self.share)

    def score_samples(self, x: Any) -> Floats:
        """Return the (m,) log density of (m, d) points, in nats; outside the box without its share.

        Raises
        ------
        FitError
            When the points do not fit the mixture.
        """
        return self.uniform.score_samples(x, self.scaled)


def scaled(mixture: Mixture, share: float) -> Mixture:
    """Return components, whose weights sum to one, with their shares of all points."""
    return Mixture((1.0 - share) * mixture.weights, mixture.means, mixture.covariances)
