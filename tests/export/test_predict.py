"""A saved model labels other rows as scikit-learn does, or says which column is not there."""

import io
import json

import numpy as np
import pandas as pd
import pytest
from sklearn.mixture import GaussianMixture

import gmm_dash
from gmm_dash.callbacks.export import write
from gmm_dash.config import Config
from gmm_dash.contract.addresses import BESIDE
from gmm_dash.errors import GmmDashError
from gmm_dash.factory import create_app
from gmm_dash.state import from_query


@pytest.fixture(scope="module")
def saved(pipeline):
    """Return the text of a model, and the rows that it was fitted to."""
    state = from_query("?data=iris&k=3&n_init=1&scale=standard&cov=tied")[0]
    frame, _ = pipeline.data.whole_table(state.data)
    return write("model", state, pipeline)[1], frame


def sklearn_mixture(content):
    model = GaussianMixture(len(content["mixture"]["weights"]), covariance_type="full")
    model.weights_ = np.array(content["mixture"]["weights"])
    model.means_ = np.array(content["mixture"]["means"])
    covariances = np.array(content["mixture"]["covariances"])
    model.precisions_cholesky_ = np.linalg.cholesky(np.linalg.inv(covariances))
    return model


def test_labels_posteriors_and_densities_are_scikit_learns(saved, tmp_path):
    text, training = saved
    content = json.loads(text)
    (tmp_path / "m.json").write_text(text)
    rows = np.random.default_rng(1).choice(150, 40)
    new = training.iloc[rows, ::-1] + pd.DataFrame(0.0, training.index[rows], content["columns"])
    new = new.assign(other="text").set_axis([f"r{i}" for i in range(40)])
    new.iloc[3, 2] = np.nan
    found = gmm_dash.predict(content, new)
    for same in (tmp_path / "m.json", str(tmp_path / "m.json"), text):
        pd.testing.assert_frame_equal(gmm_dash.predict(same, new), found)
    assert found.index.tolist() == new.index.tolist()
    assert found.loc["r3"].isna().all()
    known = found.drop("r3")
    x = new.loc[known.index, content["columns"]].to_numpy(float)
    z = (x - content["shift"]) / content["scale"]
    oracle = sklearn_mixture(content)
    shares = [name for name in found if name.startswith("P(")]
    assert known[shares].to_numpy() == pytest.approx(oracle.predict_proba(z), abs=1e-9)
    assert (known["component"] == oracle.predict(z) + 1).all()
    assert known["log_density"].to_numpy() == pytest.approx(oracle.score_samples(z), rel=1e-9)
    assert known["certainty"].to_numpy() == pytest.approx(oracle.predict_proba(z).max(axis=1))
    centres = np.array(content["kmeans"]["centers"])
    assert (known["cluster"] == ((z[:, None] - centres) ** 2).sum(2).argmin(1) + 1).all()
    everywhere = oracle.score_samples(
        (training[content["columns"]].to_numpy() - content["shift"]) / content["scale"]
    )
    below = (everywhere[:, None] < oracle.score_samples(z)).mean(axis=0)
    assert np.abs(known["density_quantile"] - below).max() < 0.015


def test_groups_and_their_names_are_those_of_the_page(pipeline):
    state = from_query("?data=iris&k=4&n_init=1&cov=tied&merge=3&names=1:small&scale=none")[0]
    content = json.loads(write("model", state, pipeline)[1])
    frame = pipeline.data.whole_table(state.data)[0]
    found = gmm_dash.predict(content, frame)
    labels = pd.read_csv(
        io.StringIO(write("posteriors", state, pipeline)[1]), keep_default_na=False
    )
    assert found["group"].tolist() == labels["group"].astype(str).tolist()
    assert found["group_posterior"].to_numpy() == pytest.approx(labels["group_posterior"], abs=1e-5)
    assert found["name"].tolist() == labels["name"].tolist()
    assert set(labels["name"]) == {"small", ""}
    alone = json.loads(write("model", state.but(merge=0), pipeline)[1])
    plain = gmm_dash.predict(alone, frame)
    assert "group" not in plain
    assert ((plain["name"] == "small") == (plain["component"] == 1)).all()
    for wrong in (
        [[1], [2], [3]],
        [[1, 2], [2, 3, 4]],
        [[1, 2, 3, "4"]],
        [[]],
        "1+2",
        [[1, 2, 3, True]],
    ):
        with pytest.raises(GmmDashError, match="groups do not hold each component once"):
            gmm_dash.predict(content | {"mixture": content["mixture"] | {"groups": wrong}}, frame)
    with pytest.raises(GmmDashError, match="not one name for each group"):
        gmm_dash.predict(content | {"mixture": content["mixture"] | {"names": ["a"]}}, frame)


def test_an_array_has_the_models_columns_in_order(saved):
    content = json.loads(saved[0])
    x = saved[1][content["columns"]]
    framed, plain = gmm_dash.predict(content, x), gmm_dash.predict(content, x.to_numpy())
    pd.testing.assert_frame_equal(framed, plain)
    empty = gmm_dash.predict(content, x.iloc[:2].mask(x.iloc[:2] > 0))
    assert empty.shape == (2, 8)
    assert empty.isna().all(axis=None)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda f: f.rename(columns=str.upper), "SEPAL LENGTH (CM) may be sepal length (cm)"),
        (lambda f: f.iloc[:, :3], "this table has no column petal width (cm)"),
        (lambda f: f.assign(**{"petal width (cm)": "wide"}), "petal width (cm) holds no numbers"),
        (lambda f: f.iloc[:, :3].to_numpy(), "fitted to 4 columns"),
    ],
)
def test_other_columns_are_a_sentence(saved, change, sentence):
    with pytest.raises(GmmDashError) as caught:
        gmm_dash.predict(saved[0], change(saved[1]))
    assert sentence in caught.value.sentence


@pytest.mark.parametrize("model", ["{}", "nowhere.json", {"format": "gmm-dash model"}, 7, b"\xff"])
def test_what_is_no_model_is_a_sentence(saved, model):
    with pytest.raises(GmmDashError):
        gmm_dash.predict(model, saved[1])


def test_a_model_sent_to_the_page_labels_the_table_that_is_open(saved, tmp_path):
    client = create_app(Config(store=str(tmp_path))).server.test_client()
    text, frame = saved
    rows = frame.drop(columns="true group").assign(note=[f"n{i}" for i in range(150)])
    rows.iloc[2, 1] = np.nan
    key = client.post("/tables", data=rows.to_csv(index=False)).json["key"]

    def send(link, query=""):
        return client.post(f"/tables{query}", data=text, headers={BESIDE: link})

    link = f"?data=upload&table={key}"
    said = send(link).json["applied"]
    assert said.startswith("The model labels 149 of 150 rows by component: ")
    expected = gmm_dash.predict(text, rows)
    counts = expected["component"].value_counts().sort_index()
    assert ", ".join(f"{n} in {i}" for i, n in counts.items()) in said
    back = pd.read_csv(io.StringIO(send(link, "?as=labels").text))
    assert back["note"].tolist() == rows["note"].tolist()
    assert back["row"].tolist() == list(range(2, 152))
    assert back["component"].fillna(0).tolist() == expected["component"].fillna(0).tolist()
    assert back["reason"].notna().tolist() == [i == 2 for i in range(150)]
    assert "has no columns" in send("?data=moons").json["message"]
    assert "key is not complete" in send("?data=upload&table=x").json["message"]
