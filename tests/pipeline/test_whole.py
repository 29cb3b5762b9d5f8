"""All rows of a long table: fitted once, however little is remembered; and what that may take."""

import gc
import weakref
from types import SimpleNamespace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_dash.config import Config
from gmm_dash.engine import CentersRun
from gmm_dash.pipeline import Pipeline, compare_whole, whole
from gmm_dash.state import COVARIANCE_TYPES, AppState, from_query

LINK = "?view=compare&data=blobs&n=3000&noise=1&centers=3&n_init=1&k=3&tol=1e-4"


def test_what_another_view_asks_for_needs_no_fit_though_no_answer_is_small_enough_to_keep(
    monkeypatch,
):
    made = {"gmm": 0, "kmeans": 0}
    fit, moved = whole.fit_from_mixture, CentersRun.moved

    def counted_fit(*args, **named):
        made["gmm"] += 1
        return fit(*args, **named)

    def counted_moves(*args, **named):
        made["kmeans"] += 1
        return moved(*args, **named)

    monkeypatch.setattr(whole, "fit_from_mixture", counted_fit)
    monkeypatch.setattr(CentersRun, "moved", counted_moves)
    pipeline = Pipeline(Config(fit_rows=200, all_rows=3000, cache_bytes=190_000), None)
    state = from_query(LINK)[0]
    first = pipeline.compare.comparison(state)
    assert first.points.n == 3000
    seen = first.gmm_fit.responsibilities.copy(), first.kmeans_fit.distances.copy()
    large = weakref.ref(first.gmm_fit)
    del first
    gc.collect()
    assert large() is None, "the fit is not among what is kept"
    again = pipeline.compare.comparison(state.but(show=("ellipses",)))
    np.testing.assert_array_equal(again.gmm_fit.responsibilities, seen[0])
    np.testing.assert_array_equal(again.kmeans_fit.distances, seen[1])
    pipeline.compare.profiles(state)
    assert made == {"gmm": 1, "kmeans": 1}
    pipeline.compare.comparison(state.but(cov="diag"))
    assert made == {"gmm": 2, "kmeans": 2}, "a mixture of another type"


@settings(deadline=None)
@given(
    n=st.integers(60_000, 100_000_000),
    d=st.integers(1, 30),
    k=st.integers(1, 30),
    limit=st.floats(1.0, 600.0),
    kinds=st.sampled_from([("full",), ("diag",), COVARIANCE_TYPES]),
)
def test_nothing_is_fitted_or_offered_that_could_not_be_shown_in_time(n, d, k, limit, kinds):
    sample = SimpleNamespace(n=50_000, n_total=n, d=d, reduction=None)
    model, limits = AppState().but(k=k).model, whole.Limits(n, limit)
    held = whole.held_back(sample, model, limits, kinds, "")
    fits = whole.seconds_of(n, d, model, kinds)
    shown = whole.seconds_to_show(n, d, k, len(kinds))
    if held is None:
        assert fits + shown <= limit
        return
    assert held.why == "seconds"
    assert held.seconds > limit == held.limit
    assert held.seconds >= fits + shown * (1 - 1e-9), "what is said counts the answer, too"
    soon = limit / compare_whole._SPARE  # what k-means may take beside
    assert held.pieces == (shown <= whole.SHOWN * limit)
    assert not held.pieces or shown + soon <= limit * (1 + 1e-9)
