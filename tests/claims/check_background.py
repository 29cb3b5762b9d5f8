"""Checkers of what is said of a mixture's background: from the points, with SciPy's densities."""

import numpy as np
from sklearn.metrics import adjusted_rand_score, silhouette_score

from gmm_dash.figures.arrays import unpacked
from gmm_dash.results import project
from tests.claims.case import background_density, checks, component_densities, near, numbers_in
from tests.claims.check_compare import gmm_labels, kmeans_labels


def loose(case):
    """Return how many points the background has: of groups joined, none of their components'."""
    return int((gmm_labels(case) < 0).sum())


@checks("note.background")
def background(case, text):
    """At rest the share is the mean posterior, whose likelihood is that of all that is said."""
    share, n, count, label = numbers_in(text)
    fit = case.gmm
    assert near(share / 100, fit.background.share)
    if fit.converged and fit.tol <= 1e-5:
        assert abs(fit.background.share - case.every_posterior[:, -1].mean()) < 0.01
    assert (n, count, label) == (len(case.x), loose(case), -1)
    assert np.isclose(fit.weights.sum() + fit.background.share, 1.0)
    total = component_densities(fit, case.x).sum(axis=1) + background_density(fit, case.x)
    np.testing.assert_allclose(np.log(total).mean(), fit.log_likelihood, rtol=1e-9)
    np.testing.assert_allclose(case.spoken.numbers["gmm.background"], fit.background.share)


@checks("note.background-scores")
def scores(case, text):
    """Two parameters more than without; silhouette and ARI as is said of them."""
    assert numbers_in(text) == [2]
    fit, n = case.gmm, len(case.x)
    plain = case.pipeline.models.gmm(case.state.data, case.state.model)
    free = plain.n_parameters + 2
    np.testing.assert_allclose(fit.bic, -2 * fit.log_likelihood * n + free * np.log(n))
    np.testing.assert_allclose(fit.aic, -2 * fit.log_likelihood * n + 2 * free)
    result = case.pipeline.compare.grouped(case.state)
    labels, numbers = result.gmm.labels, case.spoken.numbers
    own = labels >= 0
    if 1 < len(set(labels[own].tolist())) < own.sum():
        value = silhouette_score(case.x[own], labels[own])
        np.testing.assert_allclose(numbers["gmm.silhouette"], value, atol=1e-6)
    assert ("ARI" in text) == (case.truth is not None)
    if case.truth is not None:
        known = case.truth >= 0
        value = adjusted_rand_score(case.truth[known], labels[known])
        np.testing.assert_allclose(numbers["gmm.ari"], value, atol=1e-9)


@checks("note.background-start")
def start(case, text):
    assert "mixed" in text
    assert case.state.model.init not in ("mixed", "kmeans", "k-means++", "random_from_data")
    other = case.pipeline.models.shown_gmm(case.state.with_model(init="mixed"))
    np.testing.assert_array_equal(other.means, case.gmm.means)


@checks("note.background-idle")
def idle(case, text):
    assert case.state.model.background == "on"
    assert case.gmm.background is None
    assert (case.gmm.variance is not None) == ("held by hand" in text)
    assert (case.gmm.gapped is not None) == ("rows with gaps" in text)


@checks("caption.background")
def crosses(case, text):
    labels = case.pipeline.compare.grouped(case.state).gmm.labels
    count = int((labels < 0).sum())
    assert numbers_in(text) == ([count, len(case.x)] if count else [len(case.x)])
    show = case.state.view.show
    if count:
        assert ("symbols" in text) == ("truth" in show)
    line = project(case.points, case.state.view.x, case.state.view.y).line
    assert ("contours are without" in text) == ("density" in show and not line)
    assert ("no colour" in text) == ("regions" in show and case.x.shape[1] < 3)


@checks("compare.single-background")
def single(case, text):
    assert numbers_in(text) == [1]
    np.testing.assert_allclose(case.kmeans.centers[0], case.x.mean(axis=0), atol=1e-9)
    assert case.gmm.n_components == 1
    away = np.linalg.solve(
        np.linalg.cholesky(case.gmm.covariances[0]), (case.x - case.gmm.means[0]).T
    )
    far = np.square(away).sum(axis=0)
    mine = gmm_labels(case) < 0
    assert not mine.any() or mine.all() or far[mine].min() >= far[~mine].max()


@checks("compare.background-scores")
def against_truth(case, text):
    known = case.truth >= 0
    labels = [one[known] for one in (gmm_labels(case), kmeans_labels(case))]
    values = [adjusted_rand_score(case.truth[known], one) for one in labels]
    assert np.allclose(numbers_in(text), values, atol=6e-3)


@checks("why.unsure-background")
def unsure(case, text):
    every = case.every_posterior[case.every_posterior.max(axis=1) < 0.8]
    two = np.argsort(-every, axis=1)[:, :2]
    behind = (two == every.shape[1] - 1).any(axis=1)
    assert numbers_in(text) == [len(every), 80, behind.sum()]


@checks("groups.background")
def ungrouped(case, text):
    labels = case.likeliest(case.joined[1])
    assert numbers_in(text) == [(labels < 0).sum(), len(case.x)]


@checks("merge.background")
def joined(case, text):
    own, groups = case.likeliest(case.posteriors), case.likeliest(case.joined[1])
    gained = int(((own < 0) & (groups >= 0)).sum())
    assert numbers_in(text) == [(own >= 0).sum(), *([gained] if gained else [])]


@checks("background.elsewhere")
def elsewhere(case, text):
    assert case.state.model.background == "on"
    assert case.state.view.view != "compare" or "shapes" in case.state.view.show
    assert "without one" in text
    if case.state.view.view == "compare":
        fits = case.pipeline.compare.shapes(case.state).fits
    else:
        fits = [case.pipeline.models.gmm(case.state.data, case.state.model)]
    for fit in fits:
        assert fit.background is None
        assert np.isclose(fit.weights.sum(), 1.0)


def drawn_crosses(figure):
    """Return the rows that a figure draws as small crosses."""
    rows = [
        unpacked(trace["customdata"])
        for trace in figure["data"]
        if trace.get("marker", {}).get("symbol") == "x-thin" and "customdata" in trace
    ]
    return np.concatenate(rows) if rows else np.empty(0, int)
