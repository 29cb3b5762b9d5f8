"""Whether k-means' circles cover the plot: counted as it is said."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_dash.engine import fit_kmeans
from gmm_dash.results import Points, project
from gmm_dash.results.comparison import kmeans_side
from gmm_dash.results.discs import covered_share


@settings(deadline=None, max_examples=25)
@given(
    seed=st.integers(0, 2**16),
    d=st.integers(2, 6),
    k=st.integers(2, 5),
    axes=st.sampled_from([("", ""), ("PC1", "PC2"), ("c1", "PC2")]),
)
def test_the_share_of_discs_is_that_of_their_definition(seed, d, k, axes):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(80, d)) @ rng.normal(size=(d, d))
    points = Points.build(x, tuple(f"c{i}" for i in range(d)), standardise=True)
    fit = fit_kmeans(points.fitted, k, random_state=seed)
    side, projection = kmeans_side(points, fit), project(points, *axes)
    radii = fit.radii[side.order]
    # A ball's shadow is where some point of the ball is: the shortest way there is within it.
    way = np.linalg.pinv(projection.matrix)
    least = [
        np.linalg.norm((projection.points(points.fitted) - centre) @ way.T, axis=1)
        for centre in projection.points(side.mixture.means)
    ]
    inside = [(least[i] <= radii[i]) & (side.labels != i) for i in range(k)]
    share = np.sum(inside) / (points.n * (k - 1))
    assert abs(covered_share(points, side, radii, projection) - share) <= 1 / points.n
