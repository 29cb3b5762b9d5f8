"""Checkers of what is said of many models compared: from their plain rows, and by refits."""

import re
from types import SimpleNamespace

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score

from gmm_dash.explain import GLOSSARY
from tests.claims.case import checks, numbers_in
from tests.claims.select_case import (
    CRITERIA,
    LOWER,
    OWN,
    beaten,
    candidates,
    close,
    measured,
    named,
    parameters,
    refit,
    short,
)

ALIKE = ("full", "diag", "spherical")  # of one column
MODEL = r"(full|tied|diag|spherical), K = (\d+)"


@checks("select.waiting")
def waiting(case, text):
    assert case.waiting
    assert not case.rows


@checks("select.no-model")
def no_model(case, text):
    assert not case.rows
    assert case.finished == ("yet" not in text)


@checks("select.none-in-time")
def none_in_time(case, text):
    assert {row.reason for row in case.rows} == {"stopped"}
    assert len(case.rows) == 1 if "one model" in text else numbers_in(text) == [len(case.rows)]


@checks("select.all-collapsed")
def all_collapsed(case, text):
    assert all(row.degenerate for row in case.rows)
    late = sum(row.reason == "stopped" for row in case.rows)
    assert numbers_in(text) == [len(case.rows) - late, *([late] if late else [])]


@checks("select.undefined")
def undefined(case, text):
    sound = candidates(case.rows)
    assert sound
    assert all(getattr(row, CRITERIA[text.split(" is not")[0]]) is None for row in sound)
    assert ("the one" in text) == (len(sound) == 1)
    assert len(sound) == 1 or f"any of the {len(sound)} candidates" in text
    if "p + 2" in text:
        assert all(len(case.x) < row.n_parameters + 2 for row in sound)


@checks("select.winner")
def winner(case, text):
    found = re.fullmatch(
        r"(So far )?(\S+) prefers (\d+) components? with .*\((\w+)( = diag = spherical)?\): (.+)\.",
        text,
    )
    assert (found[5] is not None) == (case.x.shape[1] == 1 and found[4] in ALIKE)
    assert (found[1] is None) == case.finished
    assert CRITERIA[found[2]] == case.asked
    # of one column three are one: which of them won is not told
    row = case.best if found[5] else named(case, found[4], found[3])
    assert not found[5] or row.covariance_type in ALIKE
    assert row.n_components == int(found[3])
    assert row.covariance_type == case.best.covariance_type
    assert row.n_components == case.best.n_components
    (said,) = numbers_in(found[6])
    assert close(said, getattr(row, case.asked))
    if not case.hand_made:
        assert np.isclose(said, measured(case, row), rtol=1e-4, atol=2e-3)
        assert parameters(row.covariance_type, row.n_components, case.x.shape[1]) == (
            row.n_parameters
        )


@checks("select.one-column")
def one_column(case, text):
    """scikit-learn counts their parameters alike; whose searches ended alike score the same."""
    assert case.x.shape[1] == 1
    models = {}
    for row in case.rows:
        if row.covariance_type in ALIKE:
            models.setdefault(row.n_components, []).append(row)
    assert any(len(rows) > 1 for rows in models.values())
    for k, rows in models.items():
        assert {row.n_parameters for row in rows} == {parameters("spherical", k, 1)}
        for one in rows:
            for other in rows:
                if one.log_likelihood == other.log_likelihood:
                    assert np.isclose(one.bic, other.bic, rtol=0, atol=1e-9)


@checks("select.more-parameters")
def more_parameters(case, text):
    best, n = case.best, case.n
    assert best.n_parameters > n
    assert "determine" not in text  # d columns hold more numbers than points
    assert numbers_in(text) == [best.n_parameters, n]


@checks("select.parsimony")
def parsimony(case, text):
    rival, best = named(case, "full", case.best.n_components), case.best
    assert rival in candidates(case.rows)
    saved, apart = numbers_in(text)
    assert saved == rival.n_parameters - best.n_parameters > 0
    assert close(apart, abs(getattr(rival, case.asked) - getattr(best, case.asked)), 3)


@checks("select.edge")
def edge(case, text):
    most = max(row.n_components for row in case.rows)
    assert numbers_in(text) == [most]
    assert len({row.n_components for row in case.rows}) > 1
    assert case.best.n_components == most


@checks("select.evidence")
def evidence(case, text):
    kind, k = re.search(MODEL, text).groups()
    ranked = case.ranked()
    bad, row = next(pair for pair in ranked if pair[1].n_components != ranked[0][1].n_components)
    assert (row.covariance_type, row.n_components) == (kind, int(k))
    apart = bad - ranked[0][0]
    assert close(numbers_in(text)[1], apart, 3)
    word = re.search(r": (hardly a|some|clear|strong) ", text.replace(f"({kind}, K", ""))
    few = max(row.n_parameters, case.best.n_parameters) > case.n
    assert (word is not None) == (case.asked == "bic" and (apart < 2 or not few))
    if word is not None:
        ends = {"hardly a": (0, 2), "some": (2, 6), "clear": (6, 10), "strong": (10, np.inf)}
        low, high = ends[word[1]]
        assert low <= apart < high


@checks("select.others")
def others(case, text):
    said = {
        CRITERIA[name]: int(k) for name, k in re.findall(r"([\w-]+)(?: would take)? (\d+)", text)
    }
    wanted = {
        column: found[0][1].n_components
        for column in set(CRITERIA.values()) - {case.asked}
        if (found := case.ranked(column)) and found[0][1].n_components != case.best.n_components
    }
    assert said == wanted
    assert said


@checks("select.more-than-groups")
def more_than_groups(case, text):
    known = case.truth >= 0
    groups = len(np.unique(case.truth[known]))
    assert case.best.n_components > groups
    some = [] if known.all() else [known.sum(), len(known)]
    assert numbers_in(text) == [*some, *([groups] if groups > 1 else [])]
    assert ("only one group" in text) == (groups == 1)


@checks("select.search-failed")
def search_failed(case, text):
    rows = short(case.rows)
    (kind, k), (by_kind, by_k) = re.findall(MODEL, text)
    row, inner = named(case, kind, k), named(case, by_kind, by_k)
    assert numbers_in(text)[0] == len(rows)
    assert row in rows
    assert inner in beaten(row, case.rows)
    assert inner in candidates(case.rows)
    column, ranked = case.asked, case.ranked()
    sign = -1 if column in OWN.values() else 1
    scores = [sign * getattr(one, column) for one in rows if getattr(one, column) is not None]
    ahead = bool(ranked) and bool(scores) and min(scores) < ranked[0][0]
    assert ahead == ("scores best" in text)
    if ahead:
        assert sign * getattr(row, column) == min(scores)
    if not case.hand_made:
        low, high = (
            refit(case, one, case.x, (one.init, one.random_state)).score(case.x)
            for one in (row, inner)
        )
        assert low < high


@checks("select.stopped")
def stopped(case, text):
    assert numbers_in(text) == [sum(row.reason == "stopped" for row in case.rows)]


@checks("select.collapsed")
def collapsed(case, text):
    assert numbers_in(text) == [
        sum(row.degenerate and row.reason != "stopped" for row in case.rows)
    ]


@checks("select.collapsed-better")
def collapsed_better(case, text):
    found = re.match(r"(\w+) with K = (\d+) scores .*\((\S+) (.+)\),", text)
    row, sign = named(case, found[1].lower(), found[2]), -1 if case.asked in OWN.values() else 1
    assert row.degenerate
    assert CRITERIA[found[3]] == case.asked
    assert close(numbers_in(found[4])[0], getattr(row, case.asked))
    sound = [
        sign * value
        for one in case.rows
        if not one.degenerate and (value := getattr(one, case.asked)) is not None
    ]
    assert sign * getattr(row, case.asked) < min(sound)


@checks("select.count")
def count(case, text):
    assert numbers_in(text) == [len(case.rows)]


@checks("select.hollow")
def hollow(case, text):
    rows, columns = _drawn(case)
    scores = [getattr(row, one) for row in rows if row.degenerate for one in columns]
    assert any(value is not None for value in scores)


def _drawn(case):
    """Return the rows on the plot, and the columns drawn."""
    chosen = case.state.select
    if chosen.chart != "criteria":
        return case.rows, [case.asked]
    kinds = chosen.types or ("full", "tied", "diag", "spherical")
    kind = chosen.together_of if chosen.together_of in kinds else kinds[0]
    return [r for r in case.rows if r.covariance_type == kind], chosen.together or ["bic", "aic"]


@checks("select.lowest")
def lowest(case, text):
    rows, columns = _drawn(case)
    sound = [row for row in candidates(case.rows) if row in rows]
    wanted = {
        column: min(scored, key=lambda row: getattr(row, column)).n_components
        for column in columns
        if (scored := [row for row in sound if getattr(row, column) is not None])
    }
    said = re.findall(r"(\w+)(?: is lowest)? at K = (\d+)", text)
    assert {LOWER[name]: int(k) for name, k in said} == wanted
    assert re.search(r"(?:Among|No) (\w+) ", text)[1] in {row.covariance_type for row in rows}


@checks("select.penalty")
def penalty(case, text):
    """With one parameter more and the same likelihood, scikit-learn's criteria differ by this."""
    factor, two, n, price = numbers_in(text)
    assert n == case.n
    row = next(row for row in case.rows if row.bic is not None)
    both = factor * row.log_likelihood * n
    assert np.isclose(row.aic, both + two * row.n_parameters)
    assert np.isclose(price, (row.bic - both) / row.n_parameters, rtol=6e-3)


@checks("select.crossed")
def crossed(case, text):
    rows, columns = _drawn(case)
    missed = [row for row in rows if not row.degenerate and beaten(row, case.rows)]
    assert any(getattr(row, one) is not None for row in missed for one in columns)


@checks("select.ringed")
def ringed(case, text):
    rows, columns = _drawn(case)
    judged = [replaced(row) for row in case.rows]
    missed = [
        row for row in rows if row.smoothed and not row.degenerate and beaten(replaced(row), judged)
    ]
    assert any(getattr(row, one) is not None for row in missed for one in columns)


def replaced(row):
    """Return the row as if the smoothing were weak."""
    return SimpleNamespace(**vars(row) | {"smoothed": False})


@checks("select.bars")
def bars(case, text):
    assert case.state.select.chart == "bars"


@checks("select.criterion")
def criterion(case, text):
    assert text == GLOSSARY[case.state.select.criterion].sentence


@checks("select.elbow", "select.noise-reaches")
def noise(case, text):
    """On uniform noise inertia falls ever more slowly, and the silhouette is about 0.4."""
    x = np.random.default_rng(3).random((300, 2))
    fits = [KMeans(k, n_init=2, random_state=0).fit(x) for k in range(1, 7)]
    falls = -np.diff([fit.inertia_ for fit in fits])
    assert falls[0] > 3 * falls[-1] > 0
    best = max(silhouette_score(x, fit.labels_) for fit in fits[1:])
    for said in numbers_in(text):
        assert abs(said - best) < 0.05
        assert case.x.shape[1] == 2
        assert max(row["silhouette"] or -1 for row in case.plain["kmeans"]) < 0.45


@checks("select.silhouette")
def silhouette(case, text):
    k, said = numbers_in(text)
    rows = {row["n_clusters"]: row["silhouette"] for row in case.plain["kmeans"]}
    assert rows[k] == max(value for value in rows.values() if value is not None)
    assert abs(said - rows[k]) < 6e-3
    (seed,) = [row["random_state"] for row in case.plain["kmeans"] if row["n_clusters"] == k]
    init = case.state.model.kmeans_init
    fit = KMeans(int(k), n_init=1, init=init, random_state=seed).fit(case.x)
    assert abs(silhouette_score(case.x, fit.labels_) - said) < 0.02


@checks("select.left-out")
def left_out(case, text):
    plan = case.pipeline.select.plan(case.state)
    models, first, seconds = numbers_in(text)
    assert models == len(plan.left_out)
    assert first == min(k for _, k in plan.left_out)
    assert seconds == case.pipeline.config.fit_seconds
    assert set(re.search(r"\((.*), from", text)[1].split(", ")) == {s for s, _ in plan.left_out}
    fitted = {(row.covariance_type, row.n_components) for row in case.rows}
    assert not fitted & set(plan.left_out)


@checks("select.drawn-only")
def drawn_only(case, text):
    (first,) = numbers_in(text) or [1]
    pieces = case.pipeline.select.plan(case.state).pieces
    climbed = [unit.k for piece in pieces for unit in piece if unit.informed]
    counts = [k for k in case.state.select.counts if k <= len(case.x)]
    assert [k for k in counts if k < first] == climbed
    assert first in counts


@checks("select.badge")
def badge(case, text):
    kind, k = re.search(MODEL, text).groups()
    best, ranked = case.best, case.ranked()
    alike = case.x.shape[1] == 1 and best.covariance_type in ALIKE
    assert ("full = diag = spherical" in text) == alike
    assert best.n_components == int(k)
    assert best.covariance_type == kind or alike
    assert text.startswith("best so far") != case.finished
    assert ("more parameters than rows" in text) == (best.n_parameters > len(case.known))
    apart = [bad - ranked[0][0] for bad, row in ranked if row.n_components != best.n_components]
    hardly = case.finished and case.asked == "bic" and min(apart, default=9) < 2
    assert ("hardly" in text) == hardly
