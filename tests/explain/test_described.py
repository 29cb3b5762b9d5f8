"""What a plot says to those who do not see it is what the fit is, and what is drawn."""

import re

import numpy as np
from sklearn.mixture import GaussianMixture

from gmm_dash import explain
from gmm_dash.explain.numbers import MINUS
from gmm_dash.results import gmm_side, project
from gmm_dash.state import from_query

_NUMBER = rf"({MINUS}?\d+(?:,\d{3})*(?:\.\d+)?)"
_PART = re.compile(
    rf"(\d+) at \({_NUMBER}, {_NUMBER}\), {_NUMBER} % of the points"
    rf"(?:, standard deviations {_NUMBER} and {_NUMBER}(?:, correlation {_NUMBER})?)?"
)


def numbers(text):
    """Return (k, 7) numbers of the words: number, centre, share, spreads, correlation."""
    parts = [[float((p or "0").replace(MINUS, "-").replace(",", "")) for p in found]
             for found in _PART.findall(text)]  # fmt: skip
    return np.array(parts)


def test_the_words_are_the_mixture_in_the_units_of_the_plot(pipeline):
    state = from_query("?data=stretched&k=3&scale=standard")[0]
    result = pipeline.compare.comparison(state)
    points, raw = result.points, result.points.raw
    projection = project(points, "", "")
    said = explain.described(result.gmm, projection)
    assert said.startswith("Gaussian mixture, 3 components; y against x: 1 at (")
    found = numbers(said)
    # scikit-learn, from where this fit ended, in the units of the data
    ended = result.gmm.mixture
    sk = GaussianMixture(
        3,
        weights_init=ended.weights,
        means_init=points.shift + points.scale * ended.means,
        precisions_init=np.linalg.inv(ended.covariances * np.outer(points.scale, points.scale)),
        max_iter=500,
        tol=1e-7,
    ).fit(raw)
    spread = np.sqrt(np.array([np.diag(c) for c in sk.covariances_]))
    np.testing.assert_array_equal(found[:, 0], [1, 2, 3])
    np.testing.assert_allclose(found[:, 1:3], sk.means_, rtol=0.06, atol=0.06)
    shares = 100 * np.bincount(sk.predict(raw), minlength=3) / len(raw)
    np.testing.assert_allclose(found[:, 3], shares, atol=1)
    np.testing.assert_allclose(found[:, 4:6], spread, rtol=0.06)
    together = sk.covariances_[:, 0, 1] / spread.prod(axis=1)
    np.testing.assert_allclose(found[:, 6], together, atol=0.06)


def test_k_means_has_centres_and_sizes_and_no_shapes(pipeline):
    result = pipeline.compare.comparison(from_query("?data=blobs&k=4")[0])
    said = explain.described(result.kmeans, project(result.points, "", ""))
    assert said.startswith("k-means, 4 clusters; ")
    assert "deviations" not in said
    labels = result.kmeans.labels
    means = np.array([result.points.raw[labels == i].mean(axis=0) for i in range(4)])
    np.testing.assert_allclose(numbers(said)[:, 1:3], means, rtol=0.06, atol=0.006)


def test_of_very_many_components_the_largest_are_said(pipeline):
    state = from_query("?data=uniform&k=20&n=400")[0]
    result = pipeline.compare.comparison(state)
    side = gmm_side(result.points, result.gmm_fit)
    said = explain.described(side, project(result.points, "", ""))
    assert said.endswith("; and 8 smaller ones.")
    named = numbers(said)[:, 0].astype(int) - 1
    counts = np.bincount(side.labels, minlength=20)
    assert counts[named].min() >= np.delete(counts, named).max()


def test_of_one_column_the_cuts_are_told_halfway_between_centres(pipeline):
    result = pipeline.compare.comparison(from_query("?data=galaxies&k=3")[0])
    projection = project(result.points, "", "")
    said = explain.described(result.kmeans, projection)
    assert f"; histogram of {projection.titles[0]}: 1 at " in said
    centres = np.sort(projection.points(result.kmeans.mixture.means)[:, 0])
    told = [
        float(value.replace(",", ""))
        for value in re.search(r"; cut at (.*)\.$", said)[1].split(", ")
    ]
    np.testing.assert_allclose(told, (centres[:-1] + centres[1:]) / 2, rtol=0.06)
    assert "cut at" not in explain.described(result.gmm, projection)


def test_a_bent_axis_is_told_with_its_scale(pipeline):
    state = from_query("?data=iris&k=2&n_init=1&transform=log:petal length (cm)")[0]
    result = pipeline.compare.comparison(state)
    projection = project(result.points, "petal length (cm)", "petal width (cm)")
    said = explain.described(result.kmeans, projection)
    assert "; petal width (cm) against petal length (cm) on the log scale: 1 at (" in said
    logs = projection.points(result.kmeans.mixture.means)
    np.testing.assert_allclose(numbers(said)[:, 1:3], logs, rtol=0.06, atol=0.006)
