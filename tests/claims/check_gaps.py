"""Checkers of what is said of rows with gaps: from the table itself, and by scikit-learn."""

import re

import numpy as np
import pytest
from scipy.stats import multivariate_normal
from sklearn.cluster import KMeans

from gmm_dash.datasets import DATASETS
from gmm_dash.errors import FitError
from gmm_dash.figures.arrays import unpacked
from tests.claims.case import checks, numbers_in


def table_of(case):
    """Return (n, d) the numbers in the columns of the points, NaN where there are none."""
    data = case.state.data
    if data.dataset != "upload":
        sample = DATASETS[data.dataset].draw(
            n=data.n, noise=data.noise, centers=data.centers, seed=data.seed
        )
        return np.where(sample.missing, np.nan, sample.points)
    frame = case.pipeline.store.get(case.state.data.table).frame
    return frame[list(case.points.columns)].to_numpy(dtype=float)


def counts(case):
    """Return how many rows are complete, and of how many some but not all is known."""
    known = ~np.isnan(table_of(case))
    return int(known.all(axis=1).sum()), int((known.any(axis=1) & ~known.all(axis=1)).sum())


def seen_rows(case):
    """Return complete rows, then rows with gaps, as the models see them."""
    raw = table_of(case)
    known = ~np.isnan(raw)
    partly = known.any(axis=1) & ~known.all(axis=1)
    rows = np.vstack([raw[known.all(axis=1)], raw[partly]])
    return (rows - case.points.shift) / case.points.scale


def known_likelihood(case):
    """Return the mean log density of what is known of each row, by SciPy."""
    return np.log(known_densities(case.gmm, seen_rows(case)).sum(axis=1)).mean()


def known_densities(fit, rows):
    """Return (n, k) weights times the densities of what is known of each row, by SciPy."""
    out = []
    for row in rows:
        seen = np.flatnonzero(~np.isnan(row))
        parts = zip(fit.weights, fit.means, fit.covariances, strict=True)
        out.append(
            [w * multivariate_normal(m[seen], c[np.ix_(seen, seen)]).pdf(row[seen])
             for w, m, c in parts]
        )  # fmt: skip
    return np.array(out)


@checks("select.gaps")
def selected(case, text):
    complete, partly = counts(case)
    assert numbers_in(text) == [complete + partly, complete, partly]
    assert len(case.known) == complete + partly
    assert {row.init for row in case.rows} == {"kmeans"}
    held = [row.heldout_log_likelihood for row in case.rows]
    assert ("left out" in text) == any(value is not None for value in held)
    state = case.state.but(view="compare")
    for row in case.rows:
        fit = case.pipeline.models.shown_gmm(state.but(k=row.n_components, cov=row.covariance_type))
        assert fit.log_likelihood == row.log_likelihood, "Compare has the same model"
        value = np.log(known_densities(fit, case.known).sum(axis=1)).sum()
        np.testing.assert_allclose(row.log_likelihood * len(case.known), value, rtol=1e-8)


@checks("select.kmeans-complete")
def selected_kmeans(case, text):
    assert numbers_in(text) == [len(case.x)] == [counts(case)[0]]
    for row in case.plain["kmeans"]:
        fit = KMeans(
            row["n_clusters"], init=case.state.model.kmeans_init, n_init=1,
            random_state=row["random_state"],
        ).fit(case.x)  # fmt: skip
        np.testing.assert_allclose(row["inertia"], fit.inertia_, rtol=1e-6)


@checks("sure.gaps")
def without_test(case, text):
    assert counts(case)[1] > 0
    with pytest.raises(FitError, match="complete rows"):
        case.pipeline.sure.plan(case.state)


@checks("methods.gaps")
def methods(case, text):
    (said,) = numbers_in(text) or [1]
    assert said == counts(case)[1]
    assert ("One" in text) == (said == 1)


@checks("note.gaps")
def gaps(case, text):
    complete, partly = counts(case)
    said = numbers_in(text)
    assert said == [complete + partly, complete, partly, complete]
    assert case.state.data.gaps == "use"
    assert len(case.x) == len(case.kmeans.labels) == len(case.gmm.labels) == complete
    assert ("ARI" in text) == (case.truth is not None)
    value, free = known_likelihood(case), case.gmm.n_parameters
    np.testing.assert_allclose(case.gmm.log_likelihood, value, rtol=1e-8)
    n = complete + partly
    np.testing.assert_allclose(case.gmm.bic, -2 * value * n + free * np.log(n), rtol=1e-8)
    np.testing.assert_allclose(case.gmm.aic, -2 * value * n + free * 2, rtol=1e-8)
    if case.spoken is not None:
        np.testing.assert_allclose(case.spoken.numbers["gmm.log_likelihood"], value, rtol=1e-8)


@checks("note.gaps-unused")
def unused(case, text):
    assert numbers_in(text) == list(counts(case))
    assert "shapes" in case.state.view.show or case.state.view.hard > 0
    assert case.gmm.gapped is None or "shapes" in case.state.view.show
    if "shapes" in case.state.view.show:
        fits = case.pipeline.compare.shapes(case.state).fits
        assert len(fits) == 4
        assert all(fit.gapped is None and len(fit.labels) == len(case.x) for fit in fits)


@checks("caption.gaps")
def marks(case, text):
    _, partly = counts(case)
    assert numbers_in(text) == ([] if partly == 1 else [partly])
    assert ("rows" in text) == (partly > 1)
    assert re.search("one standard deviation", text)


@checks("compare.single-gaps")
def single(case, text):
    """No step from the one Gaussian to a near one makes what is known likelier."""
    assert numbers_in(text) == [1]
    assert case.gmm.n_components == 1
    np.testing.assert_allclose(case.kmeans.centers[0], case.x.mean(axis=0), atol=1e-9)
    rng, rows = np.random.default_rng(0), seen_rows(case)

    def value(mean, cov):
        total = 0.0
        for row in rows:
            o = np.flatnonzero(~np.isnan(row))
            total += multivariate_normal(mean[o], cov[np.ix_(o, o)]).logpdf(row[o])
        return total / len(rows)

    mean, cov = case.gmm.means[0], case.gmm.covariances[0]
    best = value(mean, cov)
    for _ in range(6):
        near = mean + 0.05 * rng.normal(size=len(mean)) * np.sqrt(np.diag(cov))
        turn = np.eye(len(mean)) + 0.05 * rng.normal(size=cov.shape)
        assert value(near, cov) < best
        assert value(mean, turn @ cov @ turn.T) < best


def drawn_marks(figure):
    """Return the (m, 2) places of the diamonds, and the (b, 2, 2) ends of the bars, of a figure."""
    at, bars = [], []
    for i, trace in enumerate(figure["data"]):
        if trace.get("marker", {}).get("symbol") != "diamond":
            continue
        at.append(np.column_stack([unpacked(trace["x"]), unpacked(trace["y"])]))
        before = figure["data"][i - 1]
        if before["mode"] == "lines":
            ends = np.column_stack([unpacked(before["x"]), unpacked(before["y"])])
            bars.append(ends[~np.isnan(ends[:, 0])].reshape(-1, 2, 2))
    return np.vstack(at), np.vstack(bars)
