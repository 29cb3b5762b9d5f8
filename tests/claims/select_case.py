"""What checkers of How many? look at: the plain rows, which may win, and refits of them."""

from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace

import numpy as np

from gmm_dash.engine import cycle_kinds, fit_gaps, fit_gmm
from gmm_dash.export.fitting import start_arguments
from tests.claims.case import Case, component_densities, sklearn_fit
from tests.claims.check_gaps import known_densities, seen_rows
from tests.claims.check_weights import weights

LOWER = {"BIC": "bic", "AIC": "aic", "AICc": "aicc", "ICL": "icl"}
CRITERIA = LOWER | {"Held-out": "heldout_log_likelihood", "held-out": "heldout_log_likelihood"}
OWN = {"heldout": "heldout_log_likelihood"}
WIDER = {("full", "tied"), ("full", "diag"), ("full", "spherical"), ("diag", "spherical")}


def _model(row):
    return row["covariance_type"], row["n_components"]


@dataclass(frozen=True)
class SelectCase(Case):
    """A comparison with its plain rows, whole or not."""

    plain: dict
    finished: bool = True
    waiting: bool = False
    hand_made: bool = False

    @cached_property
    def known(self):
        """(n, d) what mixtures are fitted to: where gaps are used, the complete rows come first."""
        return self.x if self.points.gaps is None else seen_rows(self)

    @cached_property
    def n(self):
        """How many points the criteria count: rows that are counted are so many copies."""
        each = None if self.points.weighting is None else weights(self)
        counted = each is not None and (each == np.floor(each)).all()
        return int(each.sum()) if counted else len(self.known)

    @property
    def rows(self):
        """The mixtures' rows."""
        variances = np.var(self.x, axis=0)
        strong = self.state.model.reg_covar > 2e-5 * min(variances[variances > 0])
        best = {}  # of the rows of one model the one that neighbours improved, if there is one
        for row in sorted(self.plain["mixtures"], key=lambda row: row["informed"]):
            held = best.get(_model(row), row)["heldout_log_likelihood"]
            best[_model(row)] = row | {"heldout_log_likelihood": held}
        return [SimpleNamespace(**row, smoothed=strong) for row in best.values()]

    @property
    def asked(self):
        """The column that ranks."""
        name = self.state.select.criterion
        return OWN.get(name, name)

    def ranked(self, column=None):
        """Candidates that have a score, the best first, as (badness, row)."""
        column = column or self.asked
        sign = -1 if column in OWN.values() else 1
        found = [
            (sign * getattr(row, column), row)
            for row in candidates(self.rows)
            if getattr(row, column) is not None
        ]
        return sorted(found, key=lambda pair: pair[0])

    @property
    def best(self):
        """The row that must be starred."""
        return self.ranked()[0][1]


def inside(small, large):
    """Return whether a kind and size is a special case of another one."""
    if small is large or small.n_components > large.n_components:
        return False
    kinds = (large.covariance_type, small.covariance_type)
    one = large.covariance_type == "tied" and small.n_components == 1
    return kinds[0] == kinds[1] or kinds in WIDER or one


def beaten(row, rows):
    """Return the sound rows within ``row`` that fit better than it."""
    return [
        one
        for one in rows
        if not row.smoothed  # then EM does not climb, and no search is to blame
        and not one.degenerate
        and inside(one, row)
        and one.log_likelihood > row.log_likelihood + 1e-4
    ]


def short(rows):
    return [row for row in rows if not row.degenerate and beaten(row, rows)]


def candidates(rows):
    return [row for row in rows if not row.degenerate and not beaten(row, rows)]


def named(case, kind, k):
    (row,) = [r for r in case.rows if (r.covariance_type, r.n_components) == (kind, int(k))]
    return row


def close(said, value, digits=5):
    """Return whether a number said with so many digits is ``value``."""
    return bool(np.isclose(said, value, rtol=10.0 ** (1 - digits), atol=6e-5))


def parameters(kind, k, d):
    of_shape = {
        "full": k * d * (d + 1) // 2, "tied": d * (d + 1) // 2, "diag": k * d, "spherical": k,
    }  # fmt: skip
    return k - 1 + k * d + of_shape[kind]


def refit(case, row, x, start):
    """Return scikit-learn's mixture from one start."""
    model = case.state.model
    if start[0] == "informed":  # what the product names as its start, once more from there
        begun, most = case.pipeline.select.starts(case.state)[1][_model(vars(row))]
        return sklearn_fit(
            x, n_components=row.n_components, covariance_type=row.covariance_type,
            tol=model.tol, reg_covar=model.reg_covar, max_iter=most,
            **start_arguments(begun, row.covariance_type),
        )  # fmt: skip
    return sklearn_fit(
        x, n_components=row.n_components, covariance_type=row.covariance_type,
        init_params=start[0], random_state=start[1], tol=model.tol, reg_covar=model.reg_covar,
        max_iter=model.max_iter,
    )  # fmt: skip


def measured(case, row):
    """Return what ranks a row, computed anew with scikit-learn."""
    x, name = case.x, case.asked
    if case.points.gaps is not None:
        return of_known(case, row)
    if case.points.weighting is not None:
        if name == "heldout_log_likelihood":
            return held_out_weighted(case, row)
        x = np.repeat(x, weights(case).astype(int), axis=0)
    if name == "heldout_log_likelihood":
        return held_out(case, row)
    fit, n = refit(case, row, x, (row.init, row.random_state)), len(x)
    p = parameters(row.covariance_type, row.n_components, x.shape[1])
    shares = fit.predict_proba(x)
    entropy = -np.sum(shares * np.log(np.where(shares > 0, shares, 1)))
    return {
        "bic": fit.bic(x),
        "aic": fit.aic(x),
        "aicc": fit.aic(x) + 2 * p * (p + 1) / (n - p - 1) if n > p + 1 else np.nan,
        "icl": fit.bic(x) + 2 * entropy,
    }[name]


def of_known(case, row):
    """Return what ranks a row of a table with gaps, by SciPy: Compare's fit with its settings."""
    if case.asked == "heldout_log_likelihood":
        return held_out_known(case, row)
    state = case.state.but(view="compare", k=row.n_components, cov=row.covariance_type)
    densities = known_densities(case.pipeline.models.shown_gmm(state), case.known)
    total, n = np.log(densities.sum(axis=1)).sum(), len(case.known)
    shares = densities / densities.sum(axis=1, keepdims=True)
    p = parameters(row.covariance_type, row.n_components, case.x.shape[1])
    bic, aic = p * np.log(n) - 2 * total, 2 * p - 2 * total
    entropy = -np.sum(shares * np.log(np.where(shares > 0, shares, 1)))
    aicc = aic + 2 * p * (p + 1) / (n - p - 1)
    return {"bic": bic, "aic": aic, "aicc": aicc, "icl": bic + 2 * entropy}[case.asked]


def held_out_known(case, row):
    model, x, total = case.state.model, case.known, 0.0
    order = np.random.default_rng(model.seed).permutation(len(x))
    for part in np.array_split(order, case.state.select.folds):
        fit = fit_gaps(
            np.delete(x, part, axis=0), row.n_components, covariance_type=row.covariance_type,
            n_init=model.n_init, random_state=model.seed, tol=model.tol,
            reg_covar=model.reg_covar, max_iter=model.max_iter,
        ).mixture  # fmt: skip
        total += np.log(known_densities(fit, x[np.sort(part)]).sum(axis=1)).sum()
    return total / len(x)


def held_out_weighted(case, row):
    model, x, each, total = case.state.model, case.x, weights(case), 0.0
    order = np.random.default_rng(model.seed).permutation(len(x))
    for part in np.array_split(order, case.state.select.folds):
        fit = fit_gmm(
            np.delete(x, part, axis=0), row.n_components, covariance_type=row.covariance_type,
            init=model.drawn, n_init=model.n_init, random_state=model.seed, tol=model.tol,
            reg_covar=model.reg_covar, max_iter=model.max_iter,
            sample_weight=np.delete(each, part),
        )  # fmt: skip
        total += np.log(component_densities(fit, x[part]).sum(axis=1)) @ each[part]
    return total / each.sum()


def held_out(case, row):
    model, x = case.state.model, case.x
    order, total = np.random.default_rng(model.seed).permutation(len(x)), 0.0
    starts = [
        (kind, model.seed + i) for i, kind in enumerate(cycle_kinds(model.drawn, model.n_init))
    ]
    for part in np.array_split(order, min(case.state.select.folds, len(x))):
        rest = np.delete(np.arange(len(x)), part)
        fits = [refit(case, row, x[rest], start) for start in starts]
        top = max(fit.lower_bound_ for fit in fits)
        first = next(fit for fit in fits if fit.lower_bound_ > top - 1e-9)
        total += first.score_samples(x[part]).sum()
    return total / len(x)
