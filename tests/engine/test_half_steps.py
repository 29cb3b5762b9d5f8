"""The half steps that the browser computes under a hand are the engine's, to ten digits."""

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest

from gmm_dash.engine import CovarianceType, fit_gmm, fit_kmeans

BROWSER = Path(__file__).parents[2] / "browser"
ESBUILD = BROWSER / "node_modules" / ".bin" / "esbuild"
PROBLEMS = 200
TYPES = [str(kind) for kind in CovarianceType]
close = {"rtol": 1e-10, "atol": 1e-10}


def _problem(seed):
    """Return points in a few lumps, far from zero or not, and a start that may be bad."""
    rng = np.random.default_rng(seed)
    d, k = int(rng.integers(1, 6)), int(rng.integers(1, 6))
    n = int(rng.integers(8 * (k + d), 100))
    lumps = rng.normal(size=(k, d)) * rng.uniform(0.5, 4)
    stretch = rng.normal(size=(k, d, d)) / np.sqrt(d) + np.eye(d)
    group = rng.integers(0, k, n)
    noise = np.einsum("nij,nj->ni", stretch[group], rng.normal(size=(n, d)))
    x = lumps[group] + noise + rng.normal(size=d) * rng.choice([0.0, 10.0])
    start = x.mean(axis=0) + x.std(axis=0) * rng.normal(size=(k, d)) * rng.choice([0.3, 1.0])
    return x, start, TYPES[seed % len(TYPES)]


def _runs(x, start, kind):
    gmm = fit_gmm(x, len(start), covariance_type=kind, init=start, tol=1e-12, max_iter=4)
    return fit_kmeans(x, len(start), init=start, tol=0.0, max_iter=2).trace, gmm.trace


def _written(x, start, kind, trace):
    mean = x.mean(axis=0)
    frames = [trace.mixture(i) for i in range(len(trace) - 1)]
    return {
        "n": len(x),
        "d": x.shape[1],
        "mean": mean.tolist(),
        "z": (x - mean).ravel().tolist(),
        "centers": (start - mean).ravel().tolist(),
        "covariance_type": kind,
        "reg_covar": 1e-6,
        "mixtures": [_flat(one, mean) for one in frames],
    }


def _flat(mixture, mean):
    return {
        "weights": mixture.weights.tolist(),
        "means": (mixture.means - mean).ravel().tolist(),
        "covariances": mixture.covariances.ravel().tolist(),
    }


def _agrees(found, mixture, mean):
    for name, wanted in _flat(mixture, mean).items():
        np.testing.assert_allclose(found[name], wanted, **close)


@pytest.mark.skipif(not ESBUILD.exists(), reason="`make check` installs what bundles the scripts")
def test_half_steps_of_the_browser_are_those_of_the_engine(tmp_path):
    problems = [_problem(seed) for seed in range(PROBLEMS)]
    line = {kind for x, _, kind in problems if x.shape[1] == 1}
    assert line == set(TYPES), "one column is among them, with every type"
    runs = [_runs(*one) for one in problems]
    script = tmp_path / "half_steps.cjs"
    bundle = [ESBUILD, BROWSER / "tests/half_steps.ts", "--bundle", "--platform=node"]
    subprocess.run([*bundle, f"--outfile={script}", "--log-level=error"], check=True)
    asked = json.dumps([_written(*one, gmm) for one, (_, gmm) in zip(problems, runs, strict=True)])
    answer = subprocess.run(
        ["node", script], input=asked, capture_output=True, text=True, check=True
    )
    told = json.loads(answer.stdout)
    emptied = rounds = 0
    for (x, _, _), (kmeans, gmm), found in zip(problems, runs, told, strict=True):
        mean, x0 = x.mean(axis=0), kmeans.labels(x, 0)
        np.testing.assert_array_equal(found["labels"], x0)
        assert found["inertia"] == pytest.approx(kmeans.inertia[0], rel=1e-10)
        if kmeans.emptied[0]:
            emptied += 1  # the engine starts those elsewhere at the move
        else:
            moved = np.reshape(found["moved"], kmeans.centers[1].shape) + mean
            np.testing.assert_allclose(moved, kmeans.centers[1], **close)
        _agrees(found["first"], gmm.mixture(0), mean)
        for i, after in enumerate(found["rounds"]):
            shares = gmm.responsibilities(x, i)
            np.testing.assert_allclose(after["responsibilities"], shares.ravel(), **close)
            assert after["logLikelihood"] == pytest.approx(gmm.log_likelihood[i], rel=1e-10)
            _agrees(after["next"], gmm.mixture(i + 1), mean)
            rounds += 1
    assert emptied < PROBLEMS / 4
    assert rounds > 3 * PROBLEMS
