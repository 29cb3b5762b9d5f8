"""A mixture of all rows as a row among others, with criteria of as many rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gmm_dash.engine import SelectionRow, n_parameters
from gmm_dash.engine.criteria import CRITERIA, Scored
from gmm_dash.engine.flatness import DataShape
from gmm_dash.engine.health import diagnose

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from gmm_dash.pipeline.parted.passes import MixtureRun


def row_of(
    run: MixtureRun,
    *,
    n: int,
    covariance: NDArray[np.float64],
    reg_covar: float,
    init: str,
    random_state: int,
) -> SelectionRow:
    """Return what a comparison of models shows of a run over all rows.

    Parameters
    ----------
    run : MixtureRun
        One without scores, as it failed or the work was stopped, has no criteria.
    n : int
        Rows.
    covariance : (d, d) array
        Of all rows, as they are fitted.
    reg_covar : float
    init, random_state : str, int
        Of the start in the sample.
    """
    k, d = run.mixture.means.shape
    free = n_parameters(run.covariance_type, k, d)
    scored: dict[str, Any] = {one.column: None for one in CRITERIA.values()}
    value = None
    if run.scores is not None:
        value = run.scores.log_likelihood / run.scores.n
        all_told = Scored(value, free, run.scores.n, run.scores.entropy)
        for one in CRITERIA.values():
            scored[one.column] = None if one.value is None else one.value(all_told)
    shape = DataShape.of(covariance)
    wrong = diagnose(run.mixture, n=n, reg_covar=reg_covar, data=shape)
    return SelectionRow(
        covariance_type=run.covariance_type,
        n_components=k,
        log_likelihood=value,
        **scored,
        n_parameters=free,
        n_iter=len(run.log_likelihoods),
        converged=run.converged,
        init=init,
        random_state=random_state,
        degenerate=bool(run.failed) or bool(wrong.degenerate.any()),
        reason=run.failed or wrong.reason,
    )
