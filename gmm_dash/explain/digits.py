"""What the Digits view shows, in words computed from the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.explain.numbers import counted, shown

if TYPE_CHECKING:
    from gmm_dash.results import DrawnImages, ImageSpace, ImageTable

_LOOSE, _TIGHT = 1.25, 0.6  # ratio of distances to the nearest real image


def digits_notice(table: ImageTable, space: ImageSpace, drawn: DrawnImages) -> str:
    """Return what the new images are, how near they come to real ones, and what to doubt."""
    k, spacing = drawn.fit.n_components, drawn.spacing
    near = (
        f"They lie {shown(spacing.draws, 3)} from the nearest real image, "
        f"real ones {shown(spacing.data, 3)} from each other"
    )
    ratio = spacing.draws / spacing.data if spacing.data > 0 else 1.0
    if ratio > _LOOSE:
        verdict = f"{near}: blurred or impossible shapes appear. Try more components."
    elif ratio < _TIGHT:
        verdict = f"{near}: copies rather than new images. Try fewer components."
    else:
        verdict = f"{near}: as different as one hand from another."
    return " ".join([_origin(table, space, k), verdict, *_doubt(space, drawn, len(table.pixels))])


def _origin(table: ImageTable, space: ImageSpace, k: int) -> str:
    what = "digits" if table.bundled else "images"
    return (
        f"Nobody made the new {what}: each is drawn from {counted(k, 'Gaussian')} in "
        f"{space.n_components} dimensions and mapped back to {table.side} x {table.side} pixels."
    )


def _doubt(space: ImageSpace, drawn: DrawnImages, n: int) -> list[str]:
    each = n / drawn.fit.n_components
    full = drawn.fit.covariance_type == "full"
    if not full or each >= space.n_components + 1:
        return []
    return [
        f"But with about {each:.0f} images for each component of {space.n_components} dimensions "
        "the covariances are flat in most directions, so likelihood, AIC and BIC flatter."
    ]


def real_caption(table: ImageTable) -> str:
    """Return which real images are shown."""
    n = len(table.pixels)
    return f"The first {min(100, n)} of {counted(n, 'image')}."


def space_badge(table: ImageTable, space: ImageSpace) -> str:
    """Return how far the images were compressed."""
    return (
        f"{space.n_components} of {table.side**2} dimensions keep "
        f"{100 * space.kept:.1f} % of the variance"
    )


def drawn_caption(seed: int) -> str:
    """Return how the new images were drawn."""
    return f"Drawn with seed {seed}. Point at one, or click it, to see its nearest real image."


def averages_caption(table: ImageTable, k: int) -> str:
    """Return what k-means' centres are, and what they are not."""
    return (
        f"The {counted(k, 'centre')} of k-means on the {table.side**2} pixels: "
        "each is an average of its members. k-means can say what is typical, but it has no "
        "recipe for anything new."
    )


def sweep_offer(sizes: tuple[int, ...], seconds: float) -> str:
    """Return what trying all numbers of components will cost."""
    return (
        f"{len(sizes)} mixtures with {sizes[0]} to {sizes[-1]} components: up to about "
        f"{max(1, round(seconds)):,} s of computing. You can stop and go on at any time."
    )
