"""Rows with gaps in Compare: every sentence, the picture, the labels, the script."""

import contextlib
import io
import re

import numpy as np
import pandas as pd
import pytest

from gmm_dash.callbacks.compare import answer
from gmm_dash.callbacks.export import write
from gmm_dash.callbacks.lessons import _bare_caption
from gmm_dash.callbacks.panels import one_model
from gmm_dash.datasets import DATASETS
from gmm_dash.engine import fit_gaps, fit_gmm
from gmm_dash.errors import FitError
from gmm_dash.export import labels_csv
from gmm_dash.figures.arrays import unpacked
from gmm_dash.pipeline import select
from gmm_dash.results import gmm_side
from gmm_dash.results.select import selection_of
from gmm_dash.say import VIEWS
from gmm_dash.state import AppState, from_query, to_query
from gmm_dash.tables import describe_frame, read_and_store
from tests.claims import (  # noqa: F401
    check_captions,
    check_compare,
    check_gaps,
    check_groups,
    check_merging,
    check_pinned,
    check_reasons,
    check_row_notes,
    check_run_on,
    check_shapes,
)
from tests.claims.case import CHECKERS, Case
from tests.claims.wrong import believed, falsified

OURS = {"note.gaps", "note.gaps-unused", "caption.gaps", "compare.single-gaps"}


def flowers(share=0.1, seed=0):
    """Return the flowers with gaps at random, the fourth row with nothing but its kind."""
    sample = DATASETS["iris"].draw(n=2, noise=0, centers=1, seed=0)
    rng = np.random.default_rng(seed)
    points = sample.points.copy()
    points[rng.random(points.shape) < share] = np.nan
    points[3] = np.nan
    frame = pd.DataFrame(points, columns=list("abcd"))
    frame["kind"] = [sample.label_names[code] for code in sample.labels]
    return frame


@pytest.fixture(scope="module")
def key(pipeline):
    read = describe_frame(flowers())
    return pipeline.store.put(read.frame, read.report)


def link(key, **more):
    asked = {"data": "upload", "table": key, "label": "kind", "k": 3, "gaps": "use", "n_init": 2}
    return AppState().but(**asked | more)


SAID = {
    "plain": ({}, {"note.gaps", "caption.gaps"}),
    "standardised": ({"scale": "standard", "cov": "tied"}, {"note.gaps", "caption.gaps"}),
    "one": ({"k": 1}, {"note.gaps", "caption.gaps", "compare.single-gaps"}),
    "two columns": ({"cols": ["b", "d"], "label": ""}, {"note.gaps", "caption.gaps"}),
    "joined": ({"merge": 2, "cov": "diag"}, {"note.gaps", "caption.gaps"}),
    "turned": ({"x": "PC1", "y": "PC2", "cov": "spherical"}, {"note.gaps", "caption.gaps"}),
    "four types": ({"show": ["shapes"]}, {"note.gaps-unused"}),
    "held by hand": ({"cov": "equal", "hard": 0.5}, {"note.gaps-unused"}),
    "left out": ({"gaps": "drop"}, set()),
}


@pytest.mark.parametrize("which", SAID)
def test_every_sentence_is_so(pipeline, key, which):
    more, codes = SAID[which]
    state = link(key, **more)
    spoken = VIEWS["compare"](pipeline, state)
    case = Case(pipeline, state, spoken)
    assert {one.code for one in spoken.sentences} & OURS == codes
    for one in spoken.sentences:
        if one.code in OURS or codes != {"note.gaps-unused"}:  # test_compare.py has those fits
            CHECKERS[one.code](case, one.text)
        if one.code in OURS:
            for false in falsified(one.text):
                assert not believed(case, one.code, false)


def test_the_setting_is_in_the_link_and_old_links_leave_rows_out(key):
    state = link(key)
    assert from_query(to_query(state))[0] == state
    assert from_query("?data=upload&k=3")[0].data.gaps == "drop"


def test_leaving_out_is_the_fit_of_complete_rows(pipeline, key):
    fit = pipeline.compare.comparison(link(key, gaps="drop")).gmm_fit
    whole = flowers().drop(columns="kind").dropna().to_numpy()
    found = fit_gmm(whole, 3, n_init=2)
    np.testing.assert_allclose(fit.means, found.means, rtol=1e-9)


def test_compare_has_the_fit_to_all_rows(pipeline, key):
    found = pipeline.compare.comparison(link(key))
    rows = flowers().drop(columns="kind").dropna(how="all").to_numpy()
    fit = fit_gaps(rows, 3, n_init=2)
    assert found.gmm_fit.gapped.n == len(rows) == 149
    np.testing.assert_allclose(found.gmm_fit.means, fit.mixture.means, rtol=1e-6)
    assert found.kmeans.labels.shape == found.gmm.labels.shape == (fit.complete.sum(),)


def test_notes_over_every_view_say_who_uses_the_rows(pipeline, key):
    for view, uses in (("compare", "use"), ("density", "use"), ("compare", "drop")):
        notes = " ".join(pipeline.data.columns(link(key, view=view, gaps=uses).data).notes)
        assert ("of 45 of them (our engine)" in notes) == (uses == "use")
        assert ("1 row has no value in any of these columns" in notes) == (uses == "use")
        assert ("46 of 150 rows left out" in notes) == (uses == "drop")
        assert ("46 of 150 rows are incomplete" in notes) == (uses == "use")
    for view in ("density", "select"):
        state = link(key, view=view)
        assert pipeline.models.gmm(state.data, state.model).gapped is None


@pytest.mark.parametrize(
    ("nothing", "said"), [(0, "what is known of all of them (our"), (1, "2 of them (")]
)
def test_where_no_row_is_without_any_value_all_of_them_are_used(pipeline, nothing, said):
    frame = pd.DataFrame({"a": np.arange(40.0), "b": np.arange(40.0) ** 2})
    frame.loc[[3, 9], "a"] = np.nan
    frame.loc[[20] * nothing] = np.nan
    read = describe_frame(frame)
    key = pipeline.store.put(read.frame, read.report)
    points = pipeline.points(link(key, label="").data)
    assert points.gaps.n == 2
    (note,) = [one for one in points.notes if "our engine" in one]
    assert said in note


def test_what_the_note_says_of_every_view_is_so(pipeline, key):
    """Over each of them: who has what is known of the rows with gaps, and who does not."""
    state = link(key)
    note = next(n for n in pipeline.data.columns(state.data).notes if "our engine" in n)
    found = re.fullmatch(
        r"(\d+) of (\d+) rows are incomplete \(lines? [^)]*\): missing values in a, b, c and d\. "
        r"The mixtures of Compare and How many\? use what is known of (\d+) of them "
        r"\(our engine\); k-means, the four types, Groups and every other view have the "
        r"(\d+) complete rows only\. (\d+) row has no value in any of these columns: no fit uses "
        r"it\.",
        note,
    )
    table = flowers()[list("abcd")]
    complete = int(table.notna().all(axis=1).sum())
    partly = int((table.isna().any(axis=1) & table.notna().any(axis=1)).sum())
    nothing = int(table.isna().all(axis=1).sum())
    counts = [len(table) - complete, len(table), partly, complete, nothing]
    assert [int(one) for one in found.groups()] == counts
    compared, every = pipeline.compare.comparison(state), complete + partly
    assert (compared.gmm_fit.gapped.n, len(compared.kmeans_fit.labels)) == (every, complete)
    assert all(len(fit.labels) == complete for fit in pipeline.compare.shapes(state).fits)
    assert all(fit.gapped is None for fit in pipeline.compare.shapes(state).fits)
    assert len(pipeline.compare.grouped(state).gmm.labels) == complete
    small = state.but(view="select", kmax=1, types=["full"])
    (row,) = pipeline.select.piece(small, 0)["mixtures"]
    assert row["bic"] == pipeline.compare.comparison(state.but(k=1)).gmm_fit.bic
    (again,) = pipeline.select.piece(small.but(gaps="drop", init="kmeans"), 0)["mixtures"]
    assert again["bic"] != row["bic"]
    assert pipeline.steps.runs(state).n_all == complete
    study = pipeline.density.study(state)
    assert (study.points.n, study.fit.gapped) == (complete, None)
    alone = pipeline.restarts.piece(state.but(starts=20), 0)
    without = pipeline.restarts.piece(state.but(starts=20, gaps="drop"), 0)
    assert alone == without


@pytest.mark.parametrize("axes", [{}, {"x": "d", "y": "a"}, {"x": "PC1", "y": "c"}])
def test_marks_are_drawn_where_the_rows_are_expected(pipeline, key, axes):
    state = link(key, scale="standard", **axes)
    shown = answer(pipeline, state, "light")
    figures = {name: one["figure"] for name, one in shown["pictures"].items()}
    at, bars = check_gaps.drawn_marks(figures["gmm"])
    assert len(at) == 45
    assert not any(
        trace.get("marker", {}).get("symbol") == "diamond" for trace in figures["kmeans"]["data"]
    )
    result = pipeline.compare.comparison(state)
    gapped, points = result.gmm_fit.gapped, result.points
    filled = gapped.filled[~gapped.complete]
    if "PC1" not in axes.values():
        places = [
            points.columns.index(axes.get("x", "a")),
            points.columns.index(axes.get("y", "b")),
        ]
        expected = (filled * points.scale + points.shift)[:, places]
        order, other = np.lexsort(at.T), np.lexsort(expected.T)
        np.testing.assert_allclose(at[order], expected[other], atol=1e-4)
        widths = (gapped.spread[~gapped.complete] * points.scale)[:, places]
        lengths = np.abs(bars[:, 1] - bars[:, 0]).sum(axis=1)
        np.testing.assert_allclose(np.sort(lengths), np.sort(2 * widths[widths > 0]), rtol=1e-3)
    low, high = np.array([figures["gmm"]["layout"][axis]["range"] for axis in ("xaxis", "yaxis")]).T
    assert ((at > low) & (at < high)).all()


@pytest.mark.parametrize("more", [{}, {"merge": 2}])
def test_the_card_of_a_mark_says_what_is_known_and_what_is_expected(pipeline, key, more):
    state = link(key, scale="standard", **more)
    picture = answer(pipeline, state, "light")["pictures"]["gmm"]
    said, result = picture["hover"], pipeline.compare.grouped(state)
    found = said["gaps"]
    rows = unpacked(found["rows"])
    table = flowers()[list("abcd")].to_numpy()[rows]
    values, low, high = (unpacked(found[name]).reshape(-1, 4) for name in ("values", "low", "high"))
    known = ~np.isnan(table)
    np.testing.assert_allclose(values[known], table[known], rtol=1e-6)
    np.testing.assert_array_equal(low[known], high[known])
    gapped, points = result.gmm_fit.gapped, result.points
    partly = ~gapped.complete
    expected = gapped.filled[partly] * points.scale + points.shift
    width = gapped.spread[partly] * points.scale
    np.testing.assert_allclose(values, expected, rtol=1e-5)
    np.testing.assert_allclose((high - low)[~known], 2 * width[~known], rtol=1e-4)
    numbers = [
        one for trace in picture["figure"]["data"]
        if trace.get("marker", {}).get("symbol") == "diamond" for one in trace["customdata"]
    ]  # fmt: skip
    assert sorted(numbers) == sorted(f"gap {i}" for i in range(45))
    shares = unpacked(found["posteriors"]).reshape(45, -1) / 65535
    np.testing.assert_allclose(shares.sum(axis=1), 1, atol=1e-4)
    assert shares.shape[1] == len(said["called"]) == (2 if more else 3)
    assert "gaps" not in answer(pipeline, state, "light")["pictures"]["kmeans"]["hover"]


def test_labels_have_the_rows_with_gaps(pipeline, key):
    state = link(key)
    saved = pd.read_csv(io.StringIO(labels_csv(pipeline.labels.labelled(state))))
    table = flowers()
    partly = table[list("abcd")].isna().any(axis=1) & table[list("abcd")].notna().any(axis=1)
    nothing = table[list("abcd")].isna().all(axis=1)
    assert saved.loc[partly, "cluster"].isna().all()
    assert saved.loc[partly, ["log_density", "outlier"]].isna().all(axis=None)
    assert saved.loc[partly, "component"].notna().all()
    assert saved.loc[partly, "reason"].str.endswith("; the mixture uses what is known").all()
    assert saved.loc[nothing, ["cluster", "component"]].isna().all(axis=None)
    assert saved["fitted"].tolist() == (~nothing).tolist()
    result = pipeline.compare.comparison(state)
    gapped = result.gmm_fit.gapped
    shares = gapped.responsibilities[~gapped.complete][:, result.gmm.order]
    np.testing.assert_allclose(saved.loc[partly, ["P(1)", "P(2)", "P(3)"]], shares, atol=2e-6)
    sentences = " ".join(pipeline.labels.labelled(state).sentences)
    assert "fitted to all 104 complete rows" in sentences
    assert "what is known of 45 rows with gaps" in sentences


@pytest.mark.parametrize(
    ("named", "cov"),
    [
        *(("flowers.csv", cov) for cov in ("full", "tied", "diag", "spherical", "equal")),
        ("", "full"),
    ],
)
def test_the_script_makes_the_page_again(pipeline, tmp_path, monkeypatch, cov, named):
    """Of a file that a script can read, and of a pasted one, whose points the page hands out."""
    text = flowers().to_csv(index=False)
    key, _ = read_and_store(text.encode(), None, None, pipeline.store, name=named)
    state = link(key, cov=cov, scale="standard")
    _, code = write("script", state, pipeline)
    assert "from gmm_dash.engine import GapMixture as GaussianMixture" in code
    assert "by our engine" in code
    result = pipeline.compare.comparison(state)
    (tmp_path / "flowers.csv").write_text(text)
    (tmp_path / "data.csv").write_text(write("data", state, pipeline)[1])
    monkeypatch.chdir(tmp_path)
    made = {"__name__": "script"}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(code, "script", "exec"), made)
    fit = result.gmm_fit
    np.testing.assert_allclose(made["mixture"].means_, fit.means, atol=1e-7)
    np.testing.assert_allclose(made["bic"], fit.bic, rtol=1e-9)
    np.testing.assert_array_equal(made["mixture_labels"], result.gmm.labels + 1)
    np.testing.assert_allclose(made["posteriors"], result.gmm.responsibilities, atol=1e-7)
    if not named:
        return
    saved = pd.read_csv("labels.csv")
    page = pd.read_csv(io.StringIO(labels_csv(pipeline.labels.labelled(state))))
    columns = ["row", "cluster", "component", "certainty", "P(1)", "P(2)", "P(3)"]
    pd.testing.assert_frame_equal(saved[columns], page[columns], atol=2e-6, check_dtype=False)


@pytest.mark.parametrize("named", ["flowers.csv", ""])
def test_the_script_of_how_many_makes_the_page_again(pipeline, tmp_path, monkeypatch, named):
    text = flowers().to_csv(index=False)
    key, _ = read_and_store(text.encode(), None, None, pipeline.store, name=named)
    more = {"types": ["tied", "equal"], "criterion": "heldout", "folds": 3, "tol": 1e-3}
    state = link(key, view="select", scale="standard", kmin=2, kmax=3, **more)
    _, code = write("script", state, pipeline)
    (tmp_path / "flowers.csv").write_text(text)
    (tmp_path / "data.csv").write_text(write("data", state, pipeline)[1])
    monkeypatch.chdir(tmp_path)
    made = {"__name__": "script"}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(code, "script", "exec"), made)
    pieces = [
        pipeline.select.piece(state, i) for i in range(len(pipeline.select.plan(state).pieces))
    ]
    rows = {
        (row["covariance_type"], row["n_components"]): row
        for piece in pieces
        for row in piece["mixtures"]
    }
    assert len(rows) == len(made["rows"]) == 4
    for mine in made["rows"]:
        page = rows[mine["covariance_type"], mine["n_components"]]
        for name in ("log_likelihood", "bic", "aic", "aicc", "icl"):
            np.testing.assert_allclose(mine[name], page[name], rtol=1e-9)
        np.testing.assert_allclose(mine["heldout"], page["heldout_log_likelihood"], rtol=1e-9)
        assert mine["collapsed"] == page["degenerate"]
    kmeans = [row["inertia"] for piece in pieces for row in piece["kmeans"]]
    np.testing.assert_allclose([row["inertia"] for row in made["kmeans_rows"]], kmeans, rtol=1e-6)


def test_a_costly_model_is_fitted_restart_by_restart_to_the_same(pipeline, key, monkeypatch):
    state = link(key, view="select", types=["diag"], kmin=3, kmax=3, folds=2, criterion="heldout")
    found = []
    for most in (1e9, 0.0):
        monkeypatch.setattr(select, "PART_SECONDS", most)
        plan = pipeline.select.plan(state)
        pieces = [pipeline.select.piece(state, i)["mixtures"] for i in range(len(plan.pieces))]
        found.append([row for rows in pieces for row in rows])
    whole, parts = found
    assert (len(whole), len(parts)) == (1, 6)
    (one,), (other,) = (selection_of(rows, []).mixtures for rows in found)
    assert one == other


def test_the_best_model_of_how_many_is_drawn_with_the_rows_with_gaps(pipeline, key):
    state = link(key, view="select")
    fit = pipeline.models.selected(state.data, state.model)
    assert fit.log_likelihood == pipeline.compare.comparison(state).gmm_fit.log_likelihood
    side = gmm_side(pipeline.points(state.data), fit)
    picture, caption = one_model(
        "select-winner", (pipeline.points(state.data), side, None), state, "light", fit
    )
    at, _ = check_gaps.drawn_marks(picture["figure"])
    assert len(at) == 45
    assert "Diamonds stand for the 45 rows with gaps" in caption


GENERATED = AppState().but(data="gaps", n=150, noise=0.8, gaps="use", scale="standard", n_init=2)


def test_a_data_set_of_the_page_has_gaps_as_a_table_has(pipeline, tmp_path, monkeypatch):
    """The same rows as a file: the same fit, sentences that are so, labels, and script."""
    state = GENERATED
    sample = DATASETS["gaps"].draw(n=150, noise=0.8, centers=1, seed=0)
    values = np.where(sample.missing, np.nan, sample.points)
    read = describe_frame(pd.DataFrame(values, columns=["x", "y"]))
    other = state.but(data="upload", table=pipeline.store.put(read.frame, read.report))
    found, again = (pipeline.compare.comparison(one) for one in (state, other))
    assert found.gmm_fit.gapped.n == 150
    assert found.points.n == (~sample.missing.any(axis=1)).sum() == 110
    np.testing.assert_array_equal(found.gmm_fit.means, again.gmm_fit.means)
    np.testing.assert_array_equal(found.points.gaps.rows, again.points.gaps.rows)
    notes = " ".join(found.points.notes)
    assert "40 of 150 rows lack a value. The mixtures" in notes
    assert "left out" not in notes
    assert "what is known of all of them (our engine)" in notes
    saved = pd.read_csv(io.StringIO(labels_csv(pipeline.labels.labelled(state))))
    np.testing.assert_allclose(saved[["x", "y"]], values, atol=1e-6)
    assert saved["component"].notna().all()
    assert (saved["cluster"].isna() == sample.missing.any(axis=1)).all()
    dropped = pd.read_csv(io.StringIO(labels_csv(pipeline.labels.labelled(state.but(gaps="drop")))))
    assert (dropped["component"].isna() == sample.missing.any(axis=1)).all()
    monkeypatch.chdir(tmp_path)
    for view in ("compare", "select"):
        _, code = write("script", state.but(view=view, kmax=2, types=["full"]), pipeline)
        made = {"__name__": "script"}
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(code, "script", "exec"), made)
        if view == "compare":
            np.testing.assert_allclose(made["bic"], found.gmm_fit.bic, rtol=1e-9)
        else:
            fit = pipeline.compare.comparison(state.but(k=2)).gmm_fit
            np.testing.assert_allclose(made["rows"][1]["bic"], fit.bic, rtol=1e-9)


def test_in_columns_without_gaps_every_row_of_a_data_set_is_complete(pipeline):
    points = pipeline.points(GENERATED.but(cols=["x"]).data)
    assert (points.n, points.gaps) == (150, None)
    hidden = pipeline.points(GENERATED.but(cols=["y"]).data)
    assert (hidden.n, hidden.gaps) == (110, None)


def test_the_sentences_of_a_generated_data_set_are_so(pipeline):
    spoken = VIEWS["compare"](pipeline, GENERATED)
    case = Case(pipeline, GENERATED, spoken)
    assert {one.code for one in spoken.sentences} >= {"note.gaps", "caption.gaps"}
    for one in spoken.sentences:
        CHECKERS[one.code](case, one.text)


def test_too_few_complete_rows_are_refused_in_words(pipeline):
    frame = pd.DataFrame({"a": [1.0, 2, None, 4, 5, 6], "b": [None, 1.0, 2, None, 3, None]})
    read = describe_frame(frame)
    key = pipeline.store.put(read.frame, read.report)
    with pytest.raises(FitError) as caught:
        pipeline.compare.comparison(link(key, label="", k=3))
    assert caught.value.hint


def test_a_column_of_gaps_alone_is_left_out_in_words(pipeline):
    frame = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [np.nan] * 4, "c": [2.0, 1, 2, 5]})
    read = describe_frame(frame)
    key = pipeline.store.put(read.frame, read.report)
    asked = link(key, label="", cols=["a", "b", "c"], k=2)
    assert "Not clustered: b (no numbers)." in " ".join(pipeline.points(asked.data).notes)
    assert pipeline.points(asked.data).columns == ("a", "c")


def test_after_a_pca_no_row_with_gaps_is_used_and_that_is_said(pipeline, key):
    points = pipeline.points(link(key, pcs=2).data)
    assert points.gaps is None
    assert points.columns == ("PC 1", "PC 2")
    assert any("no view uses rows with gaps" in note for note in points.notes)
    plain = pipeline.points(link(key, pcs=2, gaps="drop").data)
    assert not any("no view uses rows with gaps" in note for note in plain.notes)


@pytest.mark.parametrize(
    ("now", "pin", "differ"),
    [({}, "k:2", False), ({}, "pcs:2", True), ({"cov": "equal"}, "hard:0.5", True)],
)
def test_criteria_of_other_rows_with_gaps_are_not_compared(pipeline, key, now, pin, differ):
    state = link(key, tab="pinned", pin=[pin], **now)
    spoken = VIEWS["compare"](pipeline, state)
    found = [one for one in spoken.sentences if "other rows with gaps" in one.text]
    assert bool(found) == differ
    for one in found:
        CHECKERS[one.code](Case(pipeline, state, spoken), one.text)
        with pytest.raises(AssertionError):
            CHECKERS[one.code](Case(pipeline, state, spoken), one.text.replace("with gaps", ""))


def test_the_data_before_any_fit_say_what_is_not_drawn(pipeline):
    used = pipeline.points(GENERATED.data)
    assert "Not drawn: 40 rows with gaps" in _bare_caption(used, GENERATED)
    dropped = GENERATED.but(gaps="drop")
    assert "Not drawn" not in _bare_caption(pipeline.points(dropped.data), dropped)
