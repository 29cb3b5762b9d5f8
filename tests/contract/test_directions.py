"""Which axes follow to a mixture that is opened; ``browser/tests/axes.test.ts`` says the same."""

import pytest

from gmm_dash.contract.directions import direction, following

OLD = (direction(1, "full", 4), direction(2, "full", 4))


def test_directions_of_one_mixture_become_those_of_another():
    assert following(OLD, "diag", 3) == {"x": "DR1 (diag, K = 3)", "y": "DR2 (diag, K = 3)"}


@pytest.mark.parametrize(
    ("axes", "cov", "k"),
    [
        ((OLD[0], "alcohol"), "diag", 3),
        (("", ""), "diag", 3),
        (OLD, "diag", 1),
        (OLD, "equal", 3),
    ],
)
def test_other_axes_stay(axes, cov, k):
    assert following(axes, cov, k) == {}
