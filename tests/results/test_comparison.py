import numpy as np
from hypothesis import given, settings

from gmm_dash.state import AppState
from tests.strategies import small_states


@settings(deadline=None, max_examples=40)
@given(state=small_states)
def test_laws_of_every_comparison(state, pipeline):
    result = pipeline.compare.comparison(state)
    n, k = result.points.n, len(result.gmm.order)
    for side in (result.kmeans, result.gmm):
        assert side.responsibilities.shape == (n, k)
        behind, share, none = 0, 0, set()
        if side.background is not None:
            behind, share = side.background.posterior, side.background.uniform.share
            none = {-1}
        np.testing.assert_allclose(side.responsibilities.sum(axis=1) + behind, 1, atol=1e-9)
        assert sorted(side.order) == list(range(k))
        assert len(set(side.colours)) == k
        assert (np.diff(side.colours) > 0).all(), "display order is the palette's order"
        assert set(side.labels) <= set(range(k)) | none
        assert np.isclose(side.mixture.weights.sum() + share, 1)
    assert (result.kmeans.responsibilities.argmax(axis=1) == result.kmeans.labels).all()
    assert 0 <= result.moved <= n
    assert -1 <= result.agreement <= 1


def test_labels_keep_their_meaning_in_display_numbers(pipeline):
    result = pipeline.compare.comparison(AppState())
    fit, side = result.gmm_fit, result.gmm
    assert (side.order[side.labels] == fit.labels).all()
    np.testing.assert_array_equal(side.mixture.means, fit.means[side.order])
    assert (result.kmeans.order[result.kmeans.labels] == result.kmeans_fit.labels).all()


def test_the_two_sides_agree_on_colours_without_truth(pipeline):
    result = pipeline.compare.comparison(AppState().but(data="faithful", scale="standard", k=2))
    assert result.points.labels is None
    assert result.moved < 10
