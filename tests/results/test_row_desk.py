"""Rows that are asked for are those that scikit-learn and plain geometry find, and no others."""

import io
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.mixture import GaussianMixture

from gmm_dash.callbacks.rows import answer, chosen
from gmm_dash.errors import StateError
from gmm_dash.explain.rows import rows_said
from gmm_dash.export.labels import labels_csv, some_labels_csv
from gmm_dash.export.rows import rows_page
from gmm_dash.pipeline import Pipeline
from gmm_dash.results import project
from gmm_dash.results.row_desk import MOST_CORNERS, MOST_OUTLINES, Wanted, inside
from gmm_dash.state import AppState, from_query

ROWS = 60
BOX = [[1.05, 0.0], [5.05, 0.0], [5.05, 1.65], [1.05, 1.65]]


def table():
    """Return a file with names in markup, a row without numbers on line 12, and text."""
    rng = np.random.default_rng(3)
    xy = rng.normal([[0, 0]] * (ROWS // 2) + [[9, 5]] * (ROWS // 2))
    lines = [f"<b>car {i}</b>,{x:.4f},{y:.4f},seen {i % 7}" for i, (x, y) in enumerate(xy)]
    lines.insert(10, "half a row,,,=1+1")
    return "name,x,y,note\n" + "\n".join(lines)


@pytest.fixture(scope="module")
def state(stored):
    return from_query(f"?data=upload&table={stored(table())}&k=2&n_init=1&tab=rows")[0]


def asked(pipeline, state, **wanted):
    """Return the desk, the rows, and what is said of them."""
    desk, rows, what = chosen(pipeline, {**state.to_flat(), "wanted": wanted or None})
    return desk, rows, rows_said(desk, what, len(rows))


def test_the_least_likely_rows_are_those_of_scikit_learn(pipeline):
    state = from_query("?data=iris&k=3&cov=tied")[0]
    desk, rows, said = asked(pipeline, state)
    model, points = pipeline.models.gmm(state.data, state.model), pipeline.points(state.data)
    oracle = GaussianMixture(3, covariance_type="tied")
    oracle.weights_, oracle.means_ = model.weights, model.means
    oracle.covariances_ = model.covariances[0]
    oracle.precisions_cholesky_ = np.linalg.cholesky(np.linalg.inv(model.covariances[0]))
    order = np.argsort(oracle.score_samples(points.fitted))[:2]  # 1 % of 150, rounded up
    assert rows.tolist() == order.tolist()
    assert said == [
        "Least likely: 2 rows where the mixture puts the least density "
        "(1 % of the fitted ones, rounded up)."
    ]
    assert [desk.names[row] for row in rows] == [f"row {row + 1}" for row in order]


def test_a_box_holds_the_points_within_it_on_these_axes(pipeline):
    state = from_query("?data=iris&k=3&x=petal length (cm)&y=petal width (cm)")[0]
    desk, rows, said = asked(pipeline, state, kind="outlines", outlines=[BOX])
    x, y = desk.points.raw[:, 2], desk.points.raw[:, 3]
    within = np.flatnonzero((x > 1.05) & (x < 5.05) & (y > 0) & (y < 1.65))
    assert 0 < len(within) < 150
    assert rows.tolist() == within.tolist()
    assert said == [f"Selected: {len(within)} of 150 rows."]
    far = [[100.0, 100.0], [101.0, 100.0], [101.0, 101.0]]
    both = asked(pipeline, state, kind="outlines", outlines=[far, BOX])[1]
    assert both.tolist() == rows.tolist(), "a row in any outline is selected"
    _, none, said = asked(pipeline, state, kind="outlines", outlines=[far])
    assert not len(none)
    assert said == ["No row lies within the selection. Draw another around some points."]
    assert rows_page(desk, none, None, 1).rows == []


@settings(deadline=None, max_examples=60)
@given(st.integers(3, 12), st.integers(0, 2**32 - 1))
def test_within_a_convex_outline_is_left_of_each_of_its_sides(corners, seed):
    rng = np.random.default_rng(seed)
    angles = np.sort(rng.uniform(0, 2 * np.pi, corners))
    outline = np.column_stack([2 * np.cos(angles), np.sin(angles)])
    xy = rng.uniform(-2.2, 2.2, (200, 2))
    side = np.roll(outline, -1, axis=0) - outline
    away = xy[:, None] - outline
    cross = side[:, 0] * away[..., 1] - side[:, 1] * away[..., 0]
    clear = (np.abs(cross) > 1e-9).all(axis=1)
    np.testing.assert_array_equal(inside(outline, xy)[clear], (cross > 0).all(axis=1)[clear])


def test_a_row_is_found_by_its_name_its_line_or_a_part_of_its_name(pipeline, state):
    for text, lines in {
        "<B>Car 7</b>": [9],
        "12": [12],  # a line, though names hold 12, too
        "line 12": [12],
        "car 5<": [7],
        "half": [12],
    }.items():
        desk, rows, said = asked(pipeline, state, kind="text", text=text)
        assert desk.labelled.given.lines[rows].tolist() == lines, text
        assert said == [f"Found for “{text}”: 1 row."]
    assert len(asked(pipeline, state, kind="text", text="car")[1]) == ROWS
    _, rows, said = asked(pipeline, state, kind="text", text="zebra")
    assert not len(rows)
    assert said[0].endswith(f"Write a part of a name, or a number from 2 to {ROWS + 2}.")
    assert asked(pipeline, state, kind="text", text="  ")[2] == [
        "Write the name or line of a row to find it."
    ]


def test_a_record_has_every_cell_as_it_was_written_and_what_the_fits_say(pipeline, state):
    flat, result = state.to_flat(), pipeline.compare.grouped(state)
    found = answer(pipeline, {**flat, "point": 20})
    desk = pipeline.labels.desk(state)
    assert found["name"] == "<b>car 20</b>"
    assert found["place"] == "line 23 of the file"
    assert [name for name, _ in found["cells"]] == ["name", "x", "y", "note"]
    assert dict(found["cells"])["note"] == "seen 6"
    np.testing.assert_allclose([s for _, s, _ in found["shares"]], result.gmm.responsibilities[20])
    assert ("k-means", f"cluster {result.kmeans.labels[20] + 1}") in found["results"]
    np.testing.assert_allclose(
        found["at"], project(desk.points, "", "").points(desk.points.fitted)[20]
    )
    incomplete = answer(pipeline, {**flat, "wanted": {"kind": "text", "text": "half a row"}})
    assert incomplete["row"] == 10
    assert incomplete["results"] == incomplete["shares"] == incomplete["at"] == []
    assert incomplete["said"] == "no value in x and y"
    named = answer(pipeline, {**state.but(names=["1:<i>low</i>"]).to_flat(), "point": 20})
    assert [title for title, _, _ in named["shares"]] == ["1 <i>low</i>", "2"]


def test_joined_components_are_one_group_in_list_and_record(pipeline):
    state = from_query("?data=moons&n=200&noise=0.05&k=6&merge=3")[0]
    desk, rows, _ = asked(pipeline, state)
    side = pipeline.compare.grouped(state).gmm
    page = rows_page(desk, rows, None, 1)
    assert [row[2] for row in page.rows] == [side.called[i] for i in side.labels[rows]]
    found = answer(pipeline, {**state.to_flat(), "row": int(rows[0])})
    np.testing.assert_allclose([s for _, s, _ in found["shares"]], side.responsibilities[rows[0]])


def test_the_list_sorts_numbers_as_numbers_and_its_file_is_a_part_of_all_labels(pipeline, state):
    desk, rows, _ = asked(pipeline, state, kind="text", text="car")
    page = rows_page(desk, rows, {"by": 6, "descending": True}, 2)
    heads = [name for name, _ in page.columns]
    assert heads == [
        "Row",
        "k-means",
        "Mixture",
        "Certainty",
        "Log density",
        *desk.labelled.given.names,
    ]
    x = np.sort(desk.points.raw[:, 0])[::-1][20:40]
    got = [float(row[6].replace("\N{MINUS SIGN}", "-")) for row in page.rows]
    np.testing.assert_allclose(got, x, rtol=1e-6)
    assert (len(page.rows), page.n_pages) == (20, 3)
    whole = pd.read_csv(io.StringIO(labels_csv(desk.labelled)), dtype=str)
    part = pd.read_csv(io.StringIO(some_labels_csv(desk.labelled, rows[[5, 3]])), dtype=str)
    pd.testing.assert_frame_equal(part, whole.iloc[rows[[5, 3]]].reset_index(drop=True))


def test_of_a_sample_it_is_said_that_a_selection_finds_no_other_rows(pipeline):
    small = Pipeline(replace(pipeline.config, fit_rows=50, all_rows=50), pipeline.store)
    state = from_query("?data=iris&k=2&x=petal length (cm)&y=petal width (cm)")[0]
    _, rows, said = asked(small, state, kind="outlines", outlines=[BOX])
    assert len(rows) < 50
    assert "a random sample of 50 of 150 complete rows" in said[1]
    assert len(asked(small, state, kind="text", text="row ")[1]) == 150, "the search finds all"


def test_of_many_columns_it_is_said_that_the_list_has_not_all(pipeline, stored):
    rng = np.random.default_rng(8)
    lines = [",".join(f"{value:.3f}" for value in row) for row in rng.normal(size=(30, 34))]
    text = ",".join(f"c{i}" for i in range(34)) + "\n" + "\n".join(lines)
    state = from_query(f"?data=upload&table={stored(text)}&k=1&cov=diag&cols=c0,c1")[0]
    desk, rows, said = asked(pipeline, state)
    assert said[1:] == [
        "The list shows the first 30 of 34 columns; a record and the file have all."
    ]
    page = rows_page(desk, rows, None, 1)
    assert [name for name, _ in page.columns][-1] == "c29"
    assert len(page.columns) == 35
    assert len(answer(pipeline, {**state.to_flat(), "row": 0})["cells"]) == 34
    assert len(asked(pipeline, state, kind="text", text="zebra")[2]) == 1


def test_a_point_of_the_four_types_is_the_row_that_is_drawn_there(pipeline, monkeypatch):
    """Of a long table the pair may be of all rows where there is only time for a sample of four."""
    small = Pipeline(replace(pipeline.config, fit_rows=200), None)
    state = from_query("?data=three&n=2000&k=3&n_init=1&show=shapes")[0]
    sample = small.points(state.data)
    monkeypatch.setattr(small.compare, "shapes", lambda _: SimpleNamespace(points=sample))
    assert (small.compare.grouped(state).points.n, sample.n) == (2000, 200)
    found = answer(small, {**state.to_flat(), "point": 199})
    assert found["row"] == sample.rows[-1] != 199
    with pytest.raises(StateError, match="no such row"):
        answer(small, {**state.to_flat(), "point": 200})


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.sampled_from(["outlines", "text", "outliers", "else"]), anything)
def test_whatever_a_browser_wants_is_bounded_or_refused(kind, raw):
    try:
        wanted = Wanted.of({"kind": kind, "outlines": raw, "text": raw})
    except StateError as refusal:
        assert refusal.hint  # noqa: PT017
        return
    assert len(wanted.text) <= 200
    assert all(np.isfinite(one).all() for one in wanted.outlines)


def test_what_is_too_much_or_not_there_is_refused(pipeline):
    long = [[float(i), float(i * i)] for i in range(MOST_CORNERS + 1)]
    endless = [[10**400, 0], [1, 1], [2, 2]]
    for outlines in (
        [],
        [long],
        [endless],
        [BOX] * (MOST_OUTLINES + 1),
        [[[0, 0], [1, 1]]],
        [BOX, "x"],
    ):
        with pytest.raises(StateError):
            Wanted.of({"kind": "outlines", "outlines": outlines})
    flat = AppState().but(data="iris", k=2).to_flat()
    for wrong in ({"row": 150}, {"row": -1}, {"row": True}, {"point": 150}, {"point": "0"}):
        with pytest.raises(StateError, match="no such row"):
            answer(pipeline, {**flat, **wrong})
    assert answer(pipeline, {**flat, "wanted": {"kind": "text", "text": "zebra"}}) is None
