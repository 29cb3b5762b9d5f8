import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_dash.engine import select_models
from gmm_dash.errors import StateError
from gmm_dash.results.select import behind, score, selection_of

BLOBS = [[0.0, 0.1], [0.2, 0.0], [0.1, 0.3], [5.0, 5.1], [5.2, 5.0], [5.1, 4.8], [0.3, 0.2]]
ROWS = [row.as_dict() for row in select_models(BLOBS, range(1, 4), reg_covar=1e-3).rows]
KMEANS = [
    {
        "n_clusters": 2,
        "inertia": 3.0,
        "silhouette": 0.5,
        "calinski_harabasz": None,
        "n_iter": 2,
        "converged": True,
        "random_state": 0,
    }
]


def test_rows_survive_the_way_through_the_browser():
    back = selection_of(json.loads(json.dumps(ROWS)), json.loads(json.dumps(KMEANS)))
    assert [row.as_dict() for row in back.mixtures] == ROWS
    assert back.kmeans[0].inertia == 3.0


def test_rows_are_in_order_and_once_however_they_arrive():
    selection = selection_of([*reversed(ROWS), ROWS[0]], KMEANS * 2)
    assert [row.as_dict() for row in selection.mixtures] == ROWS


@pytest.mark.parametrize("criterion", ["bic", "aic", "aicc", "icl"])
def test_the_best_is_sound_and_nothing_sound_is_better(criterion):
    selection = selection_of(ROWS, [])
    best = selection.best(criterion)
    assert best is not None
    assert not best.degenerate
    for row in selection.mixtures:
        apart = behind(row, best, criterion)
        assert row.degenerate or apart is None or apart >= 0
    assert behind(best, best, criterion) == 0


def test_a_degenerate_row_never_wins_however_good_it_looks():
    bad = ROWS[0] | {"bic": -1e9, "degenerate": True, "reason": "variance-floor"}
    assert selection_of([bad], []).best("bic") is None
    both = selection_of([bad, ROWS[4]], [])
    assert both.best("bic") == both.mixtures[1]
    assert behind(both.mixtures[0], both.best("bic"), "bic") < 0


def test_held_out_is_better_when_higher():
    sound = {"degenerate": False, "reason": ""}
    low = ROWS[0] | sound | {"heldout_log_likelihood": -3.0}
    high = ROWS[1] | sound | {"heldout_log_likelihood": -2.0}
    selection = selection_of([low, high], [])
    assert score(selection.best("heldout"), "heldout") == -2.0
    assert behind(selection.mixtures[0], selection.best("heldout"), "heldout") == pytest.approx(1.0)


_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(ROWS[0])), _anything)
def test_any_value_in_a_row_is_read_or_refused(key, value):
    try:
        selection = selection_of([ROWS[0] | {key: value}], [])
    except StateError as refused:
        said = refused.sentence
    else:
        said = ""
        assert getattr(selection.mixtures[0], key) == value
    assert said == "" or "Reload" in said


@pytest.mark.parametrize(
    "rows", [None, {}, "rows", [None], [{}], [{"bic": 1}], [ROWS[0] | {"more": 1}], [0] * 50_000]
)
def test_what_is_no_row_is_refused(rows):
    with pytest.raises(StateError):
        selection_of(rows, [])


PART = {
    "restart": 0,
    "fold": -1,
    "folds": 1,
    "lower_bound": -3.0,
    "held_sum": None,
    "held_count": 0,
}
WHOLE = ROWS[0] | PART
FOLD = PART | {
    "covariance_type": ROWS[0]["covariance_type"],
    "n_components": ROWS[0]["n_components"],
    "fold": 0,
    "held_sum": -8.0,
    "held_count": 4,
}


@pytest.mark.parametrize("fold", [FOLD, ROWS[0] | FOLD], ids=["short", "with all its scores"])
def test_the_row_of_a_fold_may_say_as_little_as_its_score_needs(fold):
    (row,) = selection_of([WHOLE, fold], []).mixtures
    assert row.as_dict() == ROWS[0] | {"heldout_log_likelihood": -2.0}


def test_a_restart_that_does_not_win_changes_nothing():
    losers = [
        row | {"restart": 1, "lower_bound": bound} for row in (WHOLE, FOLD) for bound in (None, -4)
    ]
    assert selection_of([WHOLE, FOLD, *losers], []) == selection_of([WHOLE, FOLD], [])


@settings(deadline=None, max_examples=150)
@given(st.sampled_from([WHOLE, FOLD]), st.sampled_from(sorted(PART)), _anything)
def test_any_value_in_a_part_is_read_or_refused(row, key, value):
    try:
        selection_of([WHOLE, FOLD, row | {key: value}], [])
    except StateError as refused:
        said = refused.sentence
    else:
        said = "Reload"
    assert "Reload" in said


@pytest.mark.parametrize("row", [WHOLE, FOLD])
@pytest.mark.parametrize("missing", sorted(PART))
def test_half_a_part_is_refused(row, missing):
    with pytest.raises(StateError):
        selection_of([{key: value for key, value in row.items() if key != missing}], [])


def test_sums_that_overflow_are_no_score():
    parts = [
        WHOLE | {"folds": 2},
        *(FOLD | {"fold": f, "folds": 2, "held_sum": 1e308} for f in (0, 1)),
    ]
    (row,) = selection_of(parts, []).mixtures
    assert row.heldout_log_likelihood is None


def test_k_means_comes_in_one_part():
    with pytest.raises(StateError):
        selection_of([], [KMEANS[0] | PART])
