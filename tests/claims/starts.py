"""Rows of a study of restarts, held against runs of scikit-learn from the same starts."""

import base64
import warnings
from types import SimpleNamespace

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics.cluster import contingency_matrix

from tests.claims.case import sklearn_fit
from tests.claims.check_reasons import flat_components

POINTS = ("k-means++", "random_from_data")
"""Starts of one point for each component: without reg_covar rounding alone makes their widths."""

REST = {"tol": 1e-9, "max_iter": 10_000}
"""Rest of a mixture, as settings of scikit-learn; k-means rests with tol = 0."""


def rows_of(pipeline, state):
    """Return the plain rows of all starts of a link."""
    rows = {"kmeans": [], "gmm": []}
    for i in range(len(pipeline.restarts.plan(state))):
        for algorithm, more in pipeline.restarts.piece(state, i).items():
            rows[algorithm] += more
    return {name: sorted(mine, key=lambda row: row["number"]) for name, mine in rows.items()}


def labels_of(row, k, count):
    """Return the clusters of the points looked at, read bit by bit."""
    width = max(1, int(np.ceil(np.log2(k))))
    bits = "".join(f"{byte:08b}" for byte in base64.b64decode(row["labels"]))
    return np.array([int(bits[i * width : (i + 1) * width][::-1], 2) for i in range(count)])


def looked_at(n):
    """Return the rows whose clusters are compared."""
    return np.arange(n) if n <= 1000 else np.sort(np.random.default_rng(0).choice(n, 1000, False))


def apart(first, second):
    """Return how many points two clusterings place differently, clusters matched."""
    shared = contingency_matrix(first, second)
    return len(first) - shared[linear_sum_assignment(-shared)].sum()


def verify(pipeline, state, rows):
    """Assert that scikit-learn ends where some of the rows say."""
    x, model = pipeline.points(state.data).fitted, state.model
    for algorithm, mine in rows.items():
        for row in mine[:: max(1, len(mine) // 2)]:
            if algorithm == "gmm" and model.reg_covar == 0 and row["kind"] in POINTS:
                continue
            run = _kmeans if algorithm == "kmeans" else _mixture
            found = run(x, model, row["kind"], row["seed"], rest=row["rested"])
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
            seen = looked_at(len(x))
            labels = labels_of(row, model.k, len(seen))
            assert apart(labels, found.labels[seen]) <= (algorithm == "gmm") * len(seen) / 50, row
            page = run(x, model, row["kind"], row["seed"], rest=False) if row["rested"] else found
            assert np.isclose(row["stopped"], page.objective, rtol=1e-5, atol=1e-5), row
            if algorithm == "kmeans":
                assert row["moved"] == (page.labels != found.labels).sum(), row


def _kmeans(x, model, kind, seed, *, rest):
    tol = 0.0 if rest else 1e-4
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        fit = KMeans(model.k, init=kind, n_init=1, tol=tol, random_state=seed).fit(x)
    fallen = len(set(fit.labels_.tolist())) < model.k
    return SimpleNamespace(objective=fit.inertia_, labels=fit.labels_, collapsed=fallen)


def _mixture(x, model, kind, seed, *, rest):
    stop = REST if rest else {"tol": model.tol, "max_iter": model.max_iter}
    try:
        fit = sklearn_fit(
            x,
            n_components=model.k,
            covariance_type=model.covariance_type,
            init_params=kind,
            random_state=seed,
            reg_covar=model.reg_covar,
            **stop,
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
        labels=fit.predict(x),
        converged=fit.converged_,
        collapsed=few or bool(flat_components(shape, x).any()),
    )
