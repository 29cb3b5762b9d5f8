"""Every row of a user's file comes back on its line, with every column and its result."""

import io
from dataclasses import replace

import numpy as np
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from sklearn.mixture import GaussianMixture

from gmm_dash.callbacks.export import write
from gmm_dash.export import labels_csv, labels_parquet, labels_workbook
from gmm_dash.factory import open_store
from gmm_dash.pipeline import Pipeline
from gmm_dash.state import from_query
from gmm_dash.tables import TableStore, read_and_store, read_table
from tests.export.conftest import run_scripts

OURS = ["cluster", "component", "certainty", "P(1)", "P(2)", "log_density", "outlier", "fitted"]


def labelled(pipeline, data, query="?k=2&n_init=1"):
    """Return every row of a file with its labels."""
    key, _ = read_and_store(data, None, None, pipeline.store)
    state = from_query(f"{query}&data=upload&table={key}&scale=standard")[0]
    return pipeline.labels.labelled(state)


def read(text):
    """Return the exported CSV, every cell as the text that it is."""
    return pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)


def plain(cell):
    """Return the number in a cell with either decimal sign, or its text."""
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return cell


def measured(n=12):
    """Return rows of two clear groups: name, x and y with a decimal comma, a word for a gap."""
    rng = np.random.default_rng(3)
    x = np.where(np.arange(n) % 2, 10, 1) + rng.normal(0, 0.3, (2, n)).round(2)
    return [[f"p{i}", f"{a:.2f}".replace(".", ","), f"{b:.2f}".replace(".", ","), "k"]
            for i, (a, b) in enumerate(x.T)]  # fmt: skip


def awkward():
    """Return a file with all that moves lines, and for each line what its cells are."""
    rows = measured()
    rows[2][0] = '"two\nlines"'
    rows[4][1] = "n.d."
    lines = ["# measured in 2020", "", "probe;x;y;probe;row"]
    cells = {}
    for i, row in enumerate([*rows, ["cut", "1,5"], ["Total", "71,5", "70,2", "", "12"]]):
        full = [*row, str(i)] if len(row) == 4 else row
        cells[sum(line.count("\n") + 1 for line in lines) + 1] = [c.strip('"') for c in full]
        lines.append(";".join(full))
        if i == 6:
            lines.append("")
    return "\n".join(lines), cells


def test_each_row_stands_on_its_line_with_all_the_users_cells(pipeline):
    text, cells = awkward()
    found = read(labels_csv(labelled(pipeline, text.encode(), "?k=2&n_init=1&cols=x,y")))
    assert list(found.columns) == ["row_2", "probe", "x", "y", "probe.1", "row", *OURS, "reason"]
    assert found["row_2"].astype(int).tolist() == sorted(cells)
    for (line, wanted), row in zip(
        sorted(cells.items()), found.itertuples(index=False), strict=True
    ):
        given = [*wanted, *[""] * (5 - len(wanted))]
        assert list(map(plain, row[1:6])) == list(map(plain, given)), line
        has_result = len(wanted) == 5 and wanted[1] != "n.d." and wanted[0] != "Total"
        assert all(bool(cell) == has_result for cell in row[6:13]), line
        assert bool(row.reason) == (not has_result)
    gap, cut, total = found.loc[found["reason"] != "", "reason"]
    assert (gap, total) == ("no value in x", "it sums up the rows above")
    assert cut == "it has 2 cells, the others have 5"
    named = found.loc[found["component"] != "", ["row", "component"]].astype(int)
    assert set(zip(named["row"] % 2, named["component"], strict=True)) == {(0, 1), (1, 2)}


def test_a_sheet_a_parquet_file_and_rows_of_json_come_back_too(pipeline):
    frame = pd.DataFrame({"id": list("abcdefgh"), "x": np.arange(8) * 1.1, "y": [1, 5] * 4})
    frame["x"] = frame["x"].astype("float32")
    sheet, parquet = io.BytesIO(), io.BytesIO()
    frame.to_excel(sheet, startrow=3, index=False)
    frame.to_parquet(parquet)
    files = {
        5: sheet.getvalue(),
        1: parquet.getvalue(),
        2: frame.to_csv(index=False).encode(),
    }
    for first, data in files.items():
        result = labelled(pipeline, data)
        text = read(labels_csv(result))
        assert text["row"].astype(int).tolist() == list(range(first, first + 8))
        assert text["id"].tolist() == frame["id"].tolist()
        if first != 5:  # a sheet holds doubles only
            assert list(map(plain, text["x"])) == [float(f"{x:.7g}") for x in frame["x"]]
        for again in (
            pd.read_excel(io.BytesIO(labels_workbook(result)), "labels", keep_default_na=False),
            pd.read_parquet(io.BytesIO(labels_parquet(result))),
        ):
            assert list(again.columns) == list(text.columns)
            assert again["id"].tolist() == frame["id"].tolist()
            assert again["x"].to_numpy() == pytest.approx(frame["x"], rel=1e-6)
            assert again["component"].astype(int).tolist() == text["component"].astype(int).tolist()
            assert again["P(1)"].to_numpy(float) == pytest.approx(text["P(1)"].astype(float))


def test_a_workbook_computes_nothing_and_tells_what_was_fitted(pipeline):
    data = b"x,y,say\n1,2,=1+1\n2,1,b\n8,9,-c\n9,8,@d\n"
    result = labelled(pipeline, data)
    book = openpyxl.load_workbook(io.BytesIO(labels_workbook(result)))
    assert [cell.value for cell in book["labels"]["D"]][1:] == ["=1+1", "b", "-c", "@d"]
    assert {cell.data_type for cell in book["labels"]["D"]} == {"s"}
    assert book["about"]["A1"].value == "The models were fitted to all 4 complete rows."
    about = pq.read_schema(io.BytesIO(labels_parquet(result))).metadata[b"about"].decode()
    assert about == "\n".join(result.sentences)


def test_rows_outside_the_sample_have_the_labels_of_the_fitted_model(pipeline):
    small = Pipeline(replace(pipeline.config, fit_rows=60, all_rows=60), pipeline.store)
    rng = np.random.default_rng(0)
    x = np.concatenate([rng.normal(0, 1, (120, 2)), rng.normal(6, 1, (120, 2))])
    frame = pd.DataFrame(x, columns=["a", "b"])
    frame.loc[5, "a"] = np.nan
    key, _ = read_and_store(frame.to_csv(index=False).encode(), None, None, small.store)
    state = from_query(f"?k=2&data=upload&table={key}&scale=standard&outliers=10")[0]
    result = small.labels.labelled(state)
    found = pd.read_csv(io.StringIO(labels_csv(result)))
    assert found["fitted"].sum() == 60
    assert found["component"].isna().sum() == 1
    whole, side = small.compare.comparison(state), small.compare.comparison(state).gmm
    model = GaussianMixture(2, covariance_type="full")
    model.weights_, model.means_ = side.mixture.weights, side.mixture.means
    model.precisions_cholesky_ = np.linalg.cholesky(np.linalg.inv(side.mixture.covariances))
    z = (frame.to_numpy() - whole.points.shift) / whole.points.scale
    done = found["component"].notna().to_numpy()
    assert found.loc[done, ["P(1)", "P(2)"]].to_numpy() == pytest.approx(
        model.predict_proba(z[done]), abs=1e-6
    )
    assert (found.loc[done, "component"] == model.predict(z[done]) + 1).all()
    density = model.score_samples(z[done])
    assert found.loc[done, "log_density"].to_numpy() == pytest.approx(density, abs=1e-5)
    fitted = found["fitted"].to_numpy()[done]
    limit = np.sort(density[fitted])[5]
    assert (found.loc[done, "outlier"].astype(bool) == (density <= limit)).all()
    nearest = ((z[done, None] - whole.kmeans.mixture.means) ** 2).sum(axis=2).argmin(axis=1)
    assert (found.loc[done, "cluster"] == nearest + 1).all()
    assert "random sample of 60 of 239" in result.sentences[0]


def test_a_table_of_an_earlier_version_opens_and_counts_its_rows(pipeline, tmp_path):
    text, _ = awkward()
    table = read_table(text.encode())
    store = TableStore(str(tmp_path), b"a secret of the server")
    old = store.put(table.frame, table.report)  # nothing but values and the report
    state = from_query(f"?k=2&n_init=1&data=upload&table={old}&cols=x,y")[0]
    found = read(labels_csv(Pipeline(pipeline.config, store).labels.labelled(state)))
    assert found["row_2"].astype(int).tolist() == list(range(1, 13))
    assert found["probe"].tolist() == table.frame["probe"].tolist()


def test_exported_labels_come_back_as_they_went(pipeline):
    text, _ = awkward()
    first = labelled(pipeline, text.encode(), "?k=2&n_init=1&cols=x,y")
    again = read_table(labels_csv(first).encode())
    assert again.frame["y"].dropna().tolist()[:12] == [
        float(row[2].replace(",", ".")) for row in measured()
    ]
    assert {"cluster", "component", "reason"} <= set(again.frame.columns)


def test_the_store_opens_with_what_it_keeps(tmp_path, pipeline):
    config = replace(pipeline.config, store=str(tmp_path))
    text, cells = awkward()
    key, report = read_and_store(text.encode(), None, None, open_store(config))
    stored = open_store(config).get(key)
    assert (stored.report, len(stored.frame)) == (report, 12)
    assert open_store(config).origin(key).lines.tolist() == sorted(cells)[:12]


def own_files():
    """Return files by name, with the settings of a link."""
    text, _ = awkward()
    rng, kinds = np.random.default_rng(0), ["a", "b", "a", "", "NA"]
    money = [f"p{i}\t(${x:,.1f})\t{y:.1f} kg\t{kinds[i % 5]}" for i, (x, y) in
             enumerate(rng.normal([[2000, 5], [4000, 60]] * 40, 3))]  # fmt: skip
    sheet, parquet = io.BytesIO(), io.BytesIO()
    frame = pd.DataFrame({"id": list("abcdefgh"), "x": np.arange(8) * 1.1, "y": [1, 5] * 4})
    frame.to_excel(sheet, startrow=3, startcol=2, index=False)
    frame.astype({"x": "float32"}).to_parquet(parquet)
    return {
        "it's.csv": (text.encode(), "cols=x,y&pcs=1"),
        "many.tsv": (
            "\n".join(["id\tx\ty\tkind", *money]).encode("utf-16"),
            "label=kind&merge=1&names=1:=heavy,9:none",
        ),
        "a.xlsx": (sheet.getvalue(), "cols=x,y"),
        "a.parquet": (parquet.getvalue(), "label=id"),
    }


@pytest.mark.parametrize("name", own_files())
def test_the_script_reads_the_file_where_it_lies_and_saves_the_same_labels(
    pipeline, tmp_path, name
):
    most = 10_000 if name in ("it's.csv", "a.parquet") else 60  # all rows, or a sample
    small = Pipeline(replace(pipeline.config, fit_rows=60, all_rows=most), pipeline.store)
    data, query = own_files()[name]
    (tmp_path / name).write_bytes(data)
    key, _ = read_and_store(data, None, None, small.store, name=f"C:\\somewhere\\{name}")
    state = from_query(f"?k=2&n_init=1&{query}&data=upload&table={key}&scale=standard")[0]
    script = write("script", state, small)[1]
    found = run_scripts(tmp_path, {"a": script})["a"]
    points = small.compare.comparison(state).points
    assert np.array_equal(found["X"], points.origin.raw)
    saved = read((tmp_path / "labels.csv").read_text())
    page = read(labels_csv(small.labels.labelled(state)))
    page = page[page.iloc[:, 0].isin(saved["row"])].reset_index(drop=True)
    assert len(saved) == len(points.rows) + (page["fitted"] == "False").sum()
    assert saved["row"].tolist() == page.iloc[:, 0].tolist()
    assert ("group" in saved) == ("group" in page) == bool(state.view.merge)
    joined = ["group", "name"] if state.view.merge else []
    assert set(joined) <= set(page)
    for column in ("cluster", "component", *joined):
        assert saved[column].tolist() == page[column].tolist()
    for column in ("certainty", "P(1)", "P(2)"):
        ours, theirs = (pd.to_numeric(table[column]) for table in (saved, page))
        assert ours.to_numpy() == pytest.approx(theirs.to_numpy(), abs=2e-6, nan_ok=True)
    if points.labels is not None:
        truth = np.array(found["truth"])
        same = points.labels[:, None] == points.labels
        assert np.array_equal(truth[:, None] == truth, same)
        assert np.array_equal(truth < 0, points.labels < 0)
