"""The numbers that a card states, and those that the picture beside it has.

What Compare shows is computed anew here from labels, truth and parameters; a card may say any of
that of any state that it asked for, but no other number.
"""

import re

import numpy as np
import pandas as pd
from scipy.stats import chi2, norm
from sklearn.cluster import KMeans

from gmm_dash.say import say

NUMBER = re.compile(r"(?<![\w.])[-−]?\d[\d,]*(?:\.\d+)?(?![\w%])|(?<![\w.])\d+(?= ?%)")


def numbers(text):
    """Return the numbers of a text as it writes them, without thin commas."""
    return {found.rstrip(",").replace(",", "").replace("−", "-") for found in NUMBER.findall(text)}


def facts(pipeline, state, asked):
    """Return what Compare has of one state: its numbers, and those in its sentences.

    ``asked`` are the numbers of the card, of which some are thresholds of certainty.
    """
    said = say(pipeline, state)
    result = pipeline.compare.comparison(state)
    x, n, fit = result.points.fitted, result.points.n, result.gmm_fit
    counts = [n, result.moved, *_counts(result, asked)]
    found = [
        *(value for value in said["numbers"].values() if value is not None),
        *(value for value in state.to_flat().values() if isinstance(value, int | float)),
        *counts,
        *(100 * count / n for count in counts),
        *_parameters(fit),
        *_confusion(result, fractions=True),
        *(result.kmeans_fit.n_iter, *result.kmeans_fit.radii),
        *(result.gmm.certainty.mean(), result.gmm.certainty.min()),
        *result.gmm.responsibilities[0],
        _inertia(x, result.points.labels),
        *(100 * chi2.cdf(level**2, d) for level in (1, 2, 3) for d in (1, 2)),
        norm.cdf(state.data.noise / 2),  # two equal groups so far apart: the best certainty
        np.log(n),
        *_starts(x, state.model),
    ]
    return found, numbers(" ".join(one["text"] for one in said["sentences"]))


def _starts(x, model):
    """Return scikit-learn's inertia from each start of k-means."""
    return [
        KMeans(model.k, init=model.kmeans_init, n_init=1, random_state=model.seed + i)
        .fit(x)
        .inertia_
        for i in range(model.n_init)
    ]


def _counts(result, asked):
    """Return sizes of clusters and groups, and how many points are in doubt or elsewhere."""
    limits = {0.8, 0.99, *(float(one) for one in asked if 0 < float(one) < 1)}
    found = [(result.gmm.certainty < limit).sum() for limit in limits]
    return [*found, *_confusion(result)]


def _confusion(result, *, fractions=False):
    """Return who is where, by true group and cluster of both methods; or parts of each group."""
    truth, found = result.points.labels, []
    for side in (result.kmeans, result.gmm):
        groups = truth if truth is not None else side.labels
        table = pd.crosstab(groups, side.labels).to_numpy()
        if fractions:
            found += list((100 * table / table.sum(axis=1, keepdims=True).clip(1)).ravel())
        else:
            found += [*table.ravel(), *table.sum(axis=0), *table.sum(axis=1)]
            found += [*(table.sum(axis=1) - table.max(axis=1))]
            found += [(table.sum(axis=0) - table.max(axis=0)).sum()]
    return found


def _parameters(fit):
    """Return what the mixture has found, and how many numbers that are."""
    deviations = np.sqrt(np.diagonal(fit.covariances, axis1=1, axis2=2))
    d = fit.means.shape[1]
    return [
        *(fit.n_parameters, fit.n_components, fit.n_iter, d * (d + 1) / 2),
        *(*fit.weights, *100 * fit.weights, *fit.means.ravel(), *deviations.ravel()),
        *(*fit.covariances.ravel(), *(fit.covariances[:, 0, -1] / deviations.prod(axis=1))),
    ]


def misplaced(labels, truth):
    """Return how many points are in a cluster where another true group has the majority."""
    table = pd.crosstab(truth, labels).to_numpy()
    return (table.sum(axis=0) - table.max(axis=0)).sum()


def numbers_of_settings(state):
    """Return the settings that are numbers."""
    return [one for one in state.to_flat().values() if isinstance(one, int | float)]


def _inertia(x, truth):
    """Return the sum of squared distances of points from the means of their true groups."""
    if truth is None:
        return 0.0
    return sum(np.square(x[truth == g] - x[truth == g].mean(axis=0)).sum() for g in set(truth))


def is_among(number, found):
    """Return whether a number, as written, is one of these rounded to as many digits."""
    digits = len(number.partition(".")[2])
    half = 0.5 * 10.0**-digits * (1 + 1e-6)
    return any(abs(float(value) - float(number)) <= half for value in found)
