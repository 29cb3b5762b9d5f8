"""Checkers of what is said of joined components; every pair of groups is tried anew."""

import re

import numpy as np
from scipy.special import entr
from sklearn.metrics import adjusted_rand_score

from tests.claims.case import checks, joined, near, numbers_in, together


def ordered(case):
    """Return the components' posteriors in the page's numbers."""
    return case.posteriors[:, case.pipeline.compare.comparison(case.state).gmm.order]


def entropies(case):
    """Return the entropy that is left of 1, 2, ... groups."""
    shares, k = case.given_grouped(ordered(case)), case.state.model.k
    return [entr(joined(shares, g)[1]).sum() for g in range(1, k + 1)]


def left(case):
    """Return the entropy that is left of the groups that are shown."""
    whole = case.given_grouped(ordered(case))
    return entr(np.column_stack([whole[:, one].sum(axis=1) for one in case.joined[0]])).sum()


@checks("merge.done")
def done(case, text):
    k, groups = (int(one) for one in re.search(r"The (\d+) comp.+ to (\d+) group", text).groups())
    members, _ = case.joined
    assert k == case.state.model.k
    assert groups == len(members) == case.state.view.merge < k
    listed = re.search(r"groups?: ([\d+, ]+)\.", text)
    assert (listed is None) == (groups > 12)
    if listed:
        assert listed[1].split(", ") == case.group_names
    before, after = numbers_in(text.partition("falls from ")[2])
    assert near(before, entr(case.given_grouped(ordered(case))).sum())
    assert near(after, left(case))
    assert near(after, 0) or after < before


@checks("merge.changed")
def moved(case, text):
    members, shares = case.joined
    own = case.likeliest(ordered(case))
    theirs = np.array([next(i for i, m in enumerate(members) if j in m) for j in own[own >= 0]])
    assert numbers_in(text) == [(theirs != case.likeliest(shares)[own >= 0]).sum()]
    assert (theirs != case.likeliest(shares)[own >= 0]).any()


@checks("merge.truth")
def truth(case, text):
    known = case.truth >= 0
    before, after = numbers_in(text)
    labels = [case.likeliest(ordered(case)), case.likeliest(case.joined[1])]
    scores = [adjusted_rand_score(case.truth[known], one[known]) for one in labels]
    assert np.allclose([before, after], scores, atol=6e-3)


@checks("merge.idle")
def idle(case, text):
    assert numbers_in(text) == [case.state.view.merge, case.state.model.k]
    assert case.state.view.merge > case.state.model.k


@checks("merge.decided")
def decided(case, text):
    assert numbers_in(text) == [0.01]
    assert left(case) < 0.01 + 1e-6
    assert len(case.joined[0]) > 1


@checks("merge.next")
def following(case, text):
    one, other = re.search(r"next: (\S+) and (\S+)\.", text).groups()
    takes, left = numbers_in(text.partition("That takes")[2])
    whole, names = case.given_grouped(ordered(case)), case.group_names
    shares = np.column_stack([whole[:, one].sum(axis=1) for one in case.joined[0]])
    assert near(left, entr(shares).sum())
    assert entr(shares).sum() > 0.01 - 1e-6
    after = entr(together(shares, names.index(one), names.index(other))).sum()
    assert near(takes, entr(shares).sum() - after)
    g = len(names)
    best = min(entr(together(shares, i, j)).sum() for i in range(g) for j in range(i + 1, g))
    assert np.isclose(after, best, atol=1e-6)


@checks("merge.bend")
def bent(case, text):
    curve, k = np.array(entropies(case)), case.state.model.k
    at = int(re.search(r"meet at (\d+) group", text)[1])
    counts = np.arange(1, k + 1)

    def misses(where):
        parts = slice(None, where), slice(where - 1, None)
        lines = [(counts[one], curve[one]) for one in parts]
        return sum(np.square(y - np.polyval(np.polyfit(x, y, 1), x)).sum() for x, y in lines)

    assert k > 3
    assert misses(at) <= min(misses(where) for where in range(2, k)) + 1e-9
    down_to, further = numbers_in(text.partition("a joining takes")[2])
    assert near(down_to, (curve[-1] - curve[at - 1]) / (k - at))
    assert near(further, (curve[at - 1] - curve[0]) / (at - 1))
    assert down_to > further - 0.01
