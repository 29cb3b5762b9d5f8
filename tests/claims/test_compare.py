"""Every sentence of Compare, read by its checker."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from gmm_dash.callbacks.all_rows import piece
from gmm_dash.datasets import DATASETS
from gmm_dash.errors import GmmDashError
from gmm_dash.explain import captions, compare, groups, merging, run_on, shapes, start, why
from gmm_dash.pipeline import Pipeline
from gmm_dash.say import VIEWS
from gmm_dash.state import COVARIANCE_TYPES, START, AppState, from_query
from gmm_dash.tables import describe_frame
from tests.claims import (  # noqa: F401
    check_background,
    check_captions,
    check_compare,
    check_gaps,
    check_groups,
    check_merging,
    check_reasons,
    check_row_notes,
    check_run_on,
    check_shapes,
    check_start,
    check_weights,
)
from tests.claims.case import CHECKERS, Case, changed
from tests.claims.wrong import believed, falsified

WORDS = tuple(one.WORDS for one in (captions, compare, groups, merging, run_on, shapes, start, why))
FINDINGS = {
    f"finding.{code}"
    for code in (
        "variance-floor", "few-points", "unused", "duplicates", "not-converged", "likelihood-fell",
        "reg-large",
    )
}  # fmt: skip
RARE = {
    "steps.only-slow",  # said by the player
    "why.empty-cluster",  # tests/engine makes such runs
    "why.likelihood-fell",  # always behind another finding, or said by the notice
    *("note.gaps", "note.gaps-unused", "caption.gaps", "compare.single-gaps"),  # test_gaps.py
    # test_background.py
    *("note.background", "note.background-scores", "note.background-start"),
    *("note.background-idle", "caption.background", "compare.single-background"),
    *("compare.background-scores", "why.unsure-background", "groups.background"),
    "merge.background",
    # test_weights.py
    *("note.weights", "note.weights-scaled", "note.weights-rows", "note.weights-start"),
    *("note.weights-idle", "compare.single-weights", "groups.weights"),
    "finding.duplicates",  # components that coincide are flat, which is said first
}
FIXED = [
    START,
    f"{START}&merge=2&names=1:one",
    START.replace("k=4", "k=1"),
    START.replace("k=4", "k=6").replace("0.3", "0.6"),
    START.replace("stretched&stretch=0.3", "blobs&noise=0.3"),
    "?data=iris&k=3&show=borders&n_init=1",
    "?k=1&cov=diag",
    "?k=1&cov=spherical",
    "?data=blobs&noise=1&cov=equal",
    "?data=blobs&noise=1&cov=equal&hard=0.5",
    "?data=blobs&noise=1&cov=equal&hard=1",
    "?data=uniform&n=3000&k=20&n_init=1&cov=equal&hard=1",
    "?data=blobs&noise=1&cov=equal&hard=1&tab=groups",
    "?k=2",
    "?data=moons&k=4&n=200&noise=0.05&names=1:heavy%252C slow,2:<b>2</b> x 2,3:“3”,4:4",
    "?data=outlier&k=3&n=200&noise=100&names=1:1,2:all 2,3:of k-means",
    "?data=galaxies&k=6&names=1:slow,3:3,5:5 and 6&show=ellipses",
    "?data=iris&k=3&tab=groups&names=1:small,2:2+3",
    "?data=moons&n=200&noise=0.05&k=6&merge=3&tab=groups&names=1:one,2:two,3:3,5:5",
    "?data=iris&k=3&tab=groups",
    "?data=iris&k=3&x=DR1 (full, K = 3)&y=DR2 (full, K = 3)",
    "?data=wine&k=3&x=DR1 (diag, K = 4)&y=alcohol",
    "?data=stretched&k=3&tab=groups",
    "?data=manydims&centers=30&n=60&k=4&tab=groups",
    "?data=outlier&k=3&tab=groups",
    "?data=wine&k=9&tab=groups",
    "?data=blobs&k=1&tab=groups",
    "?data=moons&n=200&noise=0.05&k=6&merge=3&tab=groups",
    "?data=overlap&n=200&k=6&n_init=1&cov=spherical&merge=3",
    "?data=iris&k=3&merge=1&tab=groups",
    "?data=blobs&noise=0.3&k=4&merge=5&tab=groups",
    "?data=overlap&n=400&noise=2&k=2",
    "?data=blobs&n=400&centers=4&k=4&noise=2.5",
    "?data=grid&n=450&k=3",
    "?data=wine&k=3&n_init=1&pcs=3&tab=groups",
    "?data=wine&k=20&n_init=1&pcs=9&tab=groups",
    "?data=iris&k=3&n_init=1&pcs=0.9&scale=none",
    "?data=blobs&k=4&n_init=1&pcs=1&show=sources",
    "?data=iris&k=2",
    "?data=iris&k=3",
    "?data=iris&k=3&n_init=2&transform=log:petal length (cm),asinh:petal width (cm)",
    "?data=stretched&n=754&noise=1.07&centers=2&dseed=25&k=6&cov=tied&n_init=1&seed=253261"
    "&reg=0.01&scale=standard",
    "?data=moons&k=2",
    "?data=moons&n=200&noise=0.05&k=4",
    "?data=moons&k=16",
    "?data=rings&k=2",
    "?data=bars&k=2&cov=tied&init=kmeans&n_init=1&tol=1e-3",
    "?data=mouse&k=3",
    "?data=outlier&k=3&n=200&noise=100",
    "?data=minority&k=2&dseed=9&cov=tied",
    "?data=uniform&k=3",
    "?data=faithful&k=2",
    "?data=galaxies&k=3&show=size,ellipses,centers",
    "?data=galaxies&k=4&scale=none&show=size,ellipses,borders,circles,regions,sources",
    "?data=galaxies&k=4&show=size,bootstrap",
    "?data=galaxies&k=6&show=ellipses&x=nope&y=nope",
    "?data=galaxies&k=1&cov=spherical",
    "?data=galaxies&k=4&show=shapes",
    "?data=galaxies&k=9&reg=0&show=shapes",
    "?data=galaxies&k=3&cov=equal&hard=0.5",
    "?data=galaxies&k=4&merge=3&tab=groups",
    "?data=faithful&cols=waiting&k=2&show=size,ellipses&transform=log:waiting",
    "?data=penguins&cols=body_mass_g&k=3&show=size,truth",
    "?data=faithful&k=3&show=size,sources",
    "?data=blobs&noise=0.3",
    "?data=blobs&centers=1&k=3&n=100",
    "?data=duplicates&k=3",
    "?data=duplicates&n=20&noise=15&k=9",
    "?data=manydims&centers=30&n=60&k=2",
    "?data=wine&k=3&cov=full&show=size,bootstrap",
    "?data=crossed&k=2&show=shapes",
    "?data=blobs&k=1&show=shapes,sources&orient=own",
    "?data=gallery&k=2&show=shapes",
    "?data=duplicates&k=20&n=24&noise=15&show=shapes",
    "?data=manydims&centers=20&n=60&k=1&show=shapes",
    "?data=penguins&k=3&max_iter=3&show=size,ellipses,circles,regions,truth",
    "?data=crossed&n=372&noise=0.95&dseed=1&k=2&cov=tied&init=random_from_data&n_init=1&seed=49",
    "?data=penguins&scale=none&k=3&cov=spherical&init=kmeans&n_init=1&seed=82&tol=0.001",
    "?data=aniso&n=88&noise=0.6&dseed=69&k=3&cov=diag&init=random&n_init=1&seed=94&tol=0.001",
    "?data=minority&n=216&noise=2.5&dseed=61&k=2&cov=tied&init=random&n_init=1&seed=61&tol=0.001",
    "?data=iris&k=2&x=nope&show=size,bootstrap",
    "?data=corners&k=4&reg=1000",
    "?data=three&k=3&reg=10",
    "?data=units&k=4&cov=tied&n=60&dseed=31&seed=48&init=random_from_data&n_init=1&tol=0.001"
    "&show=shapes",
    "?data=iris&k=3&scale=standard&show=shapes",
    "?data=moons&k=2&max_iter=3",
    "?data=moons&k=2&tol=0.01&max_iter=5000",
    "?data=penguins&k=6&n=100&seed=45&reg=0",
    "?data=blobs&k=6&n=100&dseed=31",
    "?data=faithful",
    "?data=gallery",
    "?data=faithful&k=2&show=truth",
    "?data=stretched&show=shapes",
    "?data=blobs&n=40&k=9&cov=tied",
    "?data=grid&n=90&noise=0.05&centers=2&k=4&show=size,bootstrap",
    "?data=outlier&n=60&noise=100&k=2&n_init=3&show=size,bootstrap",
]
TABLES = {
    "almost one point": [[1.0, 2.0]] * 5 + [[1.0 + 1e-9, 2.0 - 1e-9]],
    "two points, many times": [[0.0, 0.0]] * 30 + [[5.0, 1.0]] * 30,
    "one column that never changes": [[float(i % 7), 3.0, float(i % 5)] for i in range(60)],
    "one column": [[float(i % 11) ** 2] for i in range(70)],
    "one column of two values": [[float(i % 2)] for i in range(40)],
    "one column, nearly one value": [[1.0 + 1e-9 * (i == 3)] for i in range(30)] + [[5.0]],
    "a sum of two columns": [[i % 7, i % 5, i % 7 + i % 5] for i in range(70)],
}
SETTINGS = 90  # drawn at random, always the same
seen = set()


def check(pipeline, state):
    """Read every sentence of a link; return whether the page shows it at all."""
    try:
        spoken = VIEWS["compare"](pipeline, state)
    except GmmDashError:
        return False
    for part, sentences in spoken.parts.items():
        kind = part.partition(".")[2]
        shown = state.but(cov=kind) if kind in COVARIANCE_TYPES else state
        case = Case(pipeline, shown, spoken)
        for sentence in sentences:
            seen.add(sentence.code)
            try:
                CHECKERS[sentence.code](case, sentence.text)
            except AssertionError as problem:
                raise AssertionError(f"{changed(state)}: {sentence}\n{problem}") from problem
    return True


def settings(generator):
    """Return random settings of Compare."""

    def one(options):
        return options[int(generator.integers(len(options)))]

    overlays = ["size", "circles", "ellipses", "centers", "regions", "truth", "bootstrap", "shapes"]
    return AppState().but(
        data=one([name for name in DATASETS.names() if name != "galaxies"]),  # they have their own
        n=int(generator.integers(20, 300)),
        noise=float(generator.uniform(0.05, 4)),
        centers=int(generator.integers(1, 7)),
        dseed=int(generator.integers(1000)),
        scale=one(["none", "standard"]),
        k=int(generator.integers(1, 9)),
        cov=one(["full", "tied", "diag", "spherical"]),
        init=one(["mixed", "kmeans", "random", "random_from_data"]),
        reg=one([0.0, 1e-6, 1e-6, 1e-2]),
        tol=one([1e-6, 1e-6, 1e-3]),
        max_iter=one([500, 500, 3]),
        n_init=one([1, 3]),
        seed=int(generator.integers(1000)),
        show=[
            name
            for name in overlays
            if generator.random() < (0.15 if name in overlays[6:] else 0.5)
        ],
    )


def test_every_sentence_has_a_checker():
    codes = {code for words in WORDS for code in words} | FINDINGS
    assert codes - set(CHECKERS) == set()


@pytest.mark.parametrize("link", FIXED)
def test_every_sentence_of_these_links_is_so(pipeline, link):
    assert check(pipeline, from_query(link)[0])


@pytest.mark.parametrize("k", [1, 3, 5])
@pytest.mark.parametrize("name", TABLES)
def test_every_sentence_of_awkward_tables_is_so(pipeline, name, k):
    frame = pd.DataFrame(TABLES[name], dtype=float)
    columns = [f"c{i}" for i in range(frame.shape[1])]
    read = describe_frame(frame.set_axis(columns, axis=1))
    key = pipeline.store.put(read.frame, read.report)
    for change in ({"show": ["size"]}, {"show": ["shapes"]}, {"tab": "groups"}):
        state = AppState().but(data="upload", table=key, cols=columns, k=k, **change)
        assert check(pipeline, state)


LONG = {  # what is asked of a server with small limits, and what it then says of its rows
    "?data=three&n=2000&k=3&n_init=1&scale=standard": {"note.all-rows", "note.drawn"},
    "?data=crossed&n=2000&k=2&n_init=1&show=shapes": {"note.all-rows", "note.drawn"},
    "?data=three&n=4000&k=3&n_init=1": {"note.sample-rows"},
    "?data=three&n=2000&k=3&n_init=1&show=size,bootstrap": {"note.sample-bootstrap"},
    "?data=three&n=2000&k=3&n_init=1&cov=equal": {"note.all-rows", "note.drawn"},
    "?data=three&n=2000&k=3&n_init=1&cov=equal&hard=0.5": {"note.sample-hard"},
    "?data=background&n=2000&k=3&n_init=1&background=on": {"note.sample-background"},
    "?data=three&n=2000&k=3&n_init=1&pcs=1": {"note.sample-pca"},
    "?data=overlap&n=3000&k=20&n_init=1&tol=1e-9": {"note.sample-seconds"},
    "?data=overlap&n=3000&k=10&n_init=1&tol=1e-6&show=shapes": {"note.sample-seconds"},
}
CARRIED = "?data=overlap&n=3000&k=20&n_init=1&tol=1e-9"  # too long for one request, so in pieces


@pytest.mark.parametrize("link", LONG)
def test_of_long_tables_it_is_said_which_rows_are_meant(pipeline, link):
    limits = {"fit_rows": 400, "all_rows": 3000, "plot_points": 500, "fit_seconds": 0.2}
    small, state = Pipeline(replace(pipeline.config, **limits), None), from_query(link)[0]
    spoken = VIEWS["compare"](small, state)
    case = Case(small, state, spoken)
    said = {one.code: one.text for one in spoken.parts["notes"]}
    rows = {code for code in said if code.partition("-")[0] in ("note.all", "note.sample")}
    assert rows | ({"note.drawn"} & set(said)) == LONG[link]
    for code in LONG[link]:
        seen.add(code)
        CHECKERS[code](case, said[code])
        for false in falsified(said[code], 2):
            assert not believed(case, code, false)


@pytest.mark.parametrize(("show", "seconds"), [("", 0.2), ("&show=shapes", 0.6)])
def test_of_models_that_were_carried_on_in_pieces_the_same_is_said(pipeline, show, seconds):
    limits = {"fit_rows": 400, "all_rows": 3000, "plot_points": 500, "fit_seconds": seconds}
    small = Pipeline(replace(pipeline.config, **limits), None)
    state, reached = from_query(CARRIED + show)[0], ""
    before = VIEWS["compare"](small, state)
    (said,) = [one for one in before.parts["notes"] if one.code == "note.sample-seconds"]
    CHECKERS[said.code](Case(small, state, before), said.text)
    assert "Fit all rows" in said.text
    while reached != "done":
        reached = piece(small, {"work": state.to_flat(), "reached": reached})["reached"]
    spoken = VIEWS["compare"](small, state)
    case = Case(small, state, spoken)
    (said,) = [one for one in spoken.parts["notes"] if one.code == "note.all-rows"]
    CHECKERS[said.code](case, said.text)
    for false in falsified(said.text, 2):
        assert not believed(case, said.code, false)


PARTLY = {  # which labels of the flowers are known, K, what is shown
    "some of each": (lambda kind, place: kind if place % 3 else None, 3, ["size", "truth"]),
    "one group": (lambda _, place: "all" if place % 2 else None, 3, []),
    "two groups, four components": (lambda kind, place: kind if place < 80 else None, 4, []),
    "fewer components": (lambda kind, place: kind if place % 9 == 0 else None, 2, []),
    "shuffled": (lambda _, place: "abc"[place * 7 % 11 % 3] if place % 2 else None, 3, []),
    "one label": (lambda kind, place: kind if place == 77 else None, 2, ["truth"]),
    "shapes": (lambda kind, place: kind if place % 3 else None, 3, ["shapes", "truth"]),
}


@pytest.mark.parametrize("which", PARTLY)
def test_every_sentence_of_partly_labelled_points_is_so(pipeline, which):
    known, k, show = PARTLY[which]
    sample = DATASETS["iris"].draw(n=2, noise=0, centers=1, seed=0)
    frame = pd.DataFrame(sample.points, columns=list("abcd"))
    kinds = [sample.label_names[code] for code in sample.labels]
    frame["kind"] = [known(kind, place) for place, kind in enumerate(kinds)]
    read = describe_frame(frame)
    key = pipeline.store.put(read.frame, read.report)
    state = AppState().but(data="upload", table=key, label="kind", k=k, show=show)
    assert check(pipeline, state)
    notes = VIEWS["compare"](pipeline, state).parts["notes"]
    assert [one.code for one in notes].count("note.labelled") == 1
    for one in notes[:1]:
        for false in falsified(one.text):
            assert not believed(Case(pipeline, state, None), one.code, false)


def test_every_sentence_of_any_settings_is_so(pipeline):
    generator = np.random.default_rng(5)
    shown = 0
    for _ in range(SETTINGS):
        shown += check(pipeline, settings(generator))
    assert shown > 5


def test_every_sentence_of_one_column_is_so(pipeline):
    generator = np.random.default_rng(21)
    shown = 0
    for _ in range(9):
        state = settings(generator)
        data, cols = (("galaxies", []), ("faithful", ["waiting"]), ("iris", ["petal width (cm)"]))[
            int(generator.integers(3))
        ]
        shown += check(pipeline, state.but(data=data, cols=cols))
    assert shown > 4


@pytest.mark.parametrize("link", FIXED[:64])
def test_another_number_is_found_out(pipeline, link):
    """A checker that could not fail would prove nothing."""
    state = from_query(link)[0]
    spoken, missed = VIEWS["compare"](pipeline, state), set()
    for part, sentences in spoken.parts.items():
        for place, sentence in enumerate(sentences):
            for false in falsified(sentence.text):
                said = (*sentences[:place], replace(sentence, text=false), *sentences[place + 1 :])
                parts = {**spoken.parts, part: said}
                case = Case(pipeline, state, replace(spoken, parts=parts))
                if believed(case, sentence.code, false):
                    missed.add((sentence.code, false))
    assert not missed


def test_every_kind_of_sentence_was_said():
    codes = {code for words in WORDS for code in words} | FINDINGS
    assert codes - seen - RARE == set()
