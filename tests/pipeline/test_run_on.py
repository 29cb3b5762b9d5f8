"""A fit that met its tolerance and was only slow is carried on, within a bound of work."""

import pytest

from gmm_dash.state import from_query
from tests.claims.case import sklearn_fit

SLOW = "?data=moons&n=200&noise=0.05&dseed=0&k=4"


def carried_on(pipeline, link):
    return pipeline.run_on(from_query(link)[0])


def test_a_slow_run_is_carried_on_as_scikit_learn_would(pipeline):
    on, state = carried_on(pipeline, SLOW), from_query(SLOW)[0]
    x, fit = pipeline.points(state.data).fitted, pipeline.gmm(state.data, state.model)
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
