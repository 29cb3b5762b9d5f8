"""Checkers of what is said of a fit that was only slow."""

from gmm_dash.export.fitting import start_arguments
from tests.claims.case import checks, near, numbers_in, sklearn_fit
from tests.claims.shown import points_of


@checks("steps.only-slow")
def steps_only_slow(case, text):
    fit, x = case.pipeline.steps.runs(case.state).gmm.fit, points_of(case).fitted
    tol, n_iter, until, here, there, nats = numbers_in(text)
    assert (tol, n_iter) == (case.state.model.tol, fit.n_iter)
    assert fit.converged
    later = sklearn_fit(
        x, n_components=fit.n_components, covariance_type=str(fit.covariance_type),
        reg_covar=fit.reg_covar, tol=0.0, max_iter=int(until) - fit.n_iter,
        **start_arguments(fit.mixture, str(fit.covariance_type)),
    )  # fmt: skip
    risen = (later.score(x) - fit.log_likelihood) * len(x)
    assert near(here, fit.log_likelihood)
    assert near(there, later.score(x))
    assert risen > 0.9
    assert abs(nats - risen) <= 0.06 * risen + 0.02


@checks("compare.only-slow")
def only_slow(case, text):
    fit = case.gmm
    tol, n_iter, until, here, there, nats = numbers_in(text)
    assert (tol, n_iter) == (case.state.model.tol, fit.n_iter)
    assert fit.start is None, "this checker draws the start"
    common = {
        "n_components": fit.n_components,
        "covariance_type": str(fit.covariance_type),
        "init_params": fit.init,
        "random_state": fit.random_state,
        "reg_covar": fit.reg_covar,
    }
    first = sklearn_fit(case.x, tol=tol, max_iter=case.state.model.max_iter, **common)
    later = sklearn_fit(case.x, tol=1e-9, max_iter=int(until), **common)
    assert first.converged_
    assert first.n_iter_ == n_iter < until == later.n_iter_
    assert ("where it rests" in text) == later.converged_
    values = [model.score(case.x) for model in (first, later)]
    assert near(here, values[0])
    assert near(there, values[1])
    risen = (values[1] - values[0]) * len(case.x)
    assert risen > 1
    assert abs(nats - risen) <= 0.051 * risen + 0.01
