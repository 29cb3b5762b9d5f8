import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.mixture import GaussianMixture

from gmm_dash.export import (
    ModelFileError,
    colors_model_json,
    density_model_json,
    model_json,
    read_model,
)
from gmm_dash.state import from_query


@pytest.fixture(scope="module", params=["full", "tied", "diag", "spherical"])
def made(request, pipeline):
    state, _ = from_query(f"?data=iris&cov={request.param}&k=3&n_init=2")
    return state, pipeline.compare.comparison(state)


def test_a_model_comes_back_and_gives_the_same_posteriors(made):
    state, result = made
    model = read_model(model_json(state, result))
    assert model.columns == result.points.columns
    assert model.covariance_type == state.model.covariance_type
    assert np.array_equal(model.centers, result.kmeans.mixture.means)
    assert model.predict_proba(result.points.raw) == pytest.approx(
        result.gmm.responsibilities, abs=1e-6
    )
    assert model.predict(result.points.raw[:5]).tolist() == result.gmm.labels[:5].tolist()


def test_the_file_rebuilds_a_scikit_learn_mixture(made):
    """The recipe that the documentation gives."""
    state, result = made
    content = json.loads(model_json(state, result))
    saved = content["mixture"]
    model = GaussianMixture(len(saved["weights"]), covariance_type="full")
    model.weights_ = np.array(saved["weights"])
    model.means_ = np.array(saved["means"])
    model.covariances_ = np.array(saved["covariances"])
    inverse = np.linalg.inv(model.covariances_)
    model.precisions_cholesky_ = np.linalg.cholesky(inverse)
    z = (result.points.raw - content["shift"]) / content["scale"]
    assert model.predict_proba(z) == pytest.approx(result.gmm.responsibilities, abs=1e-6)


def test_a_model_of_bent_columns_bends_new_rows_too(pipeline):
    link = "?data=iris&k=2&n_init=1&transform=log:petal length (cm),robust:petal width (cm)"
    state, _ = from_query(link)
    result = pipeline.compare.comparison(state)
    text = model_json(state, result)
    assert json.loads(text)["transforms"] == ["", "", "log", ""]
    found = read_model(text).predict_proba(result.points.raw)
    assert found == pytest.approx(result.gmm.responsibilities, abs=1e-6)
    for wrong in (["log"], ["cube", "", "", ""], "log"):
        with pytest.raises(ModelFileError, match="transform"):
            read_model(json.dumps(json.loads(text) | {"transforms": wrong}))


def test_a_model_of_principal_components_turns_new_rows_too(pipeline):
    state, _ = from_query("?data=wine&k=3&n_init=1&pcs=3")
    result = pipeline.compare.comparison(state)
    text = model_json(state, result)
    model = read_model(text)
    rows = result.points.origin.raw
    assert model.columns == result.points.origin.columns
    np.testing.assert_allclose(model.seen(rows), result.points.fitted, atol=1e-9)
    found = model.predict_proba(rows)
    assert found == pytest.approx(result.gmm.responsibilities, abs=1e-6)
    saved = json.loads(text)
    for wrong in (
        {"mean": [0.0], "components": saved["pca"]["components"]},
        {"mean": saved["pca"]["mean"], "components": [[1.0]]},
        {"mean": saved["pca"]["mean"], "components": 14 * [13 * [1.0]]},
        [],
    ):
        with pytest.raises(ModelFileError):
            read_model(json.dumps(saved | {"pca": wrong}))


def test_the_density_views_mixture_comes_back_without_k_means(pipeline):
    state, _ = from_query("?view=density&data=iris&k=2&n_init=1&scale=standard")
    study = pipeline.density.study(state)
    model = read_model(density_model_json(state, study))
    assert model.centers.shape == (0, 4)
    labels = model.predict(study.points.raw)
    assert labels.tolist() == study.fit.labels.tolist()


def test_a_model_of_colours_takes_colours_as_the_image_has_them(pipeline):
    state, _ = from_query("?view=colors&image=flower&colors=3")
    study = pipeline.colors.study(state)
    model = read_model(colors_model_json(state, study))
    assert model.columns == ("red", "green", "blue")
    assert (255 * model.centers).round() == pytest.approx(study.kmeans.palette.astype(float))
    row = study.pixels[200]
    assert (model.predict(row) == study.gmm.labels[200]).all()


def broken(**changes):
    """Return a small valid file with one thing wrong."""
    content = {
        "format": "gmm-dash model",
        "version": 1,
        "columns": ["a", "b"],
        "shift": [0, 0],
        "scale": [1, 1],
        "mixture": {
            "covariance_type": "full",
            "weights": [0.5, 0.5],
            "means": [[0, 0], [1, 1]],
            "covariances": [[[1, 0], [0, 1]], [[1, 0], [0, 1]]],
        },
        "kmeans": {"centers": [[0, 0], [1, 1]]},
    }
    for path, value in changes.items():
        *parents, last = path.split("__")
        section = content
        for name in parents:
            section = section[name]
        section[last] = value
    return json.dumps(content)


def test_the_small_file_is_valid():
    assert read_model(broken()).mixture.n_components == 2


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"format": "other"}, "format"),
        ({"version": 2}, "version"),
        ({"columns": []}, "columns"),
        ({"columns": [1, 2]}, "columns"),
        ({"scale": [1, 0]}, "positive"),
        ({"shift": [0]}, "shift"),
        ({"mixture": 3}, "mixture"),
        ({"mixture__covariance_type": "round"}, "covariance type"),
        ({"mixture__weights": [0.5, 0.6]}, "weights"),
        ({"mixture__weights": [1.5, -0.5]}, "weights"),
        ({"mixture__weights": []}, "weights"),
        ({"mixture__weights": ["a", "b"]}, "weights"),
        ({"mixture__means": [[0, 0]]}, "means"),
        ({"mixture__means": [[0, 0], [1, float("nan")]]}, "means"),
        ({"mixture__means": [[0], [1, 2]]}, "means"),
        ({"mixture__covariances": [[[1, 0.5], [0, 1]]] * 2}, "symmetric"),
        ({"mixture__covariances": [[[1, 2], [2, 1]]] * 2}, "definite"),
        ({"kmeans__centers": [[0, 0, 0]]}, "centers"),
        ({"kmeans": None}, "kmeans"),
    ],
)
def test_anything_else_is_refused_by_name(changes, word):
    with pytest.raises(ModelFileError, match=word) as refused:
        read_model(broken(**changes))
    assert refused.value.hint


@settings(deadline=None, max_examples=100)
@given(st.text() | st.recursive(st.none() | st.integers(), st.lists).map(json.dumps))
def test_any_text_is_a_model_or_refused(text):
    with pytest.raises(ModelFileError):
        read_model(text)


def test_a_deeply_nested_text_is_refused():
    with pytest.raises(ModelFileError):
        read_model("[" * 100_000)
