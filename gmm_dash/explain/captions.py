"""The sentence under each plot, and the short facts beside its title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.explain.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Collection

    from gmm_dash.engine import KMeansFit, MixtureFit
    from gmm_dash.results import Points, Projection


def kmeans_badge(fit: KMeansFit) -> str:
    """Return clusters and iterations."""
    iterations = counted(fit.n_iter, "iteration")
    stopped = "" if fit.converged else " · stopped at the limit"
    return f"{counted(len(fit.centers), 'cluster')} · {iterations}{stopped}"


def gmm_badge(fit: MixtureFit, *, named: bool = True) -> str:
    """Return covariance type (if ``named``), iterations, and whether the run converged."""
    stopped = "converged" if fit.converged else "stopped at the limit"
    facts = [counted(fit.n_iter, "iteration"), stopped]
    return " · ".join([str(fit.covariance_type), *facts] if named else facts)


def kmeans_caption(
    points: Points, projection: Projection, overlays: Collection[str], *, bootstrapped: bool
) -> str:
    """Return what k-means' plot shows."""
    parts = [_axes(points, projection)]
    if "circles" in overlays:
        parts.append("Each circle reaches its cluster's farthest member.")
    if bootstrapped and "size" in overlays:
        parts.append("Small points changed cluster when k-means was refitted on resampled data.")
    elif "size" in overlays:
        parts.append("All points have one size: k-means knows no doubt.")
    return " ".join([*parts, *_regions(projection, overlays)])


def gmm_caption(points: Points, projection: Projection, overlays: Collection[str]) -> str:
    """Return what the mixture's plot shows."""
    parts = [_axes(points, projection)]
    if "size" in overlays:
        parts.append("The smaller a point, the less sure its cluster.")
    if "ellipses" in overlays:
        parts.append("Ellipses at 1, 2, 3 standard deviations hold 39, 86, 99 % of a component.")
    return " ".join([*parts, *_regions(projection, overlays)])


def steps_captions(points: Points, projection: Projection) -> dict[str, str]:
    """Return what each plot of the player shows, by side."""
    axes = _axes(points, projection)
    regions = "Regions: which centre is nearest. " if projection.faithful else ""
    return {
        "kmeans": f"{axes} {regions}Dotted: the way of each centre so far.",
        "gmm": f"{axes} A point's colour mixes those of the components that share it. "
        "Ellipses at 1 and 2 standard deviations.",
    }


def notes(points: Points, projection: Projection, overlays: Collection[str]) -> list[str]:
    """Return what a careful reader must know about this view of the data.

    What was done to the data themselves (``points.notes``) stands above every view.
    """
    found = list(projection.problems)
    if projection.scale_ratio is None:
        found.append(
            "The two columns have very different ranges, so the axes are not to the same scale: "
            "what looks round is not. Standardise to give both the same weight."
        )
    if points.d > 2 and not projection.faithful:
        found.append(
            f"The models use all {points.d} columns; the plot shows two directions of them, "
            "with circles and ellipses projected."
        )
    if "truth" in overlays and points.labels is None:
        found.append("These data have no known true groups to show.")
    return found


def _axes(points: Points, projection: Projection) -> str:
    across, up = projection.titles
    return f"{counted(points.n, 'point')}: {up} against {across}."


def _regions(projection: Projection, overlays: Collection[str]) -> list[str]:
    if "regions" in overlays and not projection.faithful:
        return ["Regions can only be drawn when there are exactly two columns."]
    return []
