"""Functions that several scripts carry with them, for fitting mixtures and judging them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine.covariances import SKLEARN_TYPES, CovarianceType
from gmm_dash.engine.flatness import ABSENT, NONE, THIN
from gmm_dash.engine.health import ALMOST, FEWEST, HANDFUL
from gmm_dash.engine.types import RANDOM_GAUSSIANS, WHITENED
from gmm_dash.engine.whitening import ABSENT as ABSENT_WHEN_WHITE

if TYPE_CHECKING:
    from gmm_dash.engine import Mixture
    from gmm_dash.state import ModelChoice


def mixture_import(*kinds: str) -> str:
    """Return the line that imports ``GaussianMixture``, or what also fits this engine's kinds."""
    if all(kind in SKLEARN_TYPES for kind in kinds):
        return "from sklearn.mixture import GaussianMixture"
    return "from gmm_dash.engine import gaussian_mixture as GaussianMixture"


def one_start(tol: float, reg_covar: float, max_iter: int, *, name: str = "one_start") -> str:
    """Return ``one_start(rows, kind, k, init, seed)``: a mixture, or None where it breaks down."""
    return _ONE_START.format(name=name, tol=tol, reg_covar=reg_covar, max_iter=max_iter)


def start_arguments(start: Mixture, covariance_type: str) -> dict[str, Any]:
    """Return the arguments with which scikit-learn's ``GaussianMixture`` begins at ``start``."""
    inverse = np.linalg.inv(start.covariances)
    return {
        "weights_init": start.weights.tolist(),
        "means_init": start.means.tolist(),
        "precisions_init": CovarianceType(covariance_type).shape.precisions(inverse).tolist(),
    }


def best_of_starts(model: ModelChoice, *, gaps: bool = False, weights: bool = False) -> str:
    """Return ``best_of_starts(rows, kind, k)``, and the function of one start that it wants.

    The script must hold ``starts``: kind and seed of each. With ``gaps`` its ``GaussianMixture``
    is this engine's ``GapMixture``, which knows one kind. With ``weights`` it is
    ``WeightedMixture``, and the last of the columns of ``rows`` is what each of them counts.
    """
    if weights:
        start = one_start(model.tol, model.reg_covar, model.max_iter)
        return f"{start.replace(_FIT_ROWS, _FIT_WEIGHTED)}\n\n\n{_BEST_OF_STARTS}"
    if gaps:
        start = one_start(model.tol, model.reg_covar, model.max_iter)
        return f"{start.replace(_INIT_LINE, '')}\n\n\n{_BEST_OF_STARTS}"
    start = one_start(model.tol, model.reg_covar, model.max_iter)
    if model.drawn in (WHITENED, RANDOM_GAUSSIANS):
        precisions = [
            f'            "{kind}": lambda: {kind.shape.first_precisions},'
            for kind in CovarianceType
        ]
        begin = (_WHITENED_START if model.drawn == WHITENED else _GAUSSIANS_START) + _FROM_THERE
        start = begin.format(
            precisions="\n".join(precisions),
            tol=model.tol,
            reg_covar=model.reg_covar,
            max_iter=model.max_iter,
        )
    if model.drawn == WHITENED:
        start = f"{_WHITENED.format(absent=ABSENT_WHEN_WHITE)}\n\n\n{start}"
    return f"{start}\n\n\n{_BEST_OF_STARTS}"


def collapsed(reg_covar: float, rows: str = "Z") -> str:
    """Return ``collapsed(mixture)``, by the page's rule; it wants ``full_covariances`` and Z.

    ``rows`` are those that it was fitted to; the data's own spread is that of Z.
    """
    return _COLLAPSED.format(
        reg_covar=reg_covar,
        rows=rows,
        thin=THIN,
        none=NONE,
        absent=ABSENT,
        fewest=FEWEST - ALMOST,
        handful=HANDFUL,
    )


_ONE_START: Final = '''\
def {name}(rows, kind, k, init, seed):
    """Return the mixture that one start leads to, or None when it breaks down."""
    mixture = GaussianMixture(
        n_components=k,
        covariance_type=kind,
        init_params=init,
        tol={tol!r},
        reg_covar={reg_covar!r},
        max_iter={max_iter!r},
        random_state=seed,
    )
    try:
        return mixture.fit(rows)
    except ValueError:  # a component without any variance, or more components than rows
        return None'''

_FIT_ROWS: Final = "mixture.fit(rows)"
_FIT_WEIGHTED: Final = "mixture.fit(rows[:, :-1], sample_weight=rows[:, -1])"
_INIT_LINE: Final = "        init_params=init,\n"

_WHITENED: Final = '''\
def whitened(rows):
    """Return rows turned and scaled until they vary by one along every axis, and each alone."""
    z = rows - rows.mean(axis=0)
    live = z.std(axis=0) > 0
    z = z[:, live] / z[:, live].std(axis=0)
    values, axes = np.linalg.eigh(z.T @ z / len(z))
    kept = values > {absent!r} * values[-1]
    return z @ (axes[:, kept] / np.sqrt(values[kept]))'''

_WHITENED_START: Final = '''\
def one_start(rows, kind, k, init, seed):
    """Return the mixture from k-means on whitened rows, or None when it breaks down."""
    labels = KMeans(n_clusters=k, n_init=1, random_state=seed).fit(whitened(rows)).labels_
    shares = np.eye(k)[labels]
    counts = shares.sum(axis=0) + 10 * np.finfo(float).eps
    means = shares.T @ rows / counts[:, None]
    apart = [rows - mean for mean in means]
    covariances = np.array(
        [(share[:, None] * z).T @ z / n for share, z, n in zip(shares.T, apart, counts)]
    )
'''

_GAUSSIANS_START: Final = '''\
def one_start(rows, kind, k, init, seed):
    """Return the mixture from random Gaussians, or None when it breaks down."""
    rng, d = np.random.RandomState(seed), rows.shape[1]
    means = rows[rng.choice(len(rows), k, replace=False)]
    drawn = rng.normal(size=(k, d, d + 2))
    width = rows.std(axis=0) * k ** (-1.0 / d)
    covariances = width[:, None] * (drawn @ drawn.transpose(0, 2, 1) / (d + 2)) * width
    counts = np.full(k, len(rows) / k)
'''

_FROM_THERE: Final = """\
    covariances += {reg_covar!r} * np.eye(rows.shape[1])
    variances = np.diagonal(covariances, axis1=1, axis2=2)
    try:
        precisions = {{
{precisions}
        }}[kind]()
        return GaussianMixture(
            n_components=k,
            covariance_type=kind,
            weights_init=counts / counts.sum(),
            means_init=means,
            precisions_init=precisions,
            tol={tol!r},
            reg_covar={reg_covar!r},
            max_iter={max_iter!r},
        ).fit(rows)
    except (ValueError, np.linalg.LinAlgError):  # a component without any variance
        return None"""

_BEST_OF_STARTS: Final = '''\
def best_of_starts(rows, kind, k):
    """Return the mixture of the highest likelihood, or None when every start breaks down."""
    tried = [one_start(rows, kind, k, init, seed) for init, seed in starts]
    found = [mixture for mixture in tried if mixture is not None]
    return max(found, key=lambda mixture: mixture.lower_bound_, default=None)'''

_COLLAPSED: Final = '''\
def collapsed(mixture):
    """Return whether a component is flat or nearly empty: its likelihood says nothing then."""
    spread = Z.std(axis=0)
    live = spread > 0
    if not live.any():
        return True  # all points are one
    scaled = np.atleast_2d(np.cov(Z[:, live] / spread[live], rowvar=False, ddof=0))
    values, vectors = np.linalg.eigh(scaled)
    kept = values > {absent!r} * values[-1]
    white = np.zeros((Z.shape[1], int(kept.sum())))  # Z @ white has variance one everywhere
    white[live] = vectors[:, kept] / np.sqrt(values[kept]) / spread[live, None]
    own = full_covariances(mixture) - {reg_covar!r} * np.eye(Z.shape[1])
    widths, ways = np.linalg.eigh(white.T @ own @ white)
    added = {reg_covar!r} * np.square(ways[:, :, 0] @ white.T).sum(axis=1)
    points, narrow = mixture.weights_ * len({rows}), widths[:, 0]
    chance = (narrow <= added) | (points < {handful} * (Z.shape[1] + 1))
    flat = (narrow <= {none!r}) | ((narrow <= {thin!r}) & chance)
    return bool((flat | (points < {fewest!r})).any())'''
