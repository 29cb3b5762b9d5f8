"""Tables whose rows are images: compressed, learned, drawn anew, and compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial.distance import cdist
from sklearn.decomposition import PCA

from gmm_dash.contract.sheets import IMAGES
from gmm_dash.results.density_study import spacing_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.engine import MixtureFit
    from gmm_dash.results.density_study import Spacing


@dataclass(frozen=True, eq=False)
class ImageTable:
    """A table with one square grey image in each row.

    Attributes
    ----------
    pixels : (n, side * side) array
    side : int
        Pixels along each edge.
    labels : (n,) int array or None
        What the images show, where it is known.
    label_names : tuple of str
    rows : (n,) int array
        Position of each image in the whole table, counted from zero.
    bundled : bool
        Whether these are the handwritten digits that come with the program.
    note : str
        What was left out, or why other data are shown; empty when nothing was.
    """

    pixels: NDArray[np.float64]
    side: int
    labels: NDArray[np.int64] | None
    label_names: tuple[str, ...]
    rows: NDArray[np.int64]
    bundled: bool
    note: str

    @property
    def span(self) -> tuple[float, float]:
        """The least and the greatest brightness."""
        return float(self.pixels.min()), float(self.pixels.max())


@dataclass(frozen=True, eq=False)
class ImageSpace:
    """Images compressed by principal components, each of variance 1.

    Attributes
    ----------
    scores : (n, p) array
        What the mixture is fitted to.
    basis : (p, side * side) array
        ``scores @ basis + mean`` is as near to the images as p numbers can come.
    mean : (side * side,) array
    kept : float
        Share of the variance that the p components hold.
    """

    scores: NDArray[np.float64]
    basis: NDArray[np.float64]
    mean: NDArray[np.float64]
    kept: float

    @property
    def n_components(self) -> int:
        """Number of principal components, p."""
        return len(self.basis)

    def images(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the images that stand behind points of the compressed space."""
        return scores @ self.basis + self.mean


@dataclass(frozen=True, eq=False)
class DrawnImages:
    """New images, and the real ones they come nearest to.

    Attributes
    ----------
    fit : MixtureFit
    images : (100, side * side) array
        Drawn from the mixture and mapped back, within the brightness of real ones.
    nearest : (100,) int array
        The real image at the least distance, pixel by pixel.
    distance : (100,) array
        That distance.
    spacing : Spacing
        How far drawn images fall from real ones, beside how far real ones lie apart.
    """

    fit: MixtureFit
    images: NDArray[np.float64]
    nearest: NDArray[np.int64]
    distance: NDArray[np.float64]
    spacing: Spacing


@dataclass(frozen=True, slots=True)
class SweepRow:
    """The scores of one number of components.

    Attributes
    ----------
    n_components : int
    aic, bic : float
    degenerate : bool
        Whether a component's likelihood says nothing about the data.
    """

    n_components: int
    aic: float
    bic: float
    degenerate: bool


def compress(table: ImageTable, share: float) -> ImageSpace:
    """Return the images as whitened principal components that keep ``share`` of the variance.

    As ``PCA(share, whiten=True).fit_transform`` gives them.
    """
    pca = PCA(share, whiten=True, svd_solver="full").fit(table.pixels)
    basis = pca.components_ * np.sqrt(pca.explained_variance_)[:, None]
    scores = np.ascontiguousarray(pca.transform(table.pixels))
    for array in (scores, basis, pca.mean_):
        array.setflags(write=False)
    return ImageSpace(scores, basis, pca.mean_, float(pca.explained_variance_ratio_.sum()))


def draw_images(table: ImageTable, space: ImageSpace, fit: MixtureFit, seed: int) -> DrawnImages:
    """Return 100 images drawn from a mixture of compressed ones."""
    images = space.images(_draws(fit, seed)).clip(*table.span)
    apart = cdist(images, table.pixels)
    nearest = apart.argmin(axis=1)
    distance = apart[np.arange(len(images)), nearest]
    return DrawnImages(fit, images, nearest, distance, spacing_of(table.pixels, images))


def _draws(fit: MixtureFit, seed: int) -> NDArray[np.float64]:
    """Return 100 points drawn from a mixture.

    Not as ``GaussianMixture.sample``: it goes by singular vectors, whose signs and order in
    so many dimensions hang on the last bits of the fit. Cholesky factors do not, so that
    the same few lines of NumPy draw the same images from a fit made elsewhere.
    """
    generator = np.random.RandomState(seed)
    counts = generator.multinomial(IMAGES, fit.weights)
    parts = [
        mean + generator.standard_normal((count, len(mean))) @ np.linalg.cholesky(covariance).T
        for mean, covariance, count in zip(fit.means, fit.covariances, counts, strict=True)
    ]
    return np.vstack(parts)
