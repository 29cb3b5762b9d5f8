"""Which start of a mixture with a background ends best: all of them at once.

A uniform background is one more component whose log density is the same everywhere, and so linear
in the features of the points: the batch needs no step of its own for it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine.em import Problem, run_em
from gmm_dash.engine.estimates import FULL, TYPES, Moments, Start, moments_from_sums
from gmm_dash.engine.health import diagnose
from gmm_dash.engine.solve import features_for
from gmm_dash.engine.types import Mixture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.engine.background_starts import Begin
    from gmm_dash.engine.covariances import CovarianceType
    from gmm_dash.engine.em import Run, Settings
    from gmm_dash.engine.features import Features
    from gmm_dash.engine.types import Floats


def best_first(
    x: Floats, box: Floats, kind: CovarianceType, begins: Sequence[Begin], settings: Settings
) -> list[Begin]:
    """Return the starts, those first whose runs end sound and with the greatest log-likelihood.

    Those whose covariances became singular on the way are last.

    Parameters
    ----------
    x : (n, d) array
        Checked data.
    box : (2, d) array
        Lowest and highest value of each column.
    kind : CovarianceType
    begins : sequence of Begin
        Of one number of components.
    settings : Settings
    """
    features = features_for(x, kind)
    log_volume = float(np.log(box[1] - box[0]).sum())
    problems = [
        Problem(
            begin.n_components + 1, TYPES.index(kind), _start(features, begin, kind), log_volume
        )
        for begin in begins
    ]
    runs = run_em(features, problems, replace(settings, pause=None))
    ranks = [_rank(run, features, settings) for run in runs]
    order = sorted(range(len(ranks)), key=ranks.__getitem__, reverse=True)  # equals as they came
    return [begins[i] for i in order]


def _start(features: Features, begin: Begin, kind: CovarianceType) -> Start:
    """Return the first estimates of the components, and of the background behind them."""
    k, packing, share = begin.n_components, features.packing, begin.first_share
    label = np.full(features.n, -1)
    label[begin.rows] = begin.labels
    sums = np.zeros((k, features.n_rows))
    for block in features.blocks():
        sums += (label[block.rows] == np.arange(k)[:, None]).astype(float) @ block.transposed
    full = np.full(k, TYPES.index(kind) == FULL)
    found = moments_from_sums(sums, packing, features.shift, full)
    shares = np.append((1.0 - share) * found.count / found.count.sum(), share)
    around = np.zeros((packing.n_rows, 1))
    around[packing.diagonal] = 1.0  # no shape is taken from it
    return Start(
        Moments(
            features.n * shares,
            np.column_stack((found.mean, np.zeros(features.d))),
            np.column_stack((found.covariance, around)),
        )
    )


def _rank(run: Run, features: Features, settings: Settings) -> tuple[bool, bool, float]:
    """Return whether a run ended, whether its components are sound, and what it reached."""
    if run.failed:
        return False, False, -np.inf
    mixture = Mixture(run.weights[:-1], run.means[:-1], run.covariances[:-1])
    found = diagnose(mixture, n=features.n, reg_covar=settings.reg_covar, data=features.shape)
    return True, not found.degenerate.any(), run.log_likelihood
