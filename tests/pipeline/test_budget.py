"""What comes with the page is allowed; what would take a minute is not."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from gmm_dash.callbacks.pieces import START_SECONDS
from gmm_dash.datasets import DATASETS
from gmm_dash.errors import WorkLimitError
from gmm_dash.pipeline import Pipeline
from gmm_dash.pipeline.budget import check_comparison
from gmm_dash.state import COVARIANCE_TYPES, AppState


def first_seen(dataset):
    """Return the state in which a data set opens."""
    sliders = {"n": dataset.points, "noise": dataset.noise, "centers": dataset.centers}
    drawn = {key: slider.default for key, slider in sliders.items() if slider is not None}
    return AppState().but(data=dataset.name, **drawn, **dataset.defaults)


@pytest.mark.parametrize("dataset", list(DATASETS), ids=lambda dataset: dataset.name)
def test_every_data_set_opens_within_the_limits(pipeline, dataset):
    state, limit = first_seen(dataset), pipeline.config.fit_seconds
    points = pipeline.points(state.data)
    check_comparison(points, state.model, limit)
    check_comparison(points, state.model, limit, COVARIANCE_TYPES)
    plan = pipeline.select.plan(state)
    assert plan.left_out == ()
    assert plan.seconds[0] < 0.2, "the first picture is early"
    assert dataset.name == "digits" or sum(plan.seconds) < START_SECONDS, "it starts by itself"


def test_what_takes_a_minute_is_refused(pipeline):
    state = AppState().but(data="blobs", n=20_000, k=30, n_init=50)
    with pytest.raises(WorkLimitError, match=r"about 7. s"):
        pipeline.compare.comparison(state)


def test_joining_above_the_limit_is_refused(pipeline):
    small = Pipeline(replace(pipeline.config, fit_seconds=0.1), pipeline.store)
    shares = np.broadcast_to(1 / 30, (20_000, 30))  # it is refused before any is looked at
    result = SimpleNamespace(gmm=SimpleNamespace(components=SimpleNamespace(grouped_shares=shares)))
    with pytest.raises(WorkLimitError, match="of computing; the limit is"):
        small.compare.merging(AppState(), result)
    assert (
        small.compare.merging(AppState(), pipeline.compare.comparison(AppState())).k
        == AppState().model.k
    )
