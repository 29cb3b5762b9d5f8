"""Joining components: against brute force, against mclust, and by the laws of entropy."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import entr

from gmm_dash.datasets import DATASETS
from gmm_dash.engine import Mixture, responsibilities
from gmm_dash.engine.merging import bend, merge_components, merged

# mclust 6.0.0 (Debian r-cran-mclust, R 4.2.2), with m <- Mclust(x, G = 6, modelNames = model),
# m$z <- estep(x, model, m$parameters)$z and cc <- clustCombi(m):
# The entropies are -sum(xlog(cc$combiz[[g]])) for g = 6 ... 1, the groups those of cc$combiM, the
# bend mclust:::pcws2_reg(1:6, entropies)$c. Its crabs (VVE, G = 9, five columns) were compared
# once, too: all eight joinings, every label and the entropies to 3e-9.
FAITHFUL = {  # VVV of both columns
    "weights": [
        0.1743453697, 0.1283442052, 0.1016272328, 0.2130931968, 0.07752079965, 0.3050691958,
    ],
    "means": [
        [4.162639094, 85.73610056], [1.829131731, 52.51295232], [3.73351335, 71.83976097],
        [2.113615142, 55.49670298], [4.461823072, 83.00544944], [4.430404861, 77.51729474],
    ],
    "upper": [
        [0.1811153556, 1.248770863, 19.94365657], [0.004187505258, -0.119418888, 25.97256938],
        [0.3594417686, 4.729207711, 83.48585055], [0.04455445486, 0.3268883864, 35.41023045],
        [0.07105328484, 0.5339868034, 4.403125681], [0.0939418515, 0.398773679, 12.54958054],
    ],
    "entropies": [114.49038498, 81.89579806, 52.76948151, 27.61659568, 4.37530127, 0.0],
    "groups": {5: [0, 1, 2, 3, 4, 2], 4: [0, 1, 0, 2, 3, 0], 3: [0, 1, 0, 1, 2, 0]},
    "rows": [154, 94, 24],
    "bend": 2,
}  # fmt: skip
IRIS = {  # VVI of all four columns
    "weights": [0.2322066053, 0.101126728, 0.1507567449, 0.06559057502, 0.2786362544, 0.1716830924],
    "means": [
        [5.140544792, 3.573775856, 1.486727179, 0.2724414935],
        [4.697059032, 3.093270328, 1.405221596, 0.1852851962],
        [5.542069476, 2.578051631, 3.860615105, 1.169033304],
        [7.543957888, 3.143489898, 6.391673217, 2.092653904],
        [6.151580925, 2.851167041, 4.731080035, 1.567926298],
        [6.583620399, 3.060209206, 5.540259936, 2.137392733],
    ],
    "diagonals": [
        [0.09289706661, 0.1271171922, 0.03211379111, 0.01245809667],
        [0.05103716454, 0.01143166476, 0.01905505795, 0.00197789087],
        [0.09948416792, 0.06303829732, 0.1227730749, 0.01823409281],
        [0.0545564066, 0.1728963997, 0.09418247881, 0.04947244607],
        [0.1737513215, 0.07319143538, 0.09287419537, 0.04721096549],
        [0.09258369786, 0.04529630316, 0.0708429512, 0.05823462748],
    ],
    "entropies": [15.63411557, 10.19195862, 5.13278671, 1.68287873, 0.0, 0.0],
    "groups": {5: [0, 0, 1, 2, 3, 4], 4: [0, 0, 1, 2, 1, 3], 3: [0, 0, 1, 2, 1, 1]},
    "rows": [50, 90, 10],
    "bend": 3,
}


def covariances(model):
    if "diagonals" in model:
        return np.array([np.diag(row) for row in model["diagonals"]])
    return np.array([[[a, b], [b, c]] for a, b, c in model["upper"]])


@pytest.mark.parametrize(("name", "theirs"), [("faithful", FAITHFUL), ("iris", IRIS)])
def test_joinings_are_those_of_mclust(name, theirs):
    x = DATASETS[name].draw(n=2, noise=0, centers=1, seed=0).points
    parts = np.array(theirs["weights"]), np.array(theirs["means"]), covariances(theirs)
    posteriors = responsibilities(x, Mixture(*parts))
    found = merge_components(posteriors)
    np.testing.assert_allclose(found.entropies, theirs["entropies"], rtol=1e-6, atol=1e-7)
    for g, groups in theirs["groups"].items():
        assert found.groups(g).tolist() == groups
    labels = merged(posteriors, found.groups(3)).argmax(axis=1)
    assert np.bincount(labels).tolist() == theirs["rows"]
    assert bend(found.entropies) == theirs["bend"]


def entropy(posteriors):
    return entr(posteriors).sum()


@given(
    st.integers(1, 7), st.integers(1, 40), st.sampled_from([0.02, 0.3, 3.0]), st.integers(0, 10**6)
)
@settings(max_examples=60, deadline=None)
def test_each_joining_is_the_one_that_takes_most(k, n, alpha, seed):
    posteriors = np.random.default_rng(seed).dirichlet(np.full(k, alpha), n)
    found = merge_components(posteriors)
    assert found.k == k == len(found.pairs) + 1
    assert np.isclose(found.entropies[0], entropy(posteriors), atol=1e-9)
    assert found.entropies[-1] == 0
    assert (np.diff(found.entropies) <= 0).all(), "joining never adds entropy"
    for g in range(k, 0, -1):
        now = merged(posteriors, found.groups(g))
        assert now.shape == (n, g)
        np.testing.assert_allclose(now.sum(axis=1), 1)
        assert np.isclose(found.entropy(g), entropy(now), atol=1e-9)
        first = [int(np.flatnonzero(found.groups(g) == one)[0]) for one in range(g)]
        assert first == sorted(first), "numbered by the lowest component"
        if g > 1:
            left = [
                entropy(np.column_stack([np.delete(now, (i, j), axis=1), now[:, i] + now[:, j]]))
                for i, j in combinations(range(g), 2)
            ]
            assert np.isclose(found.entropy(g - 1), min(left), atol=1e-9)


def test_rows_that_are_decided_have_nothing_to_take():
    found = merge_components(np.eye(4)[[0, 1, 2, 3, 3]])
    assert found.entropies.tolist() == [0, 0, 0, 0]
    assert found.pairs.tolist() == [[0, 1], [0, 2], [0, 3]]
    assert bend(found.entropies) is None
    assert bend(np.array([3.0, 1.0, 0.0])) is None
