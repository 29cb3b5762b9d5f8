"""``gmm-dash sample``: new rows from a fitted mixture, which are scikit-learn's."""

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.mixture import GaussianMixture

from gmm_dash import cli
from gmm_dash.pipeline.parted.crew import Alone
from gmm_dash.pipeline.parted.draws import (
    draw_rows,
    model_to_draw_from,
    portions,
    write_draws,
)
from gmm_dash.pipeline.parted.study import open_table

RNG = np.random.default_rng(6)
X = np.concatenate(
    [RNG.normal(size=(300, 2)) @ [[1, 0.7], [0, 2]] + [9 * i, 4 * i] for i in (1, 2)]
)


@pytest.fixture
def printed(tmp_path, capsys):
    """Return the file with what ``gmm-dash fit`` prints of a small table."""
    pd.DataFrame(X, columns=["x", "component"]).to_parquet(tmp_path / "table.parquet")
    argv = ["fit", str(tmp_path / "table.parquet"), "?k=2&n_init=1", "--workers", "1"]
    assert cli.main(argv) == 0
    file = tmp_path / "models.json"
    file.write_text(capsys.readouterr().out)
    return file


def run(capsys, *argv):
    code = cli.main(["sample", *map(str, argv)])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else None, err


def oracle_of(best, seed):
    """Return scikit-learn's mixture with these parameters."""
    made = GaussianMixture(best["n_components"], random_state=seed)
    made.weights_, made.means_ = np.array(best["weights"]), np.array(best["means"])
    made.covariances_ = np.array(best["covariances"])
    made.precisions_cholesky_ = np.linalg.cholesky(np.linalg.inv(made.covariances_))
    return made


def test_rows_are_those_that_scikit_learn_draws(capsys, printed, tmp_path):
    out = tmp_path / "drawn"
    code, found, _ = run(capsys, printed, out, "--rows", 500, "--seed", 7)
    assert code == 0
    assert found == {
        "sentences": [f"500 rows drawn from full with 2 components, in 1 file at {out}."],
        "place": str(out), "columns": ["x", "component"], "n": 500, "files": 1, "random_state": 7,
    }  # fmt: skip
    frame = pd.read_parquet(out / "part-00000.parquet")
    rows, labels = oracle_of(json.loads(printed.read_text())["best"], 7).sample(500)
    assert list(frame) == ["x", "component", "component_"], "a column of this name is kept"
    np.testing.assert_array_equal(frame[["x", "component"]], rows)
    np.testing.assert_array_equal(frame["component_"] - 1, labels)
    assert open_table(Alone(), str(out), ["x", "component"]).n_rows == 500


def test_many_files_are_draws_with_one_seed_each_and_of_the_mixture(printed, tmp_path):
    model, n = model_to_draw_from(printed.read_text()), 30_000
    files = portions(n, 2, 8_000)
    assert [one.rows for one in files] == [8_000, 8_000, 8_000, 6_000]
    assert max(one.rows * 50 for one in portions(1_000_000, 50)) <= 10_000_000
    assert sum(one.rows for one in portions(1_000_000, 50)) == 1_000_000
    assert write_draws(Alone(), model, files, 3, str(tmp_path / "a")) == n
    assert write_draws(Alone(), model, files[::-1], 3, str(tmp_path / "b")) == n
    whole, again = (pd.read_parquet(tmp_path / name) for name in "ab")
    pd.testing.assert_frame_equal(whole, again)
    best = json.loads(printed.read_text())["best"]
    for one in files:
        part = pd.read_parquet(tmp_path / "a" / f"part-{one.number:05}.parquet")
        rows, _ = oracle_of(best, 3 + one.number).sample(one.rows)
        np.testing.assert_array_equal(part[["x", "component"]], rows)
    x, mixture = whole[["x", "component"]].to_numpy(), model.mixture
    mean = mixture.weights @ mixture.means
    apart = mixture.means - mean
    between = np.einsum("k,ki,kj->ij", mixture.weights, apart, apart)
    covariance = np.einsum("k,kij->ij", mixture.weights, mixture.covariances) + between
    error = np.sqrt(np.diagonal(covariance) / n)
    assert (np.abs(x.mean(axis=0) - mean) < 5 * error).all()
    products = (x - mean)[:, :, None] * (x - mean)[:, None, :]
    error = products.std(axis=0) / np.sqrt(n)
    assert (np.abs(products.mean(axis=0) - covariance) < 5 * error).all()
    counts = np.bincount(whole["component_"] - 1)
    error = np.sqrt(n * mixture.weights * (1 - mixture.weights))
    assert (np.abs(counts - n * mixture.weights) < 5 * error).all()


@pytest.mark.parametrize("query", ["&transform=log:w", "&pcs=2"])
def test_rows_of_a_model_file_are_in_the_units_of_its_columns(tmp_path, query):
    frame = pd.DataFrame({"w": np.exp(X[:, 0] / 9), "v": X[:, 1] * 100})
    frame.to_csv(tmp_path / "t.csv", index=False)
    argv = [f"?view=compare&k=2&scale=standard&n_init=1{query}", "--file", str(tmp_path / "t.csv")]
    out = tmp_path / "m.json"
    assert cli.main(["export", *argv, "--what", "model", "-o", str(out)]) == 0
    model = model_to_draw_from(out.read_text())
    drawn = draw_rows(model, 4000, 1)
    own = GaussianMixture(2, covariance_type="full", random_state=1)
    own.weights_, own.means_ = model.mixture.weights, model.mixture.means
    own.covariances_ = model.mixture.covariances
    rows, labels = own.sample(4000)
    np.testing.assert_allclose(model.seen(drawn[["w", "v"]]), rows, atol=1e-9)
    np.testing.assert_array_equal(drawn["component"] - 1, labels)
    assert drawn["w"].min() > 0 or query == "&pcs=2"


def test_what_cannot_be_drawn_is_one_sentence(capsys, printed, tmp_path):
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "notes.txt").write_text("mine")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    found = json.loads(printed.read_text())
    broken = {
        "none": found | {"best": None},
        "heavy": found | {"best": found["best"] | {"weights": [0.5, 0.9]}},
        "flat": found | {"best": found["best"] | {"covariances": [[[0, 0], [0, 0]]] * 2}},
        "short": found | {"columns": ["x"]},
        "nameless": found | {"columns": 3},
        "number": 7,
    }
    for name, content in broken.items():
        (tmp_path / name).write_text(json.dumps(content))
    for model, out, said in (
        (printed, "taken", "Nothing is overwritten"),
        ("nowhere", "new", "Cannot read"),
        ("bytes", "new", "it is no text"),
        ("none", "new", "There is no best mixture"),
        ("heavy", "new", "do not add up to 1"),
        ("flat", "new", "not positive definite"),
        ("short", "new", "This is not a model file"),
        ("nameless", "new", "This is not a model file"),
        ("number", "new", "This is not a model file"),
    ):
        argv = (tmp_path / model, tmp_path / out, "--rows", 1_500_000, "--workers", 1)
        code, answer, err = run(capsys, *argv)
        assert (code, answer) == (2, None), model
        assert said in err, model
        assert len(err.splitlines()) == 1
        assert not (tmp_path / "new").exists()
    for rows in ("0", "1000000001", "-5", "1e3", "9" * 5000):
        with pytest.raises(SystemExit):
            cli.main(["sample", str(printed), str(tmp_path / "new"), "--rows", rows])
        assert "is no number from 1 to 1000000000" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        cli.main(["sample", str(printed), "new", "--rows", "5", "--seed", "1000000001"])
    assert "is no number from 0 to 1000000000" in capsys.readouterr().err


@pytest.mark.parametrize("query", ["&background=on", "&pcs=1"])
def test_a_model_that_rows_do_not_follow_from_is_refused(capsys, tmp_path, query):
    pd.DataFrame(X, columns=["w", "v"]).to_csv(tmp_path / "t.csv", index=False)
    argv = [f"?view=compare&k=2&n_init=1{query}", "--file", str(tmp_path / "t.csv")]
    out = tmp_path / "m.json"
    assert cli.main(["export", *argv, "--what", "model", "-o", str(out)]) == 0
    capsys.readouterr()
    code, _, err = run(capsys, out, tmp_path / "new", "--rows", 5)
    assert code == 2
    assert "background" in err or "principal components" in err
    assert len(err.splitlines()) == 1
