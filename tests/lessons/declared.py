"""Numbers of cards that no picture has beside them: each says where it comes from.

A card that states one of them states it rounded; one that it no longer states fails the test.
"""

from math import log

import numpy as np
from scipy.stats import multivariate_normal
from sklearn.cluster import KMeans
from sklearn.datasets import make_moons
from sklearn.mixture import GaussianMixture


def _better_corners(pipeline, state):
    """k-means from the middles of the short sides, which the card names."""
    begun = np.array([(0.0, 1.0), (8.0, 1.0)])
    x = pipeline.points(state.data).fitted
    return [*begun.ravel(), KMeans(2, init=begun, n_init=1).fit(x).inertia_]


def _price(pipeline, state):
    """The price of a parameter: 2 for AIC, the logarithm of the number of points for BIC."""
    return [2, log(pipeline.points(state.data).n)]


def _unseen(noise, seed):
    """The score of other points of the moons under the mixture, and one Gaussian's of its own."""

    def found(pipeline, state):
        mixture = pipeline.compare.comparison(state).gmm_fit
        parts = zip(mixture.weights, mixture.means, mixture.covariances, strict=True)
        others, _ = make_moons(state.data.n, noise=noise, random_state=seed)
        heights = sum(w * multivariate_normal(m, c).pdf(others) for w, m, c in parts)
        x = pipeline.points(state.data).fitted
        alone = multivariate_normal(x.mean(axis=0), np.cov(x.T, bias=True))
        return [np.log(heights).mean(), alone.logpdf(x).mean()]

    return found


def _example(*values):
    """Numbers that the card chooses itself: a share of 0.9, two moons."""
    return lambda _pipeline, _state: list(values)


def _published(pipeline, state):
    """Years and counts of papers on the galaxies, and by how much BIC prefers its pick."""
    bics = {k: _galaxies(pipeline, state, k)[1] for k in (3, 4)}
    return [1997, 1997, 3, 5, 7, bics[4] - bics[3]]


def _slope_of_heights(pipeline, state):
    """By NumPy from copies of the cells: the slope of the child's height on the parents'."""
    points = pipeline.points(state.data)
    copies = np.repeat(points.raw, points.weighting.values.astype(int), axis=0)
    return [float(np.polyfit(*copies.T, 1)[0])]


def _components_of_galaxies(pipeline, state):
    """Means, standard deviations (thousand km/s) and percentages of three and four components."""
    return [value for k in (3, 4) for value in _galaxies(pipeline, state, k)[0]]


def _galaxies(pipeline, state, k):
    """scikit-learn's own fit of the velocities as they are, from where the page's ended."""
    found = pipeline.compare.comparison(state.but(k=k, view="compare"))
    raw, mixture = found.points.raw, found.gmm_fit.mixture
    fit = GaussianMixture(
        k,
        tol=1e-9,
        max_iter=5000,
        reg_covar=1e-6 * raw.var(),
        weights_init=mixture.weights,
        means_init=raw.mean() + raw.std() * mixture.means,
        precisions_init=1 / (mixture.covariances * raw.var()),
    ).fit(raw)
    deviations = np.sqrt(fit.covariances_[:, 0, 0])
    scaled = fit.bic(raw) - 2 * len(raw) * np.log(raw.std())  # as the column is standardised
    return [*fit.means_[:, 0] / 1000, *deviations / 1000, *100 * fit.weights_], scaled


DECLARED = {
    ("corners", 0): _better_corners,
    ("em", 1): _example(0.9),
    ("criteria", 0): _price,
    ("density", 1): _example(2),
    ("density", 2): _unseen(0.05, 1),
    ("book-density", 3): _unseen(0.05, 1),
    ("galaxies", 0): _published,
    ("weights", 0): _example(1886),
    ("weights", 1): _slope_of_heights,
    ("galaxies", 1): _components_of_galaxies,
}
