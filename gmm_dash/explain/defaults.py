"""These settings against scikit-learn's defaults, in one sentence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gmm_dash.contract.methods import SKLEARN_DEFAULTS
from gmm_dash.explain.numbers import shown
from gmm_dash.results import known

if TYPE_CHECKING:
    from gmm_dash.results import Comparison

_TOL = SKLEARN_DEFAULTS["tol"]
_FAR = 10.0  # a difference in BIC that counts as very strong evidence
_SAME = 0.5  # a difference in BIC that no eye and no decision notices


def against_defaults(here: Comparison, default: Comparison) -> str:
    """Return what the default start and tolerance would have given instead.

    Parameters
    ----------
    here : Comparison
        What is on the page.
    default : Comparison
        The same data, K and covariance type with scikit-learn's defaults.
    """
    mine, theirs = here.gmm_fit, default.gmm_fit
    if here.points.n != default.points.n:
        return (
            f"With scikit-learn's defaults the mixture is one of {default.points.n:,} rows, here "
            f"it is one of {here.points.n:,}: their scores do not compare."
        )
    if not math.isfinite(mine.bic) and mine.weighting is not None:
        return _weighted(here, default)
    stop = "calls itself converged" if theirs.converged else "is stopped by its limit"
    first = (
        f"With scikit-learn's defaults (one k-means start, tolerance {_TOL:g}) the mixture "
        f"{stop} at iteration {theirs.n_iter} with BIC {theirs.bic:,.0f}; "
        f"here it has {mine.bic:,.0f} after {mine.n_iter}."
    )
    if mine.background is not None:
        first += " Both have the background, which scikit-learn lacks."
    if mine.weighting is not None:
        first += " Both count rows by weights, which scikit-learn's mixture does not take."
    return " ".join(filter(None, [first, _judgement(here, default), _truth(here, default)]))


def _weighted(here: Comparison, default: Comparison) -> str:
    """Return the same of weights that count no points: there is no BIC."""
    mine, theirs = here.gmm_fit, default.gmm_fit
    stop = "calls itself converged" if theirs.converged else "is stopped by its limit"
    first = (
        f"With scikit-learn's defaults (one k-means start, tolerance {_TOL:g}) the mixture {stop} "
        f"at iteration {theirs.n_iter} with a log-likelihood of {shown(theirs.log_likelihood, 5)} "
        f"per weighted row; here it has {shown(mine.log_likelihood, 5)} after {mine.n_iter}. Both "
        "weight rows, which scikit-learn's mixture does not."
    )
    return " ".join(filter(None, [first, _truth(here, default)]))


def _judgement(here: Comparison, default: Comparison) -> str:
    gained = default.gmm_fit.bic - here.gmm_fit.bic
    if here.gmm_fit.degenerate.any() or default.gmm_fit.degenerate.any():
        return "One of the two has collapsed, so the scores say little."
    if abs(gained) <= _SAME:
        return f"That makes no difference of more than {_SAME:g} in BIC."
    if gained > _FAR:
        moral = ": converged is not arrived" if default.gmm_fit.converged else ""
        return f"The defaults stop {gained:,.0f} short{moral}."
    if gained > 0:
        return f"The defaults are {gained:,.1f} short of it."
    return f"The defaults do better by {-gained:,.0f}: try more restarts here."


def _truth(here: Comparison, default: Comparison) -> str:
    mine, theirs = here.gmm.ari, default.gmm.ari
    if mine is None or theirs is None:
        return ""
    some = known.is_partial(here.points.labels)
    which = known.coverage(here.points.labels)
    on = f" on the {which['labelled']:,} labelled of {which['n']:,} points" if some else ""
    return (
        f"Against the true groups: ARI{on} {round(theirs, 2) + 0.0:.2f} by default, "
        f"{mine:.2f} here."
    )
