"""What the Density view shows, in words computed from the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.explain.numbers import counted, shown

if TYPE_CHECKING:
    from gmm_dash.results import DensityStudy, HeldOut, Projection, Spacing

_LOOSE = 0.10  # share of far draws from which one sees that they fall beside the data
_TIGHT = 0.5  # ratio of distances below which the draws hug the data
_FAITHFUL = 0.04


def density_notice(study: DensityStudy) -> str:
    """Return one or two sentences on what this mixture says about new data."""
    warnings = [finding.student for finding in study.fit.health[:1]]
    return " ".join([_verdict(study), *warnings])


def _verdict(study: DensityStudy) -> str:
    k, spacing = study.fit.n_components, study.spacing
    parts = "one Gaussian" if k == 1 else f"{k} Gaussians added up"
    if spacing is None:
        return (
            f"The mixture is a recipe for data: {parts}. The dark places are where it expects "
            "points; draw some new ones to see what it has learned."
        )
    falls = _falls(spacing)
    if spacing.beyond > _LOOSE:
        return (
            f"{falls} The mixture of {parts} puts probability where there are no data: "
            "as a recipe for new points it is too coarse. Raise K, or allow fuller covariances."
        )
    if spacing.data > 0 and spacing.draws < _TIGHT * spacing.data:
        return (
            f"{falls} The draws lie closer to the data than the data to each other: "
            "the mixture repeats its points rather than the shape behind them. Lower K."
        )
    if spacing.beyond <= _FAITHFUL:
        return f"{falls} {_as_clusters(study)}"
    return f"{falls} The draws follow the data, a little more loosely than the data themselves."


def _as_clusters(study: DensityStudy) -> str:
    """Return what a mixture that draws well says about clusters, and what not."""
    k, labels = study.fit.n_components, study.points.labels
    groups = 0 if labels is None else len(np.unique(labels))
    if 0 < groups < k:
        return (
            f"{k} components for {counted(groups, 'group')}: useless as clusters, "
            "but a good recipe for where points fall."
        )
    return "The draws fall where the data do: as a recipe for new points the mixture works."


def _falls(spacing: Spacing) -> str:
    return (
        f"A drawn point typically lies {shown(spacing.draws, 2)} from the nearest data point; "
        f"data points lie {shown(spacing.data, 2)} from each other. "
        f"{100 * spacing.beyond:.0f} % of the draws fall farther away than 99 % of the data do."
    )


def density_caption(study: DensityStudy, projection: Projection, *, contours: bool) -> str:
    """Return what the map and its margins show."""
    across, up = projection.titles
    parts = [f"{up} against {across}."]
    if contours:
        parts.append("Contours hold 10, 30, 50, 70 and 90 % of the mixture's probability.")
    parts.append("In the margins: each component, their sum (thick), and the points as bars.")
    if study.points.d > 2:
        parts.append(
            f"The mixture lives in {study.points.d} columns; this is its exact marginal in "
            "the two directions shown, not a fit to the picture."
        )
    if study.outliers.any():
        parts.append(_outliers(study))
    return " ".join(parts)


def _outliers(study: DensityStudy) -> str:
    n = int(study.outliers.sum())
    worst = int(study.points.rows[int(np.argmin(study.log_density))]) + 1
    kept = float(study.log_density[study.outliers].max())
    return (
        f"Ringed: the {counted(n, 'point')} of lowest density "
        f"(log density up to {shown(kept, 3)}); the least likely is point {worst:,}."
    )


def density_badge(study: DensityStudy) -> str:
    """Return covariance type and number of components."""
    return f"{study.fit.covariance_type} · {counted(study.fit.n_components, 'component')}"


def draws_badge(study: DensityStudy, seed: int) -> str:
    """Return how many points were drawn with which seed."""
    return f"{counted(len(study.draws), 'point')} · seed {seed}"


def draws_caption(projection: Projection) -> str:
    """Return what the plot of new points shows."""
    across, up = projection.titles
    return (
        f"{up} against {across}, on the same axes. Nobody measured these points: each is "
        "drawn from the mixture, first a component by its weight, then a point of that component."
    )


def held_out_caption(result: HeldOut, k: int) -> str:
    """Return what the held-out scores say about K."""
    if result.best is None:
        return "There are too few points to hold some out."
    base = (
        f"A fifth of {counted(result.n, 'point')} is held out; the fit never sees them. "
        f"They are predicted best with K = {result.best}"
    )
    last = result.unseen[-1]
    top = result.unseen[result.n_components.index(result.best)]
    if last is not None and top is not None and top - last > 0.02 * max(1.0, abs(top)):
        return f"{base}; beyond, the mixture learns the points by heart: seen rises, unseen falls."
    if result.best != k:
        return f"{base}; the dashed line is the K in use."
    return f"{base}, the K in use."
