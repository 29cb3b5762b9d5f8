"""From round to stretched: a linear map about each group's centre, of the points and the truth."""

import numpy as np
import pytest

from gmm_dash.datasets import DATASETS

SQUEEZED = [dataset for dataset in DATASETS if dataset.stretch is not None]
ROUND = {"blobs", "grid", "mouse", "overlap", "three", "unequal"}
PLAIN = {"n": 120, "noise": 0.7, "centers": 3, "seed": 5}


def ratios(covariances):
    """Return how many times as long as wide each group is."""
    values = np.linalg.eigvalsh(covariances)
    return np.sqrt(values[:, 1] / values[:, 0])


@pytest.mark.parametrize("dataset", SQUEEZED, ids=lambda dataset: dataset.name)
def test_groups_are_squeezed_about_their_centres(dataset):
    plain, neutral = dataset.draw(**PLAIN), dataset.draw(**PLAIN, stretch=0.0)
    np.testing.assert_array_equal(plain.points, neutral.points)  # bit by bit
    np.testing.assert_array_equal(plain.sources.covariances, neutral.sources.covariances)
    before = ratios(plain.sources.covariances)
    for amount in np.unique([dataset.stretch.low, 0.4, dataset.stretch.high]):
        drawn = dataset.draw(**PLAIN, stretch=amount)
        np.testing.assert_array_equal(drawn.labels, plain.labels)
        np.testing.assert_array_equal(drawn.sources.means, plain.sources.means)
        np.testing.assert_array_equal(drawn.sources.weights, plain.sources.weights)
        for group, mean in enumerate(plain.sources.means):
            mine = plain.labels == group
            old, new = plain.points[mine] - mean, drawn.points[mine] - mean
            matrix = np.linalg.lstsq(old, new)[0]  # one linear map for all of them
            np.testing.assert_allclose(old @ matrix, new, atol=1e-9)
            assert np.linalg.det(matrix) == pytest.approx(1.0)
            truth = matrix.T @ plain.sources.covariances[group] @ matrix
            np.testing.assert_allclose(drawn.sources.covariances[group], truth, atol=1e-9)
        after = ratios(drawn.sources.covariances)
        wanted = np.exp(2 * amount) if dataset.name in ROUND else before ** (1 + amount)
        np.testing.assert_allclose(after, wanted, rtol=1e-7)


def test_which_sets_can_be_squeezed_and_that_others_ignore_it():
    assert {dataset.name for dataset in SQUEEZED} == ROUND | {"aniso", "gallery", "stretched"}
    assert all(dataset.draw(**PLAIN).sources is not None for dataset in SQUEEZED)
    moons = DATASETS["moons"]
    np.testing.assert_array_equal(
        moons.draw(**PLAIN, stretch=1.0).points, moons.draw(**PLAIN).points
    )
