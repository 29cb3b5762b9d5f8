"""Checkers of what stands out about single columns, and of who has collapsed onto one."""

import re

import numpy as np
import pandas as pd

from tests.claims.case import checks, near, numbers_in
from tests.claims.shown import gmm_of, points_of


def table_of(case):
    """Return the raw columns that are fitted, by name."""
    points = points_of(case)
    return pd.DataFrame(points.raw, columns=list(points.columns))


def decimals_of(column):
    """Return how many decimals the numbers of a column have, at most twelve."""
    return max(
        len(f"{value:.12g}".partition("e")[0].partition(".")[2]) for value in column.tolist()
    )


def _column(case, text):
    """Return the column that a sentence begins with; of several the longest name."""
    return max((c for c in table_of(case).columns if text.startswith(c)), key=len)


def _cure(case, text):
    """The column that is to be left out is the one that the sentence is about."""
    found = re.search(r"Leave (.+?) out\.", text)
    if found is not None:
        assert found[1] in table_of(case).columns
        assert table_of(case).shape[1] > 2
    return found and found[1]


def relation_holds(case, text):
    """An equation in words holds in every row, as far as the numbers are rounded."""
    table = table_of(case)
    left, right = (_side(table, half) for half in text.split(" = "))
    names, units = set(left[1]) | set(right[1]), {}
    for name in names:
        places = decimals_of(table[name])
        units[name] = 10.0**-places if places else 0.0
    rounding = sum(abs({**left[1], **right[1]}[name]) * units[name] / 2 for name in names)
    apart = np.abs(left[0] - right[0]).max()
    assert apart <= rounding + 1e-6 * np.abs(table[list(names)].to_numpy()).max()
    assert len(names) > 1
    target = left[1] if len(left[1]) == 1 else right[1]
    widest = max(table[name].std() for name in target or names)
    assert apart <= 0.05 * widest  # no relation that only coarse rounding allows


def _side(table, text):
    """Return the values of one side of an equation, and the factor of each column."""
    total, factors = np.zeros(len(table)), {}
    for sign, term in re.findall(r"(^|[+−] |−)([^+−]+)", text.strip()):
        factor = -1.0 if "−" in sign else 1.0
        *scale, last = (part.strip() for part in term.split("×"))
        factor *= float(scale[0]) if scale else 1.0
        if last in table.columns:
            total += factor * table[last].to_numpy()
            factors[last] = factor
        else:
            total += factor * float(last)
    return total, factors


@checks("column.relation")
def relation(case, text):
    relation_holds(case, text.partition(" in every row")[0])
    cure = _cure(case, text)
    assert cure is None or cure in text.partition(" in every row")[0]


@checks("column.few-values")
def few_values(case, text):
    name = _column(case, text)
    values, rows = (int(n) for n in numbers_in(text.partition(" has only ")[2])[:2])
    assert values == table_of(case)[name].nunique() <= 15
    assert rows == len(table_of(case)) >= 5 * values
    assert _cure(case, text) in (None, name)


@checks("column.many-equal")
def many_equal(case, text):
    name = _column(case, text)
    value, share = numbers_in(text.partition(" is ")[2])[:2]
    counts = table_of(case)[name].value_counts(normalize=True)
    assert np.isclose(counts.index[0], value, rtol=1e-5)
    assert near(share / 100, counts.iloc[0])
    assert counts.iloc[0] >= 0.25
    assert _cure(case, text) in (None, name)


@checks("column.below-reg")
def below_reg(case, text):
    name = re.match(r"The variance of (.+), .* as it is fitted", text)[1]
    variance, reg = numbers_in(text.partition(name)[2])[:2]
    found = points_of(case).fitted[:, list(points_of(case).columns).index(name)].var()
    assert near(variance / found, 1)
    assert near(reg / case.state.model.reg_covar, 1)
    assert case.state.model.reg_covar >= 0.5 * found
    every = points_of(case).fitted.var(axis=0)
    if "Standardise" in text:
        assert case.state.data.scale == "none"
        assert case.state.model.reg_covar <= 1e-3  # of a variance of one
    else:
        to = float(re.search(r"to (\S+)\.$", text)[1])
        assert 1e-6 < to / every[every > 0].min() <= 1e-3


@checks("column.collinear")
def collinear(case, text):
    name = re.search(r"the variance of (.+) follows from", text)[1]
    listed, table = text.partition(" follows from ")[2], table_of(case)
    others = [c for c in table.columns if c != name and re.search(rf"\b{re.escape(c)}\b", listed)]
    if "more column" in text:
        others = [c for c in table.columns if c != name]
    x = np.column_stack([np.ones(len(table)), table[others]])
    y = table[name].to_numpy()
    left = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
    explained = 1 - left.var() / y.var()
    said = numbers_in(text)[0] / 100
    assert 0.99 - 1e-6 <= said <= explained + 6e-5
    assert "more column" in text or abs(said - min(explained, 0.9999)) < 6e-5
    assert _cure(case, text) in (None, name)


def skewness(column):
    return np.mean(((column - column.mean()) / column.std()) ** 3)


@checks("column.skewed")
def skewed(case, text):
    name = _column(case, text)
    column = table_of(case)[name].to_numpy()
    found = skewness(column)
    said = numbers_in(text.partition("skewness")[2])
    assert near(said[0] / 10, found / 10)
    if advice := re.search(r"Take the (.+) of (.+)\.$", text):
        assert advice[2] == name
        bent = {"logarithm": np.log, "square root": np.sqrt, "signed log": np.arcsinh}
        with np.errstate(all="raise"):
            then = skewness(bent[advice[1]](column))
        assert near(said[1] / 10, then / 10)
        assert abs(then) <= abs(found) / 2 + 1e-9
    assert abs(found) >= 2
    assert ("large values" in text) == (found > 0)


def no_width(case, name, component):
    """Return whether posteriors that are sure of a component leave a column next to no width."""
    fit, x = gmm_of(case), points_of(case).fitted
    j = list(points_of(case).columns).index(name)
    own = fit.covariances[component, j, j] - fit.reg_covar
    return bool(own <= 1.01e-4 * x[:, j].var())


def _about(name):
    return rf"(?:: |\. ){re.escape(name)} (?:has only|is |follows from others)"


def check_blame(case, text, components):
    """Of the collapsed components as many as is said have no width in the column named."""
    names = [c for c in table_of(case).columns if re.search(_about(c), text)]
    name = max(names, key=len)
    many = re.search(r" in (\d+) of them\.", text)
    if "follows from others" in text:
        relation_holds(case, re.search(r"others: (.+), and", text)[1])
    else:
        lying = [c for c in components if no_width(case, name, c)]
        assert len(lying) == (int(many[1]) if many else len(components)) > 0
        column = table_of(case)[name]
        if "has only" in text:
            assert column.nunique() == int(re.search(r"has only (\d+)", text)[1])
        else:
            value, share = numbers_in(text.partition(f"{name} is ")[2])[:2]
            assert near(share / 100, (np.isclose(column, value, rtol=1e-5)).mean())
    if others := re.search(r"goes for (\d+) more", text):
        flat = [
            c
            for c in table_of(case).columns
            if any(no_width(case, c, component) for component in components)
        ]
        assert 0 < int(others[1]) <= len(flat) - 1
    if (cure := _cure(case, text)) is not None:
        assert cure == name
        assert "egularisation" not in text  # one cure


@checks("select.onto-column")
def onto_column(case, text):
    name = _column(case, text)
    flat = [row for row in case.rows if row.reason == "variance-floor"]
    assert sum(row.covariance_type != "spherical" for row in flat) > len(flat) / 2
    peaked = []
    for column in table_of(case).columns:
        counts = table_of(case)[column].value_counts()
        few = len(counts) <= 15 and len(case.x) >= 5 * len(counts)
        if len(case.x) >= 20 and len(counts) > 1 and (few or counts.iloc[0] >= 0.25 * len(case.x)):
            peaked.append(column)
    assert name in peaked
    others = re.search(r"goes for (\d+) more", text)
    assert (int(others[1]) if others else 0) <= len(peaked) - 1
    counts = table_of(case)[name].value_counts()
    said = numbers_in(text.partition(name)[2])
    if "has only" in text:
        assert said[0] == len(counts)
    else:
        assert np.isclose(said[0], counts.index[0], rtol=1e-5)
        assert near(said[1] / 100, counts.iloc[0] / len(case.x))
    assert _cure(case, text) in (None, name)
