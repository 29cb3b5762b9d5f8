"""Every sentence of Restarts, read by its checker."""

import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from gmm_dash.datasets import DATASETS
from gmm_dash.errors import GmmDashError
from gmm_dash.explain import restarts, restarts_spoken
from gmm_dash.results.partition import pack
from gmm_dash.results.restarts import KINDS, restarts_of
from gmm_dash.results.restarts_claims import Rule
from gmm_dash.say import VIEWS
from gmm_dash.state import AppState, from_query
from tests.claims.case import CHECKERS
from tests.claims.check_restarts import Studied, best_of
from tests.claims.pieces import computed_once
from tests.claims.starts import rows_of, verify

FIXED = [
    "?view=restarts&data=moons&n=200&noise=0.05&dseed=0&k=4&starts=100",
    "?view=restarts&data=rings&n=150&k=3&starts=60",
    "?view=restarts&data=bars&k=2&starts=20",
    "?view=restarts&data=grid&n=150&k=5&starts=40&max_iter=4",
    "?view=restarts&data=duplicates&k=3&starts=40",
    "?view=restarts&data=duplicates&reg=0&k=2&starts=20",
    "?view=restarts&data=duplicates&n=20&noise=15&k=8&starts=20",
    "?view=restarts&data=blobs&k=1&starts=20&tol=0",
    "?view=restarts&data=wine&k=3&scale=standard&starts=20&cov=diag",
    "?view=restarts&data=iris&k=4&starts=20&cov=spherical",
]
SETTINGS = 30  # drawn at random, always the same
NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w])")
seen = set()


def read(case, spoken):
    """Read every sentence, each in its place; the cards show the best value found."""
    for part, sentences in spoken.parts.items():
        for sentence in sentences:
            seen.add(sentence.code)
            try:
                CHECKERS[sentence.code](replace(case, part=part), sentence.text)
            except AssertionError as problem:
                raise AssertionError(f"{case.state.to_flat()} {sentence}\n{problem}") from problem
    for name, term in (("kmeans", "inertia"), ("gmm", "log_likelihood")):
        assert spoken.numbers[f"{name}.{term}"] == best_of(case.rows[name], name)
        assert spoken.numbers[f"{name}.starts"] == len(case.rows[name])


@cache
def computed(pipeline, state):
    """Return what is said of a link, and the rows it is said of."""
    with computed_once(pipeline.restarts):
        return VIEWS["restarts"](pipeline, state), rows_of(pipeline, state)


def check(pipeline, state):
    """Read every sentence of a link; return whether the page shows it at all."""
    try:
        spoken, rows = computed(pipeline, state)
    except GmmDashError:
        return False
    verify(pipeline, state, rows)
    read(Studied(pipeline, state, spoken, rows), spoken)
    return True


def made(algorithm, ends, **more):
    """Return plain rows of starts that end at these places, as far from the best as they say."""
    sign = 1.0 if algorithm == "kmeans" else -1.0
    return [
        {
            "number": i,
            "kind": KINDS[algorithm][i % len(KINDS[algorithm])],
            "seed": i,
            "objective": sign * (1.0 if end is None else end + 2.0),
            "n_iter": 3,
            "converged": True,
            "degenerate": end is None,
            "rested": True,
            "stopped": sign * (1.0 if end is None else end + 2.0 + (i % 3) * 4e-4),
            "moved": i % 3 if algorithm == "kmeans" else 0,
            "labels": pack(np.arange(N) + (np.arange(N) < i) & 3, 4),
        }
        | more
        for i, end in enumerate(ends)
    ]


N = 400  # points of the landing page's data
OWN = [
    ([], [0.0] * 4, {}),
    ([0.0], [0.0], {}),
    ([None], [None], {}),
    ([0.0, None], [None, 1.0, 1.0], {}),
    ([-2.0, 0.5], [0.0, 0.0009, 0.002, 0.002], {}),
    ([0.0, 0.001, 0.5], [0.0, 0.0009, 0.002, 0.002], {"stopped": -7.5}),
    ([0.0, 1.0] * 12, [0.0, 1.0, 1.0, 1.0] * 9, {}),
    ([0.0, 1.0], [0.0, 1.0, 1.0, 1.0], {"rested": False}),
    ([0.0, 0.0], [0.0, 0.0], {"objective": None}),
    ([0.0, 0.0], [0.0, 0.0], {"converged": False, "n_iter": 10_000, "moved": 0}),
    ([0.0], [0.0, 0.0], {"converged": False, "n_iter": 300, "rested": False}),
]


@pytest.mark.parametrize("finished", [True, False])
@pytest.mark.parametrize(("kmeans", "gmm", "more"), OWN)
def test_every_sentence_of_made_up_ends_is_so(pipeline, kmeans, gmm, more, finished):
    rows = {"kmeans": made("kmeans", kmeans, **more), "gmm": made("gmm", gmm, **more)}
    state = AppState().but(view="restarts", max_iter=300)
    if any(row["n_iter"] == 10_000 for row in rows["kmeans"]):  # k-means has a limit of its own
        rows["kmeans"] = [row | {"n_iter": 300} for row in rows["kmeans"]]
    both = [restarts_of(name, mine, n=N, k=4) for name, mine in rows.items()]
    rule = Rule(state.model.tol, state.model.max_iter)
    spoken = restarts_spoken(*both, finished=finished, rule=rule)
    read(Studied(pipeline, state, spoken, rows, finished=finished), spoken)


def settings(generator):
    """Return random small settings."""

    def one(options):
        return options[int(generator.integers(len(options)))]

    return AppState().but(
        view="restarts",
        starts=20,
        data=one(DATASETS.names()),
        n=int(generator.integers(20, 200)),
        noise=float(one([0.05, 0.6, 3.0])),
        centers=int(generator.integers(1, 6)),
        dseed=int(generator.integers(100)),
        scale=one(["none", "standard"]),
        k=int(generator.integers(1, 7)),
        cov=one(["full", "tied", "diag", "spherical"]),
        reg=one([0.0, 1e-6, 1e-2]),
        tol=one([1e-6, 1e-3, 0.0]),
        max_iter=one([500, 2]),
        seed=int(generator.integers(100)),
    )


def test_every_sentence_has_a_checker():
    assert set(restarts.WORDS) - set(CHECKERS) == set()


@pytest.mark.parametrize("link", FIXED)
def test_every_sentence_of_these_links_is_so(pipeline, link):
    assert check(pipeline, from_query(link)[0])


def test_every_sentence_of_any_settings_is_so(pipeline):
    generator = np.random.default_rng(16)
    shown = 0
    for _ in range(SETTINGS):
        shown += check(pipeline, settings(generator))
    assert shown > 5


@pytest.mark.parametrize("link", FIXED[:4])
def test_another_number_is_found_out(pipeline, link):
    """A checker that could not fail would prove nothing."""
    state = from_query(link)[0]
    spoken, rows = computed(pipeline, state)
    missed = set()
    for part, sentences in spoken.parts.items():
        case = Studied(pipeline, state, spoken, rows, part=part)
        for sentence in sentences:
            for found in NUMBER.finditer(sentence.text):
                other = f"{7 * float(found[0].replace(',', '')) + 11:,.4g}"
                false = sentence.text[: found.start()] + other + sentence.text[found.end() :]
                try:
                    CHECKERS[sentence.code](case, false)
                except (AssertionError, KeyError, ValueError):
                    continue
                missed.add((sentence.code, false))
    assert not missed


def test_no_end_is_called_an_optimum(pipeline):
    spoken, _ = computed(pipeline, from_query(FIXED[0])[0])
    assert not [one.text for one in spoken.sentences if "optim" in one.text]


def test_every_kind_of_sentence_was_said():
    assert set(restarts.WORDS) - seen == set()
