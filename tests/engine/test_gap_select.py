"""Rows of How many? for rows with gaps: the ordinary ones where there are none, and their laws."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from gmm_dash.engine import deadline, fit_gaps, fit_gmm
from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.em import Settings
from gmm_dash.engine.gap_expectation import known_log_likelihood
from gmm_dash.engine.gaps import GAPS_INIT
from gmm_dash.engine.select import heldout_folds, select_drawn
from gmm_dash.engine.select_data import GappedData
from gmm_dash.engine.select_each import select_each
from gmm_dash.errors import FitError, WorkLimitError

SETTINGS_GIVEN = {"tol": 1e-4, "reg_covar": 1e-6, "max_iter": 200}
SETTINGS = Settings(*SETTINGS_GIVEN.values())
CELLS = [(kind, k) for kind in CovarianceType for k in (1, 2, 3)]


def rows_of(x, cells, folds=(), **starts):
    """Return the rows of models; by default of one start."""
    rules = {"init": GAPS_INIT, "n_init": 1, "random_state": 0, **SETTINGS_GIVEN} | starts
    return select_each(GappedData(x), cells, rules, folds).rows


def groups(seed, n=150, share=0.0):
    """Return rows of three groups, each value missing with probability ``share``."""
    rng = np.random.default_rng(seed)
    means = np.array([[0, 0, 0], [3.2, 1, 0], [0, 3, 3.0]])
    lower = np.array([[1, 0, 0], [0.5, 0.8, 0], [0.2, 0.1, 0.9]])
    x = means[rng.integers(3, size=n)] + rng.normal(size=(n, 3)) @ lower.T
    x[rng.random(x.shape) < share] = np.nan
    return x[~np.isnan(x).all(axis=1)]


def test_without_gaps_it_is_the_ordinary_comparison_from_the_same_starts():
    x = groups(0)
    folds = heldout_folds(len(x), 3, 0)
    mine = rows_of(x, CELLS, folds, n_init=2, random_state=5)
    theirs, _ = select_drawn(x, CELLS, [("kmeans", 5), ("kmeans", 6)], SETTINGS, folds)
    for one, other in zip(mine, theirs.rows, strict=True):
        for name, value in one.as_dict().items():
            expected = getattr(other, name)
            if isinstance(expected, float):
                expected = pytest.approx(expected, rel=1e-6)
            if name != "law":  # of single rows it says no more than whether they are sound
                assert value == expected, (one.covariance_type, one.n_components, name)


def test_criteria_are_of_the_known_values_and_every_row_counts():
    x = groups(1, share=0.2)
    (row,) = rows_of(x, [(CovarianceType.TIED, 2)])
    fit = fit_gaps(x, 2, covariance_type="tied", n_init=1, tol=1e-4, max_iter=200)
    value = by_hand(x, fit.mixture)
    np.testing.assert_allclose(row.log_likelihood * len(x), value, rtol=1e-9)
    np.testing.assert_allclose(row.bic, -2 * value + row.n_parameters * np.log(len(x)), rtol=1e-9)
    np.testing.assert_allclose(row.aic, -2 * value + row.n_parameters * 2, rtol=1e-9)
    assert row.icl >= row.bic
    assert row.n_parameters == 1 + 6 + 6
    assert row.heldout_log_likelihood is None


def by_hand(x, mixture):
    """Return the log-likelihood of the known values, by SciPy."""
    total = 0.0
    for row in x:
        seen = np.flatnonzero(~np.isnan(row))
        total += np.log(
            sum(
                w * multivariate_normal(m[seen], c[np.ix_(seen, seen)]).pdf(row[seen])
                for w, m, c in zip(mixture.weights, mixture.means, mixture.covariances, strict=True)
            )
        )
    return total


def test_a_held_out_score_is_of_what_is_known_of_rows_left_out():
    x = groups(2, n=60, share=0.2)
    folds = heldout_folds(len(x), 4, 0)
    assert sorted(np.concatenate(folds)) == list(range(len(x)))
    cell = (CovarianceType.DIAG, 2)
    (row,) = rows_of(x, [cell], folds)
    total = 0.0
    for part in folds:
        rest = np.delete(x, part, axis=0)
        fit = fit_gaps(rest, 2, covariance_type="diag", n_init=1, tol=1e-4, max_iter=200)
        total += by_hand(x[part], fit.mixture)
    np.testing.assert_allclose(row.heldout_log_likelihood, total / len(x), rtol=1e-9)


@pytest.mark.parametrize(("share", "tables"), [(0.05, 12), (0.2, 6), (0.5, 3)])
def test_rows_with_gaps_make_better_mixtures_of_new_rows(share, tables):
    """Against mixtures of the complete rows alone; it says nothing of which K is chosen."""
    gain = []
    for seed in range(tables):
        x, new = groups(seed, share=share), groups(1000 + seed, n=2000)
        every = fit_gaps(x, 3, n_init=2, tol=1e-4).mixture
        whole = x[~np.isnan(x).any(axis=1)]
        complete = fit_gmm(whole, 3, init="kmeans", n_init=2, tol=1e-4).mixture
        gain.append(known_log_likelihood(new, every) - known_log_likelihood(new, complete))
    assert np.mean(gain) > 0
    assert np.mean(np.array(gain) > 0) > 0.5


def test_a_model_with_too_few_complete_rows_has_no_scores_and_the_others_have():
    x = groups(3, n=40, share=0.5)
    whole = int((~np.isnan(x).any(axis=1)).sum())
    cells = [(CovarianceType.SPHERICAL, 1), (CovarianceType.SPHERICAL, whole + 1)]
    one, many = rows_of(x, cells)
    assert one.bic is not None
    assert (many.bic, many.reason, many.degenerate) == (None, "collapsed", True)
    with pytest.raises(FitError):
        fit_gaps(x, whole + 1)


def test_it_stops_when_time_is_up(monkeypatch):
    def late():
        raise WorkLimitError("late", hint="wait")

    monkeypatch.setattr(deadline, "check_time", late)
    monkeypatch.setattr("gmm_dash.engine.gap_expectation.check_time", late)
    with pytest.raises(WorkLimitError):
        rows_of(groups(0, share=0.1), CELLS)
