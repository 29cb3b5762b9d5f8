"""What is true of images, of new ones drawn from a mixture, and of how near they come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.results.claim import Claim

if TYPE_CHECKING:
    from gmm_dash.results.digits import DrawnImages, ImageSpace, ImageTable

LOOSE: Final = 1.25  # ratio of distances to the nearest real image
TIGHT: Final = 0.6
FEWEST_K: Final = 2
MOST_K: Final = 300  # that the page can be set to


def digits_claims(table: ImageTable, space: ImageSpace, drawn: DrawnImages) -> tuple[Claim, ...]:
    """Return what the new images are, how near they come to real ones, and what to doubt."""
    k, spacing = drawn.fit.n_components, drawn.spacing
    origin = {
        "bundled": table.bundled,
        "k": k,
        "dimensions": space.n_components,
        "side": table.side,
    }
    distances = {"draws": spacing.draws, "data": spacing.data}
    return (
        Claim("digits.origin", origin),
        Claim("digits.distances", distances),
        *_verdict(drawn, len(table.pixels)),
        *_doubt(space, drawn, len(table.pixels)),
    )


def _verdict(drawn: DrawnImages, n: int) -> list[Claim]:
    spacing, k = drawn.spacing, drawn.fit.n_components
    if spacing.data <= 0:
        return []
    ratio = spacing.draws / spacing.data
    if ratio > LOOSE:
        more = [Claim("digits.try-more")] if k < min(MOST_K, n // 2) else []
        return [Claim("digits.farther"), *more]
    if ratio < TIGHT:
        fewer = [Claim("digits.try-fewer")] if k > FEWEST_K else []
        return [Claim("digits.nearer"), *fewer]
    return [Claim("digits.similar")]


def _doubt(space: ImageSpace, drawn: DrawnImages, n: int) -> list[Claim]:
    """Return whether there are fewer images for a component than its covariance takes."""
    each, needed = n / drawn.fit.n_components, space.n_components + 1
    if drawn.fit.covariance_type != CovarianceType.FULL or each >= needed:
        return []
    return [Claim("digits.few", {"each": each, "needed": needed})]


def real_claims(table: ImageTable) -> tuple[Claim, ...]:
    """Return which real images are shown."""
    return (Claim("caption.digits-real", {"n": len(table.pixels)}),)


def space_claim(table: ImageTable, space: ImageSpace) -> Claim:
    """Return how far the images were compressed."""
    facts = {"kept": space.kept, "dimensions": space.n_components, "pixels": table.side**2}
    return Claim("badge.digits-real", facts)


def averages_claims(table: ImageTable, k: int) -> tuple[Claim, ...]:
    """Return what k-means' centres are, and what they are not."""
    return (Claim("caption.digits-averages", {"k": k, "pixels": table.side**2}),)
