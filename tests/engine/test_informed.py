"""Starts made from neighbours: what they keep, what they reach, and that scikit-learn agrees."""

import warnings

import numpy as np
import pytest
from scipy.stats import multivariate_normal
from sklearn.datasets import load_iris, load_wine, make_blobs, make_moons
from sklearn.mixture import GaussianMixture
from sklearn.preprocessing import StandardScaler

from gmm_dash.datasets import DATASETS
from gmm_dash.engine import fit_gmm, select_models
from gmm_dash.engine.covariances import SKLEARN_TYPES
from gmm_dash.engine.levels import Field
from gmm_dash.engine.moves import Parts, cuts, doubled, local, mergers, without_least
from gmm_dash.engine.nesting import SLACK, contains
from gmm_dash.engine.race import race
from gmm_dash.engine.solve import families

MOST = 4


def _iris():
    return StandardScaler().fit_transform(load_iris().data)


def _cigars():
    rng = np.random.default_rng(0)
    return np.vstack([rng.normal(size=(80, 2)) * [6, 0.3] + [0, y] for y in (0, 2, 4)])


TABLES = {
    "iris": _iris,
    "wine": lambda: StandardScaler().fit_transform(load_wine().data[:, :4]),
    "moons": lambda: make_moons(150, noise=0.05, random_state=0)[0],
    "cigars": _cigars,
    "one column": lambda: np.random.default_rng(3).gamma(2.0, size=(120, 1)),
    "few": lambda: np.random.default_rng(1).normal(size=(7, 2)),
}


@pytest.fixture(scope="module", params=TABLES)
def searched(request):
    x = TABLES[request.param]()
    most = min(MOST, len(x))
    return (
        x,
        select_models(x, range(1, most + 1)),
        select_models(x, range(1, most + 1), informed=False),
    )


def test_no_family_is_below_one_that_it_contains(searched):
    _, informed, _ = searched
    sound = [row for row in informed.rows if not row.degenerate]
    for outer in sound:
        for inner in sound:
            if contains(outer, inner):
                assert outer.log_likelihood >= inner.log_likelihood - SLACK
    assert {row.law for row in informed.rows} <= {"ok", "only_collapsed"}


def test_it_never_loses_what_drawn_starts_find(searched):
    _, informed, drawn = searched
    for new, old in zip(informed.rows, drawn.rows, strict=True):
        if not old.degenerate:
            assert not new.degenerate
            assert new.log_likelihood >= old.log_likelihood - 1e-9


def test_the_search_helps():
    x = _cigars()
    (informed,) = select_models(x, [3], ["tied"]).rows
    (drawn,) = select_models(x, [3], ["tied"], informed=False, n_init=30).rows
    assert informed.bic < drawn.bic - 100
    white = fit_gmm(x, 3, covariance_type="tied", init="whitened")
    assert white.bic == pytest.approx(informed.bic, abs=0.1), "blind to the slant they share"


def _precisions(fit):
    kind, covariances = fit.covariance_type, fit.start.covariances
    inverse = np.linalg.inv(covariances)
    if kind == "full":
        return inverse
    if kind == "tied":
        return inverse[0]
    diagonal = np.diagonal(inverse, axis1=1, axis2=2)
    return diagonal if kind == "diag" else diagonal[:, 0]


def test_a_row_is_one_fit_whatever_else_was_asked_for_and_one_of_scikit_learn(searched):
    x, informed, _ = searched
    made = [row for row in informed.rows if row.init == "informed"]
    for row in made[:1] + made[-1:]:
        kind, k = row.covariance_type, row.n_components
        assert select_models(x, [k], [kind]).rows == (row,)
        fit = fit_gmm(x, k, covariance_type=kind, init="informed")
        assert fit.log_likelihood == pytest.approx(row.log_likelihood, abs=1e-10)
        oracle = GaussianMixture(
            k, covariance_type=kind, weights_init=fit.start.weights, means_init=fit.start.means,
            precisions_init=_precisions(fit), tol=1e-6, max_iter=fit.max_iter,
        )  # fmt: skip
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what was carried over is one iteration
            oracle.fit(x)
        assert oracle.n_iter_ == fit.n_iter == row.n_iter
        np.testing.assert_allclose(oracle.means_, fit.means, atol=1e-9)
        assert oracle.bic(x) == pytest.approx(fit.bic, abs=1e-7)
        np.testing.assert_allclose(fit.trace.means[0], fit.start.means, atol=1e-12)
        np.testing.assert_allclose(fit.trace.means[-1], fit.means, atol=1e-9)


def test_where_no_sound_mixture_is_known_the_drawn_one_is_shown():
    x = np.ones((8, 2))
    informed, drawn = (select_models(x, [2, 3], informed=one) for one in (True, False))
    assert all(row.degenerate for row in informed.rows)
    assert informed.rows == drawn.rows
    fit = fit_gmm(x, 2, init="informed")
    assert fit.degenerate.any()
    assert fit.start is None


def _whole(parts):
    mean = parts.count @ parts.mean / parts.count.sum()
    off = parts.mean - mean
    spread = parts.scatter + off[:, :, None] * off[:, None, :]
    return mean, np.einsum("k,kij->ij", parts.count, spread) / parts.count.sum()


def _each(many):
    return [Parts(*one) for one in zip(many.count, many.mean, many.scatter, strict=True)]


def test_cuts_and_mergers_keep_the_moments_of_the_whole():
    x = make_blobs(200, centers=4, n_features=3, random_state=2)[0]
    mixture = fit_gmm(x, 4).mixture
    here, spread = local(x, mixture), x.std(axis=0)
    mean, scatter = x.mean(axis=0), np.cov(x.T, ddof=0)
    moves = (cuts(here.parts, spread, 2), mergers(here, spread, 6), without_least(here))
    halves, pairs, fewer = map(_each, moves)
    assert len(halves) == 4 * 2
    assert len(pairs) == 6
    assert [len(parts.count) for parts in fewer] == [3]
    for parts in [here.parts, *halves, *pairs]:
        assert parts.count.sum() == pytest.approx(len(x))
        found_mean, found_scatter = _whole(parts)
        np.testing.assert_allclose(found_mean, mean, atol=1e-9)
        np.testing.assert_allclose(found_scatter, scatter, atol=1e-8)
    assert all(np.linalg.eigvalsh(parts.scatter).min() > 0 for parts in halves)


def test_what_a_component_is_worth_is_what_leaving_it_out_costs():
    x = make_blobs(150, centers=3, cluster_std=3.0, random_state=5)[0]
    mixture = fit_gmm(x, 3, n_init=1).mixture
    joint = np.stack(
        [
            np.log(w) + multivariate_normal(m, c).logpdf(x)
            for w, m, c in zip(mixture.weights, mixture.means, mixture.covariances, strict=True)
        ]
    )
    total = np.logaddexp.reduce(joint, axis=0).sum()
    for c in range(3):
        rest = np.logaddexp.reduce(np.delete(joint, c, axis=0), axis=0)
        without = rest.sum() - len(x) * np.log(1.0 - mixture.weights[c])
        assert local(x, mixture).loss[c] == pytest.approx(total - without, rel=1e-9)


def test_a_doubled_component_leaves_the_density_as_it_is():
    x = make_blobs(100, centers=2, random_state=1)[0]
    fit = fit_gmm(x, 2, n_init=1)
    twice = doubled(fit.mixture)
    values = [
        sum(
            w * multivariate_normal(m, c).pdf(x)
            for w, m, c in zip(one.weights, one.means, one.covariances, strict=True)
        )
        for one in (fit.mixture, twice)
    ]
    np.testing.assert_allclose(*values, rtol=1e-12)
    assert twice.weights.sum() == pytest.approx(1.0)


def test_a_start_that_is_no_number_leaves_the_race_and_nobody_waits():
    x = make_blobs(60, centers=2, random_state=3)[0]
    parts = local(x, fit_gmm(x, 2).mixture).parts
    both = Parts(*(np.stack([one, one]) for one in (parts.count, parts.mean, parts.scatter)))
    both.mean[1] = np.nan
    (leader,) = race(
        families(x, set(SKLEARN_TYPES), reproducible=False), [Field("full", both, "cut")], 1e-6
    )
    assert np.isfinite(leader.log_likelihood)


def test_a_higher_likelihood_by_collapse_neither_wins_nor_breaks_a_law():
    """In the galaxies drawn starts of six end higher, with two galaxies in a component."""
    x = DATASETS["galaxies"].draw(n=82, noise=0.1, centers=3, seed=0).points
    settings = {"n_init": 5, "tol": 1e-6, "max_iter": 500}
    drawn = fit_gmm(x, 6, covariance_type="full", init="kmeans", **settings)
    rows = select_models(x, range(1, 7), covariance_types=("full",), **settings).rows
    row = next(row for row in rows if row.n_components == 6)
    twin = GaussianMixture(
        6, weights_init=drawn.mixture.weights, means_init=drawn.mixture.means,
        precisions_init=1 / drawn.mixture.covariances, max_iter=1,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        held = twin.fit(x).predict_proba(x).sum(axis=0)
    assert drawn.log_likelihood > row.log_likelihood + 0.1
    assert drawn.degenerate.any()
    assert held[drawn.degenerate].max() < 2.5
    assert not row.degenerate
    assert {one.law for one in rows} <= {"ok", "only_collapsed"}
