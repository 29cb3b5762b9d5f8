"""Checkers of what is said of a sample's ends that are carried on to all rows."""

import re
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from tests.claims.case import checks, numbers_in
from tests.claims.check_restarts import Studied, best_of, cost, ends_of, sound, within
from tests.claims.starts import apart, labels_of, looked_at

METHODS = {"EM": "gmm", "k-means": "kmeans"}
LETTERS = "ABCDEFGHIJ"


@dataclass(frozen=True)
class EndsCase(Studied):
    """Plain rows of all rows; beside them the study of the sample, and which starts go on."""

    sampled: Studied | None = None
    starts: dict = field(default_factory=dict)

    @cached_property
    def points(self):
        """All rows."""
        return self.pipeline.whole.points(self.state.data)

    def row(self, name, letter):
        """Return the row of an end, by its letter in the sample."""
        number = self.starts[name][LETTERS.index(letter)]
        return next(row for row in self.rows[name] if row["number"] == number)

    def labels(self, row):
        return labels_of(row, self.state.model.k, len(looked_at(len(self.x))))


def distinct(case, name):
    """Return the first start of every distinct end of the sample, the best end first."""
    ends = ends_of(case.sampled, name)
    return [
        min(number for number, end in ends.items() if end == one)
        for one in range(len(set(ends.values())))
    ]


def method(case, text):
    (name,) = (METHODS[one] for one in re.findall(r" of (EM|k-means)\b", text))
    return name, case.rows[name]


@checks("ends.sample")
def sample(case, text):
    assert numbers_in(text) == [len(case.sampled.x), len(case.x)]
    assert len(case.sampled.x) == case.pipeline.config.fit_rows < len(case.x)


@checks("ends.offer")
def offer(case, text):
    which, there = re.fullmatch(r"Start carries (.+) on to all ([\d,]+) rows: .*", text).groups()
    found = re.findall(r"(the one end|[^,]*?\d+ distinct ends) of (EM|k-means)", which)
    for said, name in found:
        *best, total = numbers_in(said) or [1]
        starts, every = [*case.starts[METHODS[name]]], distinct(case, METHODS[name])
        assert len(every) == total
        assert len(starts) == (best or [1 if "best one" in said else total])[0] <= 10
        assert starts == every[: len(starts)]
    assert {METHODS[name] for _, name in found} == {n for n, one in case.starts.items() if one}
    assert numbers_in(there) == [len(case.x)]
    passes = re.findall(r"EM by at most (.+) pass", text)
    assert [numbers_in(one) for one in passes] == (
        [[min(case.state.model.max_iter, 200)]] if case.starts["gmm"] else []
    )
    for row in case.rows["gmm"]:
        assert row["n_iter"] <= numbers_in(passes[0])[0]


@checks("ends.carried")
def carried(case, text):
    name, rows = method(case, text)
    counts, *more = text.split("; ")
    counts = numbers_in(counts)
    assert counts[-1] == len(case.x)
    of = [len(rows)] if len(rows) == len(case.starts[name]) else [len(rows), len(case.starts[name])]
    assert counts[:-1] == of
    late = [row for row in rows if sound(row) and not row["converged"]]
    fallen = [row for row in rows if not sound(row)]
    expected = []
    if late:
        expected.append([len(late), max(row["n_iter"] for row in late)])
    if fallen:
        expected.append([len(fallen)])
    assert [numbers_in(one) for one in more] == expected
    assert ("collapsed" in text) == bool(fallen)


def unit_of(case):
    """Return by how much a log density is more per unit of all rows than per unit of the sample."""
    if case.state.data.scale == "none":
        return 0.0
    sample = case.pipeline.points(case.state.data)
    return float(np.log(case.points.raw.std(axis=0) / sample.raw.std(axis=0)).sum())


@checks("ends.scale")
def scale(case, text):
    (more,) = numbers_in(text)
    assert ("higher than above" in text) == (unit_of(case) > 0)
    assert ("lower than above" in text) == (unit_of(case) < 0)
    assert np.isclose(more, abs(unit_of(case)), rtol=6e-3)


def complete(case, name):
    assert {row["number"] for row in case.rows[name]} == {*case.starts[name]}
    assert len(case.starts[name]) > 1


@checks("ends.same")
def same(case, text):
    name, rows = method(case, text)
    complete(case, name)
    assert text.startswith("End A of ")
    assert numbers_in(text.rpartition("over all")[2]) == [len(case.x)]
    number, best = case.starts[name][0], best_of(rows, name)
    assert ends_of(case, name)[number] == 0
    exact = case.row(name, "A")["objective"] == best
    assert ("is also the best" in text) == exact
    if not exact:
        assert f"is {within(case, name)} the best" in text


@checks("ends.other")
def other(case, text):
    name, rows = method(case, text)
    complete(case, name)
    (letter,) = re.findall(r"end (\w) of \S+ is the best; A, the", text)
    row, first = case.row(name, letter), case.row(name, "A")
    best = best_of(rows, name)
    assert row["objective"] == best
    assert ends_of(case, name)[first["number"]] > 0
    n, much = numbers_in(text)
    behind = cost(first, name) - cost(row, name)
    if name == "gmm":
        assert "nats lower in total" in text
        assert np.isclose(much, behind * len(case.x), rtol=0.06)
    else:
        assert "% worse" in text
        assert np.isclose(much, 100 * behind / best, rtol=0.06, atol=0.06)
    assert n == len(case.x)


@checks("ends.fallen")
def fallen(case, text):
    name, rows = method(case, text)
    complete(case, name)
    assert text.startswith("End A of ")
    assert not sound(case.row(name, "A"))
    (letter,) = re.findall(r"others (\w) is the best", text)
    assert case.row(name, letter)["objective"] == best_of(rows, name)
    assert numbers_in(text) == [len(case.x)]


def groups(case, name):
    """Return the sets of ends that have one value, and clusters as those of its best."""
    ends, out = ends_of(case, name), []
    letters = dict(zip(case.starts[name], LETTERS, strict=False))
    for end in sorted(set(ends.values())):
        rows = [row for row in case.rows[name] if ends.get(row["number"]) == end]
        rows.sort(key=lambda row: cost(row, name))
        best = case.labels(rows[0])
        far = {letters[row["number"]]: apart(best, case.labels(row)) for row in rows}
        near = {letter: much for letter, much in far.items() if much <= len(best) / 100}
        if len(near) > 1:
            out.append(near)
    return out


@checks("ends.joined")
def joined(case, text):
    name, _ = method(case, text)
    complete(case, name)
    (listed,) = re.findall(r"Ends (.+) of \S+ are one", text)
    letters = re.findall(r"\b[A-J]\b", listed)
    (near,) = [one for one in groups(case, name) if {*one} == {*letters}]
    assert f"values {within(case, name).removesuffix(' of')}," in text
    count, most = len(looked_at(len(case.x))), max(near.values())
    clusters = text.rpartition("clusters")[2]
    assert numbers_in(clusters) == ([most, count] if most else [count])
    assert ("the same clusters" in text) == (most == 0)
    assert ("drawn" in text) == (count < len(case.x))


@checks("ends.apart")
def stay_apart(case, text):
    name, rows = method(case, text)
    complete(case, name)
    assert groups(case, name) == []
    assert numbers_in(text) == [sum(map(sound, rows))]
