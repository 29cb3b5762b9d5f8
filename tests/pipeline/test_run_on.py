"""A fit that met its tolerance and was only slow is carried on, within a bound of work."""

import numpy as np
import pytest

from gmm_dash.callbacks.compare import frame
from gmm_dash.config import Config
from gmm_dash.engine import fit_again, fit_from_mixture, rises_ahead
from gmm_dash.engine.rest import still_to_rise
from gmm_dash.pipeline import Pipeline
from gmm_dash.pipeline import compare as module
from gmm_dash.state import from_query
from tests.claims.case import sklearn_fit

SLOW = "?data=moons&n=200&noise=0.05&dseed=0&k=4"


def carried_on(pipeline, link):
    state = from_query(link)[0]
    return pipeline.compare.run_on(state, pipeline.compare.grouped(state))


def test_a_slow_run_is_carried_on_as_scikit_learn_would(pipeline):
    on, state = carried_on(pipeline, SLOW), from_query(SLOW)[0]
    x, fit = pipeline.points(state.data).fitted, pipeline.models.gmm(state.data, state.model)
    model = sklearn_fit(
        x, n_components=4, init_params=fit.init, random_state=fit.random_state,
        tol=1e-9, max_iter=10_000,
    )  # fmt: skip
    assert model.n_iter_ == on.n_iter
    assert model.score(x) == pytest.approx(on.log_likelihood, rel=1e-6)
    assert (on.log_likelihood - fit.log_likelihood) * 200 > 1


@pytest.mark.parametrize(
    "link",
    [
        "?data=stretched",  # it rests
        f"{SLOW}&tol=1e-9&max_iter=10000",  # this has been carried on
        f"{SLOW}&max_iter=5",  # stopped by its limit, which is said
        "?data=moons&n=20000&noise=0.05&k=4&n_init=1",  # it would take too long
        f"{SLOW}&init=informed&n_init=1",  # another tolerance is another search
    ],
)
def test_others_are_not(pipeline, link):
    assert carried_on(pipeline, link) is None


@pytest.mark.parametrize(
    "link",
    [
        f"{SLOW}&n_init=2",
        "?data=overlap&noise=2&n=200&k=4&n_init=1",  # still moves where the bound ends it
        "?data=stretched&n=200&k=5&cov=tied",
        "?data=blobs&n=300&k=3&tol=0.001",
    ],
)
def test_going_on_from_the_end_leads_where_the_start_leads(pipeline, link):
    """EM has no memory but its parameters: the iterations behind a run need not be made again."""
    state = from_query(link)[0]
    x, fit = pipeline.points(state.data).fitted, pipeline.models.gmm(state.data, state.model)
    limit = fit.n_iter + 200
    again = fit_again(x, fit, tol=1e-9, max_iter=limit)
    settings = {"covariance_type": str(fit.covariance_type), "reg_covar": fit.reg_covar}
    on = fit_from_mixture(x, fit.mixture, tol=1e-9, max_iter=200, **settings)
    assert (fit.n_iter + on.n_iter, on.converged) == (again.n_iter, again.converged)
    assert on.log_likelihood == pytest.approx(again.log_likelihood, abs=1e-10)


@pytest.mark.parametrize("link", [SLOW, "?data=overlap&n=90&noise=2&k=2", f"{SLOW}&merge=2"])
def test_the_experiments_of_an_answer_are_made_on_its_own_comparison(pipeline, link, monkeypatch):
    """Both fits are scored once, also where the score is low and where components are joined."""
    made, compare = [], module.compare
    monkeypatch.setattr(module, "compare", lambda *args: made.append(args) or compare(*args))
    frame(pipeline, from_query(link)[0], "light")
    assert len(made) == 1


def test_it_is_the_run_of_the_rows_that_are_compared(monkeypatch):
    """All rows of a table longer than what is fitted, or the drawn ones, whoever asks first."""
    pipeline, asked = Pipeline(Config(fit_rows=200), None), []
    monkeypatch.setattr(module, "run_on", lambda result: asked.append(result.points.n))
    for show in ("bootstrap", "size", "bootstrap", "size"):
        carried_on(pipeline, f"?data=moons&n=1000&k=4&n_init=1&show={show}")
    assert asked == [200, 1000]


def test_joined_components_do_not_hide_that_a_run_was_slow(pipeline):
    joined, alone = (carried_on(pipeline, f"{SLOW}&n_init=3{more}") for more in ("&merge=2", ""))
    assert joined is alone is not None


def test_few_iterations_ahead_tell_whether_a_run_is_worth_carrying_on(pipeline):
    """Rises by a constant share sum up to Aitken's estimate; a plateau has no end in sight."""
    steady = 0.5 ** np.arange(10)
    assert still_to_rise(steady) == pytest.approx(steady[-1])  # 1/2 + 1/4 + ... of the last
    assert still_to_rise(np.zeros(10)) == 0.0
    assert still_to_rise(1.1 ** np.arange(10)) == np.inf
    assert still_to_rise(np.exp(-0.5 * np.arange(10) + 0.02 * np.arange(10) ** 2)) == np.inf

    state = from_query(SLOW)[0]
    x, fit = pipeline.points(state.data).fitted, pipeline.models.gmm(state.data, state.model)
    rises = rises_ahead(x, fit, 5)
    for i in range(5):
        here, there = (
            fit_again(x, fit, tol=0.0, max_iter=fit.n_iter + j).log_likelihood for j in (i, i + 1)
        )
        assert rises[i] == pytest.approx(there - here, rel=1e-4)
