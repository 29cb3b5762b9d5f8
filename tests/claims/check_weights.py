"""Checkers of what is said of rows that count by weights: from copies, NumPy and scikit-learn."""

import re

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, calinski_harabasz_score, silhouette_score

from gmm_dash.datasets import DATASETS
from gmm_dash.errors import FitError
from tests.claims.case import checks, component_densities, near, numbers_in
from tests.claims.check_compare import gmm_labels, kmeans_labels


def weights(case):
    """Return the weights of the fitted rows as the table has them."""
    if case.state.data.dataset != "upload":
        return DATASETS[case.state.data.dataset].draw(n=0, noise=0, centers=0, seed=0).weights
    frame = case.pipeline.store.get(case.state.data.table).frame
    return frame[case.state.data.weights].to_numpy(float)[case.points.rows]


def fits_are_weighted(case, each):
    """The likelihood is that of rows that count so; k-means is scikit-learn's sample_weight."""
    density = np.log(component_densities(case.gmm, case.x).sum(axis=1))
    value = np.average(density, weights=each)
    np.testing.assert_allclose(case.gmm.log_likelihood, value, rtol=1e-8)
    centers = case.kmeans.centers
    again = KMeans(len(centers), init=centers, n_init=1).fit(case.x, sample_weight=each)
    np.testing.assert_allclose(again.cluster_centers_, centers, atol=0.02)
    distances = np.square(case.x - centers[case.kmeans.labels]).sum(axis=1)
    np.testing.assert_allclose(case.kmeans.inertia, distances @ each, rtol=1e-8)


@checks("note.weights")
def counts(case, text):
    each = weights(case)
    assert (each == np.floor(each)).all()
    assert numbers_in(text) == [len(case.x), each.sum()]
    assert case.state.data.weights in text
    fits_are_weighted(case, each)
    fit, n = case.gmm, each.sum()
    total = -2 * fit.log_likelihood * n
    np.testing.assert_allclose(fit.bic, total + fit.n_parameters * np.log(n))
    np.testing.assert_allclose(fit.aic, total + 2 * fit.n_parameters)
    np.testing.assert_allclose(case.spoken.numbers["gmm.bic"], fit.bic)
    np.testing.assert_allclose(case.spoken.numbers["kmeans.inertia"], case.kmeans.inertia)


@checks("note.weights-scaled")
def scaled(case, text):
    each = weights(case)
    assert (each != np.floor(each)).any()
    each = each / each.mean()
    n, mean, total = numbers_in(text)
    assert (n, mean) == (len(case.x), each.mean().round(9))
    assert near(total, each.sum())
    assert case.state.data.weights in text
    fits_are_weighted(case, each)
    assert case.spoken.numbers["gmm.aic"] is None
    assert case.spoken.numbers["gmm.bic"] is None


@checks("note.weights-rows")
def of_rows(case, text):
    assert not numbers_in(text)
    result = case.pipeline.compare.grouped(case.state)
    labels, numbers = result.gmm.labels, case.spoken.numbers
    if 1 < len(set(labels.tolist())) < len(labels) <= 2000:
        value = silhouette_score(case.x, labels)
        np.testing.assert_allclose(numbers["gmm.silhouette"], value, atol=1e-6)
    assert ("ARI" in text) == (case.truth is not None)
    if case.truth is not None:
        known = case.truth >= 0
        value = adjusted_rand_score(case.truth[known], labels[known])
        np.testing.assert_allclose(numbers["gmm.ari"], value, atol=1e-9)
    # k-means and the mixture have a label for each row
    assert len(gmm_labels(case)) == len(kmeans_labels(case)) == len(case.x)


@checks("note.weights-start")
def start(case, text):
    assert "mixed" in text
    assert case.state.model.init not in ("mixed", "kmeans", "k-means++", "random_from_data")
    other = case.pipeline.models.shown_gmm(case.state.with_model(init="mixed"))
    np.testing.assert_array_equal(other.means, case.gmm.means)


@checks("note.weights-idle")
def idle(case, text):
    state = case.state
    assert ("held by hand" in text) == (state.view.hard > 0)
    assert ("background" in text) == (state.model.background == "on")
    assert ("bootstrap" in text) == ("bootstrap" in state.view.show)
    assert case.gmm.variance is None
    assert case.gmm.background is None
    assert not case.pipeline.compare.comparison(state).bootstrapped


@checks("compare.single-weights")
def single(case, text):
    assert numbers_in(text) == [1]
    each = weights(case)
    mean = np.average(case.x, axis=0, weights=each)
    np.testing.assert_allclose(case.kmeans.centers[0], mean)
    np.testing.assert_allclose(case.gmm.means[0], mean)
    spread = np.atleast_2d(np.cov(case.x.T, aweights=each, bias=True))
    kind = str(case.gmm.covariance_type)
    if len(spread) == 1:
        assert "the variance of all rows" in text
    elif kind == "diag":
        assert "the variance of each column" in text
        spread = np.diag(np.diag(spread))
    elif kind in ("spherical", "equal"):
        assert "the mean of the columns' variances" in text
        spread = np.eye(len(spread)) * np.trace(spread) / len(spread)
    else:
        assert "the covariance of all rows" in text
    np.testing.assert_allclose(case.gmm.covariances[0], spread, atol=1e-5)


@checks("groups.weights")
def groups(case, text):
    assert numbers_in(text) == [len(case.x)]
    found = case.pipeline.compare.profiles(case.state).gmm
    labels, raw = case.pipeline.compare.grouped(case.state).gmm.labels, case.points.origin.raw
    for group, count in enumerate(found.counts):
        assert count == (labels == group).sum()
        if count:
            np.testing.assert_allclose(found.means[group], raw[labels == group].mean(axis=0))
    if not case.state.view.merge:
        each = weights(case)
        shares = np.average(case.posteriors, axis=0, weights=each)
        order = case.pipeline.compare.comparison(case.state).gmm.order
        np.testing.assert_allclose(found.weights, shares[order], atol=0.02)


@checks("pinned.weights")
def pinned(case, text):
    found = case.pipeline.compare.pinned(case.state)
    assert "withheld in both" in text
    for result in (found.before, found.now):
        assert np.isnan([result.gmm_fit.aic, result.gmm_fit.bic, result.gmm_fit.icl]).all()


@checks("weights.elsewhere")
def elsewhere(case, text):
    assert "each row once" in text
    assert case.points.weighting is not None
    assert case.state.view.view != "compare" or "shapes" in case.state.view.show
    assert case.state.view.view != "select"
    if case.state.view.view == "compare":
        fits = case.pipeline.compare.shapes(case.state).fits
    else:
        fits = [case.pipeline.models.gmm(case.state.data, case.state.model)]
    for fit in fits:
        density = np.log(component_densities(fit, case.x).sum(axis=1))
        np.testing.assert_allclose(fit.log_likelihood, density.mean(), rtol=1e-8)


def selected_are_weighted(case, each):
    """Compare has the very same models, whose likelihood is that of rows that count so."""
    state = case.state.but(view="compare")
    assert case.rows
    for row in case.rows:
        fit = case.pipeline.models.shown_gmm(state.but(k=row.n_components, cov=row.covariance_type))
        assert fit.log_likelihood == row.log_likelihood
        assert not row.informed
        density = np.log(component_densities(fit, case.x).sum(axis=1))
        np.testing.assert_allclose(row.log_likelihood, np.average(density, weights=each), rtol=1e-8)


def held_out_is_said(case, text):
    held = [row.heldout_log_likelihood for row in case.rows]
    assert ("left out" in text) == any(value is not None for value in held)


@checks("select.weights")
def selected_counts(case, text):
    each = weights(case)
    assert (each == np.floor(each)).all()
    n = each.sum()
    assert numbers_in(text) == [len(case.x), n]
    assert case.state.data.weights in text
    held_out_is_said(case, text)
    selected_are_weighted(case, each)
    for row in case.rows:
        total = -2 * row.log_likelihood * n
        np.testing.assert_allclose(row.bic, total + row.n_parameters * np.log(n))
        np.testing.assert_allclose(row.aic, total + 2 * row.n_parameters)


def all_is_withheld(case):
    each = weights(case)
    assert (each != np.floor(each)).any()
    for row in case.rows:
        assert (row.aic, row.aicc, row.bic, row.icl) == (None,) * 4


@checks("select.weights-scaled")
def selected_scaled(case, text):
    assert numbers_in(text) == [len(case.x)]
    assert case.state.data.weights in text
    for name in ("AIC", "AICc", "BIC", "ICL"):
        assert f"{name}," in text or f"{name} " in text
    all_is_withheld(case)
    held_out_is_said(case, text)
    selected_are_weighted(case, weights(case))


@checks("select.withheld")
def withheld(case, text):
    assert not numbers_in(text)
    label = text.split(" is withheld")[0]
    assert label.lower() == case.state.select.criterion
    assert label != "Held-out"
    all_is_withheld(case)


@checks("select.no-points")
def not_drawn(case, text):
    """Of no model is any of the criteria known that the plot is of, and all of them are named."""
    assert not numbers_in(text)
    chosen = case.state.select
    several = set(chosen.together) or {"bic", "aic"}
    drawn = {label.lower() for label in re.findall(r"AICc|AIC|BIC|ICL", text)}
    assert drawn == (several if chosen.chart == "criteria" else {chosen.criterion})
    assert (" are withheld" in text) == (len(drawn) > 1)
    all_is_withheld(case)


@checks("select.kmeans-weights")
def selected_kmeans(case, text):
    assert numbers_in(text) == [len(case.x)]
    each = weights(case)
    each = each if (each == np.floor(each)).all() else each / each.mean()
    for row in case.plain["kmeans"]:
        fit = KMeans(
            row["n_clusters"], init=case.state.model.kmeans_init, n_init=1,
            random_state=row["random_state"],
        ).fit(case.x, sample_weight=each)  # fmt: skip
        np.testing.assert_allclose(row["inertia"], fit.inertia_, rtol=1e-6)
        if row["n_clusters"] > 1:
            value = silhouette_score(case.x, fit.labels_)
            np.testing.assert_allclose(row["silhouette"], value, atol=1e-6)
            value = calinski_harabasz_score(case.x, fit.labels_)
            np.testing.assert_allclose(row["calinski_harabasz"], value, rtol=1e-6)


@checks("sure.weights")
def without_test(case, text):
    assert "each row once" in text
    assert case.points.weighting is not None
    with pytest.raises(FitError, match="count by weights"):
        case.pipeline.sure.plan(case.state)


@checks("methods.weights")
def methods(case, text):
    each = weights(case)
    assert case.state.data.weights in text
    if (each == np.floor(each)).all():
        assert numbers_in(text) == [each.sum()]
    else:
        assert numbers_in(text) == [1]
        assert "weighted mean" in text
