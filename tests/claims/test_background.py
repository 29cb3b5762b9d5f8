"""A mixture with a background in Compare: sentences, picture, card, tables, files, and scripts."""

import contextlib
import io
import json

import numpy as np
import pandas as pd
import pytest

import gmm_dash
from gmm_dash.callbacks.compare import answer, frame
from gmm_dash.callbacks.export import write
from gmm_dash.callbacks.groups import answer as groups_answer
from gmm_dash.callbacks.pins import answer as pins_answer
from gmm_dash.contract.methods import SKLEARN_DEFAULTS
from gmm_dash.datasets import DATASETS
from gmm_dash.engine import fit_background, fit_gmm
from gmm_dash.errors import WorkLimitError
from gmm_dash.explain import against_defaults
from gmm_dash.explain.pinned import scores_shown
from gmm_dash.export import labels_csv, posterior_page, read_model
from gmm_dash.export.rows import record, rows_page
from gmm_dash.figures.arrays import unpacked
from gmm_dash.results import project
from gmm_dash.results.row_desk import Wanted
from gmm_dash.say import VIEWS, say
from gmm_dash.state import AppState, from_query, to_query
from gmm_dash.tables import describe_frame, read_and_store
from tests.claims import (  # noqa: F401
    check_background,
    check_captions,
    check_compare,
    check_gaps,
    check_groups,
    check_merging,
    check_pinned,
    check_reasons,
    check_row_notes,
    check_start,
)
from tests.claims.case import CHECKERS, Case
from tests.claims.wrong import believed, falsified

OURS = {
    *("note.background", "note.background-scores", "note.background-start"),
    *("note.background-idle", "caption.background", "compare.single-background"),
    *("compare.background-scores", "why.unsure-background", "groups.background"),
    *("merge.background", "pinned.background", "background.elsewhere"),
}
ALWAYS = {"note.background", "note.background-scores", "caption.background"}
SCORED = ALWAYS | {"compare.background-scores", "why.unsure-background"}


def link(**more):
    asked = {"data": "background", "k": 3, "noise": 0.6, "n": 300, "n_init": 2, "background": "on"}
    return AppState().but(**asked | more)


SAID = {
    "plain": ({}, SCORED),
    "standardised": ({"scale": "standard", "cov": "tied"}, SCORED),
    "one": ({"k": 1}, ALWAYS | {"compare.single-background"}),
    "every overlay": ({"show": ["truth", "regions", "density", "borders"], "cov": "diag"}, SCORED),
    "equal circles": ({"cov": "equal"}, SCORED),
    "other starts": ({"init": "whitened"}, SCORED | {"note.background-start"}),
    "joined": ({"k": 6, "merge": 3}, ALWAYS | {"merge.background"}),
    "groups": ({"tab": "groups"}, {"groups.background"}),
    "pinned without": ({"tab": "pinned", "pin": ["background:off"]}, {"pinned.background"}),
    "pinned with": ({"tab": "pinned", "pin": ["k:2"]}, {"pinned.background"}),
    "one column": ({"data": "galaxies", "k": 2, "cov": "spherical"}, ALWAYS),
    "flowers": ({"data": "iris", "k": 3, "show": ["size", "regions"]}, ALWAYS),
    "held by hand": ({"cov": "equal", "hard": 0.5}, {"note.background-idle"}),
    "off": ({"background": "off"}, set()),
}


@pytest.mark.parametrize("which", SAID)
def test_every_sentence_is_so(pipeline, which):
    more, codes = SAID[which]
    state = link(**more)
    spoken = VIEWS["compare"](pipeline, state)
    case = Case(pipeline, state, spoken)
    said = {one.code for one in spoken.sentences} & OURS
    assert said >= codes
    assert said - codes <= {"why.unsure-background", "compare.background-scores"}
    for one in spoken.sentences:
        if one.code in OURS or (codes and "note.background-idle" not in codes):
            CHECKERS[one.code](case, one.text)
        if one.code in OURS - {"note.background-start"}:
            for false in falsified(one.text):
                assert not believed(case, one.code, false), false


def test_the_setting_is_in_the_link_and_old_links_have_no_background(pipeline):
    state = link()
    assert from_query(to_query(state))[0] == state
    old = from_query("?data=background&k=3")[0]
    assert old.model.background == "off"
    fit = pipeline.compare.comparison(old).gmm_fit
    assert fit.background is None
    points = pipeline.points(old.data)
    np.testing.assert_allclose(fit.means, fit_gmm(points.fitted, 3).means, rtol=1e-9)


def test_compare_has_the_engines_fit(pipeline):
    state = link()
    result = pipeline.compare.comparison(state)
    found = fit_background(result.points.fitted, 3, n_init=2)
    assert result.gmm_fit.background.share == found.share
    np.testing.assert_array_equal(result.gmm_fit.labels, found.labels)
    side = result.gmm
    np.testing.assert_allclose(
        side.responsibilities.sum(axis=1) + side.background.posterior, 1.0, atol=1e-12
    )
    paired = result.kmeans.labels[side.labels >= 0] == side.labels[side.labels >= 0]
    assert paired.mean() > 0.9  # colours are matched by the points that are in groups
    assert result.moved == (result.kmeans.labels != side.labels).sum()


@pytest.mark.parametrize("view", ["density", "steps", "select", "restarts", "compare"])
def test_every_other_picture_says_that_it_has_none(pipeline, view):
    show = ["shapes"] if view == "compare" else ["size"]
    state = link(view=view, show=show, n=60, k=2, n_init=1, kmax=2, starts=20, tol=1e-2)
    said = say(pipeline, state)["sentences"]
    mine = [one for one in said if one["code"] == "background.elsewhere"]
    assert len(mine) == 1
    case = Case(pipeline, state, None)
    CHECKERS["background.elsewhere"](case, mine[0]["text"])
    assert not believed(case.__class__(pipeline, link(), None), "background.elsewhere", "")
    off = say(pipeline, state.but(background="off"))["sentences"]
    assert [one["text"] for one in off] == [one["text"] for one in said if one not in mine]


@pytest.mark.parametrize("more", [{}, {"data": "galaxies", "k": 2}, {"k": 6, "merge": 3}])
def test_crosses_are_drawn_for_the_points_of_the_background(pipeline, more):
    state = link(**more)
    pictures = answer(pipeline, state, "light")["pictures"]
    labels = pipeline.compare.grouped(state).gmm.labels
    crosses = check_background.drawn_crosses(pictures["gmm"]["figure"])
    np.testing.assert_array_equal(np.sort(crosses), np.flatnonzero(labels < 0))
    assert not len(check_background.drawn_crosses(pictures["kmeans"]["figure"]))
    drawn = [
        unpacked(trace["customdata"])
        for trace in pictures["gmm"]["figure"]["data"]
        if trace.get("name", "").startswith("Cluster")
    ]
    assert sum(map(len, drawn)) + len(crosses) == len(labels)


def test_the_card_of_a_point_says_the_posterior_of_the_background(pipeline):
    state = link()
    card = answer(pipeline, state, "light")["pictures"]["gmm"]["hover"]
    assert card["called"] == ["1", "2", "3", "background"]
    shares = unpacked(card["posteriors"]).reshape(-1, 4) / 65535
    np.testing.assert_allclose(shares.sum(axis=1), 1.0, atol=1e-4)
    np.testing.assert_allclose(
        shares[:, 3], pipeline.compare.comparison(state).gmm.background.posterior, atol=1e-4
    )


def test_a_region_is_empty_where_the_background_wins(pipeline):
    state = link(show=["regions"])
    figure = answer(pipeline, state, "light")["pictures"]["gmm"]["figure"]
    winner = unpacked(next(t for t in figure["data"] if t["type"] == "heatmap")["z"])
    assert 0.3 < np.isnan(winner).mean() < 1
    assert set(winner[~np.isnan(winner)]) == {0, 1, 2}


def test_what_is_drawn_while_a_slider_moves_has_its_crosses(pipeline):
    shown, after = (make(pipeline, link(), "light") for make in (frame, answer))
    told = [one["marker"].get("symbol") for one in shown["pictures"]["gmm"] if "marker" in one]
    assert told.count("x-thin") == 1
    assert shown["numbers"] == after["numbers"]


def test_tables_and_files_have_minus_one(pipeline):
    state = link()
    result = pipeline.compare.comparison(state)
    labels = np.where(result.gmm.labels < 0, -1, result.gmm.labels + 1)
    saved = pd.read_csv(io.StringIO(labels_csv(pipeline.labels.labelled(state))))
    assert saved["component"].tolist() == labels.tolist()
    every = saved[["P(1)", "P(2)", "P(3)", "P(background)"]]
    np.testing.assert_allclose(every.sum(axis=1), 1.0, atol=4e-6)
    np.testing.assert_allclose(saved["certainty"], every.max(axis=1), atol=1e-9)
    density = result.gmm_fit.background.score_samples(result.points.fitted)
    np.testing.assert_allclose(saved["log_density"], density, atol=1e-6)
    assert "their label is -1" in " ".join(pipeline.labels.labelled(state).sentences)
    page = posterior_page(result, pipeline.labels.lines(state.data), None, None)
    assert "P(background)" in str(page)
    assert ">-1<" in str(page) or "'-1'" in str(page) or '"-1"' in str(page)
    joined = link(k=6, merge=3)
    groups = pd.read_csv(
        io.StringIO(labels_csv(pipeline.labels.labelled(joined))), dtype={"group": str}
    )
    mine = pipeline.compare.grouped(joined).gmm
    assert groups["group"].tolist() == [[*mine.called, "-1"][label] for label in mine.labels]


def test_rows_say_the_background(pipeline):
    state = link()
    desk = pipeline.labels.desk(state)
    projection = project(desk.points, "", "")
    row = int(np.flatnonzero(pipeline.compare.comparison(state).gmm.labels < 0)[0])
    found = record(desk, row, projection, ["a", "b", "c", "d"])
    assert ("Mixture", "background (−1)") in found["results"]
    assert [one[0] for one in found["shares"]] == ["1", "2", "3", "background"]
    assert sum(one[1] for one in found["shares"]) == pytest.approx(1)
    listed = rows_page(desk, desk.chosen(Wanted(), projection), None, None)
    assert "background" in str(listed)


def test_groups_and_their_pictures_leave_the_background_out(pipeline):
    state = link()
    found = pipeline.compare.profiles(state).gmm
    result = pipeline.compare.comparison(state)
    counts = [(result.gmm.labels == i).sum() for i in range(3)]
    assert found.counts.tolist() == counts
    assert found.loose == (result.gmm.labels < 0).sum()
    raw = result.points.raw
    for group in range(3):
        mine = result.gmm.labels == group
        apart = (raw[mine].mean(axis=0) - raw[~mine].mean(axis=0)) / raw.std(axis=0, ddof=1)
        np.testing.assert_allclose(found.differences[group], apart, rtol=1e-9)
    assert groups_answer(pipeline, state, "light")["badges"]["gmm"] == "3 groups"


def test_pins_compare_no_criteria_of_one_with_and_one_without(pipeline):
    both = pipeline.compare.pinned(link(tab="pinned", pin=["background:off"]))
    assert not both.comparable
    asked = {**link(tab="pinned", pin=["background:off"]).to_flat(), "method": "gmm"}
    captions = pins_answer(pipeline, asked)
    count = int((both.now.gmm.labels < 0).sum())
    said = f"Small grey crosses, all of one size: the {count} of 300 points"
    assert str(captions).count(said) == 1  # below the present plot
    assert both.crosstab("gmm").sum() == 300
    assert both.crosstab("gmm").shape == (3, 4)
    assert {row[0]: row[3] for row in scores_shown(both, "gmm")}["BIC"] == "–"
    assert {row[0]: row[3] for row in scores_shown(both, "kmeans")}["Inertia"] == "0"
    assert pipeline.compare.pinned(link(tab="pinned", pin=["k:2"])).comparable


def test_scikit_learns_defaults_are_compared_with_the_background_in_both(pipeline):
    state = link()
    default = pipeline.compare.comparison(state.but(**SKLEARN_DEFAULTS))
    assert default.gmm_fit.background is not None
    said = against_defaults(pipeline.compare.comparison(state), default)
    assert "Both have the background, which scikit-learn lacks." in said
    plain = pipeline.compare.comparison(link(background="off"))
    assert "background" not in against_defaults(plain, plain)


FILE = DATASETS["background"].draw(n=300, noise=0.6, centers=3, seed=0)


@pytest.mark.parametrize(
    ("named", "more"),
    [
        ("a.csv", {"cov": "full"}),
        ("a.csv", {"cov": "equal", "names": ["1:one"]}),
        ("a.csv", {"k": 6, "merge": 3, "names": ["1:one"]}),
        ("", {"cov": "diag"}),
        ("a.csv", {"cols": ["x"], "k": 2}),
    ],
)
def test_the_script_makes_the_page_again(pipeline, tmp_path, monkeypatch, named, more):
    text = pd.DataFrame(FILE.points, columns=["x", "y"]).assign(kind=FILE.labels)
    text = text.assign(kind="g" + text["kind"].astype(str)).to_csv(index=False)
    key, _ = read_and_store(text.encode(), None, None, pipeline.store, name=named)
    state = link(data="upload", table=key, label="kind", scale="standard", **more)
    _, code = write("script", state, pipeline)
    assert "from gmm_dash.engine import fit_background" in code
    result = pipeline.compare.grouped(state)
    (tmp_path / "a.csv").write_text(text)
    (tmp_path / "data.csv").write_text(write("data", state, pipeline)[1])
    monkeypatch.chdir(tmp_path)
    made = {"__name__": "script"}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(code, "script", "exec"), made)
    fit, side = result.gmm_fit, result.gmm.components
    np.testing.assert_allclose(made["mixture"].share, fit.background.share, rtol=1e-9)
    np.testing.assert_allclose(made["bic"], fit.bic, rtol=1e-9)
    labels = np.where(side.labels < 0, -1, side.labels + 1)
    np.testing.assert_array_equal(made["mixture_labels"], labels)
    np.testing.assert_allclose(made["posteriors"], side.responsibilities, atol=1e-7)
    assert f"ARI {result.gmm.components.ari:.4f}" in printed.getvalue()
    if not named:
        return
    saved = pd.read_csv("labels.csv")
    page = pd.read_csv(io.StringIO(labels_csv(pipeline.labels.labelled(state))))
    columns = [name for name in page if name not in ("log_density", "outlier", "fitted", "reason")]
    pd.testing.assert_frame_equal(saved[columns], page[columns], atol=2e-6, check_dtype=False)


@pytest.mark.parametrize("more", [{"scale": "standard"}, {"k": 6, "merge": 3, "names": ["1:one"]}])
def test_the_model_file_carries_the_background(pipeline, more):
    state = link(**more)
    _, text = write("model", state, pipeline)
    result = pipeline.compare.grouped(state)
    points, side = result.points, result.gmm
    table = pd.DataFrame(points.raw, columns=list(points.columns))
    found = gmm_dash.predict(text, table)
    own = side.components.labels
    assert found["component"].tolist() == np.where(own < 0, -1, own + 1).tolist()
    np.testing.assert_allclose(found["P(background)"], side.background.posterior, atol=1e-9)
    far = pd.DataFrame([[1e4, -1e4]], columns=table.columns)
    assert gmm_dash.predict(text, far)["component"].tolist() == [-1]
    content = json.loads(text)
    saved = content["mixture"]
    assert sum(saved["weights"]) + saved["background"]["share"] == pytest.approx(1)
    model = read_model(text)
    assert (model.predict(points.raw) == own).all()
    for wrong in (
        {"share": 0.9},
        {"share": True},
        {"low": saved["background"]["high"]},
        {"high": [1.0]},
        {"low": None},
    ):
        broken = {**content, "mixture": {**saved, "background": saved["background"] | wrong}}
        with pytest.raises(gmm_dash.export.ModelFileError):
            read_model(json.dumps(broken))


def test_rows_beside_the_sample_are_labelled_too(stored, tmp_path, monkeypatch):
    from dataclasses import replace

    from gmm_dash.config import Config
    from gmm_dash.factory import open_store
    from gmm_dash.pipeline import Pipeline

    config = replace(Config(), store=str(tmp_path / "store"), fit_rows=200)
    small = Pipeline(config, open_store(config))
    table = pd.DataFrame(FILE.points, columns=["x", "y"])
    key, _ = read_and_store(
        table.to_csv(index=False).encode(), None, None, small.store, name="a.csv"
    )
    state = link(data="upload", table=key)
    spoken = VIEWS["compare"](small, state)
    note = next(one for one in spoken.sentences if one.code == "note.sample-background")
    assert note.text.startswith("This is of a random sample of 200 of 300 rows")
    saved = pd.read_csv(io.StringIO(labels_csv(small.labels.labelled(state))))
    assert saved["component"].isin([-1, 1, 2, 3]).all()
    rest = saved[~saved["fitted"]]
    assert len(rest) == 100
    assert (rest["component"] < 0).any()
    every = rest[["P(1)", "P(2)", "P(3)", "P(background)"]].to_numpy()
    labels = np.where(every.argmax(axis=1) == 3, -1, every.argmax(axis=1) + 1)
    assert rest["component"].tolist() == labels.tolist()
    (tmp_path / "a.csv").write_text(table.to_csv(index=False))
    monkeypatch.chdir(tmp_path)
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(write("script", state, small)[1], "script", "exec"), {"__name__": "script"})
    again = pd.read_csv("labels.csv")
    assert again["component"].tolist() == saved["component"].tolist()


def test_of_rows_with_gaps_the_mixture_has_none_and_says_so(pipeline):
    table = pd.DataFrame(FILE.points, columns=["x", "y"])
    table.loc[:20, "x"] = np.nan
    read = describe_frame(table)
    key = pipeline.store.put(read.frame, read.report)
    state = link(data="upload", table=key, gaps="use")
    spoken = VIEWS["compare"](pipeline, state)
    mine = [one for one in spoken.sentences if one.code == "note.background-idle"]
    assert len(mine) == 1
    CHECKERS[mine[0].code](Case(pipeline, state, spoken), mine[0].text)
    assert pipeline.compare.comparison(state).gmm_fit.gapped is not None


def test_what_is_too_much_or_has_no_box_is_refused_in_words(pipeline, stored):
    with pytest.raises(WorkLimitError) as caught:
        pipeline.compare.comparison(link(n=20_000, k=12, n_init=150, cov="diag", tol=1e-6))
    assert caught.value.hint
    key = stored("a,b\n" + "\n".join(f"{i % 7},1" for i in range(40)))
    flat = pipeline.points(link(data="upload", table=key, k=1).data)
    assert flat.columns == ("a",)  # a constant column is never fitted
