"""Comparisons over covariance types and numbers of components."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from gmm_dash.engine import fit_gmm, score_samples, select_models
from gmm_dash.engine.covariances import SKLEARN_TYPES
from gmm_dash.engine.select import heldout_folds
from gmm_dash.errors import GmmDashError
from tests.engine.tables import TABLES


@pytest.mark.parametrize("table", ["moons", "stretched", "iris", "five-columns"])
def test_a_row_does_not_depend_on_its_company(table):
    x = TABLES[table]()
    common = {"heldout": 0.2, "n_init": 3, "informed": False}
    whole = select_models(x, range(1, 7), **common)
    for row in whole.rows[::5]:
        alone = select_models(x, [row.n_components], (row.covariance_type,), **common)
        assert alone.rows == (replace(row, law=alone.rows[0].law),)


def test_a_row_is_what_fit_gmm_returns():
    x = TABLES["stretched"]()
    for row in select_models(x, [2, 4], n_init=3, random_state=11, informed=False).rows:
        fit = fit_gmm(
            x, row.n_components, covariance_type=row.covariance_type, n_init=3, random_state=11
        )
        assert (row.init, row.random_state, row.n_iter) == (
            fit.init,
            fit.random_state,
            fit.n_iter,
        )
        for name in ("log_likelihood", "aic", "aicc", "bic", "icl"):
            assert getattr(row, name) == pytest.approx(getattr(fit, name), rel=1e-10)
        assert row.degenerate == fit.degenerate.any()
        assert row.reason == fit.reason


def test_the_table_has_one_row_for_each_combination():
    selection = select_models(TABLES["moons"](), range(1, 4), n_init=1)
    table = selection.table
    assert isinstance(table, pd.DataFrame)
    assert len(table) == 12
    assert set(table.columns) >= {
        "covariance_type", "n_components", "log_likelihood", "heldout_log_likelihood", "aic",
        "bic", "icl", "n_parameters", "n_iter", "converged", "degenerate",
    }  # fmt: skip
    assert list(table["covariance_type"].unique()) == [str(shape) for shape in SKLEARN_TYPES]


def test_a_degenerate_row_is_never_best():
    rng = np.random.default_rng(0)
    x = np.vstack((rng.normal(size=(60, 2)), np.tile([7.0, 7.0], (5, 1))))
    selection = select_models(x, range(1, 5), ("full",), informed=False)
    lowest = min(selection.rows, key=lambda row: row.bic)
    assert lowest.degenerate
    assert lowest.reason == "variance-floor"
    best = selection.best("bic")
    assert not best.degenerate
    assert best.bic > lowest.bic


def test_best_is_none_when_nothing_is_sound():
    x = np.tile([[1.0, 2.0]], (20, 1))
    assert select_models(x, [1, 2]).best("bic") is None


def test_best_follows_its_criterion():
    selection = select_models(TABLES["stretched"](), range(1, 6), n_init=2, heldout=4)
    sound = [row for row in selection.rows if not row.degenerate]
    assert selection.best("aic") == min(sound, key=lambda row: row.aic)
    assert selection.best("heldout_log_likelihood") == max(
        sound, key=lambda row: row.heldout_log_likelihood
    )
    with pytest.raises(GmmDashError, match="criterion"):
        selection.best("elbow")


def test_heldout_scores_come_from_rows_not_fitted():
    x = TABLES["stretched"]()
    (row,) = select_models(x, [4], ("full",), n_init=2, heldout=0.25, random_state=5).rows
    (held,) = heldout_folds(len(x), 0.25, 5)
    assert len(held) == 100
    rest = np.setdiff1d(np.arange(len(x)), held)
    fit = fit_gmm(x[rest], 4, n_init=2, random_state=5)
    expected = score_samples(x[held], fit.mixture).mean()
    assert row.heldout_log_likelihood == pytest.approx(expected)


def test_folds_hold_each_row_out_once():
    folds = heldout_folds(103, 5, 0)
    assert sorted(np.concatenate(folds)) == list(range(103))
    assert heldout_folds(50, 0.0, 0) == heldout_folds(50, 0, 0) == []
    for bad in (1.0, 1, -0.1, 1.5, "half", True):
        with pytest.raises(GmmDashError):
            heldout_folds(50, bad, 0)


def test_seeds_decide_what_is_held_out():
    assert not np.array_equal(heldout_folds(99, 0.3, 0)[0], heldout_folds(99, 0.3, 1)[0])
    np.testing.assert_array_equal(heldout_folds(99, 0.3, 7)[0], heldout_folds(99, 0.3, 7)[0])


def test_collapsed_cells_are_rows_too():
    x = np.repeat(np.arange(4.0), 5)[:, None]
    rows = select_models(x, [1, 4], ("full",), reg_covar=0.0, n_init=1, informed=False).rows
    assert rows[0].log_likelihood is not None
    assert (rows[1].log_likelihood, rows[1].reason, rows[1].degenerate) == (
        None, "collapsed", True,
    )  # fmt: skip


def test_questions_that_make_no_sense_are_refused():
    x = TABLES["moons"]()
    for bad in ({"n_components": []}, {"n_components": [0]}, {"n_components": [999]},
                {"covariance_types": ["round"]}, {"n_components": None}):  # fmt: skip
        with pytest.raises(GmmDashError):
            select_models(x, **bad)
