"""A fit to rows with gaps as other fits are: shares and labels of the rows without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gmm_dash.engine import scores
from gmm_dash.engine.em import FELL, Settings
from gmm_dash.engine.features import Features
from gmm_dash.engine.gaps import GAPS_INIT
from gmm_dash.engine.health import judge
from gmm_dash.engine.mixture_fit import MixtureFit
from gmm_dash.errors import FitError

if TYPE_CHECKING:
    from gmm_dash.engine.gap_fit import GapFit


def of_complete_rows(fit: GapFit) -> MixtureFit:
    """Return a fit to rows with gaps in the form of other fits; shares and labels of whole rows."""
    whole = fit.complete
    features = Features(fit.filled[whole], diagonal_only=False, reproducible=False)
    entropy = scores.entropy(fit.responsibilities)
    rise = np.diff(fit.path)
    judged = judge(
        fit.mixture,
        features,
        fit.n,
        Settings(fit.tol, fit.reg_covar, fit.max_iter),
        converged=fit.converged,
        fell=bool((rise < -FELL * (1.0 + np.abs(fit.path[1:]))).any()),
    )
    return MixtureFit(
        mixture=fit.mixture,
        covariance_type=fit.covariance_type,
        responsibilities=fit.responsibilities[whole],
        labels=fit.labels[whole],
        log_likelihood=fit.log_likelihood,
        lower_bound=fit.lower_bound,
        log_likelihoods=fit.log_likelihoods.copy(),
        aic=fit.aic,
        bic=fit.bic,
        icl=fit.bic + 2.0 * entropy,
        aicc=scores.aicc(fit.log_likelihood, fit.n_parameters, fit.n),
        entropy=entropy,
        n_parameters=fit.n_parameters,
        n_iter=fit.n_iter,
        converged=fit.converged,
        init=GAPS_INIT,
        random_state=fit.random_state,
        degenerate=judged.degenerate,
        reason=judged.reason,
        health=judged.health,
        tol=fit.tol,
        reg_covar=fit.reg_covar,
        max_iter=fit.max_iter,
        start=None,
        _retrace=_untraced,
        gapped=fit,
    )


def _untraced() -> Any:
    raise FitError("This run was not recorded.", hint="Leave out the rows with gaps.")
