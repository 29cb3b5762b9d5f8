"""The directions that separate a mixture show more of it than any pair of columns."""

from itertools import combinations

import numpy as np
import pytest
from scipy.linalg import eigh

from gmm_dash.contract.directions import direction, first_axes
from gmm_dash.results import project
from gmm_dash.results.separation import Separation
from gmm_dash.state import from_query


@pytest.mark.parametrize("link", ["?data=iris&k=3", "?data=wine&k=4&cov=diag", "?data=penguins"])
def test_directions_are_the_generalised_eigenvectors_and_no_plane_shows_more(pipeline, link):
    state = from_query(link)[0]
    mixture = pipeline.models.gmm(state.data, state.model).mixture
    found, d = Separation.of(mixture), mixture.means.shape[1]
    values, vectors = eigh(found.kernel, found.total)
    for ours, theirs in zip(found.directions[:2], vectors.T[::-1], strict=False):
        assert abs(ours @ theirs) / np.linalg.norm(theirs) == pytest.approx(1, abs=1e-6)
    assert found.whole == pytest.approx(values.sum())
    best = found.share(found.directions[:2])
    assert best == pytest.approx(values[-2:].sum() / values.sum())
    shares = {pair: found.share(np.eye(d)[list(pair)]) for pair in combinations(range(d), 2)}
    assert max(shares, key=shares.get) == tuple(sorted(found.best_pair()))
    planes = np.random.default_rng(0).normal(size=(200, 2, d))
    assert max(*shares.values(), *map(found.share, planes)) <= best + 1e-12


def test_the_name_of_a_direction_is_an_axis_that_no_other_setting_turns(pipeline):
    state = from_query("?data=iris&k=3")[0]
    axes = first_axes(4, "full", 3)
    shown = [
        project(pipeline.points(one.data), axes["x"], axes["y"])
        for one in (state, state.but(k=5, cov="tied", seed=3, n_init=1))
    ]
    np.testing.assert_array_equal(shown[0].matrix, shown[1].matrix)
    assert shown[0].titles == (direction(1, "full", 3), direction(2, "full", 3))
    assert shown[0].separates[2] > 0.8
    assert not shown[0].missing
    z = pipeline.points(state.data).fitted
    np.testing.assert_allclose(shown[0].points(z).mean(axis=0), 0, atol=1e-9)


@pytest.mark.parametrize("name", ["DR9 (full, K = 3)", "DR1 (full, K = 1)", "DR1 (full, K = 99)",
                                  "DR1 (round, K = 3)", "DR0 (full, K = 3)"])  # fmt: skip
def test_a_direction_that_is_not_there_is_named_as_missing(pipeline, name):
    points = pipeline.points(from_query("?data=iris")[0].data)
    assert project(points, name, "").missing == (("horizontal", name),)


def test_two_columns_or_one_component_have_no_directions():
    assert first_axes(2, "full", 4) == first_axes(5, "full", 1) == {}
