"""Data for the engine's tests, made on the spot."""

from __future__ import annotations

import numpy as np
from sklearn.datasets import load_iris, make_blobs, make_moons


def stretched():
    x = make_blobs(400, centers=4, cluster_std=0.60, random_state=0)[0][:, ::-1]
    return x @ np.random.RandomState(13).randn(2, 2)


def correlated(n=150, d=5, seed=0):
    rng = np.random.default_rng(seed)
    centres = rng.normal(scale=4, size=(3, d))
    mix = rng.normal(size=(3, d, d))
    label = rng.integers(3, size=n)
    return centres[label] + np.einsum("nij,nj->ni", mix[label], rng.normal(size=(n, d)))


TABLES = {
    "moons": lambda: make_moons(200, noise=0.05, random_state=0)[0],
    "stretched": stretched,
    "iris": lambda: load_iris().data,
    "petals": lambda: load_iris().data[:, 2:],
    "one-column": lambda: load_iris().data[:, [2]],
    "five-columns": correlated,
}
