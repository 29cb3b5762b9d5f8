"""The Gaussians that a data set says its groups come from are those they come from."""

import numpy as np
import pytest

from gmm_dash.datasets import DATASETS
from gmm_dash.pipeline.load import load
from gmm_dash.state import from_query

N = 20_000
GAUSSIAN = (
    "aniso", "bars", "blobs", "corners", "crossed", "gallery", "grid", "manydims", "minority",
    "mouse", "overfit", "overlap", "stretched", "three", "unequal", "units",
)  # fmt: skip


@pytest.mark.parametrize("scale", ["none", "standard"])
@pytest.mark.parametrize("name", GAUSSIAN)
def test_the_moments_of_every_group_are_those_of_its_source(name, scale):
    state, _ = from_query(f"?data={name}&n={N}&scale={scale}")
    points = load(state.data, None, N)
    for group, (mean, covariance) in enumerate(
        zip(points.sources.means, points.sources.covariances, strict=True)
    ):
        own = points.fitted[points.labels == group]
        spread = np.sqrt(np.trace(covariance))
        assert np.abs(own.mean(axis=0) - mean).max() < 5 * spread / np.sqrt(len(own))
        apart = np.abs(np.cov(own, rowvar=False) - covariance).max()
        assert apart < 8 * spread**2 / np.sqrt(len(own))
        assert points.sources.weights[group] == pytest.approx(len(own) / N)


def test_the_others_claim_no_source():
    others = {d.name for d in DATASETS} - set(GAUSSIAN)
    for name in others:
        state, _ = from_query(f"?data={name}&n=100")
        assert load(state.data, None, N).sources is None


def test_chosen_columns_have_the_marginal_of_the_sources():
    every = load(from_query("?data=manydims&centers=5")[0].data, None, N)
    some = load(from_query("?data=manydims&centers=5&cols=x4,x2")[0].data, None, N)
    chosen = [every.columns.index(c) for c in some.columns]
    np.testing.assert_array_equal(some.sources.means, every.sources.means[:, chosen])
    np.testing.assert_array_equal(
        some.sources.covariances, every.sources.covariances[np.ix_(range(3), chosen, chosen)]
    )
