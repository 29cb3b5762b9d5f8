"""Gaussians drawn at random: a start with shapes of its own, so that the first E-step is soft."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine.types import Mixture

if TYPE_CHECKING:
    from gmm_dash.engine.types import Floats


def random_gaussians(x: Floats, k: int, seed: int) -> Mixture:
    """Return k Gaussians of equal weight around points of the data, each of a random shape.

    The shapes are Wishart draws of d + 2 degrees of freedom, seldom nearly flat. On average they
    have the columns' own proportions, and the size at which k of them fill the data.

    Parameters
    ----------
    x : (n, d) array
        At least k points.
    k : int
    seed : int
    """
    rng = np.random.RandomState(seed)  # whose numbers stay the same in every version
    d = x.shape[1]
    means = x[rng.choice(len(x), k, replace=False)]
    drawn = rng.normal(size=(k, d, d + 2))
    shapes = drawn @ drawn.transpose(0, 2, 1) / (d + 2)
    width = x.std(axis=0) * k ** (-1.0 / d)
    return Mixture(np.full(k, 1.0 / k), means, width[:, None] * shapes * width)
