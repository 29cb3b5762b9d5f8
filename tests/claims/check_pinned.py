"""Checkers of what Compare's sub-tab "Pinned" says; groups are paired by trying every pairing."""

import re
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from scipy.special import xlogy
from sklearn.metrics import adjusted_rand_score

from gmm_dash.errors import GmmDashError
from tests.claims.case import (
    Case,
    background_density,
    checks,
    component_densities,
    near,
    numbers_in,
)


def pinned(case):
    """Return the case of the pinned settings."""
    kept = dict(item.split(":", 1) for item in case.state.view.pin)
    return Case(case.pipeline, case.state.but(pin=[], names=[], **kept), case.spoken)


def grouped(case, text):
    """Return what the group of each row is called, by the row's number in the data."""
    if "k-means" in text:
        labels = case.pipeline.compare.comparison(case.state).kmeans.labels
        names = [str(i + 1) for i in range(case.state.model.k)]
    else:
        names, labels = case.group_names, case.likeliest(case.joined[1])
        names = [*names, "background"]  # its label, -1, finds the last
    return pd.Series(np.array(names, dtype=object)[labels], index=case.points.rows)


def crossed(case, text):
    """Return the group of each common row before and now, and their crosstab."""
    both = pd.concat([grouped(pinned(case), text), grouped(case, text)], axis=1, join="inner")
    return both.set_axis(["before", "now"], axis=1), pd.crosstab(both.iloc[:, 0], both.iloc[:, 1])


def best(table):
    """Return how many rows stay under the best pairing, and whether a move can be off it."""
    counts = table.to_numpy()
    counts = counts if counts.shape[0] <= counts.shape[1] else counts.T
    rows = np.arange(len(counts))
    return max(
        counts[rows, list(way)].sum() for way in permutations(range(counts.shape[1]), len(rows))
    )


def k_of(case, text):
    if "k-means" in text:
        return case.state.model.k
    return len(case.joined[0]) + (case.gmm.background is not None)


@checks("pinned.none")
def none(case, text):
    assert not case.state.view.pin
    assert "Press Pin" in text


@checks("pinned.refused")
def refused(case, text):
    with pytest.raises(GmmDashError) as problem:
        case.pipeline.compare.comparison(pinned(case).state)
    assert problem.value.sentence in text
    assert "Unpin" in text


def differing(case):
    """Return the settings that differ; of columns those that are used."""
    before, now = pinned(case), case
    flats = [
        {**one.state.to_flat(), "cols": list(one.points.origin.columns)} for one in (before, now)
    ]
    return {key for key in flats[0] if flats[0][key] != flats[1][key]} - {"pin", "names"}


@checks("pinned.equal")
def equal(case, _):
    assert differing(case) == set()


@checks("pinned.differs")
def differs(case, text):
    fields, found = case.state.fields(), differing(case)
    before, now = pinned(case).state.to_flat(), case.state.to_flat()
    said = text.partition("now: ")[2].rstrip(".").split("; ")
    assert len(said) == len(found) > 0
    for one in said:
        key = next(key for key in found if one.startswith(f"{fields[key].label} "))
        values = one.removeprefix(f"{fields[key].label} ").split(" → ")
        for value, flat, points in zip(
            values, (before, now), (pinned(case).points, case.points), strict=True
        ):
            if key == "cols":
                assert value.split(", ")[0] == points.origin.columns[0][:40]
            elif key == "merge" and not flat[key]:
                assert value == "as many as components"
            elif key == "transform":
                assert value == (", ".join(flat[key]) or "none")
            elif isinstance(flat[key], float):
                assert float(value) == flat[key]
            else:
                assert value == str(flat[key])


@checks("pinned.rows", "pinned.no-rows")
def rows(case, text):
    before, now = set(pinned(case).points.rows.tolist()), set(case.points.rows.tolist())
    common = len(before & now)
    expected = [common, len(before), len(now)] if common else [len(before), len(now), 0]
    assert numbers_in(text) == expected
    assert before != now


@checks("pinned.stayed")
def stayed(case, text):
    labels, table = crossed(case, text)
    assert numbers_in(text) == [len(labels)]
    assert ((table > 0).sum(axis=0) == 1).all()
    assert ((table > 0).sum(axis=1) == 1).all()


@checks("pinned.moved")
def moved(case, text):
    labels, table = crossed(case, text)
    counts, _, index = text.partition(" Adjusted Rand index")
    count, n = (numbers_in(one)[0] for one in re.findall(r"([\d,]+) (?:of|rows?)", counts)[:2])
    assert (count, n) == (len(labels) - best(table), len(labels))
    assert count > 0
    assert np.isclose(
        numbers_in(re.search(r"\((\S+) %\)", counts)[1])[0], 100 * count / n, rtol=0.06
    )
    sizes = [k_of(pinned(case), text), k_of(case, text)]
    tail = numbers_in(counts.partition("%)")[2])
    assert tail == ([] if sizes[0] == sizes[1] else [*sizes, abs(sizes[0] - sizes[1])])
    said = numbers_in(index)
    assert np.isclose(said[0], adjusted_rand_score(labels["before"], labels["now"]), atol=6e-4)
    assert said[1:] == [1, 0]


@checks("pinned.flow")
def flow(case, text):
    labels, table = crossed(case, text)
    count, total = numbers_in(text.partition(" from ")[0])
    before, now = re.search(r"pinned group (\S+) to present group (\S+) of", text).groups()
    assert total == len(labels) - best(table)
    assert count == table.loc[before, now]
    # A best pairing without this one exists: all but these rows stay as well without it.
    without = table.copy()
    without.loc[before, now] = 0
    assert best(without) == best(table)


def gap_rows(case):
    """Return how many rows with gaps the mixture was fitted to: both results have one table."""
    return 0 if case.gmm.gapped is None else case.gmm.gapped.n - case.points.n


def has_background(case):
    return case.gmm.background is not None


@checks("pinned.background")
def background(case, text):
    assert "counts as a group" in text
    assert has_background(case) or has_background(pinned(case))


@checks("pinned.apart")
def apart(case, text):
    before, now = pinned(case).points, case.points
    same = before.rows.tolist() == now.rows.tolist()
    causes = {
        "different rows": before.rows.tolist() != now.rows.tolist(),
        "other rows with gaps": gap_rows(pinned(case)) != gap_rows(case),
        "other weights of rows": case.state.data.weights != pinned(case).state.data.weights,
        "a background": has_background(pinned(case)) != has_background(case),
        "different columns": set(before.columns) != set(now.columns),
        "differently transformed or scaled columns": any(
            not np.allclose(before.fitted[:, i], now.fitted[:, now.columns.index(name)])
            for i, name in enumerate(before.columns)
            if name in now.columns and same
        ),
    }
    for words, holds in causes.items():
        if same or words != "differently transformed or scaled columns":
            assert (words in text) == holds, words
    assert any(words in text for words in causes)


@checks("pinned.doubtful")
def doubtful(case, text):
    for which, one in (("pinned", pinned(case)), ("present", case)):
        said = re.search(
            rf"in (?:the {which} result|both results) (.+?)(?: and in|, and a like)", text
        )
        held = one.state.model.covariance_type == "equal" and one.state.view.hard > 0
        collapsed = one.gmm.degenerate.any()
        assert (said is not None) == bool(held or collapsed)
        if said:
            assert ("by hand" in said[1]) == held


@checks("pinned.unjoined")
def unjoined(case, _):
    assert any(0 < one.state.view.merge < one.state.model.k for one in (pinned(case), case))


def scores(case):
    """Return BIC, AIC and ICL by scikit-learn's densities and a count of parameters."""
    k, d, each = case.state.model.k, case.points.d, np.ones(case.points.n)
    if case.points.weighting is not None:  # counts
        each = case.points.weighting.values
    n = each.sum()
    shapes = {
        "full": k * d * (d + 1) / 2, "tied": d * (d + 1) / 2, "diag": k * d, "spherical": k,
    }  # fmt: skip
    p = shapes[case.state.model.covariance_type] + k * d + k - 1
    twice = 2 * (each @ case.mixture.score_samples(case.x))
    if has_background(case):  # its share and its volume
        total = component_densities(case.gmm, case.x).sum(axis=1)
        twice = 2 * np.log(total + background_density(case.gmm, case.x)).sum()
        p += 2
    bic = p * np.log(n) - twice
    return {
        "BIC": bic,
        "AIC": 2 * p - twice,
        "ICL": bic - 2 * (each @ xlogy(case.every_posterior, case.every_posterior)).sum(),
    }


def comparable(case):
    before = pinned(case)
    np.testing.assert_array_equal(before.points.rows, case.points.rows)
    np.testing.assert_allclose(
        np.sort(before.points.fitted, axis=1), np.sort(case.points.fitted, axis=1)
    )
    return scores(before), scores(case)


@checks("pinned.criteria")
def criteria(case, text):
    before, now = comparable(case)
    assert numbers_in(text.partition(" row")[0]) == [case.points.n]
    said = re.findall(r"(BIC|AIC|ICL) is (.+?) (lower|higher)", text)
    assert [name for name, _, _ in said] == ["BIC", "AIC", "ICL"]
    for name, by, way in said:
        assert np.isclose(numbers_in(by)[0], abs(now[name] - before[name]), rtol=6e-3, atol=6e-3)
        assert way == ("higher" if now[name] > before[name] else "lower")


@checks("pinned.same-scores")
def same_scores(case, text):
    before, now = comparable(case)
    assert numbers_in(text) == [case.points.n]
    assert all(near(before[name], now[name]) for name in before)
