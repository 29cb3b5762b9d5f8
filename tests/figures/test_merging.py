"""The curve of the entropy that joining leaves."""

import numpy as np
import pytest

from gmm_dash.engine import fit_gmm, merge_components
from gmm_dash.figures.merging import curve


@pytest.mark.parametrize(("apart", "own"), [(2.0, True), (60.0, False)])
def test_an_entropy_that_is_nothing_but_rounding_gets_no_axis_of_its_own(apart, own):
    rng = np.random.default_rng(1)
    x = rng.normal(size=(180, 2)) + np.repeat([[0, 0], [apart, 0], [2 * apart, 0]], 60, axis=0)
    merging = merge_components(fit_gmm(x, 3, n_init=1).responsibilities)
    figure = curve(merging, 2, "light", str)
    values = [merging.entropy(count) for count in (1, 2, 3)]
    assert figure["data"][0]["y"] == values
    assert (max(values) > 1e-3) == own
    assert ("range" in figure["layout"]["yaxis"]) != own
