"""What is true of an image in a few colours, by each of two methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.results.claim import Claim

if TYPE_CHECKING:
    from gmm_dash.results.recolor import ColourStudy

SAME: Final = 1.02  # ratio of errors below which both count as equally near
LONG: Final = 1.5  # ratio of axes from which an ellipsoid looks long


def colors_claims(study: ColourStudy, before: int, after: int) -> tuple[Claim, ...]:
    """Return what the palette costs and saves, and which method is nearer to the image.

    Parameters
    ----------
    study : ColourStudy
    before, after : int
        Bytes of the image as a PNG with all its colours, and in those of k-means.
    """
    k = len(study.kmeans.palette)
    if study.n_distinct <= k:
        return (Claim("colors.few", {"n_distinct": study.n_distinct}), _nearer(study))
    size = {"k": k, "n_distinct": study.n_distinct, "before": before, "after": after}
    return (Claim("colors.size", size), _nearer(study))


def _nearer(study: ColourStudy) -> Claim:
    kmeans, gmm = study.kmeans.error, study.gmm.error
    facts = {"kmeans": kmeans, "gmm": gmm}
    if gmm > SAME * kmeans:
        return Claim("colors.kmeans-nearer", facts)
    if kmeans > SAME * gmm:
        return Claim("colors.gmm-nearer", facts)
    return Claim("colors.equally-near", facts)


def version_badge_claim(study: ColourStudy, method: str, n_bytes: int) -> Claim:
    """Return the number of colours and the size of the file."""
    version = study.kmeans if method == "kmeans" else study.gmm
    return Claim(f"badge.colors-{method}", {"k": len(version.palette), "n_bytes": n_bytes})


def version_caption_claim(study: ColourStudy, method: str) -> Claim:
    """Return how this version was made."""
    height, width = study.pixels.shape[:2]
    facts = {"fitted": len(study.sample), "pixels": height * width}
    return Claim(f"caption.colors-{method}", facts)


def space_claims(study: ColourStudy, method: str) -> tuple[Claim, ...]:
    """Return what the plot of the colours shows."""
    if method == "kmeans":
        return (Claim("caption.space-kmeans"),)
    values = np.linalg.eigvalsh(study.gmm_fit.covariances)
    axes = np.sqrt(values.clip(min=0))
    times = float(np.median(axes[:, -1] / np.maximum(axes[:, 0], 1e-300)))
    long = [Claim("caption.space-long", {"times": times})] if times >= LONG else []
    return (Claim("caption.space-gmm"), *long)
