"""``gmm-dash export``: the files of the page's menu, without a page."""

import json
import re

import numpy as np
import pandas as pd
import pytest

from gmm_dash.cli import main
from gmm_dash.export import read_model

TABLE = "name,x,y\n" + "".join(f"p{i},{i % 2 * 9 + i * 0.1:.1f},{i * 7 % 5}\n" for i in range(12))


@pytest.fixture
def saved(tmp_path, capsys):
    """Save one kind of file of a table; return its path."""
    (tmp_path / "table.csv").write_text(TABLE + "late,,3\n")

    def run(kind, out, query="?k=2&n_init=1"):
        file, target = tmp_path / "table.csv", tmp_path / out
        code = main(["export", query, "--file", str(file), "--what", kind, "-o", str(target)])
        assert (code, *capsys.readouterr()) == (0, "", "")
        return target

    return run


def test_labels_take_their_form_from_the_name(saved):
    labels = pd.read_csv(saved("labels", "labels.csv"))
    assert labels["row"].tolist() == list(range(2, 15))
    assert labels["name"].tolist() == [*(f"p{i}" for i in range(12)), "late"]
    assert labels["component"].isna().tolist() == [False] * 12 + [True]
    for other in (
        pd.read_excel(saved("labels", "labels.xlsx"), "labels"),
        pd.read_parquet(saved("labels", "labels.parquet")),
    ):
        assert list(other.columns) == list(labels.columns)
        assert other["component"].dropna().tolist() == labels["component"].dropna().tolist()


def test_code_model_and_data(saved):
    compile(saved("script", "it.py").read_text(), "it.py", "exec")
    assert json.loads(saved("notebook", "it.ipynb").read_text())["nbformat"] == 4
    assert read_model(saved("model", "it.json").read_text()).columns == ("x", "y")
    assert pd.read_csv(saved("data", "it.csv")).shape == (12, 2)
    groups = pd.read_csv(saved("profile", "it.csv"))
    assert groups.groupby("method")["rows"].first().sum() <= 12
    assert set(groups["column"]) == {"x", "y"}
    assert groups["most typical rows"].str.match(r"p\d+; ").all()


def test_the_report_tells_file_rows_components_and_settings_that_apply(saved):
    labels = pd.read_csv(saved("labels", "labels.csv")).dropna(subset="component")
    text = saved("report", "report.html").read_text()
    cell = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>")
    tables = {
        title: [cell.findall(row) for row in table.strip().split("\n")]
        for title, table in re.findall(r"<h2>(.*?)</h2>\n<table>(.*?)</table>", text, re.DOTALL)
    }
    data = dict(tables["Data"])
    assert (data["File"], data["Rows read"], data["Rows fitted"]) == ("table.csv", "13", "12")
    assert data["Rows left out"] == "1"
    assert data["Remark"] == "1 of 13 rows left out (line 14): missing values in x."
    head, *rows = tables["Components: mean ± standard deviation"]
    assert head == ["Component", "Weight", "Points", "x", "y"]
    for number, weight, _, *columns in rows:
        share = labels[f"P({number})"]
        assert float(weight) == pytest.approx(share.mean(), abs=1e-5)
        for name, told in zip("xy", columns, strict=True):
            mean, spread = map(float, told.split(" ± "))
            expected = np.average(labels[name], weights=share)
            variance = np.average((labels[name] - expected) ** 2, weights=share)
            assert mean == pytest.approx(expected, rel=1e-4)
            assert spread == pytest.approx(variance**0.5, rel=1e-3)
    keys = {row[2] for row in tables["Settings"]}
    assert {"data", "k", "cov"} <= keys
    assert keys.isdisjoint({"n", "noise", "centers", "dseed", "orient", "dmap"})
    assert [row[0] for row in tables["Versions"]][:2] == ["gmm-dash", "Python"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["?k=2", "--what", "nothing", "-o", "x"], "invalid choice: 'nothing'"),
        (["?k=2&n_init=1", "--what", "labels", "-o", "/nowhere/x.csv"], "Cannot write /nowhere"),
        (["?view=select", "--what", "labels", "-o", "x"], "This view has no such file."),
        (["?k=two", "--what", "labels", "-o", "x"], "two"),
        (["?k=2", "--file", "nowhere.csv", "--what", "data", "-o", "x"], "Cannot read nowhere"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_exit_2(
    capsys, tmp_path, monkeypatch, arguments, sentence
):
    monkeypatch.chdir(tmp_path)
    try:
        code = main(["export", *arguments])
    except SystemExit as end:
        code = end.code
    out, err = capsys.readouterr()
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert sentence in err
    assert list(tmp_path.iterdir()) == []
