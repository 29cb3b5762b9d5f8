"""What an E-step adds up, however it is added up: of all points, or of those with a share."""

import numpy as np
import pytest
from sklearn.mixture import GaussianMixture

from gmm_dash.engine import batch, fit_gmm
from gmm_dash.engine.solve import Job, solve
from gmm_dash.engine.starts import StartSpec
from gmm_dash.engine.validate import as_covariance_type, as_settings


def many_columns(n=2000, d=24, groups=25):
    rng = np.random.default_rng(2)
    centres = 3.0 * rng.normal(size=(groups, d))
    return centres[rng.integers(groups, size=n)] + rng.normal(size=(n, d))


@pytest.fixture
def counted(monkeypatch):
    """Count the blocks whose sums are those of a few shares."""
    calls = []
    add_held = batch._add_held

    def counting(*args):
        calls.append(args)
        add_held(*args)

    monkeypatch.setattr(batch, "_add_held", counting)
    return calls


def ended(x, k, kind, weight):
    jobs = [Job(StartSpec("kmeans", 0, k), as_covariance_type(kind))]
    return solve(x, jobs, as_settings(0.0, 1e-6, 6), weight=weight).runs[0]


@pytest.mark.parametrize("kind", ["full", "tied"])
@pytest.mark.parametrize("weighted", [False, True])
def test_sums_over_a_few_shares_are_those_over_all(kind, weighted, counted, monkeypatch):
    x = many_columns()
    weight = np.random.default_rng(0).integers(1, 4, size=len(x)) + 0.0 if weighted else None
    few = ended(x, 25, kind, weight)
    assert counted
    del counted[:]
    monkeypatch.setattr(batch, "MANY_FEATURES", np.inf)
    whole = ended(x, 25, kind, weight)
    assert not counted
    assert few.lower_bound == pytest.approx(whole.lower_bound, rel=1e-11)
    for name in ("weights", "means", "covariances"):
        np.testing.assert_allclose(getattr(few, name), getattr(whole, name), atol=1e-10)


def test_they_are_scikit_learns(counted):
    x = many_columns()
    ours = fit_gmm(x, 25, init="kmeans", n_init=1, tol=1e-3, max_iter=100)
    theirs = GaussianMixture(25, random_state=0).fit(x)
    assert counted
    assert ours.n_iter == theirs.n_iter_
    assert ours.lower_bound == pytest.approx(theirs.lower_bound_, rel=1e-9)
    np.testing.assert_allclose(ours.responsibilities, theirs.predict_proba(x), atol=1e-8)


@pytest.mark.parametrize("length", [1, 3, 4, 7, 384])
@pytest.mark.parametrize("weighted", [False, True])
def test_logarithms_of_products_are_sums_of_logarithms(length, weighted):
    rng = np.random.default_rng(length)
    reach = -0.999 * np.log(batch.FAINTEST)
    values = np.exp(rng.uniform(-reach, reach, size=(3, length)))
    values[0], values[1] = np.exp(-reach), np.exp(reach)
    weight = rng.uniform(0.5, 2.0, size=length) if weighted else None
    expected = (np.log(values) * (1.0 if weight is None else weight)).sum(axis=1)
    np.testing.assert_allclose(batch._sum_of_logs(values, weight), expected, rtol=1e-12)


@pytest.mark.parametrize("offset", [0.0, 1e5])
@pytest.mark.parametrize("k", [1, 3, 6])
def test_the_entropy_is_that_of_the_responsibilities(k, offset):
    x = np.random.default_rng(5).normal(size=(901, 2)) * [1.0, 1e-3] + offset
    fit = fit_gmm(x, k, n_init=1, reg_covar=1e-9)
    r = fit.responsibilities
    expected = -(r * np.log(np.where(r > 0, r, 1.0))).sum()
    assert fit.entropy == pytest.approx(expected, rel=1e-9, abs=1e-9)
