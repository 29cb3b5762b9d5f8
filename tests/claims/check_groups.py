"""Checkers of what Compare's sub-tab "Groups" says; pandas describes the groups."""

import re

import numpy as np
import pandas as pd

from tests.claims.case import checks, near, numbers_in


def frame(case, text):
    """Return the points in their own units, with the group of each: as the plots colour them."""
    result = case.pipeline.compare.comparison(case.state)
    if "k-means" in text:
        labels, names = result.kmeans.labels, [str(i + 1) for i in range(case.state.model.k)]
    elif len(case.joined[0]) == case.state.model.k:
        labels, names = result.gmm.labels, case.group_names
    else:
        labels, names = case.likeliest(case.joined[1]), case.group_names
    names = [*names, "background"]  # its label, -1, finds the last
    found = pd.DataFrame(case.points.origin.raw, columns=list(case.points.origin.columns))
    return found, pd.Series(np.array(names)[labels], name="group")


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
    said = numbers_in(first[len(most) :].partition("%")[0])[0]
    assert np.isclose(said, 100 * share[most], atol=0.51)
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
    name, size = re.match(r"Group (\S+) of .+?, ([\d,]+) row", text).groups()
    mine = group == name
    assert mine.sum() == numbers_in(size)[0]
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
    name = re.match(r"Group (\S+) of", text)[1]
    numbers = [str(i + 1) for i in range(case.state.model.k)]
    assert name in (numbers if "k-means" in text else case.group_names)
    size = (group == name).sum()
    assert size in (0, len(group))
    assert ("all rows are in it" in text) == (size > 0)


@checks("groups.empty")
def empty(case, text):
    _, group = frame(case, text)
    groups = re.findall(r"\d[\d+]*", text.partition(" of ")[0])
    assert groups
    assert not np.isin(group, groups).any()
    numbers = [int(one) for name in groups for one in name.split("+")]
    assert all(1 <= one <= case.state.model.k for one in numbers)


def sizes(case, text, low, high):
    """Check that a sentence names, or counts, every group of so many rows, and their rows."""
    _, group = frame(case, text)
    said = re.findall(r"([\d+]+) \(([\d,]+) rows?\)", text)
    assert said
    for name, size in said:
        assert (group == name).sum() == int(size.replace(",", ""))
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
    what = "principal component" if case.points.reduction else "column"
    assert numbers_in(re.search(rf"in [\d,]+ {what}s? takes, [\d,]+", text)[0]) == [d, d + 1]
    sizes(case, text, 5, d)
    assert case.state.model.covariance_type == "full"


@checks("groups.doubtful")
def doubtful(case, text):
    own, other = re.findall(r"% (?:group )?([\d+]+|background)", text)
    shares, called = case.joined[1], case.group_names
    if case.gmm.background is not None:
        shares = np.column_stack([shares, case.every_posterior[:, -1]])
        called = [*called, "background"]
    least = shares.max(axis=1).min()
    row = int(shares.max(axis=1).argmin())
    mine = dict(zip(called, shares[row], strict=True))
    assert least < 0.995
    top = np.sort(shares[row])[::-1]
    shown = re.findall(r"([\d.]+(?: × 10\S+)?) % (?:group|background)", text)
    assert near(numbers_in(shown[0])[0] / 100, top[0])
    assert near(numbers_in(shown[1])[0] / 100, top[1])
    assert np.isclose(mine[own], top[0])
    assert np.isclose(mine[other], top[1])
    assert own != other
    if case.state.data.dataset not in ("upload", "drawn"):
        said = re.search(r"sure of is row (\d+):", text)[1]
        ties = np.flatnonzero(np.isclose(shares.max(axis=1), least, atol=1e-9))
        assert int(said) - 1 in case.points.rows[ties]


@checks("groups.sure")
def sure(case, text):
    assert case.joined[1].max(axis=1).min() >= numbers_in(text)[0] / 100 - 1e-6


@checks("groups.legend")
def legend(case, text):
    fewest = len(case.joined[0])  # k-means has no fewer groups than the mixture
    assert ("Numbers are means" in text) or case.state.model.k > 8
    assert ("Numbers are means" not in text) or fewest <= 8


@checks("groups.bounded")
def bounded(case, text):
    shown, d = numbers_in(text)
    assert shown == 20 < d == case.points.origin.d
