"""Rows that count by weights in Compare: sentences, tiles, card, files, scripts, and pins."""

import contextlib
import io
import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import gmm_dash
from gmm_dash.callbacks.compare import answer, frame
from gmm_dash.callbacks.data_panel import _answer as panel_answer
from gmm_dash.callbacks.export import write
from gmm_dash.config import Config
from gmm_dash.contract.methods import SKLEARN_DEFAULTS
from gmm_dash.engine import fit_gmm, fit_kmeans
from gmm_dash.errors import GmmDashError
from gmm_dash.explain import against_defaults
from gmm_dash.explain.pinned import scores_shown
from gmm_dash.export import labels_csv
from gmm_dash.factory import open_store
from gmm_dash.figures.arrays import unpacked
from gmm_dash.pipeline import Pipeline
from gmm_dash.say import VIEWS, say
from gmm_dash.state import AppState, from_query, to_query
from gmm_dash.tables import describe_frame, read_and_store
from tests.claims import (  # noqa: F401
    check_captions,
    check_compare,
    check_groups,
    check_merging,
    check_pinned,
    check_reasons,
    check_row_notes,
    check_weights,
)
from tests.claims.case import CHECKERS, Case
from tests.claims.wrong import believed, falsified

OURS = {
    *("note.weights", "note.weights-scaled", "note.weights-rows", "note.weights-start"),
    *("note.weights-idle", "compare.single-weights", "groups.weights"),
    *("pinned.weights", "weights.elsewhere"),
}


def table(n=120):
    """Return rows of three groups, with counts, and with weights of which some are no rows'."""
    draw = np.random.default_rng(4)
    kind = draw.integers(3, size=n)
    x = draw.normal(size=(n, 2)) * [1.0, 2.0] + 5.0 * np.stack([kind, kind % 2], axis=1)
    frame = pd.DataFrame(x, columns=["a", "b"])
    frame["kind"] = np.array(["one", "two", "three"])[kind]
    frame["count"] = draw.integers(1, 7, size=n)
    frame["weight"] = draw.uniform(0.1, 3.0, size=n)
    frame.loc[5, "weight"], frame.loc[6, "weight"] = 0.0, np.nan
    return frame


@pytest.fixture(scope="module")
def key(pipeline):
    read = describe_frame(table())
    return pipeline.store.put(read.frame, read.report)


def link(key, **more):
    asked = {"data": "upload", "table": key, "label": "kind", "cols": ["a", "b"], "k": 3}
    return AppState().but(**asked | {"weights": "count", "n_init": 2} | more)


COUNTS, SCALED = {"note.weights", "note.weights-rows"}, {"note.weights-scaled", "note.weights-rows"}
GALTON = {"data": "galton", "table": "", "cols": [], "label": "", "k": 2, "weights": "children"}
SAID = {
    "counts": ({}, COUNTS),
    "weights": ({"weights": "weight", "cov": "tied"}, SCALED),
    "standardised": ({"scale": "standard", "cov": "diag", "label": ""}, COUNTS),
    "one": ({"k": 1}, COUNTS | {"compare.single-weights"}),
    "one round": ({"k": 1, "cov": "spherical", "label": ""}, COUNTS | {"compare.single-weights"}),
    "one column": ({"k": 1, "cols": ["a"]}, COUNTS | {"compare.single-weights"}),
    "equal circles": ({"cov": "equal"}, COUNTS),
    "held by hand": ({"cov": "equal", "hard": 0.5}, COUNTS | {"note.weights-idle"}),
    "idle": ({"background": "on", "show": ["bootstrap"]}, COUNTS | {"note.weights-idle"}),
    "other starts": ({"init": "whitened", "k": 2}, COUNTS | {"note.weights-start"}),
    "informed": ({"init": "informed", "k": 4}, COUNTS | {"note.weights-start"}),
    "joined": ({"k": 5, "merge": 3}, COUNTS),
    "groups": ({"tab": "groups", "k": 4}, {"groups.weights"}),
    "groups of few": ({"tab": "groups", "weights": "weight", "merge": 2}, {"groups.weights"}),
    "pinned weights": ({"tab": "pinned", "weights": "weight", "pin": ["k:2"]}, {"pinned.weights"}),
    "pinned counts": ({"tab": "pinned", "pin": ["k:2"]}, set()),
    "none": ({"weights": ""}, set()),
    "no such column": ({"weights": "nowhere"}, set()),
    "galton": (GALTON, COUNTS),
    "galton once": (GALTON | {"weights": "nowhere"}, set()),
}


@pytest.mark.parametrize("which", SAID)
def test_every_sentence_is_so(pipeline, key, which):
    more, codes = SAID[which]
    state = link(key, **more)
    spoken = VIEWS["compare"](pipeline, state)
    case = Case(pipeline, state, spoken)
    said = {one.code for one in spoken.sentences} & OURS
    assert said >= codes
    assert said - codes <= COUNTS | SCALED if "tab" in more else said == codes
    for one in spoken.sentences:
        if one.code in OURS or codes:
            CHECKERS[one.code](case, one.text)
        if one.code in OURS:
            for false in falsified(one.text):
                assert not believed(case, one.code, false), false


def test_the_setting_is_in_the_link_and_old_links_count_rows_once(pipeline, key):
    state = link(key)
    assert from_query(to_query(state))[0] == state
    old = from_query(to_query(link(key, weights="")))[0]
    assert old.data.weights == ""
    result = pipeline.compare.comparison(old)
    points = result.points
    assert points.weighting is None
    assert points.columns == ("a", "b")
    np.testing.assert_array_equal(result.gmm_fit.means, fit_gmm(points.fitted, 3, n_init=2).means)


@pytest.mark.parametrize(
    "more", [{}, {"scale": "standard"}, {"transform": ["asinh:a"], "cov": "tied"}]
)
def test_counts_in_compare_are_the_copies_of_the_rows(pipeline, key, more):
    frame = table()
    copies = frame.loc[frame.index.repeat(frame["count"])].drop(columns=["count", "weight"])
    read = describe_frame(copies.reset_index(drop=True))
    repeated = pipeline.store.put(read.frame, read.report)
    ours = pipeline.compare.comparison(link(key, n_init=1, **more))
    theirs = pipeline.compare.comparison(link(repeated, weights="", n_init=1, **more))
    for name in ("means", "covariances", "weights"):
        np.testing.assert_allclose(
            getattr(ours.gmm.mixture, name), getattr(theirs.gmm.mixture, name), atol=1e-7
        )
        np.testing.assert_allclose(
            getattr(ours.kmeans.mixture, name), getattr(theirs.kmeans.mixture, name), atol=1e-7
        )
    for name in ("log_likelihood", "aic", "bic", "icl", "aicc"):
        assert getattr(ours.gmm_fit, name) == pytest.approx(getattr(theirs.gmm_fit, name))


def test_a_column_of_weights_is_no_feature_and_rows_without_one_are_left_out(pipeline, key):
    points = pipeline.points(link(key, weights="weight", cols=[]).data)
    assert points.columns == ("a", "b", "count")
    assert points.n == 118
    assert not set(points.rows.tolist()) & {5, 6}
    notes = " ".join(points.notes)
    assert "2 rows left out for weight: 1 with weight zero and 1 without a weight." in notes
    assert "scaled to mean 1" in notes
    assert "are of the rows, each once" not in notes
    assert points.weighting.values.mean() == pytest.approx(1.0)
    frame = table()["weight"].drop([5, 6])
    np.testing.assert_allclose(points.weighting.values, frame / frame.mean())
    counted = pipeline.points(link(key, transform=["robust:a"], components=1.0).data)
    total = int(table()["count"].sum())
    assert f"these 120 rows are {total} points" in " ".join(counted.notes)
    assert "Medians and quartiles" in " ".join(counted.notes)
    labelled = pipeline.labels.labelled(link(key, weights="weight"))
    assert labelled.reasons[5] == "weight zero in weight"
    assert labelled.reasons[6] == "no weight in weight"
    nowhere = pipeline.points(link(key, weights="nowhere").data)
    assert nowhere.weighting is None
    assert "no column 'nowhere', so every row counts once" in " ".join(nowhere.notes)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["1", "-2", "3", "4"], "1 negative value"),
        (["1", "inf", "3", "4"], "infinite value"),
        (["one", "two", "three", "four"], "holds words"),
        (["0", "0", "0", "4"], "Only 1 complete row has a weight above zero"),
        (["1e12", "1", "1", "1"], "goes up to 1e+12"),
    ],
)
def test_what_cannot_weigh_a_row_is_refused_with_a_way_out(pipeline, cells, words):
    text = "a,b,w\n" + "\n".join(f"{i},{i * i},{cell}" for i, cell in enumerate(cells))
    key, _ = read_and_store(text.encode(), None, None, pipeline.store, name="a.csv")
    state = link(key, weights="w", label="")
    with pytest.raises(GmmDashError, match=words.replace("+", r"\+")) as refused:
        pipeline.points(state.data)
    assert "none" in refused.value.hint or "another" in refused.value.hint
    columns = pipeline.data.columns(state.data)  # the list still offers another
    assert columns.own_table
    assert pipeline.points(state.but(weights="").data).n == 4


def test_the_panel_offers_columns_of_numbers(pipeline, key):
    state = link(key)
    parts = {
        json.dumps(name, sort_keys=True): value
        for name, value in panel_answer(pipeline.data.columns(state.data), (), state)["parts"]
    }
    offered = next(v for k, v in parts.items() if '"weights"' in k and "data" in v)
    assert offered["data"] == ["a", "b", "count", "weight"]
    shown = next(v for k, v in parts.items() if '"weights"' in k and "className" in v)
    assert shown["className"] == "control"


def test_the_tiles_withhold_what_weights_cannot_give(pipeline, key):
    numbers = answer(pipeline, link(key, weights="weight"), "light")["numbers"]["gmm"]
    assert numbers["aic"] == numbers["bic"] == "–"
    assert numbers["log_likelihood"] != "–"
    numbers = answer(pipeline, link(key), "light")["numbers"]["gmm"]
    assert "–" not in (numbers["aic"], numbers["bic"])
    badges = answer(pipeline, link(key), "light")["badges"]
    assert "our engine" in badges["gmm"]


def test_the_card_of_a_point_says_its_weight(pipeline, key):
    card = answer(pipeline, link(key), "light")["pictures"]["gmm"]["hover"]
    assert card["columns"] == ["a", "b", "count"]
    values = unpacked(card["values"]).reshape(-1, 3)
    np.testing.assert_array_equal(values[:, 2], table()["count"])


def test_what_is_drawn_while_a_slider_moves_counts_rows_by_their_weights(pipeline, key):
    shown, after = (make(pipeline, link(key), "light") for make in (frame, answer))
    assert {name: shown[name] for name in ("numbers", "badges", "captions")} == {
        name: after[name] for name in ("numbers", "badges", "captions")
    }
    assert "our engine" in shown["badges"]["gmm"]


@pytest.mark.parametrize("view", ["density", "steps", "restarts", "compare"])
def test_every_other_view_says_that_it_takes_rows_once(pipeline, key, view):
    show = ["shapes"] if view == "compare" else ["size"]
    state = link(key, view=view, show=show, k=2, n_init=1, kmax=2, starts=20, tol=1e-2)
    said = say(pipeline, state)["sentences"]
    mine = [one for one in said if one["code"] == "weights.elsewhere"]
    assert len(mine) == 1
    CHECKERS["weights.elsewhere"](Case(pipeline, state, None), mine[0]["text"])
    assert not believed(Case(pipeline, link(key), None), "weights.elsewhere", mine[0]["text"])
    assert any("each row once" in note for note in pipeline.points(state.data).notes)
    assert "weights.elsewhere" not in [
        one["code"] for one in say(pipeline, state.but(weights=""))["sentences"]
    ]


def test_pins_compare_no_criteria_across_weights(pipeline, key):
    state = link(key, tab="pinned", pin=["weights:"])
    both = pipeline.compare.pinned(state)
    assert both.before.points.weighting is None
    assert not both.same_weights
    assert not both.comparable
    assert not both.same_points
    spoken = VIEWS["compare"](pipeline, state)
    (apart,) = [one for one in spoken.sentences if one.code == "pinned.apart"]
    assert "other weights of rows" in apart.text
    CHECKERS["pinned.apart"](Case(pipeline, state, spoken), apart.text)
    assert {row[0]: row[3] for row in scores_shown(both, "gmm")}["BIC"] == "–"
    assert {row[0]: row[3] for row in scores_shown(both, "kmeans")}["Inertia"] == "–"
    assert pipeline.compare.pinned(link(key, tab="pinned", pin=["k:2"])).comparable
    scaled = pipeline.compare.pinned(link(key, tab="pinned", weights="weight", pin=["k:2"]))
    rows = {row[0]: row for row in scores_shown(scaled, "gmm")}
    assert rows["BIC"][1:] == ("–", "–", "–")
    assert rows["Log-likelihood per row"][3] != "–"


@pytest.mark.parametrize("weights", ["count", "weight"])
def test_scikit_learns_defaults_are_compared_with_weights_in_both(pipeline, key, weights):
    state = link(key, weights=weights)
    here = pipeline.compare.comparison(state)
    default = pipeline.compare.comparison(state.but(**SKLEARN_DEFAULTS))
    said = against_defaults(here, default)
    assert "nan" not in said
    assert "scikit-learn's mixture does not" in said
    assert ("BIC" in said) == (weights == "count")


@pytest.mark.parametrize(
    ("named", "more"),
    [
        ("a.csv", {"scale": "standard"}),
        ("a.csv", {"weights": "weight", "cov": "tied"}),
        ("a.csv", {"cov": "equal", "names": ["1:one"], "transform": ["asinh:a"]}),
        ("a.csv", {"k": 5, "merge": 3, "scale": "standard", "weights": "weight"}),
        ("", {"cov": "diag", "weights": "weight"}),
        ("a.csv", {"cols": ["a"], "k": 2}),
    ],
)
def test_the_script_makes_the_page_again(pipeline, tmp_path, monkeypatch, named, more):
    text = table().to_csv(index=False)
    key, _ = read_and_store(text.encode(), None, None, pipeline.store, name=named)
    state = link(key, **more)
    _, code = write("script", state, pipeline)
    assert "from gmm_dash.engine import WeightedMixture" in code
    assert "sample_weight=weights" in code
    result = pipeline.compare.grouped(state)
    (tmp_path / "a.csv").write_text(text)
    (tmp_path / "data.csv").write_text(write("data", state, pipeline)[1])
    monkeypatch.chdir(tmp_path)
    made = {"__name__": "script"}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(code, "script", "exec"), made)
    fit, side = result.gmm_fit, result.gmm.components
    np.testing.assert_allclose(made["mixture"].fit_.log_likelihood, fit.log_likelihood, rtol=1e-9)
    np.testing.assert_allclose(made["bic"], fit.bic, rtol=1e-9)
    np.testing.assert_allclose(made["kmeans"].inertia_, result.kmeans_fit.inertia, rtol=1e-9)
    np.testing.assert_array_equal(made["kmeans_labels"], result.kmeans.labels + 1)
    np.testing.assert_array_equal(made["mixture_labels"], side.labels + 1)
    np.testing.assert_allclose(made["posteriors"], side.responsibilities, atol=1e-7)
    assert "nan" not in printed.getvalue()
    if not named:
        return
    saved = pd.read_csv("labels.csv")
    page = pd.read_csv(io.StringIO(labels_csv(pipeline.labels.labelled(state))))
    columns = [name for name in page if name not in ("log_density", "outlier", "fitted", "reason")]
    pd.testing.assert_frame_equal(saved[columns], page[columns], atol=2e-6, check_dtype=False)


@pytest.mark.parametrize("weights", ["count", "weight"])
def test_the_model_file_says_how_rows_count(pipeline, key, weights):
    state = link(key, weights=weights)
    _, text = write("model", state, pipeline)
    result = pipeline.compare.comparison(state)
    content = json.loads(text)
    told = content["sample_weight"]
    assert told["column"] == weights
    assert told["kind"] == ("counts" if weights == "count" else "weights")
    assert told["total"] == pytest.approx(table()["count"].sum() if weights == "count" else 118)
    assert (content["mixture"]["bic"] is None) == (weights == "weight")
    found = gmm_dash.predict(text, table().iloc[result.points.rows])
    assert found["component"].tolist() == (result.gmm.labels + 1).tolist()
    assert "sample_weight" not in json.loads(write("model", link(key, weights=""), pipeline)[1])


def test_of_a_long_table_a_sample_is_fitted_with_its_weights(stored, tmp_path, monkeypatch):
    config = replace(Config(), store=str(tmp_path / "store"), fit_rows=80)
    small = Pipeline(config, open_store(config))
    text = table().to_csv(index=False)
    key, _ = read_and_store(text.encode(), None, None, small.store, name="a.csv")
    state = link(key, weights="weight")
    spoken = VIEWS["compare"](small, state)
    assert not any(one.code.startswith("note.sample") for one in spoken.sentences)
    result = small.compare.comparison(state)
    assert result.points.n == 80
    (note,) = [one for one in result.points.notes if "sample" in one]
    said = "of 118 rows is fitted (seed 0): rows that count by weights are fitted as a sample."
    assert note.endswith(f"A random sample of 80 {said}")
    plain = small.points(replace(state, data=replace(state.data, weights="")).data)
    (note,) = [one for one in plain.notes if "sample" in one]
    assert note.endswith(
        "is fitted (seed 0); Compare, Density, How many? and Restarts go on to all rows where they "
        "say so."
    )
    each = table()["weight"].to_numpy()[result.points.rows]
    again = fit_kmeans(result.points.fitted, 3, n_init=2, sample_weight=each)
    np.testing.assert_allclose(again.centers, result.kmeans_fit.centers)
    saved = pd.read_csv(io.StringIO(labels_csv(small.labels.labelled(state))))
    assert saved["component"].notna().sum() == 118
    (tmp_path / "a.csv").write_text(text)
    monkeypatch.chdir(tmp_path)
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(write("script", state, small)[1], "script", "exec"), {"__name__": "script"})
    made = pd.read_csv("labels.csv")
    assert made["component"].tolist()[7:] == saved["component"].tolist()[7:]


def test_with_gaps_every_fit_is_of_complete_rows_and_it_is_said(pipeline):
    frame = table()
    frame.loc[:20, "a"] = np.nan
    read = describe_frame(frame)
    key = pipeline.store.put(read.frame, read.report)
    points = pipeline.points(link(key, gaps="use").data)
    assert points.gaps is None
    assert any("no view uses those with gaps" in note for note in points.notes)
