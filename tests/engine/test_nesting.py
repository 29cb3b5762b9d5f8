from dataclasses import replace

import pytest
from hypothesis import given, settings

from gmm_dash.datasets import DATASETS
from gmm_dash.engine import select_models
from gmm_dash.engine.nesting import contains, is_smoothed, laws
from gmm_dash.results.select import Selection
from gmm_dash.state.select_choice import CRITERIA
from tests.figures.test_select import ROW, selections


def row(kind, k, value, **changes):
    return replace(ROW, covariance_type=kind, n_components=k, log_likelihood=value, **changes)


@pytest.mark.parametrize(
    ("outer", "inner", "inside"),
    [
        (("full", 3), ("full", 2), True),
        (("full", 3), ("spherical", 3), True),
        (("full", 3), ("tied", 1), True),
        (("diag", 2), ("spherical", 2), True),
        (("diag", 2), ("tied", 1), False),
        (("tied", 2), ("full", 1), True),
        (("tied", 2), ("diag", 2), False),
        (("tied", 2), ("spherical", 1), True),
        (("spherical", 2), ("diag", 1), False),
        (("full", 2), ("full", 3), False),
    ],
)
def test_which_models_contain_which(outer, inner, inside):
    assert contains(row(*outer, 0.0), row(*inner, 0.0)) == inside


def test_a_model_below_one_that_it_contains_stopped_short():
    rows = (row("full", 3, -1.0), row("full", 4, -1.5), row("full", 5, -0.9))
    found = laws(rows)
    assert [law.law for law in found] == ["ok", "search_failed", "ok"]
    assert found[1].shown_by is rows[0]


def test_a_collapsed_model_proves_nothing_and_a_hair_is_none():
    rows = (
        row("full", 3, 5.0, degenerate=True, reason="variance-floor"),
        row("diag", 4, -1.00005),
        row("full", 4, -1.0001),
    )
    assert [law.law for law in laws(rows)] == ["only_collapsed", "ok", "ok"]


@pytest.mark.parametrize("criterion", CRITERIA)
def test_a_search_that_stopped_short_is_never_best(criterion):
    short = row(
        "full", 4, -1.5, bic=-99.0, aic=-99.0, aicc=-99.0, icl=-99.0, heldout_log_likelihood=99.0
    )
    selection = Selection((row("full", 3, -1.0), short), ())
    assert selection.best(criterion) is selection.mixtures[0]
    assert Selection((short,), ()).best(criterion) is short


@settings(deadline=None, max_examples=60)
@given(selections())
def test_what_shows_it_is_itself_a_candidate(selection):
    for one in selection.mixtures:
        law = selection.law(one)
        assert (law.shown_by is not None) == (law.law == "search_failed")
        assert law.shown_by is None or law.shown_by in selection.candidates


def test_strong_smoothing_is_not_blamed_on_the_search():
    """Full ellipses lose their own fit of equal ones, however often they start."""
    x = DATASETS["stretched"].draw(n=400, noise=0.6, centers=4, seed=0).points
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    rows = select_models(x, [3], ["full", "tied"], n_init=10, reg_covar=0.1, informed=False).rows
    assert is_smoothed(x, 0.1)
    assert not is_smoothed(x, 1e-6)
    assert [law.law for law in laws(rows)] == ["search_failed", "ok"]
    selection = Selection(rows, (), smoothed=True)
    assert [selection.law(one).law for one in rows] == ["not_comparable", "ok"]
    assert set(selection.candidates) == set(rows)
