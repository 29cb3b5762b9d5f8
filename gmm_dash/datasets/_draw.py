"""Pieces that several generated data sets share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike
from sklearn.datasets import make_blobs

from gmm_dash.datasets._dataset import NumberControl, Sample, Sources

if TYPE_CHECKING:
    from gmm_dash.datasets._dataset import Floats, Ints


def points(default: int) -> NumberControl:
    """Return the control for the number of points."""
    return NumberControl("Points", 20, 100_000, 5, default, "How many points are drawn in all.")


def spread(default: float, *, high: float = 3.0) -> NumberControl:
    """Return the control for the standard deviation of round groups."""
    help_ = "The standard deviation of every group, in the units of the axes."
    return NumberControl("Spread", 0.05, high, 0.05, default, help_)


def groups(default: int) -> NumberControl:
    """Return the control for the number of true groups."""
    return NumberControl("Groups", 1, 10, 1, default, "How many groups the points come from.")


def stretch_of_round() -> NumberControl:
    """Return the control that draws out groups which are round as they are."""
    return _stretch(0.0, "0 is round; at 1 every group is 7 times as long as wide.")


def stretch_of_long() -> NumberControl:
    """Return the control that makes groups round which are long as they are, or longer."""
    return _stretch(-1.0, "0 is as the set is drawn; at -1 every group is round.")


def _stretch(low: float, meaning: str) -> NumberControl:
    said = f"Squeezes every group about its own centre; its area stays. {meaning}"
    return NumberControl("Round … stretched", low, 1.0, 0.01, 0.0, said)


def split(n: int, shares: Sequence[int]) -> list[int]:
    """Return ``n`` divided in proportion to ``shares``, at least one each.

    Parameters
    ----------
    n : int
        How many there are to divide; at least ``len(shares)``.
    shares : sequence of int
        Relative sizes.

    Returns
    -------
    list of int
        Whole numbers that sum to ``n``; exact when the shares divide it.
    """
    edges = np.cumsum([0, *shares]) * n / sum(shares)
    sizes = np.maximum(np.diff(np.round(edges).astype(int)), 1)
    for _ in range(sizes.sum() - n):  # what the smallest were given, the largest pay for
        sizes[sizes.argmax()] -= 1
    return [int(size) for size in sizes]


def blobs(
    sizes: int | Sequence[int],
    centers: ArrayLike | int,
    std: ArrayLike,
    seed: int,
    n_features: int = 2,
) -> tuple[Floats, Ints, Sources]:
    """Return points and labels of ``make_blobs``, and the Gaussians they come from.

    Parameters
    ----------
    sizes : int or sequence of int
        Points in all, divided evenly, or points per blob.
    centers : (k, d) array or int
        Where the blobs are, or how many there are at random places.
    std : float or (k,) array
        Standard deviation of the blobs.
    seed : int
        ``random_state``.
    n_features : int
        Columns, where ``centers`` is a number.

    Returns
    -------
    points : (n, d) array
    labels : (n,) array
    sources : Sources
    """
    drawn, labels, means = make_blobs(
        sizes,
        n_features,
        centers=centers,
        cluster_std=std,
        random_state=seed,
        return_centers=True,
    )
    variance = np.square(np.broadcast_to(np.asarray(std, dtype=float), len(means)))
    return drawn, labels, sources(labels, means, variance[:, None, None] * np.eye(means.shape[1]))


def sources(labels: Ints, means: ArrayLike, covariances: ArrayLike) -> Sources:
    """Return the Gaussians with these means and covariances, weighted as the labels are many."""
    means = np.asarray(means, dtype=float)
    count = np.bincount(labels, minlength=len(means))
    return Sources(count / count.sum(), means, np.asarray(covariances, dtype=float))


def sample(
    drawn: Floats, labels: Ints, origin: Sources | None = None, names: Sequence[str] = ()
) -> Sample:
    """Return a sample in the plane whose groups have ``names``, or else are numbered."""
    names = names or numbered(int(labels.max()) + 1)
    return Sample(drawn, ("x", "y"), labels, tuple(names), sources=origin)


def numbered(n_groups: int) -> tuple[str, ...]:
    """Return ``("group 1", ..., "group n")``."""
    return tuple(f"group {i + 1}" for i in range(n_groups))
