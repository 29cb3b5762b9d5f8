"""An exported script, run where this package does not exist, gives what the page shows."""

import itertools

import numpy as np
import pytest

from gmm_dash.config import Config
from gmm_dash.datasets import DATASETS
from gmm_dash.export import compare_program, data_csv, python_script
from gmm_dash.pipeline import Pipeline
from gmm_dash.state import COVARIANCE_TYPES, from_query
from tests.export.conftest import run_scripts

CASES = list(itertools.product(DATASETS.names(), COVARIANCE_TYPES))
HOSTILE = {
    '"""\nraise SystemExit("ran")\n"""': [0.1, 0.2, 5.1, 5.3, 0.15, 5.2],
    "=cmd|' /C calc'!A0": [1.5, 1.25, 7.1, 7.3, 1.4, 7.0],
    "<a href='javascript:1'>$x_1$</a>\\": [0.30000000000000004, 1e-5, 2.0, 2.5, 0.1, 2.2],
    "kind": ["NA", "b, c", "NA", '"', "=1+1", "b, c"],
    "some": ["a", None, "b", "a", None, "b"],
}


def compare_script(state, result):
    """Return the script of the Compare view."""
    return python_script(state, compare_program(state, result))


def agree(found, result):
    """Assert that points, labels, groups and scores are the page's."""
    assert np.array_equal(found["X"], result.points.origin.raw)
    assert found["bic"] == pytest.approx(result.gmm_fit.bic, rel=1e-6, abs=1e-4)
    assert found["inertia"] == pytest.approx(result.kmeans_fit.inertia, rel=1e-9)
    assert found["kmeans"] == (result.kmeans.labels + 1).tolist()
    side = result.gmm.components
    other = np.flatnonzero(np.array(found["mixture"]) != side.labels + 1)
    runner_up = np.sort(side.responsibilities, axis=1)[other, -2:-1]
    assert (side.certainty[other, None] - runner_up < 1e-4).all()  # no sure point may change
    joined = [list(result.gmm.called), result.gmm.labels.tolist()]
    assert found["joined"] == (None if result.gmm.groups is None else joined)


@pytest.fixture(scope="module")
def runs(pipeline, tmp_path_factory):
    states = {f"{d}_{c}": from_query(f"?data={d}&cov={c}")[0] for d, c in CASES}
    small = {"n": 300, "n_init": 2, "max_iter": 40}
    states = {name: state.but(k=min(state.model.k, 3), **small) for name, state in states.items()}
    results = {name: pipeline.compare.comparison(state) for name, state in states.items()}
    scripts = {name: compare_script(states[name], results[name]) for name in states}
    found = run_scripts(tmp_path_factory.mktemp("scripts"), scripts)
    return {name: (found[name], results[name]) for name in states}


@pytest.mark.parametrize(("dataset", "kind"), CASES)
def test_every_data_set_and_covariance_type(runs, dataset, kind):
    found, result = runs[f"{dataset}_{kind}"]
    agree(found, result)
    truth = result.points.labels
    assert found["truth"] == (None if truth is None else truth.tolist())


OTHER_STATES = {
    "few_columns": "?data=iris&cols=petal%20width%20(cm),sepal%20length%20(cm)&k=3",
    "components": "?data=wine&x=PC1&y=PC3&k=3&n_init=3",
    "early_stop": "?data=bars&cov=tied&tol=0.001&init=kmeans&n_init=1",
    "limit": "?data=overlap&max_iter=3&n_init=2&seed=7",
    "random_start": "?data=grid&kinit=random&n_init=1&seed=3&init=random&tol=0.001",
    "whitened": "?data=stretched&init=whitened&cov=tied&k=3&n_init=2",
    "one_cluster": "?data=moons&k=1",
    "joined": "?data=moons&n=200&noise=0.05&k=6&merge=3&n_init=1",
    "squeezed": "?data=blobs&stretch=0.8&n=300&n_init=1",
    "made_round": "?data=stretched&stretch=-1&n_init=1",
    "bent": "?data=iris&k=3&n_init=2&transform=log:petal length (cm),robust:petal width (cm)",
    "bent_unscaled": "?data=iris&k=3&scale=none&n_init=2&transform=sqrt:petal length (cm),"
    "asinh:petal width (cm),standard:sepal width (cm)",
    "reduced": "?data=wine&k=3&n_init=2&pcs=0.8",
    "bent_reduced": "?data=iris&k=3&n_init=2&pcs=2&transform=log:petal length (cm)",
    "other_numbers": "?data=rings&n=333&noise=0.15&centers=3&dseed=5&k=6&reg=0.001"
    "&init=random_gaussians",
}


def test_other_settings(pipeline, tmp_path):
    states = {name: from_query(link)[0] for name, link in OTHER_STATES.items()}
    results = {name: pipeline.compare.grouped(state) for name, state in states.items()}
    found = run_scripts(tmp_path, {n: compare_script(states[n], results[n]) for n in states})
    for name in states:
        agree(found[name], results[name])


@pytest.mark.parametrize("most", [1000, 3000])
def test_many_rows_are_fitted_again(tmp_path, most):
    """All of them from where their sample's fits end, or the sample, drawn again."""
    pipeline = Pipeline(Config(fit_rows=1000, all_rows=most), None)
    state, _ = from_query("?data=three&n=3000&scale=standard&cov=spherical&n_init=2")
    result = pipeline.compare.comparison(state)
    assert result.points.n == most
    assert (
        result.kmeans_fit.inertia
        <= most * 1.01 / 1000 * pipeline.models.kmeans(state.data, state.model).inertia
    )
    agree(run_scripts(tmp_path, {"a": compare_script(state, result)})["a"], result)


@pytest.mark.parametrize("scale", ["none", "standard"])
@pytest.mark.parametrize("label", ["kind", "some", ""])
def test_a_users_table_with_hostile_names(pipeline, stored_frame, tmp_path, scale, label):
    key = stored_frame(HOSTILE)
    state, _ = from_query(f"?data=upload&k=2&cov=diag&reg=0.01&scale={scale}")
    state = state.but(table=key, label=label)
    result = pipeline.compare.comparison(state)
    assert result.points.d == 3
    (tmp_path / "data.csv").write_text(data_csv(result.points), encoding="utf-8")
    found = run_scripts(tmp_path, {"a": compare_script(state, result)})["a"]
    agree(found, result)
    assert found["columns"] == list(result.points.columns)
    if label:
        groups = np.array(found["truth"])
        same = result.points.labels[:, None] == result.points.labels
        assert np.array_equal(groups[:, None] == groups, same)
        assert np.array_equal(groups == -1, result.points.labels == -1)
