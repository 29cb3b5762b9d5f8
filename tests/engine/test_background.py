"""A mixture with a uniform background: limit laws, closed forms, and an EM written by its formulas.

Backgrounds are simulated, so what belongs to no group, and how much of it, is known.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal
from sklearn.mixture import GaussianMixture

from gmm_dash.engine import BACKGROUND, CovarianceType, data_box, fit_background, of_background
from gmm_dash.engine.background_race import best_first
from gmm_dash.engine.background_runs import BackgroundProblem
from gmm_dash.engine.background_starts import begins
from gmm_dash.engine.scores import ari, n_parameters
from gmm_dash.engine.validate import as_settings
from gmm_dash.errors import FitError

TYPES = tuple(map(str, CovarianceType))
CENTRES = np.array([[-4.0, -4.0], [4.0, 3.0], [-3.0, 5.0]])


def clouds(seed, *, background=0.2, n=600, side=20.0):
    """Return points of three round groups in a uniform background, and where each is from."""
    rng = np.random.default_rng(seed)
    truth = np.where(rng.random(n) < background, BACKGROUND, rng.integers(0, 3, n))
    x = np.where(
        truth[:, None] == BACKGROUND,
        rng.uniform(-side / 2, side / 2, (n, 2)),
        CENTRES[truth] + 0.8 * rng.standard_normal((n, 2)),
    )
    return x, truth


def by_the_formulas(x, weights, means, covariances, share, kind, steps):
    """Return (weights, means, covariances, share, mean log-likelihood) after so many EM steps.

    Weights are of all points. SciPy's densities, and one loop for each sum.
    """
    n, d = x.shape
    volume = np.prod(x.max(axis=0) - x.min(axis=0))
    for _ in range(steps):
        parts = np.array(
            [
                w * multivariate_normal(m, c).pdf(x)
                for w, m, c in zip(weights, means, covariances, strict=True)
            ]
        )
        total = parts.sum(axis=0) + share / volume
        value = np.log(total).mean()
        shares = parts / total
        share = (1 - shares.sum(axis=0)).mean()
        sizes = shares.sum(axis=1)
        means = [r @ x / r.sum() for r in shares]
        own = [
            sum(r[i] * np.outer(x[i] - m, x[i] - m) for i in range(n)) / r.sum()
            for r, m in zip(shares, means, strict=True)
        ]
        pooled = sum(s * c for s, c in zip(sizes, own, strict=True)) / sizes.sum()
        covariances = {
            "full": own,
            "tied": [pooled] * len(own),
            "diag": [np.diag(np.diag(c)) for c in own],
            "spherical": [np.trace(c) / d * np.eye(d) for c in own],
            "equal": [np.trace(pooled) / d * np.eye(d)] * len(own),
        }[kind]
        weights = sizes / n if kind != "equal" else [(1 - share) / len(own)] * len(own)
    return np.array(weights), np.array(means), np.array(covariances), share, value


@pytest.mark.parametrize("kind", TYPES)
def test_every_step_is_that_of_the_formulas(kind):
    x, _ = clouds(3, n=200)
    rules = {"covariance_type": kind, "init": CENTRES, "tol": 0.0, "reg_covar": 0.0}
    before = fit_background(x, 3, max_iter=4, **rules)
    after = fit_background(x, 3, max_iter=5, **rules)
    assert before.left_out == after.left_out  # the same run, one step on
    mixture = before.mixture
    weights, means, covariances, share, value = by_the_formulas(
        x, before.weights, mixture.means, mixture.covariances, before.share, kind, 1
    )
    np.testing.assert_allclose(after.weights, weights, rtol=1e-9)
    np.testing.assert_allclose(after.mixture.means, means, rtol=1e-9)
    np.testing.assert_allclose(after.mixture.covariances, covariances, rtol=1e-8, atol=1e-12)
    assert after.share == pytest.approx(share, rel=1e-9)
    assert after.log_likelihoods[-1] == pytest.approx(value, rel=1e-12)
    assert after.log_likelihoods[-1] == before.log_likelihood


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("background", [0.05, 0.5])
def test_a_simulated_background_is_found_with_its_share(kind, background):
    x, truth = clouds(11, background=background)
    fit = fit_background(x, 3, covariance_type=kind, n_init=2)
    error = np.sqrt(background * (1 - background) / len(x))
    assert abs(fit.share - background) < 3 * error
    assert fit.converged
    assert fit.sound
    # each group covers about as much of the box as a disc of 3 standard deviations; background
    # points in there cannot be told from the group's own, and few others are mistaken
    covered = 3 * np.pi * (3 * 0.8) ** 2 / 20**2
    wrong = (fit.labels == BACKGROUND) != (truth == BACKGROUND)
    assert wrong.mean() < background * covered + 0.02
    inner = (truth != BACKGROUND) & (fit.labels != BACKGROUND)
    assert ari(truth[inner], fit.labels[inner]) > 0.98


@pytest.mark.parametrize("background", [0.05, 0.2, 0.5])
def test_means_and_shares_are_found_in_twenty_samples(background):
    """Means to four standard errors of a group's own, the share to four of a count's."""
    n = 400
    for seed in range(20):
        x, _ = clouds(seed, background=background, n=n)
        fit = fit_background(x, 3, n_init=1, tol=1e-4, random_state=seed)
        size = n * (1 - background) / 3
        away = np.linalg.norm(fit.mixture.means[:, None] - CENTRES, axis=2)
        assert away.min(axis=0).max() < 4 * 0.8 * np.sqrt(2 / size) + 0.05
        assert abs(fit.share - background) < 4 * np.sqrt(background * (1 - background) / n) + 0.02
        assert np.ptp(fit.weights) < 8 * np.sqrt(size) / n + 0.02


def test_beyond_the_box_the_background_is_likeliest_but_has_no_density():
    x, _ = clouds(2)
    fit = fit_background(x, 3, n_init=1)
    far = np.array([[100.0, 100.0], [-4.0, -4.0]])
    shares, behind = fit.uniform.posteriors(far, fit.scaled)
    np.testing.assert_allclose(shares.sum(axis=1) + behind, 1.0)
    assert behind[0] > 0.999
    assert behind[1] < 0.1
    inside, own = fit.uniform.posteriors(x, fit.scaled)
    np.testing.assert_allclose(inside, fit.responsibilities, atol=1e-12)
    np.testing.assert_allclose(own, fit.background, atol=1e-12)
    assert fit.score_samples(far)[0] < -1000


def test_in_the_form_of_other_fits_it_is_the_same():
    x, _ = clouds(3)
    rules = {"tol": 1e-6, "reg_covar": 1e-6, "max_iter": 500}
    fit = fit_background(x, 3, n_init=1, **rules)
    same = of_background(fit, x, **rules)
    assert same.weights.sum() + fit.share == pytest.approx(1.0)
    assert same.special
    assert not same.degenerate.any()
    assert (same.bic, same.aic, same.icl) == (fit.bic, fit.aic, fit.icl)
    assert same.icl == pytest.approx(same.bic + 2 * same.entropy)
    np.testing.assert_array_equal(same.labels, fit.labels)
    with pytest.raises(FitError, match="not recorded"):
        _ = same.trace


def test_the_ordinary_mixture_is_worse_where_there_is_a_background():
    x, _ = clouds(5)
    fit = fit_background(x, 3)
    ordinary = GaussianMixture(3, n_init=5, random_state=0).fit(x)
    assert fit.bic < ordinary.bic(x) - 100
    far = np.abs(ordinary.means_[:, None] - CENTRES).sum(axis=2).min(axis=0)
    near = np.abs(fit.mixture.means[:, None] - CENTRES).sum(axis=2).min(axis=0)
    assert near.max() < 0.3
    assert near.sum() < far.sum()


@pytest.mark.parametrize("kind", ["full", "tied", "diag", "spherical"])
def test_without_a_background_it_is_the_ordinary_mixture(kind):
    x, _ = clouds(7, background=0.0)
    fit = fit_background(x, 3, share=0.0, covariance_type=kind, init="kmeans", n_init=1, tol=1e-9)
    theirs = GaussianMixture(
        3, covariance_type=kind, init_params="kmeans", tol=1e-9, max_iter=500, random_state=0
    ).fit(x)
    assert fit.share == 0.0
    assert not fit.background.any()
    assert fit.log_likelihood == pytest.approx(theirs.score(x), abs=1e-7)
    assert fit.n_parameters == theirs._n_parameters()
    assert fit.bic == pytest.approx(theirs.bic(x), abs=1e-3)
    assert fit.aic == pytest.approx(theirs.aic(x), abs=1e-3)
    assert ari(fit.labels, theirs.predict(x)) == 1.0
    np.testing.assert_allclose(fit.score_samples(x), theirs.score_samples(x), atol=1e-4)


def test_bic_is_no_test_of_whether_there_is_a_background():
    """The docstring's shares, 1 in 2 and 1 in 10, within what 40 and 20 samples tell."""
    preferred = {}
    for n, times in ((100, 40), (500, 20)):
        found = []
        for seed in range(times):
            x = np.random.default_rng(seed).standard_normal((n, 2))
            with_one, without = (fit_background(x, 1, share=s, n_init=1) for s in (None, 0.0))
            assert with_one.log_likelihood >= without.log_likelihood - 1e-6
            found.append(with_one.bic < without.bic)
        preferred[n] = np.mean(found)
    assert 0.35 < preferred[100] < 0.65
    assert preferred[500] < 0.25


def test_a_tight_group_and_far_points_have_a_likelihood_by_hand():
    """No point is in doubt: the share is 40 of 100, and p(x) has one term for each point."""
    group = np.array([-1e-8, 1e-8] * 30)[:, None]
    far = np.linspace(100.0, 200.0, 40)[:, None]
    x = np.vstack((group, far))
    fit = fit_background(x, 1, init=[[0.0]], tol=1e-12, reg_covar=0.0)
    assert fit.share == pytest.approx(0.4, abs=1e-8)
    assert fit.mixture.covariances[0, 0, 0] == pytest.approx(1e-16, rel=1e-6)
    inside = np.log(0.6) - 0.5 * np.log(2 * np.pi * 1e-16) - 0.5
    outside = np.log(0.4 / 200.0)
    assert fit.log_likelihood == pytest.approx(0.6 * inside + 0.4 * outside, abs=1e-6)
    assert fit.labels.tolist() == [0] * 60 + [BACKGROUND] * 40
    assert fit.volume == pytest.approx(200.0)


@settings(max_examples=15, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    background=st.floats(0.0, 0.9),
    k=st.integers(1, 4),
    kind=st.sampled_from(TYPES),
)
def test_the_likelihood_never_falls_and_the_shares_are_shares(seed, background, k, kind):
    x, _ = clouds(seed, background=background, n=80)
    fit = fit_background(x, k, covariance_type=kind, n_init=1, reg_covar=0.0, max_iter=60)
    values = np.append(fit.log_likelihoods, fit.log_likelihood)
    assert (np.diff(values) > -1e-9 * (1 + np.abs(values[1:]))).all()
    assert 0.0 <= fit.share <= 1.0
    assert fit.weights.sum() + fit.share == pytest.approx(1.0)
    every = fit.responsibilities.sum(axis=1) + fit.background
    np.testing.assert_allclose(every, 1.0)
    assert fit.score_samples(x).mean() == pytest.approx(fit.log_likelihood, abs=1e-9)
    assert set(fit.labels) <= {BACKGROUND, *range(k)}


def test_at_rest_the_share_is_the_mean_of_its_responsibilities():
    x, _ = clouds(4)
    fit = fit_background(x, 3, tol=1e-13, max_iter=3000, n_init=1)
    assert fit.share == pytest.approx(fit.background.mean(), abs=1e-6)
    np.testing.assert_allclose(fit.weights, fit.responsibilities.mean(axis=0), atol=1e-6)


@pytest.mark.parametrize("kind", ["full", "diag"])
def test_units_change_nothing_but_the_density(kind):
    """Other units of a column divide the density by the factor, and leave every share."""
    x, _ = clouds(6, n=250)
    factor, move = np.array([100.0, 0.01]), np.array([5000.0, -3.0])
    rules = {"covariance_type": kind, "reg_covar": 0.0, "tol": 1e-10}
    fit = fit_background(x, 3, init=CENTRES, **rules)
    other = fit_background(x * factor + move, 3, init=CENTRES * factor + move, **rules)
    assert other.share == pytest.approx(fit.share, abs=1e-4)
    assert other.log_likelihood == pytest.approx(
        fit.log_likelihood - np.log(factor).sum(), abs=1e-5
    )


def test_the_density_is_one_in_all_and_ends_with_the_box():
    x, _ = clouds(8, side=12.0)
    fit = fit_background(x, 3, n_init=1)
    line = np.linspace(-12.0, 12.0, 301)
    grid = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
    assert np.exp(fit.score_samples(grid)).sum() * 0.08**2 == pytest.approx(1.0, abs=0.01)
    low, high = fit.box
    corner = np.exp(fit.score_samples([high - 1e-6, high + 1e-6]))
    assert corner[0] - corner[1] == pytest.approx(fit.share / fit.volume, rel=1e-6)
    np.testing.assert_array_equal(data_box(x), [low, high])


@pytest.mark.parametrize("kind", TYPES)
def test_the_share_and_the_volume_are_two_more_parameters(kind):
    x, _ = clouds(9, n=120)
    rules = {"covariance_type": kind, "n_init": 1}
    ordinary = n_parameters(kind, 2, 2)
    assert fit_background(x, 2, **rules).n_parameters == ordinary + 2
    assert fit_background(x, 2, share=0.1, **rules).n_parameters == ordinary + 1
    assert fit_background(x, 2, share=0.0, **rules).n_parameters == ordinary


def test_a_held_share_stays_and_none_is_better_than_the_estimated_one():
    x, _ = clouds(10)
    best = fit_background(x, 3, n_init=2)
    for share in (0.05, 0.1, 0.3, 0.5):
        held = fit_background(x, 3, share=share, n_init=2)
        assert held.share == share
        assert held.log_likelihood < best.log_likelihood


def test_equal_circles_share_equally_what_is_no_background():
    x, _ = clouds(12)
    fit = fit_background(x, 3, covariance_type="equal")
    np.testing.assert_allclose(fit.weights, (1 - fit.share) / 3)
    circle = fit.mixture.covariances[0, 0, 0] * np.eye(2)
    np.testing.assert_allclose(fit.mixture.covariances, [circle] * 3)


def test_one_column_has_a_background_on_its_line():
    rng = np.random.default_rng(1)
    x = np.concatenate((rng.normal(20, 0.5, 300), rng.normal(60, 1, 300), rng.uniform(0, 100, 150)))
    fit = fit_background(x[:, None], 2)
    assert fit.share == pytest.approx(0.2, abs=0.05)
    np.testing.assert_allclose(np.sort(fit.mixture.means[:, 0]), [20, 60], atol=0.3)
    assert fit.volume == pytest.approx(np.ptp(x))


@settings(max_examples=10, deadline=None, derandomize=True)
@given(
    seed=st.integers(0, 10_000),
    kind=st.sampled_from(list(CovarianceType)),
    d=st.integers(1, 4),
    k=st.integers(1, 5),
    far=st.sampled_from([0.0, 1e3]),
)
def test_the_start_that_wins_among_all_at_once_is_the_best_alone(seed, kind, d, k, far):
    """The batch takes the background for one more component; a run alone has own formulas."""
    rng = np.random.default_rng(seed)
    groups = [rng.normal(rng.uniform(-5, 5, d), rng.uniform(0.2, 1.5), (50, d)) for _ in range(3)]
    x = np.vstack([*groups, rng.uniform(-8, 8, (50, d))]) + far
    rules, box = as_settings(1e-6, 1e-6, 500), data_box(x)
    problem = BackgroundProblem(x, box, kind, None, rules)
    starts = list(begins(x, k, "mixed", 2, seed))
    alone = [run for begin in starts if (run := problem.run(begin))]
    best = max(alone, key=lambda run: (run.sound, run.log_likelihood))
    first = problem.run(best_first(x, box, kind, starts, rules)[0])
    assert first.sound == best.sound
    assert first.log_likelihood > best.log_likelihood - 1e-7


def test_the_same_call_gives_the_same_numbers():
    x, _ = clouds(13, n=150)
    one, two = (fit_background(x, 3, random_state=4, n_init=2) for _ in range(2))
    assert one.share == two.share
    np.testing.assert_array_equal(one.labels, two.labels)
    assert not one.labels.flags.writeable


def test_what_cannot_be_fitted_is_refused_in_words():
    x, _ = clouds(1, n=50)
    with pytest.raises(FitError, match="one value only"):
        fit_background(np.column_stack((x[:, 0], np.ones(50))), 2)
    with pytest.raises(FitError, match="share must be less than 1"):
        fit_background(x, 2, share=1.0)
    with pytest.raises(FitError, match="share must be a number"):
        fit_background(x, 2, share=-0.1)
    with pytest.raises(FitError, match="init must be one of"):
        fit_background(x, 2, init="whitened")
    with pytest.raises(FitError, match="start centres"):
        fit_background(x, 2, init=[[0.0, 0.0]])
    with pytest.raises(FitError, match="components need at least"):
        fit_background(x, 51)
    with pytest.raises(FitError, match="collapsed"):
        fit_background([[0.0, 1.0], [1.0, 0.0]], 2, reg_covar=0.0)
    with pytest.raises(FitError, match="have 1 columns"):
        fit_background(x, 2, n_init=1).score_samples([[1.0]])
