"""The order of components follows from their parameters, not from how they are arranged."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmm_dash.engine import Mixture, canonical_order, fit_gmm

TIES = ("none", "one feature", "all means", "all but the slant", "everything")


def mixture_of(generator, k, d, ties):
    """Return a mixture whose components agree in as much as ``ties`` says."""
    means = generator.normal(scale=3, size=(k, d))
    weights = generator.dirichlet(np.full(k, 5.0))
    roots = generator.normal(size=(k, d, d))
    covariances = roots @ roots.transpose(0, 2, 1) + 0.1 * np.eye(d)
    if ties == "one feature":
        means[:, 0] = 1e8
    elif ties != "none":
        means[:] = means[0]
    if ties in ("all but the slant", "everything"):
        weights = np.full(k, 1 / k)
        diagonal = np.sqrt(np.diagonal(covariances, axis1=1, axis2=2))
        covariances /= diagonal[:, :, None] * diagonal[:, None, :]
    if ties == "everything":
        covariances[:] = covariances[0]
    return Mixture(weights, means, covariances)


def arranged(mixture, order):
    return Mixture(mixture.weights[order], mixture.means[order], mixture.covariances[order])


def numbers_of(mixture):
    return np.column_stack(
        [mixture.means, mixture.weights, mixture.covariances.reshape(mixture.n_components, -1)]
    )


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 10**6), st.integers(1, 9), st.integers(1, 4), st.sampled_from(TIES))
def test_every_arrangement_is_put_into_one_order(seed, k, d, ties):
    generator = np.random.default_rng(seed)
    mixture = mixture_of(generator, k, d, ties)
    order = canonical_order(mixture)
    assert sorted(order) == list(range(k))
    once = arranged(mixture, order)
    np.testing.assert_array_equal(canonical_order(once), np.arange(k))
    other = arranged(mixture, generator.permutation(k))
    again = arranged(other, canonical_order(other))
    np.testing.assert_array_equal(numbers_of(again), numbers_of(once))


@pytest.mark.parametrize("ties", TIES[:-1])
def test_the_noise_of_a_search_does_not_change_the_order(ties):
    for seed in range(40):
        generator = np.random.default_rng(seed)
        mixture = mixture_of(generator, 5, 3, ties)
        noisy = Mixture(
            *(
                part + 1e-6 * generator.normal(size=part.shape)
                for part in (mixture.weights, mixture.means, mixture.covariances)
            )
        )
        np.testing.assert_array_equal(canonical_order(noisy), canonical_order(mixture))


def test_it_goes_from_left_to_right_then_upwards_then_from_heavy_to_light():
    means = np.array([[2, 0], [0, 5], [0.0, 1], [-1e-9, 3], [2, 0]])
    weights = np.array([0.1, 0.2, 0.2, 0.2, 0.3])
    mixture = Mixture(weights, means, np.tile(np.eye(2), (5, 1, 1)))
    assert canonical_order(mixture).tolist() == [2, 3, 1, 4, 0]
    narrow = mixture.covariances.copy()
    narrow[0] /= 2
    equal = Mixture(np.full(5, 0.2), means, narrow)
    assert canonical_order(equal).tolist() == [2, 3, 1, 0, 4]


def test_mirror_images_above_each_other_keep_their_order_from_every_start():
    x = np.random.default_rng(3).normal(size=(60, 2)) * (1.5, 0.4) + (0, 2)
    mirrored = np.vstack([x, x * (1, -1)])  # both means have the same first feature
    fits = [fit_gmm(mirrored, 2, n_init=1, random_state=seed, tol=1e-9) for seed in range(8)]
    first = [fit.means[canonical_order(fit.mixture)] for fit in fits]
    assert {int(np.argmin(fit.means[:, 1])) for fit in fits} == {0, 1}
    for means in first:
        np.testing.assert_allclose(means[0], first[0][0], atol=1e-4)
        assert means[0, 1] < means[1, 1]
