"""Checkers of what Compare says over its plots."""

import re

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.special import softmax
from sklearn.metrics import adjusted_rand_score, confusion_matrix, silhouette_score
from sklearn.mixture import GaussianMixture

from tests.claims.case import checks, near, numbers_in, sklearn_fit
from tests.claims.shown import remembered

LOW = 0.6


def kmeans_labels(case):
    """Return (n,) the nearest centre of each point: the side of every straight wall."""
    x, centers = case.x, case.kmeans.centers
    distance = np.square(x).sum(1)[:, None] - 2 * x @ centers.T + np.square(centers).sum(1)
    nearest = distance.argmin(axis=1)
    close = np.partition(distance, 1, axis=1)[:, :2] if len(centers) > 1 else None
    if close is not None:  # a tie may go either way
        scale = 1 + np.abs(distance).max()
        tied = np.abs(close[:, 1] - close[:, 0]) < 1e-9 * scale
        nearest[tied] = case.kmeans.labels[tied]
    return nearest


def gmm_labels(case):
    """Return (n,) the most probable component of each point."""
    found = case.likeliest(case.posteriors)
    top = np.sort(case.every_posterior, axis=1)[:, -2:]
    if top.shape[1] == 2:
        tied = top[:, 1] - top[:, 0] < 1e-7
        found[tied] = case.gmm.labels[tied]
    return found


def aris(case):
    """Return the scores of both methods against the true groups, where they are known."""
    truth, known = case.truth, case.truth >= 0
    return (
        adjusted_rand_score(truth[known], kmeans_labels(case)[known]),
        adjusted_rand_score(truth[known], gmm_labels(case)[known]),
    )


def groups(case):
    return len(np.unique(case.truth[case.truth >= 0]))


def axes_of(fit):
    """Return (k, d) lengths of the axes of every component, ascending."""
    return np.sqrt(np.array([np.linalg.eigvalsh(c) for c in fit.covariances]).clip(1e-300))


def n_unsure(case):
    return int((case.every_posterior.max(axis=1) < 0.8).sum())


def hidden(case):
    """Return whether the regularisation is half of what some column has of variance, or more."""
    variances = case.x.var(axis=0)
    live = variances > 1e-20 * np.square(case.x.mean(axis=0))
    return bool(live.any() and case.gmm.reg_covar >= 0.4999 * variances[live].min())


@checks("compare.single")
def single(case, text):
    assert "With K = 1 k-means" in text
    mean = case.x.mean(axis=0)
    assert len(case.kmeans.centers) == case.gmm.n_components == case.state.model.k == 1
    np.testing.assert_allclose(case.kmeans.centers[0], mean, atol=1e-8 * (1 + np.abs(mean).max()))
    np.testing.assert_allclose(case.gmm.means[0], mean, atol=1e-8 * (1 + np.abs(mean).max()))
    spread = np.cov(case.x, rowvar=False, ddof=0)
    spread = np.atleast_2d(spread) + case.gmm.reg_covar * np.eye(case.x.shape[1])
    if "each column" in text:
        spread = np.diag(np.diag(spread))
    elif "columns' variances" in text:
        spread = np.diag(spread).mean() * np.eye(len(spread))
    else:
        called = "variance" if case.x.shape[1] == 1 else "covariance"
        assert f"the {called} of all points" in text
    np.testing.assert_allclose(case.gmm.covariances[0], spread, rtol=1e-6, atol=1e-9)


def shares_at(case):
    """Return (n, k) what equal circles of the variance that the link asks for make of the points.

    The soft end is the mixture without the handle; the means are those of the fit shown, at which
    EM stays.
    """
    soft = case.pipeline.models.gmm(case.state.data, case.state.model)
    assert case.state.model.covariance_type == "equal"
    assert case.state.view.hard < 1
    variance = soft.covariances[0, 0, 0] * (1 - case.state.view.hard) ** 2
    np.testing.assert_allclose(case.gmm.covariances[0], variance * np.eye(case.x.shape[1]))
    away = np.square(case.x[:, None] - case.gmm.means).sum(axis=2)
    shares = softmax(-away / (2 * variance), axis=1)
    means = shares.T @ case.x / shares.sum(axis=0)[:, None]
    np.testing.assert_allclose(means, case.gmm.means, atol=0.02 * np.sqrt(variance))
    return shares


@checks("compare.hardening")
def hardening(case, text):
    shares = shares_at(case)
    width, n, shared, percent = numbers_in(text)
    assert near(width**2, case.gmm.covariances[0, 0, 0])
    assert (n, percent) == (len(case.x), 99)
    assert shared == (shares.max(axis=1) < 0.99).sum()


@checks("compare.hard-is-kmeans")
def hard_is_kmeans(case, text):
    assert numbers_in(text) == [0, 1]
    assert case.state.view.hard == 1
    assert set(np.unique(case.gmm.responsibilities)) == {0, 1}
    np.testing.assert_allclose(case.gmm.weights, 1 / case.state.model.k)
    mine = np.square(case.x[:, None] - case.gmm.means).sum(axis=2).argmin(axis=1)
    assert adjusted_rand_score(mine, kmeans_labels(case)) == 1


@checks("compare.hard-elsewhere")
def hard_elsewhere(case, text):
    assert case.state.view.hard == 1
    apart = np.square(case.x[:, None] - case.gmm.means).sum(axis=2)
    assert adjusted_rand_score(apart.argmin(axis=1), kmeans_labels(case)) < 1
    least, most, here, kmeans = numbers_in(text)
    assert (least, most) == (0, 1)
    theirs = np.square(case.x - case.kmeans.centers[kmeans_labels(case)]).sum()
    assert here < kmeans
    assert np.allclose([here, kmeans], [apart.min(axis=1).sum(), theirs], rtol=1e-4)


@checks("compare.ladder")
def ladder(case, text):
    k, d = case.gmm.means.shape
    assert case.state.model.covariance_type == "equal"
    counts = {"spherical": k, "diag": k * d, "tied": d * (d + 1) // 2, "full": k * d * (d + 1) // 2}
    rungs = [f"{kind} {count + k * d + k - 1:,}" for kind, count in counts.items()]
    assert f": {k * d + 1:,} parameters ({', '.join(rungs)})." in text


@checks("compare.one-group")
def one_group(case, text):
    assert groups(case) == 1
    assert (case.truth >= 0).all()
    clusters = [len(np.unique(kmeans_labels(case))), len(np.unique(gmm_labels(case)))]
    assert numbers_in(text)[-2:] == clusters


@checks("compare.one-group-known")
def one_group_known(case, text):
    assert groups(case) == 1
    labelled, n = numbers_in(text)
    assert 2 <= labelled == (case.truth >= 0).sum() < n == len(case.x)


@checks("compare.neither")
def neither(case, text):
    both = aris(case)
    assert max(both) < LOW
    assert all(near(a, b) for a, b in zip(numbers_in(text), both, strict=True))


@checks("compare.more-components")
def more_components(case, text):
    k, there = numbers_in(text)[:2]
    assert k == case.state.model.k > there == groups(case)
    known = case.truth >= 0
    truth = np.unique(case.truth[known], return_inverse=True)[1]
    table = confusion_matrix(truth, gmm_labels(case)[known])
    used = table.sum(axis=0) > 0
    first = table.argmax(axis=0)[used]
    assert len(first) > len(np.unique(first)), "two with the same most frequent group"


@checks("compare.fewer-components")
def fewer_components(case, text):
    k, there = numbers_in(text)[:2]
    assert k == case.state.model.k < there == groups(case)


@checks("compare.overlap")
def overlap(case, text):
    sources = case.points.sources
    weights = np.bincount(case.truth) / len(case.truth)
    np.testing.assert_allclose(sources.weights, weights, atol=1e-12)
    density = np.log(sources.weights) + np.column_stack(
        [
            -0.5 * (np.linalg.slogdet(c)[1] + np.einsum("nd,de,ne->n", z, np.linalg.inv(c), z))
            for c, z in zip(sources.covariances, case.x[None] - sources.means[:, None], strict=True)
        ]
    )
    score = adjusted_rand_score(case.truth, density.argmax(axis=1))
    assert score < LOW
    assert near(numbers_in(text)[0], score)


def _start_of_groups(case):
    """Return weights, means and precisions of the true groups, as scikit-learn wants them."""
    x, kind, reg = case.x, case.state.model.covariance_type, case.gmm.reg_covar
    labels = np.unique(case.truth, return_inverse=True)[1]
    parts = [x[labels == g] for g in range(labels.max() + 1)]
    shares = np.bincount(labels) / len(x)
    added = reg * np.eye(x.shape[1])
    spread = np.array([np.atleast_2d(np.cov(p, rowvar=False, ddof=0)) + added for p in parts])
    precisions = {
        "full": lambda: np.linalg.inv(spread),
        "tied": lambda: np.linalg.inv(np.tensordot(shares, spread, 1)),
        "diag": lambda: 1 / np.array([np.diag(s) for s in spread]),
        "spherical": lambda: 1 / np.array([np.diag(s).mean() for s in spread]),
    }[kind]()
    return {
        "weights_init": shares,
        "means_init": np.array([p.mean(axis=0) for p in parts]),
        "precisions_init": precisions,
    }


@remembered
def both_at_rest(case):
    """Return scikit-learn's mixtures from the groups and from the page's start, at rest."""
    model = case.state.model
    alike = {
        "n_components": model.k,
        "covariance_type": model.covariance_type,
        "reg_covar": model.reg_covar,
        "tol": 1e-9,
        "max_iter": 10_000,
    }
    there = sklearn_fit(case.x, **alike, **_start_of_groups(case))
    here = sklearn_fit(
        case.x, **alike, init_params=case.gmm.init, random_state=case.gmm.random_state
    )
    return there, here


def _same_numbers(case, text):
    """Assert that the numbers of a sentence on EM from the groups are scikit-learn's."""
    there, here = both_at_rest(case)
    score = adjusted_rand_score(case.truth, there.predict(case.x))
    values = [there.score(case.x), here.score(case.x)]
    assert all(
        np.isclose(a, b, rtol=3e-4, atol=3e-4)
        for a, b in zip(numbers_in(text)[:2], values, strict=True)
    )
    assert near(float(re.search(r"score of (\S+)\.(?:\s|$)", text)[1].replace("−", "-")), score)
    return (values[0] - values[1]) * len(case.x)


@checks("compare.not-at-rest")
def not_at_rest(case, text):
    _, rested = both_at_rest(case)
    there, here = numbers_in(text)[:2]
    assert np.isclose(there, rested.score(case.x), rtol=3e-4, atol=3e-4)
    assert np.isclose(here, case.mixture.score(case.x), rtol=3e-4, atol=3e-4)
    assert (rested.score(case.x) - case.mixture.score(case.x)) * len(case.x) > 0.9
    assert ("Raise the iteration limit" in text) == (not case.gmm.converged)
    assert ("Lower the tolerance" in text) == case.gmm.converged
    score = adjusted_rand_score(case.truth, rested.predict(case.x))
    assert near(float(re.search(r"score of (\S+)\. ", text)[1].replace("−", "-")), score)


@checks("compare.search-missed")
def search_missed(case, text):
    assert _same_numbers(case, text) > 0.9
    assert not hidden(case)
    if "More restarts" in text:
        assert case.gmm.n_parameters <= len(case.x)


@checks("compare.likelihood-prefers")
def likelihood_prefers(case, text):
    assert _same_numbers(case, text) < -0.9


@checks("compare.drifts")
def drifts(case, text):
    there, here = both_at_rest(case)
    assert adjusted_rand_score(there.predict(case.x), here.predict(case.x)) > 0.98
    score = adjusted_rand_score(case.truth, there.predict(case.x))
    assert near(float(re.search(r"\(score (\S+)\)", text)[1].replace("−", "-")), score)


@checks("compare.as-likely")
def as_likely(case, text):
    there, here = both_at_rest(case)
    assert numbers_in(text)[0] == 1
    assert abs(there.score(case.x) - here.score(case.x)) * len(case.x) < 1.1
    assert adjusted_rand_score(there.predict(case.x), gmm_labels(case)) < 0.999
    score = adjusted_rand_score(case.truth, there.predict(case.x))
    assert near(float(re.search(r"\(score (\S+)\)", text)[1].replace("−", "-")), score)


@checks("compare.not-gaussian")
def not_gaussian(case, text):
    names = list(case.points.label_names)
    said = re.match(r"The true groups? (.+) (?:is|are each) better", text)[1]
    listed = [said] if said in names else re.split(r", | and ", said)
    assert len(set(listed)) == len(listed) > 0
    for place, name in enumerate(listed):
        own = case.x[case.truth == names.index(name)]
        one, two = (sklearn_fit(own, n_components=k, random_state=0).bic(own) for k in (1, 2))
        assert two < one - 9.9
        if not place:
            assert f"BIC of {name} alone:" in text
            shown = numbers_in(text.split("alone:")[1])
            assert abs(shown[0] - two) < 1
            assert abs(shown[1] - one) < 1


@checks("compare.handful")
def handful(case, text):
    labels = kmeans_labels(case) if "k-means" in text else gmm_labels(case)
    size, n = numbers_in(text)
    counts = np.bincount(labels, minlength=case.state.model.k)
    assert size == counts.min()
    assert n == len(case.x) >= 100 * size


@checks("compare.mixture-nearer")
def mixture_nearer(case, text):
    kmeans, gmm = aris(case)
    assert near(numbers_in(text)[0], gmm)
    assert near(numbers_in(text)[1], kmeans)
    assert gmm > kmeans + 0.09


@checks("compare.kmeans-nearer")
def kmeans_nearer(case, text):
    kmeans, gmm = aris(case)
    assert near(numbers_in(text)[0], kmeans)
    assert near(numbers_in(text)[1], gmm)
    assert kmeans > gmm + 0.09
    sound = not case.gmm.degenerate.any() and not hidden(case)
    assert ("more flexible" in text) == sound
    # the more flexible: k-means has but its centres
    assert case.gmm.n_parameters > case.kmeans.centers.size


@checks("compare.try-another")
def try_another(case, text):
    kmeans, gmm = aris(case)
    assert kmeans > gmm
    assert not hidden(case)


@checks("compare.same-clusters")
def same_clusters(case, text):
    assert adjusted_rand_score(kmeans_labels(case), gmm_labels(case)) == 1
    assert len(np.unique(kmeans_labels(case))) > 1


@checks("compare.round-and-apart")
def round_and_apart(case, text):
    silhouette, longest = numbers_in(text)
    assert near(silhouette, silhouette_score(case.x, kmeans_labels(case)))
    assert silhouette > 0.59
    axes = axes_of(case.gmm)
    assert near(longest, round((axes[:, -1] / axes[:, 0]).max(), 1))
    assert longest <= 2.05
    width = np.sqrt(np.square(axes).sum(axis=1))
    assert width.max() <= 2.01 * width.min()
    assert case.gmm.weights.max() <= 4.01 * case.gmm.weights.min()


@checks("compare.nearly-agree")
def nearly_agree(case, text):
    agreement = adjusted_rand_score(kmeans_labels(case), gmm_labels(case))
    assert near(numbers_in(text)[0], agreement)
    assert agreement > 0.89


@checks("compare.ask-how-many")
def ask_how_many(case, text):
    assert case.truth is None
    assert n_unsure(case) >= 0.15 * len(case.x) - 1


def _walls_halfway(case):
    """Assert that k-means' walls are straight and halfway: the nearest centre decides."""
    np.testing.assert_array_equal(kmeans_labels(case), case.kmeans.labels)


@checks("compare.long-components")
def long_components(case, text):
    _walls_halfway(case)
    axes = axes_of(case.gmm)
    times, shown = axes[:, -1] / axes[:, -2], numbers_in(text)
    assert np.allclose([shown[0], shown[-1]], [times.min(), times.max()], atol=0.06)
    assert np.median(times) > 2.49


@checks("compare.unequal-widths")
def unequal_widths(case, text):
    _walls_halfway(case)
    width = np.sqrt(np.square(axes_of(case.gmm)).sum(axis=1))
    assert abs(numbers_in(text)[0] - width.max() / width.min()) < 0.06


@checks("compare.unequal-shares")
def unequal_shares(case, text):
    _walls_halfway(case)
    least, most = numbers_in(text)
    assert np.isclose(least, 100 * case.gmm.weights.min(), rtol=0.06)
    assert np.isclose(most, 100 * case.gmm.weights.max(), rtol=0.06)


@checks("compare.shared-points")
def shared_points(case, text):
    assert n_unsure(case) > 0


@checks("compare.moved")
def moved(case, text):
    theirs, ours = kmeans_labels(case), gmm_labels(case)
    table = confusion_matrix(theirs[ours >= 0], ours[ours >= 0])  # the background has no colour
    together = table[linear_sum_assignment(-table)].sum()
    count, n = numbers_in(text)
    assert n == len(case.x)
    assert count == n - together


@checks("compare.unsure")
def unsure(case, text):
    found = numbers_in(text.replace("one point", "1 point"))
    assert found[0] == 80
    assert found[1] == n_unsure(case)
    assert ("drawn small" in text) == ("size" in case.state.view.show)


@checks("compare.more-parameters")
def more_parameters(case, text):
    free, n = numbers_in(text)
    kind = text.split()[1]
    assert n == len(case.x) < free
    assert "shapes" in case.state.view.show or kind == case.state.model.covariance_type
    assert free == _parameters(kind, case.state.model.k, case.x.shape[1])


def _parameters(kind, k, d):
    model = GaussianMixture(k, covariance_type=kind)
    model.means_ = np.zeros((k, d))
    return model._n_parameters()
