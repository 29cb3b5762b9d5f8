"""What a mixture expects of one coordinate given another: integrals, and the browser's own."""

import json
import subprocess

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import multivariate_normal, norm

from gmm_dash.engine import Mixture, condition
from gmm_dash.errors import FitError
from tests.engine.test_half_steps import BROWSER, ESBUILD


def _mixture(seed, d=2):
    rng = np.random.default_rng(seed)
    k = int(rng.integers(1, 5))
    stretch = rng.normal(size=(k, d, d)) + np.eye(d)
    covariances = stretch @ stretch.transpose(0, 2, 1) + 0.05 * np.eye(d)
    return Mixture(rng.dirichlet(np.ones(k)), rng.normal(size=(k, d)) * 3, covariances)


def _joint(mixture, x, y):
    """Return the density of the mixture at a place of the plane."""
    parts = zip(mixture.weights, mixture.means, mixture.covariances, strict=True)
    return sum(w * multivariate_normal(m, c).pdf([x, y]) for w, m, c in parts)


@pytest.mark.parametrize("seed", range(6))
def test_it_is_the_joint_density_over_that_of_what_is_given(seed):
    mixture = _mixture(seed)
    at = float(np.random.default_rng(seed).normal(scale=2))
    whole, mean, square = (
        quad(lambda y, p=p: y**p * _joint(mixture, at, y), -60, 60, limit=400)[0] for p in range(3)
    )
    found = condition(mixture, [at])
    assert found.mean[0] == pytest.approx(mean / whole, abs=1e-6)
    assert found.variance[0] == pytest.approx(square / whole - (mean / whole) ** 2, abs=1e-5)
    places = np.linspace(-4, 4, 7)
    wanted = [_joint(mixture, at, y) / whole for y in places]
    np.testing.assert_allclose(found.density(places)[0], wanted, rtol=1e-6)


def test_one_gaussian_is_the_line_of_regression():
    covariance = np.array([[2.0, 0.6], [0.6, 1.0]])
    one = Mixture(np.ones(1), np.array([[1.0, 3.0]]), covariance[None])
    at = np.array([-1.0, 1.0, 4.0])
    found = condition(one, at)
    np.testing.assert_allclose(found.mean, 3.0 + 0.3 * (at - 1.0))
    np.testing.assert_allclose(found.variance, 1.0 - 0.6**2 / 2.0)
    np.testing.assert_allclose(
        found.density([3.0])[:, 0], norm(found.mean, np.sqrt(found.variance)).pdf(3.0)
    )


def test_which_coordinate_is_given_is_chosen():
    mixture = _mixture(3, d=4)
    picked = [2, 0]
    flat = Mixture(
        mixture.weights, mixture.means[:, picked], mixture.covariances[:, picked][:, :, picked]
    )
    found, wanted = condition(mixture, [0.4], given=2, asked=0), condition(flat, [0.4])
    np.testing.assert_allclose(found.means, wanted.means)
    np.testing.assert_allclose(found.variances, wanted.variances)
    with pytest.raises(FitError, match="asked for that is given"):
        condition(mixture, [0.0], given=1, asked=1)


def test_a_component_without_width_or_weight_leaves_numbers():
    flat = np.array([[[1.0, 1.0], [1.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]]])
    found = condition(Mixture(np.array([1.0, 0.0]), np.zeros((2, 2)), flat), [0.5, 40.0])
    assert np.isfinite(found.mean).all()
    assert (found.variances > 0).all()
    np.testing.assert_allclose(found.weights, [[1, 0], [1, 0]])


@pytest.mark.skipif(not ESBUILD.exists(), reason="`make check` installs what bundles the scripts")
def test_the_slice_under_a_pointer_is_that_of_the_engine(tmp_path):
    values, asked, wanted = np.linspace(-5, 5, 9), [], []
    for seed in range(60):
        mixture = _mixture(seed)
        at = float(np.random.default_rng(seed).normal(scale=3))
        asked.append(
            {
                "weights": mixture.weights.tolist(),
                "means": mixture.means.tolist(),
                "covariances": mixture.covariances[:, [0, 0, 1], [0, 1, 1]].tolist(),
                "at": at,
                "values": values.tolist(),
            }
        )
        wanted.append(condition(mixture, [at]))
    script = tmp_path / "slices.cjs"
    bundle = [ESBUILD, BROWSER / "tests/slices.ts", "--bundle", "--platform=node"]
    subprocess.run([*bundle, f"--outfile={script}", "--log-level=error"], check=True)
    answer = subprocess.run(
        ["node", script], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    for found, own in zip(json.loads(answer.stdout), wanted, strict=True):
        np.testing.assert_allclose(found["weights"], own.weights[0], rtol=1e-10, atol=1e-300)
        np.testing.assert_allclose(found["mean"], own.mean[0], rtol=1e-10)
        np.testing.assert_allclose(found["deviation"], np.sqrt(own.variance[0]), rtol=1e-10)
        np.testing.assert_allclose(found["heights"], own.density(values)[0], rtol=1e-9)
