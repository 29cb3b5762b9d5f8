"""An image in a few colours: every pixel gets its cluster's centre, or its component's mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.engine import log_joint

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.engine import KMeansFit, Mixture, MixtureFit

WHITE: Final = 255.0  # the models see colours from 0 to 1


@dataclass(frozen=True, eq=False)
class Recolouring:
    """One method's version of an image.

    Attributes
    ----------
    palette : (k, 3) uint8 array
        The most used colour first.
    shares : (k,) array
        Share of the pixels that get each colour.
    labels : (height, width) uint8 array
        Palette entry of every pixel.
    error : float
        Root mean squared distance between the old and the new colour of a pixel, on the
        scale from 0 to 255.
    order : (k,) int array
        ``order[i]`` is the fit's own number of palette entry ``i``.
    """

    palette: NDArray[np.uint8]
    shares: NDArray[np.float64]
    labels: NDArray[np.uint8]
    error: float
    order: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class ColourStudy:
    """An image, and what two methods make of it.

    Attributes
    ----------
    pixels : (height, width, 3) uint8 array
    n_distinct : int
        Different colours in the image.
    sample : (m, 3) array
        The pixels that were fitted, from 0 to 1.
    kmeans_fit, gmm_fit
        The engine's results, on ``sample``.
    kmeans, gmm : Recolouring
    """

    pixels: NDArray[np.uint8]
    n_distinct: int
    sample: NDArray[np.float64]
    kmeans_fit: KMeansFit
    gmm_fit: MixtureFit
    kmeans: Recolouring
    gmm: Recolouring


def recolour(
    pixels: NDArray[np.uint8],
    sample: NDArray[np.float64],
    kmeans_fit: KMeansFit,
    gmm_fit: MixtureFit,
) -> ColourStudy:
    """Return the image in the colours that both fits found on a sample of its pixels.

    Every pixel goes to the component that most probably produced it, which for k-means
    is the nearest centre.
    """
    distinct, back, counts = _distinct(pixels)
    spheres = _equal_spheres(kmeans_fit.mixture)
    versions = [
        _version(distinct, back.reshape(pixels.shape[:2]), counts, mixture)
        for mixture in (spheres, gmm_fit.mixture)
    ]
    return ColourStudy(pixels, len(distinct), sample, kmeans_fit, gmm_fit, *versions)


def _distinct(
    pixels: NDArray[np.uint8],
) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]:
    """Return the different colours, each pixel's number among them, and how often each occurs."""
    wide = pixels.reshape(-1, 3).astype(np.uint32)
    code = (wide[:, 0] << 16) | (wide[:, 1] << 8) | wide[:, 2]
    codes, back, counts = np.unique(code, return_inverse=True, return_counts=True)
    distinct = np.column_stack([codes >> 16, (codes >> 8) & 255, codes & 255]).astype(np.uint8)
    return distinct, back, counts


def _equal_spheres(mixture: Mixture) -> Mixture:
    """Return the mixture whose most likely component is the nearest centre."""
    k, d = mixture.means.shape
    return type(mixture)(
        np.full(k, 1 / k), mixture.means, np.broadcast_to(np.eye(d), (k, d, d)).copy()
    )


def _version(
    distinct: NDArray[np.uint8],
    back: NDArray[np.int64],
    counts: NDArray[np.int64],
    mixture: Mixture,
) -> Recolouring:
    k = mixture.n_components
    winner = log_joint(distinct / WHITE, mixture).argmax(axis=1)
    used = np.bincount(winner, weights=counts, minlength=k)
    order = np.argsort(-used, kind="stable")
    rank = np.empty(k, dtype=np.uint8)
    rank[order] = np.arange(k)
    palette = (mixture.means[order] * WHITE).round().clip(0, WHITE).astype(np.uint8)
    label = rank[winner]
    miss = np.square(distinct.astype(float) - palette[label]).sum(axis=1)
    total = counts.sum()
    error = float(np.sqrt((miss * counts).sum() / total))
    return Recolouring(palette, used[order] / total, label[back], error, order)
