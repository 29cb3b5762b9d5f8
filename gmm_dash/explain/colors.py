"""What repainting an image shows, in words computed from the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.explain.numbers import counted, shown

if TYPE_CHECKING:
    from gmm_dash.results import ColourStudy, Recolouring

_SAME = 1.02  # ratio of errors below which both count as equally near


def colors_notice(study: ColourStudy, before: int, after: int) -> str:
    """Return what the palette costs and saves, and which method is nearer to the image."""
    k = len(study.kmeans.palette)
    if study.n_distinct <= k:
        return (
            f"The image has only {counted(study.n_distinct, 'colour')}; "
            "a palette of that size loses nothing."
        )
    saved = 100 * (1 - after / before)
    smaller = f", {saved:.0f} % less" if saved > 0 else ""
    size = (
        f"{k} colours instead of {study.n_distinct:,}: as a PNG the image takes "
        f"{kilobytes(after)} instead of {kilobytes(before)}{smaller}."
    )
    return " ".join([size, _nearer(study), *_warning(study)])


def _nearer(study: ColourStudy) -> str:
    kmeans, gmm = study.kmeans.error, study.gmm.error
    both = f"{shown(kmeans, 3)} by k-means, {shown(gmm, 3)} by the mixture"
    if gmm > _SAME * kmeans:
        return (
            f"A pixel's colour is off by {both} (of 255): k-means makes exactly this small, "
            "while the mixture gives crowded colours more components and covers rare ones widely."
        )
    if kmeans > _SAME * gmm:
        return f"A pixel's colour is off by {both} (of 255): here the mixture is nearer."
    return f"A pixel's colour is off by {both} (of 255): the two come equally near."


def _warning(study: ColourStudy) -> list[str]:
    return [finding.student for finding in study.gmm_fit.health[:1]]


def colors_badge(version: Recolouring, n_bytes: int) -> str:
    """Return the number of colours and the size of the file."""
    return f"{counted(len(version.palette), 'colour')} · {kilobytes(n_bytes)}"


def colors_caption(study: ColourStudy, method: str) -> str:
    """Return how this version was made."""
    n = f"{len(study.sample):,} of {study.pixels.shape[0] * study.pixels.shape[1]:,} pixels"
    if method == "kmeans":
        return f"Fitted to {n}; every pixel gets the nearest of the centres."
    return (
        f"Fitted to {n}; every pixel gets the mean of the component that most probably produced it."
    )


def space_caption(method: str) -> str:
    """Return what the plot of the colours shows."""
    if method == "kmeans":
        return "A sample of pixels by their red, green and blue; large marks are the centres."
    return (
        "A sample of pixels by their red, green and blue, with each component at one "
        "standard deviation. Colours of one object in light and shadow lie along a line, so the "
        "ellipsoids are long."
    )


def kilobytes(n: int) -> str:
    """Return a size as people read it."""
    return f"{n / 1000:,.0f} kB" if n >= 9_950 else f"{n / 1000:,.1f} kB"
