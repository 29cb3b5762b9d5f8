"""Checkers of what Compare's sub-tab "Groups" says; pandas describes the groups."""

import re

import numpy as np
import pandas as pd

from tests.claims.case import checks, near, numbers_in


def frame(case, text):
    """Return the points in their own units, with the group of each: as the plots colour them."""
    result = case.pipeline.comparison(case.state)
    side = result.kmeans if "k-means" in text else result.gmm
    found = pd.DataFrame(case.points.raw, columns=list(case.points.columns))
    return found, pd.Series(side.labels + 1, name="group")


def between(case, text):
    """Return the share of each column's variance that lies between the groups."""
    rows, group = frame(case, text)
    means = rows.groupby(group).transform("mean")
    total = ((rows - rows.mean()) ** 2).sum()
    return (((means - rows.mean()) ** 2).sum() / total.where(total > 0, 1)).fillna(0)


def named(text, columns):
    """Return the column whose name a piece of text begins with; long ones are cut."""
    return next(
        c for c in sorted(columns, key=len, reverse=True)
        if text.startswith(c if len(c) <= 40 else f"{c[:39]}…")
    )  # fmt: skip


@checks("groups.single")
def single(case, text):
    assert case.state.model.k == 1 == numbers_in(text)[0]


@checks("groups.telling")
def telling(case, text):
    share = between(case, text)
    first = re.search(r"differ most in (.+)", text)[1]
    most = named(first, share.index)
    assert near(share[most], share.max())
    assert near(numbers_in(first[len(most) :].partition("%")[0])[0], 100 * share[most])
    if "and least in" in text:
        last = text.split("and least in ")[1]
        least = named(last, share.index)
        assert np.isclose(share[least], share.min(), atol=1e-9)
        shown = numbers_in(re.search(r"\(([^()]*) %\)\.$", text)[1])[0]
        assert np.isclose(shown, 100 * share[least], rtol=0.06, atol=1e-6)
        assert share.min() < 0.8 * share.max()


@checks("groups.apart", "groups.ordinary")
def apart(case, text):
    rows, group = frame(case, text)
    number, size = numbers_in(re.match(r"Group (\d+) of .+?, ([\d,]+) row", text)[0])
    mine = group == number
    assert mine.sum() == size
    away = (rows[mine].mean() - rows[~mine].mean()) / rows.std()
    away = away[rows.std() > 1e-12 * rows.abs().max()].abs()
    if "in no column" in text:
        assert numbers_in(text)[-1] == 0.5
        assert (away < 0.5).all()
        return
    said = re.findall(r"(higher|lower) (.+?) \((\S+(?: × \S+)?) against (\S+(?: × \S+)?)\)", text)
    order = away.sort_values(ascending=False)
    for place, (where, name, mean, rest) in enumerate(said):
        column = named(name, rows.columns)
        assert np.isclose(away[column], order.iloc[place])
        assert away[column] >= 0.5 - 1e-9
        values = rows[column][mine].mean(), rows[column][~mine].mean()
        shown = numbers_in(mean)[0], numbers_in(rest)[0]
        assert np.allclose(shown, values, rtol=2e-3, atol=2e-4 * np.abs(values).max() + 1e-9)
        assert (where == "higher") == (values[0] > values[1])
    assert len(said) == min(3, (away >= 0.5).sum())


@checks("groups.alone")
def alone(case, text):
    _, group = frame(case, text)
    size = (group == numbers_in(text)[0]).sum()
    assert size in (0, len(group))
    assert ("all rows are in it" in text) == (size > 0)


@checks("groups.empty")
def empty(case, text):
    _, group = frame(case, text)
    groups = numbers_in(text.partition(" of ")[0])
    assert groups
    assert not np.isin(group, groups).any()
    assert all(1 <= one <= case.state.model.k for one in groups)


def sizes(case, text, low, high):
    """Check that a sentence names, or counts, every group of so many rows, and their rows."""
    _, group = frame(case, text)
    said = re.findall(r"(\d+) \(([\d,]+) rows?\)", text)
    assert said
    for number, size in said:
        assert (group == int(number)).sum() == int(size.replace(",", ""))
    more = re.search(r"and (\d+) more of", text)
    counts = group.value_counts()
    assert len(said) + (int(more[1]) if more else 0) == counts.between(low, high).sum()
    assert all(low <= int(size.replace(",", "")) <= high for _, size in said)


@checks("groups.tiny")
def tiny(case, text):
    assert int(re.search(r"fewer than (\d+) rows", text)[1]) == 5
    sizes(case, text, 1, 4)


@checks("groups.few")
def few(case, text):
    d = case.x.shape[1]
    assert numbers_in(re.search(r"in [\d,]+ columns takes, [\d,]+", text)[0]) == [d, d + 1]
    sizes(case, text, 5, d)
    assert case.state.model.covariance_type == "full"


@checks("groups.doubtful")
def doubtful(case, text):
    own, other = (int(one) for one in re.findall(r"group (\d+)", text))
    result = case.pipeline.comparison(case.state)
    order = result.gmm.order
    row = int(case.posteriors.max(axis=1).argmin())
    shares = case.posteriors[row][order]
    assert near(shares.max(), np.sort(shares)[-1])
    assert shares.max() < 0.995
    top = np.argsort(-shares)
    shown = re.findall(r"([\d.]+(?: × 10\S+)?) % group", text)
    assert near(numbers_in(shown[0])[0] / 100, shares[top[0]])
    assert near(numbers_in(shown[1])[0] / 100, shares[top[1]])
    if shares[top[0]] - shares[top[1]] > 1e-6:
        assert own == top[0] + 1
    assert np.isclose(shares[other - 1], shares[top[1]])
    assert own != other
    if case.state.data.dataset not in ("upload", "drawn"):
        said = re.search(r"sure of is row (\d+):", text)[1]
        least = np.flatnonzero(np.isclose(case.posteriors.max(axis=1), shares.max(), atol=1e-9))
        assert int(said) - 1 in case.points.rows[least]


@checks("groups.sure")
def sure(case, text):
    assert case.posteriors.max(axis=1).min() >= numbers_in(text)[0] / 100 - 1e-6


@checks("groups.legend")
def legend(case, text):
    assert ("Numbers are means" in text) == (case.state.model.k <= 8)


@checks("groups.bounded")
def bounded(case, text):
    shown, d = numbers_in(text)
    assert shown == 20 < d == case.x.shape[1]
