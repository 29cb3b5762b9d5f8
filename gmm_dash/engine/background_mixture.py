"""A mixture with a uniform background in the form of other fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine import scores
from gmm_dash.engine.em import FELL, Settings
from gmm_dash.engine.features import Features
from gmm_dash.engine.health import count_distinct, diagnose, mixture_findings
from gmm_dash.engine.mixture_fit import MixtureFit
from gmm_dash.engine.validate import as_points
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from gmm_dash.engine.background_fit import BackgroundFit


def of_background(
    fit: BackgroundFit, x: Any, *, tol: float, reg_covar: float, max_iter: int
) -> MixtureFit:
    """Return a fit with a background in the form of other fits; there is no trace of its run.

    Its weights are shares of all points, so that with the background's they sum to one, and the
    label of a point of the background is -1.

    Parameters
    ----------
    fit : BackgroundFit
    x : (n, d) array-like
        What it was fitted to.
    tol, reg_covar, max_iter
        What it was fitted with.
    """
    points, mixture = as_points(x), fit.scaled
    n, k = len(points), mixture.n_components
    features = Features(points, diagonal_only=False, reproducible=False)
    diagnosis = diagnose(mixture, n=n, reg_covar=reg_covar, data=features.shape)
    every = np.column_stack((fit.responsibilities, fit.background))
    path = np.append(fit.log_likelihoods, fit.log_likelihood)
    return MixtureFit(
        mixture=mixture,
        covariance_type=fit.covariance_type,
        responsibilities=fit.responsibilities,
        labels=fit.labels,
        log_likelihood=fit.log_likelihood,
        lower_bound=float(fit.log_likelihoods[-1]),
        log_likelihoods=np.array([fit.log_likelihood]),
        aic=fit.aic,
        bic=fit.bic,
        icl=fit.icl,
        aicc=scores.aicc(fit.log_likelihood, fit.n_parameters, n),
        entropy=scores.entropy(every),
        n_parameters=fit.n_parameters,
        n_iter=fit.n_iter,
        converged=fit.converged,
        init=fit.init,
        random_state=fit.random_state,
        degenerate=diagnosis.degenerate,
        reason=diagnosis.reason,
        health=mixture_findings(
            diagnosis,
            Settings(tol, reg_covar, max_iter),
            converged=fit.converged,
            fell=bool((np.diff(path) < -FELL * (1.0 + np.abs(path[1:]))).any()),
            k=k,
            distinct=count_distinct(features.x, k),
            narrowest=features.narrowest,
        ),
        tol=tol,
        reg_covar=reg_covar,
        max_iter=max_iter,
        start=None,
        _retrace=_untraced,
        background=fit,
    )


def _untraced() -> Any:
    raise FitError("This run was not recorded.", hint="Switch the background off.")
