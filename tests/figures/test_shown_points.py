"""Which of many points are drawn: every part of the plot keeps its share, for every model alike."""

import base64
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_dash.callbacks import compare
from gmm_dash.figures import scatter
from gmm_dash.state import AppState


def _one_after_another(xy, most):
    """Return what is drawn, by putting every point in order along the curve."""
    low, extent = xy.min(axis=0), np.ptp(xy, axis=0)
    cells = ((xy - low) / np.where(extent > 0, extent, 1.0) * 1023).astype(int).tolist()
    codes = [sum(((x >> b & 1) + 2 * (y >> b & 1)) << 2 * b for b in range(10)) for x, y in cells]
    order = sorted(range(len(xy)), key=codes.__getitem__)
    drawn = [order[int((i + 0.5) * (len(xy) / most))] for i in range(most)]
    ends = sorted({*xy.argmin(axis=0).tolist(), *xy.argmax(axis=0).tolist()})[:most]
    free = list(range(most))
    for place in sorted(map(order.index, ends)):  # the outermost, each as near as there is room
        own = place * most // len(xy)
        slot = next((i for i in free if i >= own), free[0])
        drawn[slot] = order[place]
        free.remove(slot)
    return sorted(drawn)


@settings(deadline=None, max_examples=60)
@given(
    seed=st.integers(0, 2**16),
    n=st.integers(2, 700),
    places=st.integers(1, 60),
    share=st.floats(0.01, 0.99),
    flat=st.booleans(),
)
def test_counting_squares_finds_the_points_that_sorting_them_finds(seed, n, places, share, flat):
    rng = np.random.default_rng(seed)
    xy = rng.normal(size=(places, 2))[rng.integers(0, places, n)]  # many at one place
    xy[: n // 2] += rng.normal(scale=1e-3, size=(n // 2, 2))
    if flat:
        xy[:, 1] = 3.0
    most = max(1, int(share * n))
    assert scatter.shown_points(xy, most).tolist() == _one_after_another(xy, most)


def test_more_squares_than_a_short_number_can_name():
    xy = np.random.default_rng(0).uniform(size=(120_000, 2))
    assert scatter.shown_points(xy, 90_000).tolist() == _one_after_another(xy, 90_000)


def _drawn(picture):
    traces = [one for one in picture["figure"]["data"] if "customdata" in one]
    return sorted(
        number
        for one in traces
        for number in np.frombuffer(base64.b64decode(one["customdata"]["bdata"]), "i4").tolist()
    )


def test_every_model_of_the_same_data_shows_the_same_points(pipeline, monkeypatch):
    monkeypatch.setattr(pipeline, "config", replace(pipeline.config, plot_points=150))
    found = [
        _drawn(picture)
        for changes in ({}, {"k": 5}, {"cov": "diag", "seed": 3}, {"show": ("shapes",)})
        for picture in compare.answer(pipeline, AppState().but(**changes), "light")[
            "pictures"
        ].values()
    ]
    assert [len(one) for one in found] == [150] * 10
    assert all(one == found[0] for one in found)
