"""Checker of what Compare says of a fit that was only slow."""

from tests.claims.case import checks, near, numbers_in, sklearn_fit


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
