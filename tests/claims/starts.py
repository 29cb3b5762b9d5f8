"""Rows of a study of restarts, held against runs of scikit-learn from the same starts."""

import warnings
from types import SimpleNamespace

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning

from tests.claims.case import sklearn_fit
from tests.claims.check_reasons import flat_components

POINTS = ("k-means++", "random_from_data")
"""Starts of one point for each component: without reg_covar rounding alone makes their widths."""

MEAN = 1e-2  # how far the partners of one end may lie apart


def rows_of(pipeline, state):
    """Return the plain rows of all starts of a link."""
    rows = {"kmeans": [], "gmm": []}
    for i in range(len(pipeline.study_plan(state))):
        for algorithm, more in pipeline.study_piece(state, i).items():
            rows[algorithm] += more
    return {name: sorted(mine, key=lambda row: row["number"]) for name, mine in rows.items()}


def paired(first, second):
    """Return whether two sets of places agree, whatever their order."""
    apart = np.abs(np.subtract.outer(first[:, 0], second[:, 0]))
    for axis in range(1, first.shape[1]):
        apart = np.maximum(apart, np.abs(np.subtract.outer(first[:, axis], second[:, axis])))
    return apart[linear_sum_assignment(apart)].max() <= MEAN


def verify(pipeline, state, rows):
    """Assert that scikit-learn ends where some of the rows say."""
    x, model = pipeline.points(state.data).fitted, state.model
    spread = np.where(x.std(axis=0) > 0, x.std(axis=0), 1)
    for algorithm, mine in rows.items():
        for row in mine[:: max(1, len(mine) // 3)]:
            if algorithm == "gmm" and model.reg_covar == 0 and row["kind"] in POINTS:
                continue
            run = _kmeans if algorithm == "kmeans" else _mixture
            found = run(x, model, row["kind"], row["seed"])
            if found is None or row["objective"] is None:
                # which of two roundings breaks down at a flat component is nobody's claim
                assert row["objective"] is None or row["degenerate"], row
                assert found is None or found.collapsed, row
                continue
            assert row["degenerate"] == found.collapsed, row
            if row["degenerate"]:
                continue
            assert np.isclose(row["objective"], found.objective, rtol=1e-5, atol=1e-5), row
            assert algorithm == "kmeans" or row["converged"] == found.converged, row
            if x.shape[1] == 2:
                assert paired(np.array(row["sketch"]), found.means / spread), row


def _kmeans(x, model, kind, seed):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        fit = KMeans(model.k, init=kind, n_init=1, random_state=seed).fit(x)
    fallen = len(set(fit.labels_.tolist())) < model.k
    return SimpleNamespace(objective=fit.inertia_, means=fit.cluster_centers_, collapsed=fallen)


def _mixture(x, model, kind, seed):
    try:
        fit = sklearn_fit(
            x,
            n_components=model.k,
            covariance_type=model.covariance_type,
            init_params=kind,
            random_state=seed,
            tol=model.tol,
            reg_covar=model.reg_covar,
            max_iter=model.max_iter,
        )
    except ValueError:
        return None
    own, d = fit.covariances_, x.shape[1]
    covariances = {
        "full": lambda: own,
        "tied": lambda: np.array([own] * model.k),
        "diag": lambda: np.array([np.diag(row) for row in own]),
        "spherical": lambda: own[:, None, None] * np.eye(d),
    }[model.covariance_type]()
    shape = SimpleNamespace(
        n_components=model.k,
        weights=fit.weights_,
        covariances=covariances,
        reg_covar=model.reg_covar,
    )
    few = bool((fit.weights_ * len(x) < 2.99).any())
    return SimpleNamespace(
        objective=fit.score(x),
        means=fit.means_,
        converged=fit.converged_,
        collapsed=few or bool(flat_components(shape, x).any()),
    )
