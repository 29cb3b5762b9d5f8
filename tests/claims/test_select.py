"""Every sentence of How many?, read by its checker."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from gmm_dash.config import Config
from gmm_dash.datasets import DATASETS
from gmm_dash.engine.nesting import is_smoothed
from gmm_dash.errors import GmmDashError
from gmm_dash.explain import select, select_spoken
from gmm_dash.factory import open_store
from gmm_dash.pipeline import Pipeline
from gmm_dash.results.select import selection_of
from gmm_dash.results.select_claims import Asked
from gmm_dash.say import VIEWS
from gmm_dash.state import AppState, from_query
from gmm_dash.tables import describe_frame
from tests.claims import check_columns, check_gaps, check_select, check_weights  # noqa: F401  (they register)
from tests.claims.case import CHECKERS, changed
from tests.claims.pieces import computed_once
from tests.claims.select_case import SelectCase
from tests.claims.test_gaps import flowers
from tests.claims.test_weights import table as counted_rows
from tests.claims.wrong import believed, falsified
from tests.figures.test_select import ROW

FIXED = [
    "?view=select&data=blobs&n=200&kmax=4&n_init=2",
    "?view=select&data=overlap&n=200&kmax=3&n_init=2&criterion=heldout&folds=3",
    "?view=select&data=iris&types=full&kmin=3&kmax=5&scale=standard",
    "?view=select&data=iris&types=full,diag&kmin=1&kmax=4&criterion=icl&chart=bars",
    "?view=select&data=manydims&n=20&centers=12&kmax=2&types=tied&n_init=1&criterion=aicc",
    "?view=select&data=manydims&n=20&centers=12&kmax=1&types=tied,diag&n_init=1&criterion=aic",
    "?view=select&data=uniform&n=20&kmax=6&n_init=2",
    "?view=select&data=uniform&n=150&kmax=6&n_init=1",
    "?view=select&data=duplicates&reg=0&types=full&kmin=4&kmax=5&n_init=1",
    "?view=select&data=galaxies&kmax=5&n_init=2",
    "?view=select&data=galaxies&kmin=2&kmax=5&n_init=1&types=tied,diag&criterion=aic&chart=bars",
    "?view=select&data=moons&n=120&kmax=6&n_init=1&chart=criteria&ctype=diag",
    # searches that stop short
    "?view=select&data=three&n=124&noise=3&dseed=72&init=kmeans&n_init=3&seed=63&kmax=4&reg=0.01",
    "?view=select&data=moons&n=185&noise=1&dseed=94&n_init=2&seed=61&kmax=5&types=full,diag",
]
NAMES = [
    "blobs",
    "moons",
    "overlap",
    "iris",
    "three",
    "manydims",
    "uniform",
    "stretched",
    "outlier",
    "galaxies",
]
SETTINGS = 45  # drawn at random, always the same
seen = set()


def read(case):
    """Read every sentence of a comparison."""
    for sentence in case.spoken.sentences:
        seen.add(sentence.code)
        try:
            CHECKERS[sentence.code](case, sentence.text)
        except AssertionError as problem:
            raise AssertionError(f"{changed(case.state)}: {sentence}") from problem


def gathered(pipeline, state):
    """Return the plain rows of every piece."""
    count = range(len(pipeline.select.plan(state).pieces))
    pieces = [pipeline.select.piece(state, number) for number in count]
    return {name: [row for piece in pieces for row in piece[name]] for name in pieces[0]}


@cache
def case_of(pipeline, state):
    with computed_once(pipeline.select):
        spoken = VIEWS["select"](pipeline, state)
        return SelectCase(pipeline, state, spoken, gathered(pipeline, state))


def made_by_hand(pipeline, rows, link="", *, plain=None, finished=True, waiting=False):
    """Return what is said of rows that no search of a test would bring."""
    state = from_query(f"?view=select&data=uniform&n=20&kmax=12{link}")[0]
    plain = plain or {"mixtures": [row.as_dict() for row in rows], "kmeans": []}
    points, chosen = pipeline.points(state.data), state.select
    asked = Asked(chosen.criterion, finished=finished, waiting=waiting)
    smoothed = is_smoothed(points.fitted, state.model.reg_covar)
    selection = selection_of(plain["mixtures"], plain["kmeans"], smoothed=smoothed)
    spoken = select_spoken(selection, points, asked, chosen=chosen)
    return SelectCase(
        pipeline, state, spoken, plain, finished=finished, waiting=waiting, hand_made=True
    )


def settings(generator):
    """Return random small comparisons."""

    def one(options):
        return options[int(generator.integers(len(options)))]

    return AppState().but(
        view="select",
        data=one(NAMES),
        n=int(generator.integers(16, 200)),
        noise=float(one([0.1, 1.0, 3.0])),
        dseed=int(generator.integers(100)),
        scale=one(["none", "standard"]),
        kmin=int(generator.integers(1, 4)),
        kmax=int(generator.integers(1, 7)),
        types=one([[], ["full"], ["full", "diag"], ["tied", "spherical"]]),
        criterion=one(["bic", "bic", "aic", "aicc", "icl", "heldout"]),
        folds=3,
        chart=one(["lines", "bars", "criteria"]),
        together=one([["bic", "aic"], ["aicc", "icl"], []]),
        ctype=one(["full", "diag"]),
        n_init=one([1, 2, 3]),
        init=one(["mixed", "kmeans", "random", "random_from_data"]),
        reg=one([1e-6, 1e-6, 1e-2]),
        seed=int(generator.integers(100)),
    )


def test_every_sentence_has_a_checker():
    assert set(select.WORDS) - set(CHECKERS) == set()


@pytest.mark.parametrize("link", FIXED)
def test_every_sentence_of_these_links_is_so(pipeline, link):
    read(case_of(pipeline, from_query(link)[0]))


def test_every_sentence_of_partly_labelled_points_is_so(pipeline, stored):
    flowers = DATASETS["iris"].draw(n=2, noise=0, centers=1, seed=0).points.tolist()
    for names in ("ab", "a"):
        lines = [
            f"{row[0]},{row[2]},{'' if i % 4 else names[i % len(names)]}"
            for i, row in enumerate(flowers)
        ]
        key = stored("\n".join(["a,c,kind", *lines]))
        state = AppState().but(view="select", data="upload", table=key, label="kind")
        case = case_of(pipeline, state.but(kmin=2, kmax=3, n_init=1, types=["full"]))
        read(case)
        groups = next(s for s in case.spoken.sentences if s.code == "select.more-than-groups")
        for false in falsified(groups.text):
            assert not believed(case, groups.code, false)


@pytest.mark.parametrize(
    "more",
    [
        {"criterion": "heldout", "folds": 3, "types": ["full", "tied"]},
        {"scale": "standard", "chart": "criteria", "types": ["diag"], "ctype": "diag"},
        {"criterion": "icl", "types": ["spherical"], "cols": ["b", "d"], "kmin": 2, "kmax": 2},
    ],
)
def test_every_sentence_of_rows_with_gaps_is_so(pipeline, more):
    read_in = describe_frame(flowers())
    key = pipeline.store.put(read_in.frame, read_in.report)
    asked = {"view": "select", "data": "upload", "table": key, "label": "kind", "gaps": "use"}
    case = case_of(pipeline, AppState().but(**asked | {"n_init": 2, "tol": 1e-4, "kmax": 3} | more))
    assert {"select.gaps", "select.kmeans-complete"} <= {s.code for s in case.spoken.sentences}
    read(case)
    for sentence in case.spoken.sentences:
        for false in falsified(sentence.text, most=3):
            assert not believed(case, sentence.code, false), (sentence, false)


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ({"types": ["full", "tied"]}, {"select.weights"}),
        ({"criterion": "heldout", "folds": 3, "types": ["diag"]}, {"select.weights"}),
        ({"scale": "standard", "chart": "criteria", "ctype": "diag"}, {"select.penalty"}),
        ({"weights": "weight", "types": ["full"]}, {"select.weights-scaled", "select.withheld"}),
        (
            {"weights": "weight", "criterion": "aicc", "types": ["tied"]},
            {"select.withheld", "select.no-points"},
        ),
        (
            {"weights": "weight", "criterion": "heldout", "folds": 3, "types": ["spherical"]},
            {"select.weights-scaled", "select.winner"},
        ),
        (
            {"weights": "weight", "criterion": "heldout", "folds": 2, "chart": "criteria"},
            {"select.no-points", "select.winner"},
        ),
        (
            {"weights": "weight", "chart": "criteria", "ctype": "full"},
            {"select.withheld", "select.no-points"},
        ),
    ],
)
def test_every_sentence_of_rows_that_count_by_weights_is_so(pipeline, more, codes):
    read_in = describe_frame(counted_rows())
    key = pipeline.store.put(read_in.frame, read_in.report)
    asked = {"view": "select", "data": "upload", "table": key, "label": "kind", "cols": ["a", "b"]}
    asked |= {"weights": "count", "n_init": 2, "tol": 1e-4, "kmax": 3, "types": ["diag", "full"]}
    case = case_of(pipeline, AppState().but(**asked | more))
    assert codes | {"select.kmeans-weights"} <= {s.code for s in case.spoken.sentences}
    withheld = "select.withheld" in codes
    assert ("badge.select" in case.spoken.parts and not case.spoken.parts["badge.select"]) == (
        withheld
    )
    read(case)
    for sentence in case.spoken.sentences:
        for false in falsified(sentence.text, most=3):
            assert not believed(case, sentence.code, false), (sentence, false)


def test_every_sentence_of_any_settings_is_so(pipeline):
    generator = np.random.default_rng(7)
    shown = 0
    for _ in range(SETTINGS):
        try:
            case = case_of(pipeline, settings(generator))
        except GmmDashError:
            continue
        read(case)
        shown += 1
    assert shown > 5


LATE = replace(
    ROW, n_components=2, log_likelihood=None, heldout_log_likelihood=None, bic=None, aic=None,
    aicc=None, icl=None, degenerate=True, reason="stopped",
)  # fmt: skip
FALLEN = replace(ROW, n_components=3, degenerate=True, reason="few-points", bic=-50.0)
SHORT = replace(ROW, n_components=4, log_likelihood=-1.5, icl=-5.0, bic=30.0)
TEN = replace(
    ROW, n_components=10, n_parameters=59, bic=-9.0, aic=-9.0, aicc=None, icl=20.0,
    log_likelihood=0.5, heldout_log_likelihood=-9.0,
)  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "more"),
    [
        ([], {"finished": False, "waiting": True}),
        ([], {"finished": False}),
        ([], {}),
        ([LATE], {}),
        ([LATE, replace(LATE, n_components=3)], {"finished": False}),
        ([LATE, FALLEN], {}),
        ([ROW, LATE, FALLEN], {}),
        ([ROW, LATE, FALLEN], {"finished": False}),
        ([ROW, SHORT], {"link": "&criterion=icl"}),
        ([ROW, SHORT, FALLEN], {}),
        ([replace(ROW, aicc=None, n_parameters=25), SHORT], {"link": "&criterion=aicc"}),
        ([ROW, TEN], {"link": "&n=16"}),
        ([ROW, TEN], {"link": "&criterion=heldout"}),
        ([replace(ROW, n_components=12)], {}),
    ],
)
def test_every_sentence_of_rows_made_by_hand_is_so(pipeline, rows, more):
    read(made_by_hand(pipeline, rows, **more))


def test_a_comparison_that_still_grows_is_told_as_one(pipeline):
    state = from_query("?view=select&data=uniform&n=20&kmax=12&n_init=1&types=full,diag")[0]
    whole = gathered(pipeline, state)
    for count in (1, 5, 12):
        plain = {"mixtures": whole["mixtures"][:count], "kmeans": whole["kmeans"][:count]}
        link = "&n_init=1&types=full,diag"
        read(made_by_hand(pipeline, [], link, plain=plain, finished=False))


def test_what_strong_smoothing_does_is_not_told_of_the_search(pipeline):
    link = "?view=select&data=overlap&n=1000&kmin=3&kmax=3&n_init=2&types=full,spherical"
    state = from_query(f"{link}&reg=0.1&scale=standard")[0]
    drawn = [row for row in gathered(pipeline, state)["mixtures"] if not row["informed"]]
    asked = Asked("bic", finished=True, waiting=False)
    selection = selection_of(drawn, [], smoothed=True)
    spoken = select_spoken(selection, pipeline.points(state.data), asked, chosen=state.select)
    plain = {"mixtures": drawn, "kmeans": []}
    case = SelectCase(pipeline, state, spoken, plain, hand_made=True)
    full, round_ones = case.rows
    assert full.log_likelihood < round_ones.log_likelihood - 1e-4
    read(case)
    assert "search" not in case.spoken.text("notice")
    assert "Ringed" in case.spoken.text("caption.select")


@pytest.mark.parametrize("only_one_value", [False, True])
def test_the_column_that_models_collapse_onto_is_named(pipeline, stored, only_one_value):
    r = np.random.default_rng(0)
    few = r.choice([3, 4, 6, 8], 160)
    many = np.where(few < 8, 0, r.normal(size=160))
    rows = [
        f"{many[i] if only_one_value else few[i]},{10 * few[i] + r.normal():.3f},{r.normal():.3f}"
        for i in range(160)
    ]
    key = stored("\n".join(["kind,power,weight", *rows]))
    link = f"?view=select&data=upload&table={key}&scale=standard&kmin=2&kmax=3&types=full"
    case = case_of(pipeline, from_query(f"{link}&n_init=1&init=kmeans")[0])
    read(case)
    (text,) = [s.text for s in case.spoken.sentences if s.code == "select.onto-column"]
    assert text.startswith("kind ")
    assert text.endswith("Leave kind out.")
    assert not [false for false in falsified(text) if believed(case, "select.onto-column", false)]


def test_what_is_left_out_is_told(tmp_path):
    config = replace(Config(), store=str(tmp_path), fit_seconds=1.0)
    pipeline = Pipeline(config, open_store(config))
    state = from_query("?view=select&data=manydims&n=20000&centers=20&kmin=20&kmax=30")[0]
    plan = pipeline.select.plan(state)
    assert plan.left_out
    case = made_by_hand(pipeline, [])
    told = plan.left_out, plan.drawn_only_from, config.fit_seconds
    sentences = select.note_sentences(*told)
    spoken = replace(case.spoken, parts={"notes": sentences})
    read(replace(case, state=state, spoken=spoken))


def test_sixteen_rows_are_told_what_the_other_criteria_would_take(pipeline):
    case = made_by_hand(pipeline, [ROW, TEN], "&n=16")
    assert "AICc would take 1, ICL 1, held-out 1." in case.spoken.text("notice")
    assert case.spoken.text("badge.select").endswith("K = 10, more parameters than rows")


@pytest.mark.parametrize("link", FIXED)
def test_another_number_is_found_out(pipeline, link):
    """A checker that could not fail would prove nothing."""
    case = case_of(pipeline, from_query(link)[0])
    missed = {
        (sentence.code, false)
        for sentence in case.spoken.sentences
        for false in falsified(sentence.text, most=1)
        if believed(case, sentence.code, false)
    }
    assert not missed


def test_every_kind_of_sentence_was_said():
    assert set(select.WORDS) - seen == set()
