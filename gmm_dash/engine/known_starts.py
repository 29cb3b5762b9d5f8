"""Fit a Gaussian mixture from a known start: labelled points, parameters, an earlier fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine.em import Settings, run_em
from gmm_dash.engine.gmm import fit_gmm
from gmm_dash.engine.mixture_fit import best_fit, describe_ended
from gmm_dash.engine.solve import Job, features_for, problem_of
from gmm_dash.engine.starts import StartSpec, build_starts
from gmm_dash.engine.types import GIVEN, INFORMED
from gmm_dash.engine.validate import as_covariance_type, as_points, as_settings
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from gmm_dash.engine.mixture_fit import EndedRun, MixtureFit
    from gmm_dash.engine.types import Floats, Mixture


def fit_from_labels(
    x: Any,
    labels: Any,
    *,
    covariance_type: str = "full",
    tol: float = 1e-6,
    reg_covar: float = 1e-6,
    max_iter: int = 500,
) -> MixtureFit:
    """Return the run of EM that starts from a division of the points.

    Parameters
    ----------
    x : (n, d) array-like
    labels : (n,) array-like of int
        Component of each point, counted from zero; every number up to the largest occurs.
    covariance_type, tol, reg_covar, max_iter
        As in :func:`fit_gmm`.

    Raises
    ------
    FitError
        When the data or a setting cannot be used, or the run ended in a singular covariance.

    Notes
    -----
    This is ``GaussianMixture(weights_init=shares, means_init=means, precisions_init=...)`` with
    the shares, means and inverse covariances (``reg_covar`` added) of the labelled groups.
    """
    settings = as_settings(tol, reg_covar, max_iter)
    points = as_points(x, minimum=2)
    given = np.asarray(labels, dtype=np.intp)
    counts = np.bincount(given.ravel()) if given.size and given.min() >= 0 else np.zeros(1)
    if given.shape != (len(points),) or not counts.all():
        raise FitError(
            "The labels must be one number for each point, counted from zero without gaps.",
            hint="Number the groups 0, 1, 2 and so on.",
        )
    spec = StartSpec(GIVEN, 0, len(counts))
    return best_fit(points, [Job(spec, as_covariance_type(covariance_type))], settings, given)


def fit_from_mixture(
    x: Any,
    start: Mixture,
    *,
    covariance_type: str = "full",
    tol: float = 1e-6,
    reg_covar: float = 1e-6,
    max_iter: int = 500,
) -> MixtureFit:
    """Return the run of EM whose first E-step uses the parameters of ``start``.

    Parameters
    ----------
    x : (n, d) array-like
    start : Mixture
        Its covariances are of the type asked for, ``reg_covar`` already in them.
    covariance_type, tol, reg_covar, max_iter
        As in :func:`fit_gmm`.

    Notes
    -----
    This is ``GaussianMixture(weights_init=..., means_init=..., precisions_init=...)``.
    """
    settings = as_settings(tol, reg_covar, max_iter)
    points = as_points(x, minimum=2)
    job = Job(_informed(start), as_covariance_type(covariance_type))
    return best_fit(points, [job], settings, start)


def fit_of_run(
    x: Any,
    start: Mixture,
    run: EndedRun,
    *,
    covariance_type: str = "full",
    tol: float = 1e-6,
    reg_covar: float = 1e-6,
    max_iter: int = 500,
) -> MixtureFit:
    """Return the fit that :func:`fit_from_mixture` returns, of a run that was made elsewhere.

    Parameters
    ----------
    x : (n, d) array-like
    start : Mixture
        Where the run began.
    run : EndedRun
    covariance_type, tol, reg_covar, max_iter
        As in :func:`fit_gmm`.
    """
    settings = as_settings(tol, reg_covar, max_iter)
    points = as_points(x, minimum=2)
    job = Job(_informed(start), as_covariance_type(covariance_type))
    return describe_ended(points, run, job, settings, start)


def fit_again(x: Any, fit: MixtureFit, *, tol: float, max_iter: int) -> MixtureFit:
    """Return where the very start of ``fit`` leads with another rule of when to stop."""
    settings: dict[str, Any] = {"reg_covar": fit.reg_covar, "tol": tol, "max_iter": max_iter}
    kind = str(fit.covariance_type)
    if fit.start is not None:
        return fit_from_mixture(x, fit.start, covariance_type=kind, **settings)
    return fit_gmm(
        x, fit.n_components, covariance_type=kind, init=fit.init, n_init=1,
        random_state=fit.random_state, **settings,
    )  # fmt: skip


def rises_ahead(x: Any, fit: MixtureFit, count: int) -> Floats:
    """Return what each of the next iterations would add to the log-likelihood per point, in nats.

    Parameters
    ----------
    x : (n, d) array-like
        The data of ``fit``.
    fit : MixtureFit
    count : int
        How many iterations to look ahead; fewer are returned where a component breaks down.
    """
    points, kind = as_points(x, minimum=2), fit.covariance_type
    features, job = features_for(points, kind), Job(_informed(fit.mixture), kind)
    (start,) = build_starts(features, [job.spec], fit.mixture, fit.reg_covar)
    values: list[float] = []
    run_em(
        features,
        [problem_of(job, start, features, features)],
        Settings(tol=0.0, reg_covar=fit.reg_covar, max_iter=count + 1),
        record=lambda _, __, value: values.append(value),
    )
    return np.diff(values)


def _informed(start: Mixture) -> StartSpec:
    return StartSpec(INFORMED, 0, start.n_components)
