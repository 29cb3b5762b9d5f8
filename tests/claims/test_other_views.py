"""Every sentence of Density, Step by step, Digits and Colours, read by its checker."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from gmm_dash.config import Config
from gmm_dash.datasets import DATASETS
from gmm_dash.engine import time_limit
from gmm_dash.errors import GmmDashError, WorkLimitError
from gmm_dash.explain import captions, colors, density, digits, run_on, steps
from gmm_dash.factory import open_images, open_store
from gmm_dash.files.limits import Limits
from gmm_dash.pipeline import Pipeline
from gmm_dash.results import density_study
from gmm_dash.say import VIEWS
from gmm_dash.state import AppState, from_query
from tests.claims import (  # noqa: F401  (they register)
    check_background,
    check_captions,
    check_density,
    check_gaps,
    check_images,
    check_row_notes,
    check_run_on,
    check_start,
    check_steps,
    check_steps_em,
    check_steps_informed,
    check_weights,
)
from tests.claims.case import CHECKERS, Case, changed, sklearn_mixture
from tests.claims.wrong import believed, falsified

WORDS = tuple(one.WORDS for one in (captions, colors, density, digits, run_on, steps))
ELSEWHERE = {
    # said by Compare and Restarts
    *("caption.circles", "caption.kmeans-one-size", "caption.kmeans-sizes"),
    *("caption.kmeans-unchanged", "caption.gmm-sizes", "caption.gmm-sure"),
    *("caption.cuts", "caption.ellipses", "caption.no-regions", "note.no-truth", "caption.borders"),
    "note.labelled",
    "compare.only-slow",
    *("note.separates", "caption.flooded"),
    *("caption.sources", "note.no-sources"),
    *("note.all-rows", "note.drawn"),
    *("note.gaps", "note.gaps-unused", "caption.gaps"),
    *("note.background", "note.background-scores", "note.background-start"),
    *("note.background-idle", "caption.background", "note.sample-background"),
    *("note.sample-rows", "note.sample-seconds", "note.sample-bootstrap", "note.sample-hard"),
    "note.sample-pca",
    *("note.weights", "note.weights-scaled", "note.weights-rows", "note.weights-start"),
    "note.weights-idle",
    "steps.kmeans-limit",  # tests/explain/test_steps.py makes such a run
    "heldout.none",  # tests/explain/test_density.py makes such a curve
}
FIXED = [
    "?view=density&data=moons&k=16&n=400&noise=0.1",
    "?view=density&data=blobs&centers=2&k=2&n_init=1&n=100&noise=0.4",
    "?view=density&k=1&n=60&x=nope&cov=diag&n_init=1",
    "?view=density&data=units&outliers=5&draw=0&n_init=1",
    "?view=density&data=moons&k=30&n=60&n_init=1&dplace=over",
    "?view=density&data=iris&k=2&x=PC1&y=PC2&outliers=2",
    "?view=density&data=wine&k=2&n_init=1&pcs=3&outliers=2",
    "?view=density&data=grid&n=2000&k=1&n_init=3&tol=1e-12&max_iter=5000",
    "?view=steps&data=wine&k=2&pcs=2",
    "?view=steps&data=blobs&n=6000&max_iter=5",
    "?view=steps&data=moons&n=200&noise=0.05&k=4",
    "?view=steps&k=4&start=own&centres=0,0,90,90,95,95",
    "?view=steps&data=blobs&reg=0.3&noise=1&k=6",
    "?view=steps&data=corners&k=2&start=bad&tol=1e-3",
    "?view=steps&data=overlap&n=90&k=3&start=random_gaussians",
    "?view=steps&data=iris&k=2&cov=spherical&start=random_gaussians&seed=4&max_iter=3",
    "?view=steps&data=corners&n=40&k=1",
    "?view=steps&data=bars&k=3&max_iter=2&scale=standard&start=k-means%2B%2B",
    "?view=steps&init=informed&data=moons&n=120&k=4",
    "?view=steps&init=informed&data=blobs&n=90&k=3&seed=4",
    "?view=steps&init=informed&data=uniform&n=120&k=6",
    "?view=steps&data=galaxies&k=6",
    "?view=steps&data=galaxies&k=3&start=bad&cov=tied&transform=log:velocity",
    "?view=steps&data=waits&k=2&start=random_gaussians&seed=3",
    "?view=steps&data=galaxies&k=4&init=informed",
    "?view=digits&dk=20&pca=75",
    "?view=digits&dk=2&pca=90&cov=spherical&data=upload",
    "?view=digits&dk=110&pca=90&digitseed=3",
    "?view=digits&dk=300&pca=50&cov=diag",
    "?view=colors&colors=4&cov=spherical",
    "?view=colors&colors=2&image=flower",
    "?view=density&data=uniform&k=2&n=100&n_init=1",
    "?view=density&data=moons&k=8&n=200&noise=0.05&dseed=0&slice=50",
    "?view=density&data=iris&k=3&draw=0&x=PC2&y=PC1&slice=30&transform=sqrt:petal width (cm)",
    "?view=density&data=iris&k=2&x=petal length (cm)&y=petal width (cm)"
    "&transform=log:petal width (cm),log:petal length (cm)&slice=70",
    "?view=density&data=galaxies&k=3&slice=30&outliers=5",
    "?view=density&data=galaxies&k=6&draw=0&scale=none",
    "?view=density&data=galaxies&k=4&dplace=over&transform=log:velocity",
    "?view=density&data=stretched&k=9&cov=tied&scale=standard&slice=12.5",
    "?view=density&data=duplicates&k=4&slice=100&draw=0",
    "?view=density&data=iris&k=2&n_init=1&draw=40&transform=log:petal width (cm)",
]
SETTINGS = 40  # drawn at random, always the same
seen = set()


def check(pipeline, state):
    """Read every sentence of a link; return whether the page shows it at all."""
    try:
        spoken = VIEWS[state.view.view](pipeline, state)
    except GmmDashError:
        return False
    case = Case(pipeline, state, spoken)
    # A run may say the same at a hundred half steps: a checker reads it once, of all of them.
    for (code, text), sentence in {(s.code, s.text): s for s in spoken.sentences}.items():
        seen.add(code)
        if code.startswith("finding."):
            continue
        try:
            CHECKERS[code](case, text)
        except AssertionError as problem:
            raise AssertionError(f"{state.view.view} {changed(state)}: {sentence}") from problem
    return True


def settings(generator):
    """Return random settings of one of the quick views."""

    def one(options):
        return options[int(generator.integers(len(options)))]

    return AppState().but(
        view=one(["density", "steps", "steps"]),
        start=one(["auto", "random", "k-means++", "kmeans", "bad", "own", "random_gaussians"]),
        centres=one([[], [0.0, 0.0], [0.0, 0.0, 90.0, 90.0, -5.0, 3.0]]),
        data=one([name for name in DATASETS.names() if name != "galaxies"]),  # they have their own
        n=int(generator.integers(20, 200)),
        noise=float(one([0.1, 0.6, 3.0])),
        slice=float(one([0.0, 35.0, 90.0])),
        centers=int(generator.integers(1, 6)),
        dseed=int(generator.integers(100)),
        scale=one(["none", "standard"]),
        k=int(generator.integers(1, 9)),
        cov=one(["full", "tied", "diag", "spherical"]),
        reg=one([0.0, 1e-6, 1e-2]),
        tol=one([1e-6, 1e-3, 0.0]),
        max_iter=one([500, 2]),
        n_init=1,
        seed=int(generator.integers(100)),
        x=one(["", "PC1", "nope"]),
        y=one(["", "", "PC2"]),
        draw=one([0, 40, 400]),
        dplace=one(["beside", "over"]),
        dmap=one(["both", "heat", "contours"]),
        outliers=one([0.0, 5.0]),
    )


def test_every_sentence_has_a_checker():
    codes = {code for words in WORDS for code in words}
    assert codes - set(CHECKERS) == set()


@pytest.mark.parametrize("link", FIXED)
def test_every_sentence_of_these_links_is_so(pipeline, link):
    assert check(pipeline, from_query(link)[0])


def test_every_sentence_of_any_settings_is_so(pipeline):
    generator = np.random.default_rng(11)
    shown = 0
    for _ in range(SETTINGS):
        shown += check(pipeline, settings(generator))
    assert shown > 5


def test_every_sentence_of_one_column_is_so(pipeline):
    generator = np.random.default_rng(21)
    shown = 0
    for _ in range(16):
        state = settings(generator).but(x="", y="")
        data, cols = (("galaxies", []), ("faithful", ["waiting"]))[int(generator.integers(2))]
        shown += check(pipeline, state.but(data=data, cols=cols))
    assert shown > 8


LONG = {
    "?draw=200&data=overlap&n=1500&k=2&n_init=1&outliers=2": {"density.all-rows", "note.drawn"},
    "?draw=200&data=overlap&n=2900&k=1&n_init=1&outliers=20&background=on": {
        "density.all-rows", "note.drawn",
    },
    "?draw=200&data=overlap&n=3000&k=20&n_init=1&tol=1e-9": {"density.sample"},
    "?draw=200&data=overlap&n=3500&k=2&n_init=1": {"note.sample-rows"},
    "?draw=200&data=overlap&n=1500&k=2&n_init=1&pcs=1": {"note.sample-pca"},
    "?draw=200&data=overlap&n=400&k=2&n_init=1": set(),
}  # fmt: skip


@pytest.mark.parametrize("rows", [400, 5_500])
def test_of_long_tables_the_player_says_which_rows_it_runs_on(pipeline, rows):
    small = Pipeline(replace(pipeline.config, fit_rows=rows), None)
    state = from_query("?view=steps&data=blobs&n=5800&k=2&max_iter=2")[0]
    spoken = VIEWS["steps"](small, state)
    (said,) = [one for one in spoken.sentences if one.code == "steps.start-sampled"]
    case = Case(small, state, spoken)
    CHECKERS[said.code](case, said.text)
    assert "of the 5,800 points" in said.text
    for false in falsified(said.text, 2):
        assert not believed(case, said.code, false)


class OfCompare(Case):
    """A link whose points and whose mixture are those that Compare ends on."""

    @property
    def _plain(self):
        return self.pipeline.compare.comparison(self.state.but(background="off"))

    @property
    def points(self):
        return self._plain.points

    @property
    def gmm(self):
        return self._plain.gmm_fit

    @property
    def mixture(self):
        return sklearn_mixture(self.gmm)


@pytest.mark.parametrize("link", LONG)
def test_of_long_tables_density_says_which_rows_are_meant(pipeline, link, monkeypatch):
    """Its other sentences are read with Compare's rows and mixture, which they are of."""
    monkeypatch.setattr(density_study, "MOST_NEIGHBOURS", 350)
    limits = {"fit_rows": 400, "all_rows": 3000, "plot_points": 500, "fit_seconds": 0.2}
    small = Pipeline(replace(pipeline.config, **limits), None)
    state = from_query(link)[0].but(view="density")
    spoken = VIEWS["density"](small, state)
    notes = spoken.parts["notes"]
    rows = {"density.all-rows", "density.sample", "note.drawn"}
    said = {one.code for one in notes if one.code in rows or one.code.startswith("note.sample-")}
    assert said == LONG[link]
    case = OfCompare(small, state.but(background="off"), spoken)
    for sentence in spoken.sentences:
        seen.add(sentence.code)
        if sentence.code.startswith("finding."):
            continue
        CHECKERS[sentence.code](case, sentence.text)
        for false in falsified(sentence.text, 1):
            assert not believed(case, sentence.code, false), sentence.code


def test_where_all_rows_take_longer_than_estimated_density_keeps_the_samples(pipeline, monkeypatch):
    tried = []

    def slow(*_):
        tried.append(1)
        raise WorkLimitError("This took more than 10 s of computing and was stopped.")

    small = Pipeline(replace(pipeline.config, fit_rows=400, all_rows=3000), None)
    monkeypatch.setattr(small.whole, "gmm", slow)
    state = from_query("?view=density&data=overlap&n=1500&k=2&n_init=1")[0]
    for _ in range(2):
        with time_limit(60) as limit:
            spoken = VIEWS["density"](small, state)
        assert not limit.lasting, "on another machine, or another time, there may be more"
    assert len(tried) == 1, "it is not tried again and again"
    for sentence in spoken.sentences:
        seen.add(sentence.code)
        CHECKERS[sentence.code](Case(small, state, spoken), sentence.text)
    (said,) = [one for one in spoken.parts["notes"] if one.code == "density.stopped"]
    for false in falsified(said.text, 3):
        assert not believed(Case(small, state, spoken), said.code, false)


def test_every_sentence_of_ones_own_images_is_so(tmp_path):
    config = replace(Config(), store=str(tmp_path))
    pipeline = Pipeline(config, open_store(config), open_images(config))
    generator = np.random.default_rng(18)
    clumps = generator.integers(0, 256, (12, 3))[generator.integers(0, 12, (20, 30))]
    clumps = (clumps + generator.normal(0, 4, clumps.shape)).clip(0, 255)
    noise = generator.integers(0, 256, (40, 50, 3))
    two = np.zeros((8, 8, 3))
    two[:4] = 9
    for pixels, k in ((clumps, 6), (noise, 4), (two, 16)):
        data = io.BytesIO()
        Image.fromarray(pixels.astype(np.uint8)).save(data, "PNG")
        key, _ = pipeline.colors.take(data.getvalue(), Limits.of(config))
        state = AppState().but(view="colors", image="upload", imagekey=key, colors=k)
        assert check(pipeline, state.but(cov="spherical"))


def test_every_sentence_of_few_images_is_so(pipeline, stored):
    pixels = np.random.default_rng(0).integers(0, 17, (40, 16))
    text = "\n".join(",".join(str(one) for one in row) for row in pixels)
    text = f"{','.join(f'p{i}' for i in range(16))}\n{text}"
    state = AppState().but(view="digits", data="upload", table=stored(text), dk=20, pca=90.0)
    assert check(pipeline, state)


def test_every_sentence_of_partly_labelled_points_is_so(pipeline, stored):
    sample = DATASETS["blobs"].draw(n=400, noise=0.6, centers=4, seed=0)
    lines = [
        f"{x},{y},{'' if i % 4 else 'abcd'[code]}"
        for i, ((x, y), code) in enumerate(zip(sample.points.tolist(), sample.labels, strict=True))
    ]
    key = stored("\n".join(["a,b,kind", *lines]))
    state = AppState().but(view="density", data="upload", table=key, label="kind", k=6)
    assert check(pipeline, state)
    said = VIEWS["density"](pipeline, state).parts["notice"]
    shared = next(one for one in said if one.code == "density.shared-groups")
    assert "100 of 400 points" in shared.text
    for false in falsified(shared.text):
        assert not believed(Case(pipeline, state, None), shared.code, false)


@pytest.mark.parametrize("link", FIXED)
def test_another_number_is_found_out(pipeline, link):
    """A checker that could not fail would prove nothing."""
    state = from_query(link)[0]
    spoken = VIEWS[state.view.view](pipeline, state)
    missed = set()
    for part, sentences in spoken.parts.items():
        for place, sentence in enumerate(sentences):
            if sentence.code.startswith(("finding.", "note.image")):
                continue
            for false in falsified(sentence.text, most=1):
                mutant = replace(sentence, text=false)
                said = (*sentences[:place], mutant, *sentences[place + 1 :])
                case = Case(pipeline, state, replace(spoken, parts={**spoken.parts, part: said}))
                if believed(case, sentence.code, false):
                    missed.add((sentence.code, false))
    assert not missed


def test_every_kind_of_sentence_was_said():
    codes = {code for words in WORDS for code in words}
    assert codes - seen - ELSEWHERE == set()
