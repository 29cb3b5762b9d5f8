"""Checkers of what Restarts says: its rows, counted anew."""

import re
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from scipy.stats import hypergeom

from tests.claims.case import Case, checks, numbers_in
from tests.claims.starts import REST, apart, labels_of, looked_at

NAMES = {
    "k-means": "kmeans",
    "k-means++": "k-means++",
    "random points": "random_from_data",
    "random shares": "random",
}
KMEANS_NAMES = {"k-means++": "k-means++", "random points": "random"}
VALUE = 1e-3  # how ends are told apart: a share of the inertia, or nats for a point


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


def ends_of(case, algorithm):
    """Return by number of the start its end, 0 the best found; collapsed starts have none."""
    ends, first = {}, None
    for row in sorted(filter(sound, case.rows[algorithm]), key=lambda row: cost(row, algorithm)):
        if first is None or not as_good(case, algorithm, row, first):
            first, number = row, len(set(ends.values()))
        ends[row["number"]] = number
    return ends


def as_good(case, algorithm, row, best):
    """Return whether a row is no worse than a better one by anything that matters."""
    worse = cost(row, algorithm) - cost(best, algorithm)
    if algorithm == "kmeans":
        return worse <= VALUE * best["objective"]
    return worse <= VALUE and worse * len(case.x) <= 1


def same(case, algorithm):
    """Return how many clusterings the best end has, how far apart, and of how many points."""
    ends, count = ends_of(case, algorithm), len(looked_at(len(case.x)))
    rows = [row for row in case.rows[algorithm] if ends.get(row["number"]) == 0]
    rows.sort(key=lambda row: cost(row, algorithm))
    found = [labels_of(row, case.state.model.k, count) for row in rows]
    distinct = []
    for labels in found:
        if all(apart(labels, other) for other in distinct):
            distinct.append(labels)
    return len(distinct), max(apart(found[0], other) for other in distinct), count


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
    mixture = "EM" in text or "log-likelihood" in text
    name = place or ("gmm" if mixture else "kmeans")
    rows = case.rows[name]
    return name, rows, ends_of(case, name), best_of(rows, name)


@checks("restarts.all-collapsed")
def all_collapsed(case, text):
    _, rows, ends, _ = told(case, text)
    assert rows
    assert not ends
    assert (numbers_in(text) or [1]) == [len(rows)]


def read_places(case, text):
    """Check what is said of the starts that end with the best value; return what is left of it."""
    name, rows, ends, best = told(case, text)
    here, *rest = re.split(r"; ", text)
    there = list(ends.values()).count(0)
    variants, most, count = same(case, name)
    reached, _, ways = here.partition("), ")
    value = numbers_in(reached.rpartition("(")[2])[0]
    assert shown_as(value, best)
    assert ("lowest inertia" in reached) == (name == "kmeans")
    starts = numbers_in(reached.partition(" starts ")[0])
    assert starts == ([len(rows)] if here.startswith("All") else [there, len(rows)])
    if there > 1:
        assert within(case, name) in reached
    if there == 1:
        assert not ways
    elif variants == 1:
        assert ways.startswith("all with the same clusters")
        assert numbers_in(ways) == ([] if count == len(case.x) else [count])
    else:
        assert numbers_in(ways) == [variants, most, count]
    assert ("drawn" in ways) == (there > 1 and count < len(case.x))
    fallen = [numbers_in(one)[0] for one in rest if "collapsed" in one]
    assert (fallen or [0]) == [len(rows) - len(ends)]
    return [one for one in rest if "collapsed" not in one]


def within(case, name):
    """Return in words how close values are that count as one."""
    if name == "kmeans":
        return "within 0.1 % of"
    return "within 0.001 per point of" if len(case.x) <= 1000 else "within 1 nat in total of"


@checks("restarts.one-place")
def one_place(case, text):
    _, rows, ends, best = told(case, text)
    assert set(ends.values()) == {0}
    if len(rows) == 1:
        assert text.startswith("The one start")
        assert shown_as(numbers_in(text)[0], best)
    else:
        assert read_places(case, text) == []


@checks("restarts.places")
def places(case, text):
    name, rows, ends, best = told(case, text)
    (elsewhere,) = read_places(case, text)
    starts, *worse = numbers_in(elsewhere)
    assert starts == sum(end > 0 for end in ends.values()) > 0
    gaps = [abs(row["objective"] - best) for row in rows if ends.get(row["number"], 0) > 0]
    if name == "kmeans" and best == 0:
        assert not worse
        return
    unit = 100 / best if name == "kmeans" else len(case.x)
    assert (" % worse" if name == "kmeans" else " nats lower in total") in elsewhere
    assert two_of(worse[0], unit * min(gaps))
    assert two_of(worse[-1], unit * max(gaps))


def two_of(number, value):
    """Return whether a number of two digits stands for ``value``."""
    return abs(number - value) <= 0.051 * abs(value) + 6e-5


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
    carried_on = name == "gmm" and rows[0]["rested"]
    most = REST["max_iter"] if carried_on else case.state.model.max_iter if name == "gmm" else 300
    assert numbers_in(text) == [len(stopped), most]
    assert all(row["n_iter"] == most for row in stopped)


@checks("restarts.tolerance")
def tolerance(case, text):
    name, rows, _, _ = told(case, text)
    assert any(sound(row) and row["converged"] for row in rows)
    assert not any(row["rested"] for row in rows)
    assert numbers_in(text) == [1e-4 if name == "kmeans" else case.state.model.tol]


@checks("restarts.stopped-early")
def stopped_early(case, text):
    name, rows, _, _ = told(case, text)
    n, rows = len(case.x), [row for row in rows if sound(row)]
    assert all(row["rested"] for row in rows)
    if name == "kmeans":
        moved = [row["moved"] for row in rows if row["moved"]]
        assert numbers_in(text) == [1e-4, 300, len(moved), max(moved), n]
        return
    rises = [abs(row["objective"] - row["stopped"]) for row in rows if row["stopped"] is not None]
    early = [rise for rise in rises if rise > VALUE or rise * n > 1]
    tol, most, starts, close, up, nats = numbers_in(text)
    assert (tol, most) == (case.state.model.tol, case.state.model.max_iter)
    assert starts == len(early) > 0
    assert close == (VALUE if n <= 1000 else 1)
    assert two_of(up, max(early))
    assert two_of(nats, n * max(early))


@checks("restarts.carried-on")
def carried_on(case, text):
    name, rows, _, _ = told(case, text)
    assert all(row["rested"] for row in rows)
    assert numbers_in(text) == ([0] if name == "kmeans" else [REST["tol"], REST["max_iter"]])


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
    counts = by_kind(rows, ends_of(case, "gmm"))
    ranked = sorted(counts.values(), key=lambda pair: pair[0] / pair[1])
    return counts, ranked[-1], ranked[0]


@checks("restarts.kinds")
def kinds(case, text):
    assert case.finished
    counts, most, least = extremes(case)
    much, best, little, worst = re.search(
        r"EM, (\S+) % of those from (.+) end with .*, and (\S+) % of those from (.+)\.", text
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
    assert within(case, name) in text


@checks("restarts.counted")
def counted(case, text):
    _, rows, ends, _ = told(case, text)
    assert numbers_in(text) == [len(rows), len(set(ends.values()))]
