"""Rows of How many? for weighted rows: ones are nothing, counts are copies, scikit-learn agrees."""

import numpy as np
import pytest
from sklearn.mixture import GaussianMixture

from gmm_dash.engine import as_weighting, deadline, fit_gmm
from gmm_dash.engine.covariances import SKLEARN_TYPES, CovarianceType
from gmm_dash.engine.em import Settings
from gmm_dash.engine.gmm import usual_starts
from gmm_dash.engine.select import heldout_folds, select_drawn
from gmm_dash.engine.select_data import WeightedData
from gmm_dash.engine.select_each import select_each
from gmm_dash.errors import WorkLimitError

GIVEN = {"tol": 1e-4, "reg_covar": 1e-6, "max_iter": 200}
SETTINGS = Settings(*GIVEN.values())
CELLS = [(kind, k) for kind in CovarianceType for k in (1, 2, 3)]
RULES = {"init": "mixed", "n_init": 3, "random_state": 5, **GIVEN}


def rows_of(x, weights, cells, rules, folds=()):
    """Return the rows of models of weighted rows."""
    return select_each(WeightedData(x, as_weighting(weights, len(x))), cells, rules, folds).rows


def groups(seed, n=120):
    """Return rows of three groups, and a count of each."""
    rng = np.random.default_rng(seed)
    means = np.array([[0, 0], [4.2, 1], [0, 5.0]])
    x = means[rng.integers(3, size=n)] + rng.normal(size=(n, 2)) * [1.0, 0.6]
    return x, rng.integers(1, 5, size=n).astype(float)


def test_weights_of_one_are_the_ordinary_comparison_from_drawn_starts():
    x, _ = groups(0)
    folds = heldout_folds(len(x), 3, 0)
    mine = rows_of(x, np.ones(len(x)), CELLS, RULES, folds)
    theirs, _ = select_drawn(x, CELLS, usual_starts("mixed", 3, 5), SETTINGS, folds)
    for one, other in zip(mine, theirs.rows, strict=True):
        for name, value in one.as_dict().items():
            expected = getattr(other, name)
            if isinstance(expected, float):
                expected = pytest.approx(expected, rel=1e-8)
            if name != "law":  # of single rows it says no more than whether they are sound
                assert value == expected, (one.covariance_type, one.n_components, name)


@pytest.mark.parametrize("init", ["kmeans", "k-means++", "random_from_data"])
def test_counts_are_the_comparison_of_copies(init):
    x, counts = groups(1)
    copies = np.repeat(x, counts.astype(int), axis=0)
    rules = RULES | {"init": init, "n_init": 2}
    mine = rows_of(x, counts, CELLS, rules)
    theirs, _ = select_drawn(copies, CELLS, usual_starts(init, 2, 5), SETTINGS, [])
    for one, other in zip(mine, theirs.rows, strict=True):
        assert (one.init, one.random_state) == (other.init, other.random_state)
        for name in ("log_likelihood", "aic", "aicc", "bic", "icl", "n_parameters", "degenerate"):
            assert getattr(one, name) == pytest.approx(getattr(other, name), rel=1e-7), name


def test_scikit_learn_has_the_criteria_on_copies():
    x, counts = groups(2)
    copies = np.repeat(x, counts.astype(int), axis=0)
    cells = [(CovarianceType(kind), 3) for kind in SKLEARN_TYPES]
    for row in rows_of(x, counts, cells, RULES):
        oracle = GaussianMixture(
            3, covariance_type=row.covariance_type, init_params=row.init, n_init=1,
            random_state=row.random_state, tol=1e-4, max_iter=200,
        ).fit(copies)  # fmt: skip
        assert row.log_likelihood == pytest.approx(oracle.score(copies), rel=1e-7)
        assert row.bic == pytest.approx(oracle.bic(copies), rel=1e-7)
        assert row.aic == pytest.approx(oracle.aic(copies), rel=1e-7)


@pytest.mark.parametrize("scale", [1.0, 0.37])
def test_held_out_scores_are_weighted_means_of_rows_left_out(scale):
    x, counts = groups(3)
    each = counts * scale
    folds = heldout_folds(len(x), 4, 0)
    cell = (CovarianceType.DIAG, 2)
    rules = RULES | {"n_init": 1, "init": "kmeans"}
    (row,) = rows_of(x, each, [cell], rules, folds)
    total = 0.0
    for part in folds:
        rest, weight = np.delete(x, part, axis=0), np.delete(each, part)
        fit = fit_gmm(
            rest, 2, covariance_type="diag", init="kmeans", n_init=1, random_state=5, tol=1e-4,
            max_iter=200, sample_weight=weight,
        )  # fmt: skip
        by_sklearn = GaussianMixture(2, covariance_type="diag")
        by_sklearn.weights_, by_sklearn.means_ = fit.weights, fit.means
        by_sklearn.covariances_ = np.diagonal(fit.covariances, axis1=1, axis2=2)
        by_sklearn.precisions_cholesky_ = 1.0 / np.sqrt(by_sklearn.covariances_)
        total += by_sklearn.score_samples(x[part]) @ each[part]
    assert row.heldout_log_likelihood == pytest.approx(total / each.sum(), rel=1e-8)
    assert (row.bic is None) == (scale != 1.0)


def test_of_weights_that_are_no_counts_every_criterion_is_withheld():
    x, counts = groups(4)
    rows = rows_of(x, counts + 0.5, CELLS, RULES | {"n_init": 1})
    for row in rows:
        assert (row.aic, row.aicc, row.bic, row.icl) == (None,) * 4
        fit = fit_gmm(
            x, row.n_components, covariance_type=row.covariance_type, n_init=1, random_state=5,
            tol=1e-4, max_iter=200, sample_weight=counts + 0.5,
        )  # fmt: skip
        assert row.log_likelihood == fit.log_likelihood


def test_a_model_with_too_few_rows_has_no_scores_and_the_others_have():
    x, counts = groups(5, n=4)
    cells = [(CovarianceType.SPHERICAL, 1), (CovarianceType.SPHERICAL, 5)]
    one, many = rows_of(x, counts, cells, RULES)
    assert one.bic is not None
    assert (many.bic, many.log_likelihood, many.reason) == (None, None, "collapsed")
    assert many.degenerate


def test_it_stops_when_time_is_up(monkeypatch):
    x, counts = groups(6)

    def late(*_args, **_kwargs):
        raise WorkLimitError("late", hint="wait")

    monkeypatch.setattr("gmm_dash.engine.select_data.fit_gmm", late)
    with pytest.raises(WorkLimitError), deadline.time_limit(20.0):
        rows_of(x, counts, CELLS, RULES)
