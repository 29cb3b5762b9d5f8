"""Checkers of why a comparison looks as it does, and of what is found about the fits."""

import re

import numpy as np

from tests.claims.case import checks, numbers_in, sklearn_fit, unnamed
from tests.claims.check_columns import check_blame
from tests.claims.check_compare import axes_of, gmm_labels, kmeans_labels
from tests.claims.shown import gmm_of, kmeans_of, points_of


def flat_components(fit, x):
    """Return which components are thin beside the data and mostly ``reg_covar`` there."""
    scale = np.where(x.std(axis=0) > 0, x.std(axis=0), 1)
    values, vectors = np.linalg.eigh(np.atleast_2d(np.cov(x / scale, rowvar=False, ddof=0)))
    kept = values > 1e-10 * max(values[-1], 1e-300)
    if not kept.any():
        return np.ones(fit.n_components, dtype=bool)
    white = vectors[:, kept] / np.sqrt(values[kept]) / scale[:, None]
    out = []
    few = fit.weights * len(x) < 3 * (x.shape[1] + 1)
    for covariance, handful in zip(fit.covariances, few, strict=True):
        own = white.T @ (covariance - fit.reg_covar * np.eye(len(covariance))) @ white
        widths, ways = np.linalg.eigh(own)
        added = fit.reg_covar * np.square(white @ ways[:, 0]).sum()
        chance = handful or widths[0] <= added * 1.001 or widths[0] < 1.01e-10
        out.append(widths[0] < 1.01e-4 and chance)
    return np.array(out)


def troubled(case, code):
    """Return which components of the mixture are in one kind of trouble."""
    fit, x = gmm_of(case), points_of(case).fitted
    mass = fit.weights * len(x)
    return {
        "variance-floor": lambda: flat_components(fit, x),
        "few-points": lambda: (mass < 3 - 1e-3) & (mass >= 0.499),
        "unused": lambda: mass < 0.501,
    }[code]()


@checks("finding.variance-floor")
def shrunk(case, text):
    assert troubled(case, "variance-floor").any()


@checks("finding.reg-large", "why.reg-large")
def reg_large(case, text):
    variances = points_of(case).fitted.var(axis=0)
    live = variances > 1e-20 * np.square(points_of(case).fitted.mean(axis=0))
    assert gmm_of(case).reg_covar >= 0.4999 * variances[live].min()


@checks("finding.few-points")
def few(case, text):
    assert troubled(case, "few-points").any()


@checks("finding.unused")
def unused(case, text):
    assert troubled(case, "unused").any()


@checks("finding.duplicates")
def duplicates(case, text):
    distinct = len(np.unique(points_of(case).fitted, axis=0))
    assert numbers_in(text) == [distinct, gmm_of(case).n_components]
    assert distinct < gmm_of(case).n_components


@checks("finding.not-converged")
def not_converged(case, text):
    fit = gmm_of(case)
    assert fit.n_iter == fit.max_iter
    assert not fit.converged
    if fit.init != "given" and case.state.view.view == "compare":
        theirs = sklearn_fit(
            points_of(case).fitted,
            n_components=fit.n_components,
            covariance_type=str(fit.covariance_type),
            init_params=fit.init,
            random_state=fit.random_state,
            tol=fit.tol,
            reg_covar=fit.reg_covar,
            max_iter=fit.max_iter,
        )
        assert not theirs.converged_


@checks("finding.likelihood-fell")
def fell(case, text):
    fit = gmm_of(case)
    values = fit.trace.log_likelihood if fit.gapped is None else fit.gapped.path
    assert (np.diff(values) < 0).any()
    assert ("regularisation" in text) == (gmm_of(case).reg_covar > 0)


def _numbering(case):
    """Return the components' numbers on the page, by the fit's own."""
    side = case.pipeline.compare.comparison(case.state).gmm
    return np.argsort(side.order) + 1


def _cluster_numbering(case):
    side = case.pipeline.compare.comparison(case.state).kmeans
    return np.argsort(side.order) + 1


def _named(text, k, what="component"):
    """Return the numbers of the components that a warning names; None where it names none."""
    if re.search(rf"all {k} {what}s", text, re.IGNORECASE):
        return set(range(1, k + 1))
    if k == 2 and re.search(rf"both {what}s", text, re.IGNORECASE):
        return {1, 2}
    found = re.search(rf"{what}s? ([\d, –]+)", text, re.IGNORECASE)
    if found is None:
        return None
    parts = [part.split("–") for part in found[1].strip(", ").split(", ")]
    return {n for part in parts for n in range(int(part[0]), int(part[-1]) + 1)}


@checks("why.variance-floor", "why.few-points", "why.unused")
def about_components(case, text):
    for code in ("variance-floor", "few-points", "unused"):
        numbers = set(_numbering(case)[np.flatnonzero(troubled(case, code))].tolist())
        if numbers and numbers == _named(text, case.state.model.k):
            if re.search(r", and (nothing departs from it|it does not vary)", text):
                assert code == "variance-floor"
                check_blame(case, text, np.flatnonzero(troubled(case, code)))
            break
    else:
        raise AssertionError("these are not in trouble")
    _advice_can_be_followed(case, text)


@checks("why.duplicates", "why.not-converged", "why.likelihood-fell", "why.empty-cluster")
def about_a_fit(case, text):
    _advice_can_be_followed(case, text)
    kmeans = "k-means" in text.split(":")[0]
    if "lost all its points" in text:
        finding = next(f for f in kmeans_of(case).health if f.code == "empty-cluster")
        numbers = set(_cluster_numbering(case)[list(finding.components)].tolist())
        assert _named(text, case.state.model.k, "cluster") == numbers
    if "iteration limit" in text:
        fit = kmeans_of(case) if kmeans else gmm_of(case)
        assert not fit.converged
    if "only" in text:
        distinct = len(np.unique(points_of(case).fitted, axis=0))
        assert numbers_in(text) == [distinct, case.state.model.k]
        assert distinct < case.state.model.k
    if "fell in some step" in text:
        fell(case, text)


def _advice_can_be_followed(case, text):
    said = " ".join(s.text for s in case.spoken.sentences)
    assert "lower k" not in text.lower() or case.state.model.k > 1
    simplest = ("tied", "equal") if case.x.shape[1] == 1 else ("spherical",)
    assert "simpler" not in text or case.state.model.covariance_type not in simplest
    for what in ("regularisation", "iteration limit", "tolerance"):
        raised, lowered = (f"{verb} the {what}" in said.lower() for verb in ("raise", "lower"))
        assert not (raised and lowered), what


def _cut(case):
    """Return the component that is cut, in the fit's own number, and both clusters in theirs."""
    text = next(s.text for s in case.spoken.sentences if s.code == "why.cut")
    found = re.search(
        r"component (\d+) .*: (\S+) of .*? cluster (\d+), (\S+) to cluster (\d+)",
        unnamed(case.state, text),
    ).groups()
    component, most, first, less, second = (int(n.replace(",", "")) for n in found)
    own = int(np.flatnonzero(_numbering(case) == component)[0])
    numbers = _cluster_numbering(case)
    clusters = [int(np.flatnonzero(numbers == c)[0]) for c in (first, second)]
    return own, clusters, (most, less)


@checks("why.cut")
def cut(case, text):
    own, clusters, counts = _cut(case)
    mine = kmeans_labels(case)[gmm_labels(case) == own]
    assert counts == tuple(int((mine == c).sum()) for c in clusters)
    assert sum(counts) <= len(mine)
    assert np.bincount(mine).max() == counts[0] <= 0.88 * len(mine)


@checks("why.cut-ends")
def ends(case, text):
    own, clusters, _ = _cut(case)
    fit, mine = case.gmm, gmm_labels(case) == own
    variances, axes = np.linalg.eigh(fit.covariances[own])
    far = np.abs((case.x[mine] - fit.means[own]) @ axes[:, -1]) / np.sqrt(variances[-1])
    gone = kmeans_labels(case)[mine] == clusters[1]
    number, times, away, stay = numbers_in(text)
    assert number == _numbering(case)[own]
    lengths = axes_of(fit)[own]
    assert abs(times - lengths[-1] / lengths[-2]) < 0.06
    assert abs(away - far[gone].mean()) < 0.06
    assert abs(stay - far[~gone].mean()) < 0.06
    assert away >= stay + 0.1


@checks("why.cut-wide")
def wide(case, text):
    own, _, _ = _cut(case)
    width = np.sqrt(np.square(axes_of(case.gmm)).sum(axis=1))
    number, times = numbers_in(text)
    assert number == _numbering(case)[own]
    assert abs(times - width[own] / np.delete(width, own).min()) < 0.06
    np.testing.assert_array_equal(kmeans_labels(case), case.kmeans.labels)


@checks("why.cut-wall")
def wall(case, text):
    own, clusters, _ = _cut(case)
    assert numbers_in(text) == [_numbering(case)[own]]
    mine = kmeans_labels(case)[gmm_labels(case) == own]
    assert all((mine == c).any() for c in clusters)


def _doubt(case):
    """Return how many points are unsure, and how many of them between each two components."""
    unsure = np.flatnonzero(case.posteriors.max(axis=1) < 0.8)
    numbers = _numbering(case)
    pairs = {}
    for row in case.posteriors[unsure]:
        two = tuple(sorted(numbers[np.argsort(-row, kind="stable")[:2]].tolist()))
        pairs[two] = pairs.get(two, 0) + 1
    return len(unsure), pairs


@checks("why.unsure-all")
def all_in_one_place(case, text):
    n, pairs = _doubt(case)
    many, sure, a, b = numbers_in(text)
    assert sure == 80
    assert many == n >= 5
    assert pairs == {(a, b): n}


@checks("why.unsure-most")
def most_in_one_place(case, text):
    n, pairs = _doubt(case)
    many, sure, there, a, b = numbers_in(text)
    assert sure == 80
    assert many == n >= 5
    assert pairs[(a, b)] == there > max(v for k, v in pairs.items() if k != (a, b))
