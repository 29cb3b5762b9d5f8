"""Checkers of what Restarts says: its rows, counted anew."""

import re
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from scipy.stats import hypergeom

from tests.claims.case import Case, checks, numbers_in
from tests.claims.starts import MEAN, paired

NAMES = {
    "k-means": "kmeans",
    "k-means++": "k-means++",
    "random points": "random_from_data",
    "random shares": "random",
}
KMEANS_NAMES = {"k-means++": "k-means++", "random points": "random"}
VALUE = 1e-3  # how ends are told apart, with MEAN


@dataclass(frozen=True)
class Studied(Case):
    """A link, the plain rows of its starts by algorithm, and the place of the sentence."""

    rows: dict = field(default_factory=dict)
    part: str = "notice"
    finished: bool = True


def cost(row, algorithm):
    return row["objective"] if algorithm == "kmeans" else -row["objective"]


def sound(row):
    return row["objective"] is not None and not row["degenerate"]


def ends_of(rows, algorithm):
    """Return by number of the start its end, 0 the best found; collapsed starts have none."""
    ends, firsts = {}, []
    for row in sorted(filter(sound, rows), key=lambda row: cost(row, algorithm)):
        close = VALUE * (abs(row["objective"]) if algorithm == "kmeans" else 1)
        same = [
            end
            for end, other in enumerate(firsts)
            if cost(row, algorithm) - cost(other, algorithm) <= close
            and paired(np.array(row["sketch"]), np.array(other["sketch"]))
        ]
        if not same:
            firsts.append(row)
        ends[row["number"]] = same[-1] if same else len(firsts) - 1
    return ends


def best_of(rows, algorithm):
    """Return the best objective of the sound rows, or None."""
    values = [cost(row, algorithm) for row in rows if sound(row)]
    return (min(values) if algorithm == "kmeans" else -min(values)) if values else None


def shown_as(number, value):
    """Return whether a number of four digits stands for ``value``."""
    return abs(number - value) <= (6e-3 if abs(value) >= 1e7 else 6e-4) * abs(value) + 6e-5


def told(case, text):
    """Return the algorithm of a sentence, its rows, their ends, and the best objective."""
    place = case.part.partition(".")[2]
    mixture = " EM" in text or "log-likelihood" in text
    name = place or ("gmm" if mixture else "kmeans")
    rows = case.rows[name]
    return name, rows, ends_of(rows, name), best_of(rows, name)


@checks("restarts.all-collapsed")
def all_collapsed(case, text):
    _, rows, ends, _ = told(case, text)
    assert rows
    assert not ends
    assert (numbers_in(text) or [1]) == [len(rows)]


@checks("restarts.same-place")
def same_place(case, text):
    _, rows, ends, best = told(case, text)
    *total, value = numbers_in(text)
    assert (total or [1]) == [len(rows)] == [len(ends)]
    assert set(ends.values()) == {0}
    assert shown_as(value, best)


@checks("restarts.one-place")
def one_place(case, text):
    _, rows, ends, best = told(case, text)
    there, total, value, fallen = numbers_in(text)
    assert set(ends.values()) == {0}
    assert (there, total, fallen) == (len(ends), len(rows), len(rows) - len(ends))
    assert fallen > 0
    assert shown_as(value, best)


@checks("restarts.places")
def places(case, text):
    _, rows, ends, best = told(case, text)
    there, total, value, elsewhere, others, *fallen = numbers_in(text)
    found = list(ends.values())
    assert (there, total) == (found.count(0), len(rows))
    assert (elsewhere, others) == (len(found) - found.count(0), max(found))
    assert others > 0
    assert (fallen or [0]) == [len(rows) - len(found)]
    assert shown_as(value, best)


@checks("restarts.as-good")
def as_good(case, text):
    name, rows, ends, best = told(case, text)
    starts, within = numbers_in(text)
    assert within == (0.1 if name == "kmeans" else 0.001)
    close = VALUE * (abs(best) if name == "kmeans" else 1)
    objectives = [row["objective"] for row in rows if ends.get(row["number"], 0) > 0]
    assert starts == sum(abs(value - best) <= close for value in objectives) > 0


@checks("restarts.left-out")
def left_out(case, text):
    name, rows, ends, best = told(case, text)
    beyond = [
        row
        for row in rows
        if row["number"] not in ends
        and row["objective"] is not None
        and (row["objective"] > best if name == "gmm" else row["objective"] < best)
    ]
    assert numbers_in(text) == [len(beyond)]
    assert ("higher log-likelihood" in text) == (name == "gmm")


@checks("restarts.limit")
def limit(case, text):
    name, rows, _, _ = told(case, text)
    stopped = [row for row in rows if sound(row) and not row["converged"]]
    assert numbers_in(text) == [len(stopped)]
    most = case.state.model.max_iter if name == "gmm" else 300
    assert all(row["n_iter"] == most for row in stopped)


@checks("restarts.tolerance")
def tolerance(case, text):
    _, rows, _, _ = told(case, text)
    assert any(sound(row) and row["converged"] for row in rows)
    assert numbers_in(text) == [case.state.model.tol]


def by_kind(rows, ends):
    """Return for each kind of start how many end at the best, and how many there are."""
    out = {}
    for row in rows:
        there, total = out.get(row["kind"], (0, 0))
        out[row["kind"]] = there + (ends.get(row["number"]) == 0), total + 1
    return out


def by_chance(first, second):
    """Return how likely two counts are to be at least so far apart, their sums given."""
    (a, n), (b, m) = first, second
    law = hypergeom(n + m, a + b, n)
    each = law.pmf(np.arange(0, min(n, a + b) + 1))
    return min(1.0, each[each <= law.pmf(a) * (1 + 1e-7)].sum())


def of_all_pairs(counts, most, least):
    """Return how likely the best and the worst of some equal kinds are so far apart, at most."""
    pairs = sum(1 for _ in combinations(counts, 2))
    return min(1.0, pairs * by_chance(most, least))


def two_digits(number, share):
    """Return whether a percentage of two digits stands for a share."""
    return abs(number - 100 * share) <= 0.051 * max(100 * share, 1e-9)


def extremes(case):
    rows = case.rows["gmm"]
    counts = by_kind(rows, ends_of(rows, "gmm"))
    ranked = sorted(counts.values(), key=lambda pair: pair[0] / pair[1])
    return counts, ranked[-1], ranked[0]


@checks("restarts.kinds")
def kinds(case, text):
    assert case.finished
    counts, most, least = extremes(case)
    much, best, little, worst = re.search(
        r"EM, (\S+) % of those from (.+) end where .*, and (\S+) % of those from (.+)\.", text
    ).groups()
    for number, name, (there, total) in ((much, best, most), (little, worst, least)):
        own = counts[NAMES[name]]
        assert two_digits(float(number), there / total)
        assert own[0] / own[1] == there / total
    clear = of_all_pairs(counts, counts[NAMES[best]], counts[NAMES[worst]]) < 0.01
    assert clear or most[0] / most[1] - least[0] / least[1] >= 0.2


@checks("restarts.vary-kind", "restarts.maybe-chance")
def chance(case, text):
    counts, most, least = extremes(case)
    expected, (*pairs, number) = of_all_pairs(counts, most, least), numbers_in(text)
    assert (pairs or [1]) == [len(list(combinations(counts, 2)))]
    assert (expected < 0.01) == ("vary the kind of start" in text) == ("may be" not in text)
    rough = 0.06 if expected >= 1e-3 else 0.5
    assert abs(number - expected) <= rough * expected


@checks("restarts.shares")
def shares(case, text):
    name, rows, ends, _ = told(case, text)
    counts, names = by_kind(rows, ends), KMEANS_NAMES if name == "kmeans" else NAMES
    assert ends
    listed = re.findall(r"([a-z+ -]+?) ([\d.]+) %", text.partition("kind of start: ")[2])
    assert {names[kind.strip()] for kind, _ in listed} == set(counts)
    for kind, number in listed:
        there, total = counts[names[kind.strip()]]
        assert two_digits(float(number), there / total)


@checks("restarts.hollow")
def hollow(case, text):
    _, rows, _, _ = told(case, text)
    drawn = [row for row in rows if not sound(row) and row["objective"] is not None]
    assert numbers_in(text) == [len(drawn)] != [0]


@checks("restarts.not-drawn")
def not_drawn(case, text):
    _, rows, _, _ = told(case, text)
    assert numbers_in(text) == [sum(row["objective"] is None for row in rows)] != [0]


@checks("restarts.one-end")
def one_end(case, text):
    name, _, ends, _ = told(case, text)
    assert ends
    d = case.x.shape[1]
    seen = [2, MEAN * np.sqrt(d)] if d > 2 else [MEAN]  # a sketch of many columns has two, over √d
    numbers = numbers_in(text)
    assert numbers[:-1] == [100 * VALUE if name == "kmeans" else VALUE, *seen[:-1]]
    assert abs(numbers[-1] - seen[-1]) <= 0.051 * seen[-1]


@checks("restarts.counted")
def counted(case, text):
    _, rows, ends, _ = told(case, text)
    assert numbers_in(text) == [len(rows), len(set(ends.values()))]
