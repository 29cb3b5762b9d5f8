"""Every sentence of "All rows" below Restarts, read by its checker."""

from dataclasses import replace

import numpy as np
import pytest

from gmm_dash.callbacks.restarts_whole import offered_of
from gmm_dash.config import Config
from gmm_dash.explain import restarts_whole as words
from gmm_dash.explain.sentence import Spoken
from gmm_dash.pipeline import Pipeline, restarts_whole
from gmm_dash.results.partition import pack
from gmm_dash.results.restarts import KINDS, restarts_of
from gmm_dash.results.restarts_whole import Ends
from gmm_dash.state import from_query
from tests.claims.case import CHECKERS
from tests.claims.check_restarts import Studied
from tests.claims.check_restarts_whole import EndsCase, unit_of
from tests.claims.starts import rows_of
from tests.claims.wrong import believed, falsified

SMALL = Config(fit_rows=200, all_rows=2_000)
LINKS = [
    "?view=restarts&data=grid&n=900&noise=0.2&k=5&starts=20&tol=1e-5&cov=diag",
    "?view=restarts&data=grid&n=1200&noise=0.1&k=9&starts=40&tol=1e-3&cov=spherical",
    "?view=restarts&data=moons&n=600&noise=0.1&k=3&starts=20&cov=full&max_iter=4&scale=standard",
    "?view=restarts&data=blobs&n=700&centers=2&k=2&starts=20&tol=1e-4",
]
seen = set()


def read(case, sentences):
    for one in sentences:
        seen.add(one.code)
        try:
            CHECKERS[one.code](case, one.text)
        except AssertionError as problem:
            raise AssertionError(f"{case.state.to_flat()} {one}\n{problem}") from problem
        for false in falsified(one.text):
            assert not believed(case, one.code, false), (one.code, false)


def cases(link):
    """Return pipeline, state, studies of the sample and the case without rows of all rows."""
    pipeline, state = Pipeline(SMALL, None), from_query(link)[0]
    rows = rows_of(pipeline, state)
    sampled = Studied(pipeline, state, Spoken({}), rows)
    n, k = len(sampled.x), state.model.k
    both = {name: restarts_of(name, mine, n=n, k=k) for name, mine in rows.items()}
    return both, sampled


@pytest.mark.parametrize("link", LINKS)
def test_every_sentence_of_these_links_is_so(link, monkeypatch):
    both, sampled = cases(link)
    pipeline, state = sampled.pipeline, sampled.state
    if "k=9" in link:  # there is time for some of the ends
        sample = pipeline.points(state.data)
        whole = restarts_whole.plan(state, sample, {"gmm": (0, 1), "kmeans": (0, 1)})
        monkeypatch.setattr(restarts_whole, "MOST_SECONDS", sum(one.piece.seconds for one in whole))
    starts, offered = offered_of(pipeline, state, both)
    plan = pipeline.restarts_whole.plan(state, starts)
    rows = {"kmeans": {}, "gmm": {}}
    for number in range(len(plan)):
        for name, some in pipeline.restarts_whole.piece(state, starts, number).items():
            rows[name] |= {row["number"]: row for row in some}
    plain = {name: [*mine.values()] for name, mine in rows.items()}
    case = EndsCase(pipeline, state, Spoken({}), plain, sampled=sampled, starts=starts)
    read(case, words.offer_sentences(pipeline.points(state.data), offered))
    for name, mine in plain.items():
        for some in (mine[:1], mine):
            every = restarts_of(name, some, n=len(case.x), k=state.model.k)
            stretch = pipeline.restarts_whole.stretch(state)
            ends = Ends(both[name], every, starts[name], stretch)
            table(ends, some)
            begun_in_the_scale_of_all_rows(case, ends)
            read(replace(case, rows=plain | {name: some}), words.ends_sentences(ends))


def begun_in_the_scale_of_all_rows(case, ends):
    """What the table says of the sample is the density of its rows in the units of the other."""
    more = unit_of(case) if ends.sample.algorithm == "gmm" else 0.0
    for end, row in zip(ends.sample.representatives, words.ends_table(ends)["body"], strict=False):
        begun = float(row[2].replace(",", "").replace("−", "-"))
        assert begun == pytest.approx(end.objective + more, rel=1e-5, abs=6e-5)


def table(ends, rows):
    """The table has what the rows have, in the order of the sample's ends."""
    head, body = words.ends_table(ends).values()
    assert head[2:4] == [f"Sample, {ends.sample.n} rows", f"All {ends.every.n:,} rows"]
    assert [row[0] for row in body] == [*"ABCDEFGHIJ"][: len(ends.numbers)]
    known = {row["number"]: row for row in rows}
    for number, (_, count, _, value, behind, iterations, *_) in zip(
        ends.numbers, body, strict=True
    ):
        assert int(count) >= 1
        row = known.get(number)
        assert (value == "") == (row is None)
        if row is None:
            continue
        assert iterations.partition(",")[0] == str(row["n_iter"])
        assert ("limit" in iterations) == (not row["converged"])
        if not row["degenerate"]:
            shown = float(value.replace(",", "").replace("−", "-"))
            assert shown == pytest.approx(row["objective"], rel=1e-5, abs=6e-5)
            sign = 1 if ends.every.algorithm == "kmeans" else -1
            best = min(sign * one["objective"] for one in rows if not one["degenerate"])
            assert (behind == "best") == (sign * row["objective"] == best)
    assert (head[-1] == "One with") == bool(ends.joined())
    assert all(len(row) == len(head) for row in body)
    together = {row[0]: row[6].split(", ") for row in body if row[6:] and row[6]}
    assert all(one in together[other] for one, others in together.items() for other in others)
    assert len(together) == sum(map(len, ends.joined()))
    total = sum(int(row[1]) for row in body)
    assert total <= len(ends.sample.starts)


def made(case, name, values, moved=()):
    """Return rows of all rows with these values; of some, so many rows are in other clusters."""
    count = min(1_000, len(case.x))
    labels = np.arange(count) % case.state.model.k
    rows = []
    for i, (number, value) in enumerate(zip(case.starts[name], values, strict=True)):
        other = labels.copy()
        other[: dict(moved).get(i, 0)] = 1 - other[: dict(moved).get(i, 0)] % 2
        rows.append(
            {
                "number": number,
                "kind": KINDS[name][number % len(KINDS[name])],
                "seed": number,
                "objective": value,
                "n_iter": 9,
                "converged": value != -3.0,
                "degenerate": value is None,
                "rested": False,
                "stopped": None,
                "moved": 0,
                "labels": pack(other, case.state.model.k),
            }
        )
    return rows


MADE = [
    ("gmm", [-3.0, -2.5, -2.5], ()),
    ("gmm", [-2.5, -2.5 + 1e-4, -2.5], ((1, 4),)),
    ("gmm", [None, -2.5, -3.0], ()),
    ("gmm", [None, None, None], ()),
    ("gmm", [-2.5, -2.5, -2.6], ((1, 30),)),
    ("kmeans", [80.0, 60.0, 70.0], ()),
    ("kmeans", [60.02, 60.0, 70.0], ()),
    ("kmeans", [60.0, 61.0, 70.0], ()),
]


@pytest.mark.parametrize(("name", "values", "moved"), MADE)
def test_every_sentence_of_made_up_ends_is_so(name, values, moved):
    both, sampled = cases(LINKS[0])
    starts = {one: offered_of(sampled.pipeline, sampled.state, both)[0][one][:3] for one in both}
    case = EndsCase(sampled.pipeline, sampled.state, Spoken({}), {}, sampled=sampled, starts=starts)
    rows = made(case, name, values, moved)
    every = restarts_of(name, rows, n=len(case.x), k=case.state.model.k)
    ends = Ends(both[name], every, starts[name])
    read(replace(case, rows={name: rows}), words.ends_sentences(ends))
    table(ends, rows)


def test_every_kind_of_sentence_was_said():
    assert set(words.WORDS) - set(CHECKERS) == set()
    assert set(words.WORDS) - seen == set()
