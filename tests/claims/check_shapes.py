"""Checkers of what is said of the four covariance types side by side."""

import numpy as np

from tests.claims.case import checks, numbers_in, sklearn_mixture
from tests.claims.check_compare import _parameters
from tests.claims.check_reasons import flat_components

KINDS = ("full", "tied", "diag", "spherical")


def judged(case):
    """Return by type BIC, parameters and log-likelihood per point, of the sound fits only."""
    out = {}
    for fit in case.pipeline.compare.shapes(case.state).fits:
        kind, k, (n, d) = str(fit.covariance_type), fit.n_components, case.x.shape
        if flat_components(fit, case.x).any() or (fit.weights * n < 2.99).any():
            continue
        score, free = sklearn_mixture(fit).score(case.x), _parameters(kind, k, d)
        out[kind] = (free * np.log(n) - 2 * n * score, free, score)
    return out


def named(text):
    """Return the covariance types of a sentence, in its order."""
    words = text.replace(",", " ").replace(":", " ").replace(".", " ").split()
    return [word for word in words if word in KINDS]


def broken(rows):
    """Return which type is less likely than one that it contains, and that one."""
    contained = [("full", "tied"), ("full", "diag"), ("full", "spherical"), ("diag", "spherical")]
    return [
        (a, b)
        for a, b in contained
        if a in rows and b in rows and rows[b][2] - rows[a][2] > 1e-4 + 1e-9
    ]


def smoothed(case):
    """Return whether the regularisation is more than a trifle beside some column."""
    variances = case.x.var(axis=0)
    return case.state.model.reg_covar > 2e-5 * variances[variances > 0].min()


@checks("shapes.search-short")
def search_short(case, text):
    wider, narrower = named(text)[:2]
    assert not smoothed(case)
    assert (wider, narrower) in broken(judged(case))


@checks("shapes.left-out")
def left_out(case, text):
    kind, rows = named(text)[0], judged(case)
    assert kind not in rows
    fit = next(
        f for f in case.pipeline.compare.shapes(case.state).fits if f.covariance_type == kind
    )
    n, d = case.x.shape
    bic = _parameters(kind, fit.n_components, d) * np.log(n)
    bic -= 2 * n * sklearn_mixture(fit).score(case.x)
    assert abs(numbers_in(text)[0] - bic) < 1
    assert bic < min(row[0] for row in rows.values())


@checks("shapes.none-sound")
def none_sound(case, text):
    assert not judged(case)
    assert ("Lower K" in text) == (case.state.model.k > 1)


@checks("shapes.only-one")
def only_one(case, text):
    assert list(judged(case)) == named(text)
    assert abs(numbers_in(text)[0] - judged(case)[named(text)[0]][0]) < 1


@checks("shapes.equal")
def equal(case, text):
    rows, (best, second) = judged(case), named(text)
    assert np.isclose(rows[best][0], rows[second][0])
    assert abs(numbers_in(text)[0] - rows[best][0]) < 1
    assert min(row[0] for row in rows.values()) > rows[best][0] - 1e-4


def competing(case):
    """Return the rows that compete: of one column three types are one, if there is another."""
    rows = judged(case)
    if case.x.shape[1] > 1 or "tied" not in rows:
        return rows
    alike = [kind for kind in rows if kind != "tied"]
    lowest = min(alike, key=lambda kind: rows[kind][0], default="")
    return {kind: row for kind, row in rows.items() if kind in ("tied", lowest)}


@checks("shapes.best")
def best(case, text):
    rows, (first, second) = judged(case), named(text)
    ranked = sorted(row[0] for row in competing(case).values())
    assert np.isclose(ranked[0], rows[first][0])
    assert np.isclose(ranked[1], rows[second][0])
    apart = ranked[1] - ranked[0]
    assert abs(numbers_in(text)[0] - ranked[0]) < 1
    assert np.isclose(numbers_in(text)[1], apart, rtol=0.01, atol=0.06)
    if broken(rows) and not smoothed(case):
        assert "evidence" not in text
        assert "difference" not in text
        return
    words = {"hardly": (0, 2), "some": (2, 6), "clear": (6, 10), "strong": (10, np.inf)}
    low, high = next(ends for word, ends in words.items() if f": {word} " in text)
    assert low - 1e-6 <= apart < high + 1e-6


def _against(case, text):
    """Return the gain in twice the log-likelihood and the price of two types, best first."""
    rows = judged(case)
    order = sorted(rows, key=lambda kind: rows[kind][0])
    assert set(named(text)) <= set(order)
    first, second = sorted(set(named(text)), key=lambda kind: rows[kind][0])
    n = len(case.x)
    gain = 2 * n * (rows[first][2] - rows[second][2])
    more = rows[first][1] - rows[second][1]
    return gain, more, more * np.log(n)


@checks("shapes.same-price")
def same_price(case, text):
    gain, more, _ = _against(case, text)
    assert more == 0
    assert abs(numbers_in(text)[-1] - gain) < 0.06


@checks("shapes.pays")
def pays(case, text):
    gain, more, price = _against(case, text)
    assert np.allclose(numbers_in(text), [gain, price, more], atol=0.06)
    assert gain > price > 0


@checks("shapes.saves")
def saves(case, text):
    gain, _, price = _against(case, text)
    assert gain > -1e-6
    assert abs(numbers_in(text)[0] + price) < 0.06


@checks("shapes.would-cost")
def would_cost(case, text):
    gain, more, price = _against(case, text)
    assert np.allclose(numbers_in(text), [-gain, -more, -price], atol=0.06)
    assert -price > -gain > 0
