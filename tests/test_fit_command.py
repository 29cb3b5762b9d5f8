"""``gmm-dash fit`` on a folder of Parquet files, in this process alone."""

import json
import sys
from dataclasses import replace
from urllib.parse import parse_qsl

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture
from sklearn.preprocessing import StandardScaler

from gmm_dash import cli, fit_all
from gmm_dash.config import Config
from gmm_dash.errors import StateError
from gmm_dash.factory import open_store
from gmm_dash.state import AppState

RNG = np.random.default_rng(2)
X = np.concatenate([RNG.normal(size=(400, 2)) * [1, 3] + [9 * i, 4 * i] for i in range(3)])


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "table"
    folder.mkdir()
    for i, part in enumerate(np.array_split(RNG.permutation(X), 3)):
        frame = pd.DataFrame(part, columns=["x", "y"]).assign(word="a")
        if i == 1:
            frame.loc[[4, 9], "y"] = np.nan
        frame.to_parquet(folder / f"{i}.parquet", row_group_size=150)
    return folder


def run(capsys, *argv):
    code = cli.main(["fit", *map(str, argv), "--workers", "1"])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else None, err


def test_models_of_all_rows_are_printed_and_labels_written(capsys, place, tmp_path):
    query = "?view=select&kmax=4&types=full,spherical&scale=standard&n_init=2"
    code, found, err = run(capsys, place, query, "--labels", tmp_path / "labels")
    assert code == 0
    assert found["sentences"] == [
        "All models are of all 1,198 complete rows in 3 files.",
        "2 rows have a gap or no finite number and are left out, in 1.parquet.",
        "BIC is lowest for full with 3 components.",
    ]
    assert [one["ends"][0]["n_starts"] for one in found["restarts"]] == [1] * 12
    assert (found["n"], found["left_out"]) == (1198, [{"file": "1.parquet", "rows": 2}])
    assert len(found["models"]) == 8
    assert [one["n_clusters"] for one in found["kmeans"]] == [1, 2, 3, 4]
    frames = [pd.read_parquet(place / f"{i}.parquet")[["x", "y"]] for i in range(3)]
    rows = pd.concat(frames).dropna()
    z = StandardScaler().fit_transform(rows)
    oracle = GaussianMixture(3, tol=1e-6, max_iter=500, n_init=5, random_state=0).fit(z)
    lowest = min(found["models"], key=lambda one: one["bic"])
    assert (lowest["covariance_type"], lowest["n_components"]) == ("full", 3)
    assert lowest["bic"] == pytest.approx(oracle.bic(z), abs=0.1)
    assert all(one["law"] == "ok" for one in found["models"])
    order = np.argsort(oracle.means_[:, 0])
    means = oracle.means_[order] * rows.std(ddof=0).to_numpy() + rows.mean().to_numpy()
    np.testing.assert_allclose(found["best"]["means"], means, atol=0.02)
    labels = pd.concat([pd.read_parquet(tmp_path / "labels" / f"{i}.parquet") for i in range(3)])
    assert (found["labelled"], len(labels), labels["component"].isna().sum()) == (1200, 1200, 2)
    mine = labels["component"].dropna().to_numpy(int) - 1
    assert np.mean(mine == np.argsort(order)[oracle.predict(z)]) > 0.995
    assert "Pass 1, 12 of 12 models still move: 100 %" in err
    assert "First look at every row: 100 %" in err
    assert "Starts of all models in a sample: 50 %" in err
    assert "Labels: 100 %" in err


def test_restarts_over_all_rows_are_printed_and_said(capsys, place):
    query = "?k=4&cov=spherical&init=random_from_data&n_init=1&scale=standard"
    code, found, err = run(capsys, place, query, "--restarts", 6)
    assert code == 0
    assert "Pass 1, 12 of 12 starts still move: 100 %" in err
    frames = [pd.read_parquet(place / f"{i}.parquet")[["x", "y"]] for i in range(3)]
    rows = pd.concat(frames).dropna()
    z, rules = StandardScaler().fit_transform(rows), {"tol": 1e-6, "max_iter": 500}
    shape = {"covariance_type": "spherical", "init_params": "random_from_data"}
    scores, inertias = [], []
    for i in range(6):  # each sample of so short a table is the table
        scores.append(GaussianMixture(4, random_state=i, **shape, **rules).fit(z).score(z))
        inertias.append(KMeans(4, n_init=1, random_state=i).fit(z).inertia_)
    mixture, kmeans = found["restarts"]
    assert (mixture["covariance_type"], mixture["n_components"]) == ("spherical", 4)
    assert (kmeans["n_clusters"], kmeans["n_starts"], mixture["n_starts"]) == (4, 6, 6)
    best, least = max(scores), min(inertias)
    there = sum(best - score <= 1e-3 for score in scores)
    near = sum(one <= 1.001 * least for one in inertias)
    assert (mixture["ends"][0]["n_starts"], kmeans["ends"][0]["n_starts"]) == (there, near)
    assert 0 < there < 6, "starts that end elsewhere are what this is about"
    assert mixture["ends"][0]["log_likelihood"] == pytest.approx(best, abs=1e-4)
    assert kmeans["ends"][0]["inertia"] == pytest.approx(least, rel=1e-4)
    assert found["models"][0]["log_likelihood"] == mixture["ends"][0]["log_likelihood"]
    value, total = mixture["ends"][0]["log_likelihood"], kmeans["ends"][0]["inertia"]
    gap = value - mixture["ends"][1]["log_likelihood"]
    elsewhere = 6 - there - mixture["n_collapsed"]
    assert found["sentences"][2] == (
        f"Of 6 starts of spherical with 4 components, {there} {'end' + 's' * (there == 1)} within "
        f"0.001 of the highest log-likelihood found, {value:.6g} a row; {elsewhere} elsewhere, at "
        f"least {gap:.2g} lower."
    )
    assert found["sentences"][3].startswith(
        f"Of 6 starts of k-means with 4 clusters, {near} {'end' + 's' * (near == 1)} within 0.1 % "
        f"of the lowest inertia found, {total:.6g}"
    )


def test_a_link_to_restarts_has_its_own_number_of_starts(capsys, place):
    link = "?view=restarts&starts=20&k=2&cov=spherical&n_init=1&tol=1e-2&scale=standard"
    _, found, _ = run(capsys, place, link)
    assert [one["n_starts"] for one in found["restarts"]] == [20, 20]
    _, found, _ = run(capsys, place, link, "--restarts", 3)
    assert [one["n_starts"] for one in found["restarts"]] == [3, 3]
    _, found, _ = run(capsys, place, link.replace("starts=20", "starts=60"))
    assert [one["n_starts"] for one in found["restarts"]] == [1, 1]
    assert found["sentences"][-1] == (
        "The link asks for 60 starts, and at most 50 go on over all rows: here it is one of each "
        "model. Ask for more with --restarts."
    )
    _, found, _ = run(capsys, place, link.replace("restarts", "compare", 1))
    assert [one["n_starts"] for one in found["restarts"]] == [1, 1]


def test_one_file_is_a_table_too(capsys, place):
    code, found, _ = run(capsys, place / "0.parquet", "?k=2&cols=x&cov=tied")
    assert (code, found["columns"], found["n"]) == (0, ["x"], 400)
    assert [one["covariance_type"] for one in found["models"]] == ["tied"]
    assert found["sentences"] == ["All models are of all 400 complete rows in 1 file."]


def test_what_is_refused_is_one_sentence(capsys, place, tmp_path):
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "notes.txt").write_text("mine")
    (tmp_path / "by_link").symlink_to(place)
    for argv, said in (
        ((tmp_path / "nowhere",), "There is nothing at"),
        ((place, "?cols=x,word"), "holds no numbers in word"),
        ((place, "?pcs=2"), "pcs is not for tables in many files."),
        ((place, "?k=0"), "K"),
        ((place, "?k=2", "--labels", tmp_path / "taken"), "Nothing is overwritten"),
        ((place, "?k=2", "--labels", place / "labels"), "would be part of it"),
        ((place, "?k=2", "--labels", place.parent / "by_link" / "new"), "would be part of it"),
        ((f"{place}/", "?k=2", "--labels", f"{place}/../table/a/b"), "would be part of it"),
    ):
        code, found, err = run(capsys, *argv)
        assert (code, found) == (2, None), argv
        assert said in err
        assert len(err.splitlines()) == 1
    assert (tmp_path / "taken" / "notes.txt").read_text() == "mine"
    assert sorted(one.name for one in place.iterdir()) == ["0.parquet", "1.parquet", "2.parquet"]
    with pytest.raises(SystemExit):
        cli.main(["fit", str(place), "--workers", "0"])
    assert "no number from 1" in capsys.readouterr().err
    for restarts in ("0", "51", "-3", "²", "9" * 5000):
        with pytest.raises(SystemExit):
            cli.main(["fit", str(place), "--restarts", restarts])
        assert "no number from 1 to 50" in capsys.readouterr().err


def test_work_that_ends_early_prints_what_it_has_and_writes_no_labels(
    capsys, place, tmp_path, monkeypatch
):
    gone = place / "2.parquet"
    real = fit_all._Lines.passes

    def vanish(self, runs, done, of):
        real(self, runs, done, of)
        if runs is not None and runs.passes == 1:
            gone.unlink(missing_ok=True)

    monkeypatch.setattr(fit_all._Lines, "passes", vanish)
    code, found, _ = run(capsys, place, "?k=3&tol=0", "--labels", tmp_path / "out")
    assert code == 2
    assert found["stopped"].startswith("The file 2.parquet is not there")
    assert found["sentences"][0] == "1,198 complete rows in 3 files."
    assert found["sentences"][-1] == found["stopped"]
    assert (found["labelled"], found["best"]) == (0, None)
    assert not (tmp_path / "out").exists()


def test_settings_are_those_of_a_link():
    state = AppState().but(view="select", kmin=2, kmax=3, types="diag", scale="standard", tol=1e-3)
    plan = fit_all.plan_of(state)
    assert (plan.ks, plan.covariance_types, plan.standardise) == ((2, 3), ("diag",), True)
    assert plan.rules.tol == 1e-3
    assert fit_all.plan_of(AppState().but(k=7, cov="tied")).ks == (7,)
    with pytest.raises(StateError, match="gaps"):
        fit_all.plan_of(AppState().but(gaps="use"))


def test_the_page_opens_on_a_sample_and_says_so(place, tmp_path, capsys):
    config = replace(Config(), store=str(tmp_path / "store"), fit_rows=500)
    store = open_store(config)
    config, key, report = cli._sample(str(place), (), config, store)
    told = capsys.readouterr().err.splitlines()
    assert told[-1] == "First look at every row: 100 %"
    assert len(told) == len(set(told)) == 3, "one line for each of the files"
    assert 498 <= report.n_rows <= 500, "two of the rows have a gap, and may be among those drawn"
    assert (
        f"These are a random sample of 1,198 complete rows in 3 files at {place}; every result "
        "here is of the sample, where it does not say all rows." in report.sentence
    )
    drawn = {tuple(row) for row in store.get(key).frame.to_numpy()}
    assert len(drawn) == report.n_rows
    assert drawn <= {tuple(row) for row in X}
    _, _, whole = cli._sample(str(place), ("x",), replace(config, fit_rows=5000), store)
    assert f"These are all 1,200 complete rows in 3 files at {place}." in whole.sentence
    opened = dict(parse_qsl(cli._opening(str(place), (), config, store)[1].lstrip("?")))
    assert (opened["data"], opened["table"]) == ("upload", key)


def test_lowest_is_said_of_those_that_stand_where_not_all_do(capsys, place):
    query = "?view=select&kmax=5&types=full&scale=standard&n_init=2"
    for i in range(3):  # a point so often that a component on it has no width
        frame = pd.read_parquet(place / f"{i}.parquet")
        frame.loc[10:80, ["x", "y"]] = [40.0, 40.0]
        frame.to_parquet(place / f"{i}.parquet", row_group_size=150)
    code, found, _ = run(capsys, place, query)
    assert code == 0
    fallen = [one for one in found["models"] if one["degenerate"]]
    assert fallen, "a collapsed model is what this is about"
    stand = [one for one in found["models"] if not one["degenerate"]]
    said = found["sentences"][-1]
    of = "1 model that stands" if len(stand) == 1 else f"{len(stand)} models that stand"
    assert said.startswith(f"Of the {of}, BIC is lowest for full with ")
    best = min(stand, key=lambda one: one["bic"])
    assert f"with {best['n_components']} component" in said


def test_without_dask_one_process_does_it(capsys, place, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert cli.main(["fit", str(place), "?k=2"]) == 0
    assert json.loads(capsys.readouterr().out)["workers"] == 1
    monkeypatch.setenv("GMM_DASH_SCHEDULER", "tcp://127.0.0.1:8786")
    assert cli.main(["fit", str(place), "?k=2"]) == 2
    assert "Dask is not installed" in capsys.readouterr().err


def test_without_regularisation_what_collapses_is_left_out_and_said(capsys, place):
    for i in range(3):
        frame = pd.read_parquet(place / f"{i}.parquet")
        frame.loc[10:200, ["x", "y"]] = [60.0, 60.0]  # far from all others, and without a width
        frame.to_parquet(place / f"{i}.parquet", row_group_size=150)
    query = "?view=select&kmin=1&kmax=4&types=full,tied&scale=standard&n_init=2&reg=0"
    code, found, _ = run(capsys, place, query)
    assert code == 0
    left = [one for one in found["unbegun"] if one["covariance_type"] == "full"]
    assert left, "a component on the repeated point has no width"
    assert len(found["models"]) + len(found["unbegun"]) == 8
    fitted = {(one["covariance_type"], one["n_components"]) for one in found["models"]}
    assert ("full", 1) in fitted
    for one in found["unbegun"]:
        assert (one["covariance_type"], one["n_components"]) not in fitted
        said = f"{one['covariance_type']} with {one['n_components']} components is left out"
        assert any(line.startswith(said) for line in found["sentences"])
    assert found["sentences"][-1].startswith("Of the ")
    assert len(found["kmeans"]) == 4, "k-means needs no width"
