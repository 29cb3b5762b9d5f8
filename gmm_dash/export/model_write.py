"""Fitted models as JSON. ``docs/model-json.md`` describes the format."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.export.model import FORMAT, VERSION
from gmm_dash.results.backed import log_density
from gmm_dash.state import to_query

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gmm_dash.engine import KMeansFit, MixtureFit
    from gmm_dash.results import ColourStudy, Comparison, DensityStudy, Points, Side
    from gmm_dash.state import AppState

_CHANNELS: Final = ("red", "green", "blue")
_WHITE: Final = 255.0
_LEVELS: Final = 201  # every half percent


def model_json(state: AppState, result: Comparison) -> str:
    """Return both models of Compare as JSON; numbers keep every digit."""
    kmeans, side = _kmeans(result.kmeans_fit, result.kmeans.order), result.gmm
    return _text(
        state,
        _columns(result.points),
        levels=_levels(log_density(result.points.fitted, side.mixture, side.background)),
        mixture=_mixture(result.gmm_fit, side.order) | _groups(side) | _background(side),
        kmeans=kmeans,
        **_weights(result.points),
    )


def density_model_json(state: AppState, study: DensityStudy) -> str:
    """Return the mixture of the Density view as JSON; there is no k-means beside it."""
    levels = _levels(study.log_density)
    mixture = _mixture(study.fit, study.order)
    return _text(state, _columns(study.points), levels=levels, mixture=mixture)


def colors_model_json(state: AppState, study: ColourStudy) -> str:
    """Return both models of the Colours view as JSON, the most used colour first."""
    columns = {
        "columns": list(_CHANNELS),
        "shift": [0.0] * len(_CHANNELS),
        "scale": [_WHITE] * len(_CHANNELS),
        "n_points": len(study.sample),
    }
    return _text(
        state,
        columns,
        mixture=_mixture(study.gmm_fit, study.gmm.order),
        kmeans=_kmeans(study.kmeans_fit, study.kmeans.order),
    )


def _levels(log_density: NDArray[np.float64]) -> list[float]:
    """Return the log densities of the fitted rows at evenly spaced quantiles, the lowest first."""
    levels: list[float] = np.quantile(log_density, np.linspace(0.0, 1.0, _LEVELS)).tolist()
    return levels


def _text(
    state: AppState,
    columns: dict[str, Any],
    *,
    levels: list[float] | None = None,
    **models: dict[str, Any],
) -> str:
    content = {"format": FORMAT, "version": VERSION, "link": to_query(state), **columns}
    content |= {} if levels is None else {"log_density_quantiles": levels}
    content |= models
    return json.dumps(content, indent=1, allow_nan=False)


def _columns(points: Points) -> dict[str, Any]:
    origin = points.origin
    pca = points.reduction
    turned = {"mean": pca.mean.tolist(), "components": pca.axes.tolist()} if pca else None
    return {
        "columns": list(origin.columns),
        "shift": origin.shift.tolist(),
        "scale": origin.scale.tolist(),
        **({"transforms": list(origin.bends)} if origin.bends else {}),
        **({"pca": turned} if turned else {}),
        "n_points": points.n,
    }


def _mixture(fit: MixtureFit, order: NDArray[np.int64]) -> dict[str, Any]:
    return {
        "covariance_type": str(fit.covariance_type),
        "log_likelihood": fit.log_likelihood,
        "aic": _finite(fit.aic),
        "bic": _finite(fit.bic),
        "n_parameters": fit.n_parameters,
        "init": str(fit.init),
        "random_state": fit.random_state,
        "tol": fit.tol,
        "reg_covar": fit.reg_covar,
        "max_iter": fit.max_iter,
        "n_iter": fit.n_iter,
        "converged": fit.converged,
        **({} if fit.gapped is None else {"n_rows": fit.gapped.n}),
        "warnings": [finding.code for finding in fit.health],
        "weights": fit.weights[order].tolist(),
        "means": fit.means[order].tolist(),
        "covariances": fit.covariances[order].tolist(),
    }


def _weights(points: Points) -> dict[str, Any]:
    """Return how much rows count, where they have weights."""
    if points.weighting is None:
        return {}
    weighting = points.weighting
    kind = "counts" if weighting.counts else "weights"
    total = weighting.total
    return {"sample_weight": {"column": points.weighted_by, "kind": kind, "total": total}}


def _finite(value: float) -> float | None:
    """Return a criterion; None where it is withheld."""
    return value if math.isfinite(value) else None


def _groups(side: Side) -> dict[str, Any]:
    """Return names of groups, and which components are joined to each, numbered as shown."""
    found: dict[str, Any] = {"names": list(side.names)} if side.names else {}
    if side.groups is not None:
        found["groups"] = [[component + 1 for component in group] for group in side.members]
    return found


def _background(side: Side) -> dict[str, Any]:
    """Return share and box of the mixture's background, in the space that it was fitted in."""
    if side.background is None:
        return {}
    uniform = side.background.uniform
    low, high = uniform.box.tolist()
    return {"background": {"share": uniform.share, "low": low, "high": high}}


def _kmeans(fit: KMeansFit, order: NDArray[np.int64]) -> dict[str, Any]:
    return {
        "centers": fit.centers[order].tolist(),
        "inertia": fit.inertia,
        "init": fit.init,
        "random_state": fit.random_state,
        "n_iter": fit.n_iter,
        "converged": fit.converged,
    }
