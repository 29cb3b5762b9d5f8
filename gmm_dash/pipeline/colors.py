"""From a choice of image to the image in a few colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.datasets import IMAGE_SOURCES, load_image
from gmm_dash.engine import check_budget, estimate_cost, fit_gmm, fit_kmeans
from gmm_dash.errors import ImportProblem
from gmm_dash.images.picture import Picture
from gmm_dash.images.write import indexed_png_of, jpeg_of, png_of
from gmm_dash.results import ColourStudy, recolour
from gmm_dash.tables import sample_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.config import Config
    from gmm_dash.files.limits import Limits
    from gmm_dash.images.store import ImageStore
    from gmm_dash.memory import Memory
    from gmm_dash.state import AppState

SAMPLE: Final = 10_000  # pixels that are fitted; the rest only get their colours
_WHITE: Final = 255.0
_TOL: Final = 1e-3  # scikit-learn's: a finer end moves no colour that an eye can see
_MAX_ITER: Final = 100
_KMEANS_STARTS: Final = 3


@dataclass(frozen=True, eq=False)
class Recoloured:
    """An image in a few colours, ready to be sent.

    Attributes
    ----------
    study : ColourStudy
    note : str
        Whose image it is, or what happened to it on the way in.
    kmeans_png, gmm_png : bytes
    bytes_before : int
        Size of the same pixels as a PNG with all their colours.
    """

    study: ColourStudy
    note: str
    kmeans_png: bytes
    gmm_png: bytes
    bytes_before: int

    @property
    def sizes(self) -> dict[str, int]:
        """Bytes of the PNG before, and in the colours of each method."""
        after = {"kmeans": len(self.kmeans_png), "gmm": len(self.gmm_png)}
        return {"before": self.bytes_before, **after}


class ColorsWork:
    """What the Colours view may ask for, each remembered.

    Parameters
    ----------
    config : Config
    images : ImageStore, optional
        Where users' images live; without one only the bundled images can be opened.
    memory : Memory
        Where results are kept.
    """

    def __init__(self, config: Config, images: ImageStore | None, memory: Memory[Any]) -> None:
        self._limit, self._images = config.fit_seconds, images
        self._picture = memory.remember(lambda name, key: open_image(name, key, images))
        self._recoloured = memory.remember(self._recolour)

    def take(self, data: bytes, limits: Limits | None = None) -> tuple[str, str]:
        """Return the key of a user's image from now on, and what was done to it in words."""
        key, picture = stored(self._images).take(data, limits)
        return key, picture.note

    def jpeg(self, name: str) -> bytes:
        """Return a bundled image by name, or a stored one by key, as a JPEG to look at."""
        bundled = name in IMAGE_SOURCES
        picture = self._picture(name, "") if bundled else self._picture("upload", name)
        return jpeg_of(picture.pixels)

    def recoloured(self, state: AppState) -> Recoloured:
        """Return the chosen image in a few colours."""
        asked, model = state.colors, state.model
        key = asked.key if asked.image == "upload" else ""
        return self._recoloured(asked.image, key, asked.n_colors, model.covariance_type, model.seed)

    def study(self, state: AppState) -> ColourStudy:
        """Return what the image's new colours are made of."""
        return self.recoloured(state).study

    def _recolour(
        self, name: str, key: str, n_colors: int, covariance_type: str, seed: int
    ) -> Recoloured:
        return recolour_image(
            self._picture(name, key), n_colors, covariance_type, seed, self._limit
        )


def open_image(name: str, key: str, images: ImageStore | None) -> Picture:
    """Return a bundled image, or the stored one of a key.

    Raises
    ------
    TableGoneError
        When the stored image has expired or never existed.
    """
    if name != "upload":
        return Picture(load_image(name), IMAGE_SOURCES[name])
    return stored(images).get(key)


def stored(images: ImageStore | None) -> ImageStore:
    """Return the store of images, or raise ``ImportProblem`` when there is none."""
    if images is None:
        raise ImportProblem(
            "This program keeps no images.", hint="Choose one of those that come with it."
        )
    return images


def recolour_image(
    picture: Picture, n_colors: int, covariance_type: str, seed: int, limit: float
) -> Recoloured:
    """Return the image in ``n_colors`` colours, by k-means and by a mixture.

    Both are fitted to a seeded sample of the pixels with colours from 0 to 1.

    Raises
    ------
    FitError
        When no fit is possible, or it would take more than ``limit`` seconds.
    """
    pixels = picture.pixels.reshape(-1, 3)
    chosen = np.arange(len(pixels))
    if len(pixels) > SAMPLE:
        chosen = sample_rows(len(pixels), SAMPLE, seed)
    sample = pixels[chosen] / _WHITE
    k = min(n_colors, _distinct(sample))
    cost = estimate_cost(
        len(sample), 3, k, covariance_type=covariance_type, tol=_TOL, max_iter=_MAX_ITER
    )
    check_budget(cost, limit)
    kmeans = fit_kmeans(sample, k, n_init=_KMEANS_STARTS, random_state=seed)
    gmm = fit_gmm(
        sample,
        k,
        covariance_type=covariance_type,
        init="kmeans",
        n_init=1,
        tol=_TOL,
        max_iter=_MAX_ITER,
        random_state=seed,
    )
    study = recolour(picture.pixels, sample, kmeans, gmm)
    return Recoloured(
        study,
        picture.note,
        indexed_png_of(study.kmeans.labels, study.kmeans.palette),
        indexed_png_of(study.gmm.labels, study.gmm.palette),
        len(png_of(picture.pixels)),
    )


def _distinct(sample: NDArray[np.float64]) -> int:
    return len(np.unique(sample, axis=0))
