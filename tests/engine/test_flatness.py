"""Collapse is judged beside the data: what is flat, and what only looks so in small units."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.datasets import make_blobs, make_spd_matrix

from gmm_dash.engine import fit_gmm
from gmm_dash.engine.flatness import DataShape

MANY = np.array([False])  # no component holds but a few points


def cloud(seed, n=60, d=3):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, d)) @ rng.normal(size=(d, d)) + rng.normal(size=d)


def shape_of(x):
    return DataShape.of(np.cov(x, rowvar=False, ddof=0))


@given(st.integers(0, 10_000), st.floats(1e-6, 1e6), st.booleans())
@settings(max_examples=60, deadline=None)
def test_no_change_of_units_or_axes_makes_a_component_flat(seed, unit, thin):
    x = cloud(seed)
    inside = np.cov(x, rowvar=False, ddof=0) * 0.01
    if thin:
        axis = np.linalg.eigh(inside)[1][:, 0]
        inside = inside - (1 - 1e-12) * np.outer(axis, axis) * (axis @ inside @ axis)
    turn = np.linalg.qr(np.random.default_rng(seed + 1).normal(size=(3, 3)))[0] * unit
    there = shape_of(x @ turn).flat((turn.T @ inside @ turn)[None], 0.0, MANY)
    assert there[0] == thin == shape_of(x).flat(inside[None], 0.0, MANY)[0]


@given(st.integers(0, 10_000), st.sampled_from([0.0, 1e-6, 1e-2, 1.0]))
@settings(max_examples=60, deadline=None)
def test_points_on_a_line_are_flat_whatever_is_added(seed, reg):
    x = cloud(seed)
    line = np.outer(*[np.random.default_rng(seed).normal(size=3)] * 2)
    assert shape_of(x).flat((line + reg * np.eye(3))[None], reg, MANY)[0]


def test_what_data_lack_no_component_must_have():
    x = cloud(0)
    x = np.column_stack([x, np.full(len(x), 5.0), x[:, 0] * 2.54])
    inside = np.cov(x[:20], rowvar=False, ddof=0) + 1e-6 * np.eye(5)
    assert not shape_of(x).flat(inside[None], 1e-6, MANY)[0]
    assert shape_of(np.ones((9, 2))).flat(np.eye(2)[None], 1.0, MANY)[0]


def test_a_large_floor_alone_is_no_collapse():
    x, _ = make_blobs(600, centers=[(0, 0), (4, 0)], cluster_std=0.1, random_state=0)
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    fit = fit_gmm(x, 2, covariance_type="tied", reg_covar=0.01)
    assert np.linalg.eigvalsh(fit.covariances[0])[0] < 0.02
    assert not fit.degenerate.any()


def test_a_tiny_unit_alone_is_no_collapse():
    x, _ = make_blobs(300, centers=3, random_state=1)
    assert not fit_gmm(2e-4 * x, 3).degenerate.any()


@pytest.mark.parametrize("seed", range(20))
def test_a_sound_mixture_is_sound_as_the_type_that_contains_it(seed):
    rng = np.random.default_rng(seed)
    data = shape_of(rng.normal(size=(50, 2)) @ make_spd_matrix(2, random_state=seed))
    for scale in 10.0 ** rng.uniform(-8, 1, 20):
        upright = np.diag(scale * rng.uniform(0.1, 1, 2))
        as_diag = data.flat(upright[None], 1e-6, MANY)[0]
        assert as_diag == data.flat(np.stack([upright] * 3), 1e-6, MANY).any(), (
            "one rule for all types"
        )


def test_a_few_points_on_a_line_are_a_spurious_maximum():
    x, _ = make_blobs(200, centers=3, random_state=2)
    thin = np.diag([1.0, 2e-5]) * x.var(axis=0)
    data = shape_of(x)
    assert not data.flat(thin[None], 1e-9, np.array([False]))[0]
    assert data.flat(thin[None], 1e-9, np.array([True]))[0]


@pytest.mark.parametrize(("unit", "reg", "said"), [(1.0, 1e-6, False), (1e-4, 1e-6, True)])
def test_regularisation_that_hides_a_column_is_found(unit, reg, said):
    x, _ = make_blobs(200, centers=2, random_state=3)
    x = x / x.std(axis=0) * [unit, 1.0]
    fit = fit_gmm(x, 2, reg_covar=reg)
    assert ("reg-large" in {finding.code for finding in fit.health}) == said
