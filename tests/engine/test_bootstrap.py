"""One component more or none: the bootstrap of the likelihood ratio, and of the rows."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from gmm_dash.engine import CovarianceType, bootstrap_test
from gmm_dash.engine.bootstrap import (
    Search,
    ends_at,
    fit_pair,
    p_value,
    replicate,
    replicate_statistics,
    resampled_agreement,
    resampled_rows,
)
from gmm_dash.engine.em import Settings
from gmm_dash.engine.gmm import usual_starts
from gmm_dash.errors import FitError
from gmm_dash.export.fitting import start_arguments
from tests.claims.case import sklearn_fit
from tests.engine.tables import TABLES

QUICK = {
    "covariance_type": "tied",
    "n_init": 1,
    "max_iter": 25,
    "tol": 1e-3,
}  # the same search for data and replicates


def search(kind="full", n_init=3, tol=1e-6):
    starts = usual_starts("mixed", n_init, 4)
    return Search(CovarianceType(kind), starts, Settings(tol, 1e-6, 500), 4)


def blobs(apart, n=90, seed=0):
    x = np.random.default_rng(seed).normal(size=(n, 2))
    x[: n // 2, 0] += apart
    return x


@pytest.mark.parametrize("kind", ["tied", "spherical"])
def test_a_statistic_is_twice_the_gain_of_scikit_learns_fits(kind):
    """Of data and replicate alike, from the same starts; on these, no end is degenerate."""
    how, x = search(kind, 2), TABLES["stretched"]()[:150]
    null = fit_pair(x, 2, how).null.mixture
    drawn = replicate(null, len(x), how, 7)
    cut = []

    def best(points, k):
        usual = {"n_components": k, "covariance_type": kind, "tol": 1e-6, "max_iter": 500}
        starts = [{"init_params": init, "random_state": seed} for init, seed in how.specs]
        found = fit_pair(points, 2, how).wider
        if k == 3 and found.start is not None:  # the cut of the smaller one won
            cut.append(kind)
            starts.append(start_arguments(found.start, kind))
        return max(sklearn_fit(points, **usual, **start).score(points) for start in starts)

    (found,) = replicate_statistics(null, len(x), how, [7])
    assert found == pytest.approx(2 * len(x) * (best(drawn, 3) - best(drawn, 2)), rel=1e-5)
    gain = best(x, 3) - best(x, 2)
    assert fit_pair(x, 2, how).statistic == pytest.approx(2 * len(x) * gain, rel=1e-5)


def test_a_replicate_depends_on_its_number_alone():
    how, x = search(n_init=1, tol=1e-3), blobs(3)
    null = fit_pair(x, 1, how).null.mixture
    whole = replicate_statistics(null, len(x), how, range(6))
    assert replicate_statistics(null, len(x), how, [4, 2]) == [whole[4], whole[2]]
    assert len(set(whole)) == 6
    points = [replicate(null, 50_000, how, number) for number in (0, 1)]
    for drawn in points:
        np.testing.assert_allclose(drawn.mean(axis=0), null.means[0], atol=0.03)
        np.testing.assert_allclose(np.cov(drawn.T), null.covariances[0], atol=0.06)
    assert not np.isin(points[0], points[1]).any()


def test_the_p_value_counts_the_data_among_the_replicates():
    generator = np.random.default_rng(0)
    drawn = generator.integers(0, 9, 60).astype(float)
    for observed in (-1.0, 0.0, 4.0, 8.0, 9.0):
        ranks = sum(value >= observed for value in [*drawn, observed])
        assert p_value(observed, drawn) == pytest.approx(ranks / 61)
    assert p_value(3.0, []) == 1.0


def test_p_values_of_one_normal_are_about_uniform():
    """``python -m benchmarks --only bootstrap`` counts the rejections of many tables."""
    found = []
    for seed in range(14):
        with suppress(FitError):  # nothing sound to test
            x = np.random.default_rng(seed).normal(size=(30, 1))
            found.append(bootstrap_test(x, 1, n_replicates=9, **QUICK).p_value)
    assert len(found) > 8
    assert np.mean(np.array(found) <= 0.2) < 0.5
    assert 0.1 < np.mean(np.array(found) <= 0.5) < 0.85  # many gain nothing: their p is 1


def test_three_standard_deviations_are_nearly_always_seen():
    found = [
        bootstrap_test(blobs(3, 200, seed), 1, n_replicates=19, **QUICK).p_value
        for seed in range(2)
    ]
    assert found == [0.05, 0.05]


def test_labels_of_separate_groups_stay_and_those_of_none_do_not():
    how = search(n_init=2, tol=1e-4)
    for x, low, high in ((blobs(12), 0.999, 1.0), (blobs(0), -0.1, 0.6)):
        mixture = fit_pair(x, 2, how).null.mixture
        found = resampled_agreement(x, mixture, how, range(8))
        assert low <= np.mean([one for one in found if one is not None]) <= high
        rows = resampled_rows(len(x), how, 3)
        assert 0.5 < len(np.unique(rows)) / len(x) < 0.75  # 1 - 1/e of them
        (again,) = how.best(x[rows], 2)

        def labels(mix, points=x):
            distance = [
                np.einsum("ni,ij,nj->n", points - m, np.linalg.inv(c), points - m)
                for m, c in zip(mix.means, mix.covariances, strict=True)
            ]
            size = np.log(mix.weights) - np.linalg.slogdet(mix.covariances)[1] / 2
            return (size[:, None] - np.array(distance) / 2).argmax(axis=0)

        if again is None:
            assert found[3] is None
        else:
            wanted = adjusted_rand_score(labels(mixture), labels(again.mixture))
            assert found[3] == pytest.approx(wanted)


def test_starts_are_counted_by_where_they_end():
    how, x = search(n_init=6), TABLES["stretched"]()[:150]
    best = fit_pair(x, 4, how).null.log_likelihood
    scores = [
        sklearn_fit(
            x, n_components=4, init_params=init, random_state=seed, tol=1e-6, max_iter=500
        ).score(x)
        for init, seed in how.specs
    ]
    wanted = sum(score > best - 1e-4 for score in scores)
    assert ends_at(x, 4, best, how) == (wanted, 0)
    assert ends_at(x, 4, best - 1.0, how)[1] >= wanted


def test_what_collapses_is_no_evidence():
    """Mixtures of two on two places have no width; of few rows, some replicates collapse."""
    x = np.repeat(np.array([[0.0, 0.0], [5.0, 1.0]]), 8, axis=0) + 1e-6 * blobs(0, 16)
    with pytest.raises(FitError, match="2 components"):
        bootstrap_test(x, 1, n_replicates=3)
    few = bootstrap_test(blobs(0, 12, 1), 1, n_replicates=8, n_init=1)
    assert few.left_out > 0
    assert few.left_out + len(few.replicates) == 8
