"""The data sets show what the lessons built on them say, with scikit-learn as the witness."""

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score as ari
from sklearn.metrics import silhouette_score
from sklearn.mixture import GaussianMixture

from tests.datasets.conftest import draw

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
KINDS = ("full", "tied", "diag", "spherical")


def mixture(sample, k, kind="full", **options):
    settings = {"random_state": 0, "max_iter": 500, "tol": 1e-6} | options
    return GaussianMixture(k, covariance_type=kind, **settings).fit(sample.points)


def kmeans(sample, k, **options):
    return KMeans(k, **({"n_init": 5, "random_state": 0} | options)).fit(sample.points)


def truth(sample, model):
    return ari(sample.labels, model.predict(sample.points))


def inertia_of_the_truth(sample):
    groups = [sample.points[sample.labels == g] for g in np.unique(sample.labels)]
    return sum(np.square(group - group.mean(axis=0)).sum() for group in groups)


def best_ks(sample, ks, *criteria, **options):
    """Return the number of components that each criterion chooses among the same fits."""
    fits = [mixture(sample, k, n_init=3, **options) for k in ks]
    return [
        ks[int(np.argmin([getattr(fit, criterion)(sample.points) for fit in fits]))]
        for criterion in criteria
    ]


def best_k(sample, ks, **options):
    return best_ks(sample, ks, "bic", **options)[0]


def test_book_kmeans_fails_on_stretched_blobs_and_the_mixture_succeeds():
    sample = draw("stretched")
    assert truth(sample, kmeans(sample, 4)) < 0.85
    assert truth(sample, mixture(sample, 4)) > 0.97


def test_book_bic_picks_two_full_components_for_two_shapes():
    sample = draw("gallery")
    bic = {(c, k): mixture(sample, k, c).bic(sample.points) for c in KINDS for k in range(1, 7)}
    assert min(bic, key=bic.get) == ("full", 2)
    assert bic["full", 2] == pytest.approx(4561, abs=1)


def test_book_crossed_groups_are_cut_by_kmeans_and_followed_by_the_mixture():
    sample = draw("crossed")
    assert truth(sample, kmeans(sample, 2)) < 0.4
    assert truth(sample, mixture(sample, 2)) > 0.65


def test_lesson_1_parsimony_in_the_ideal_case():
    sample = draw("blobs", n=1500, noise=1.0, centers=3, seed=170)
    bic = [mixture(sample, 3, kind).bic(sample.points) for kind in KINDS]
    assert np.round(bic).tolist() == [11788, 11747, 11766, 11747]
    assert truth(sample, kmeans(sample, 3)) > 0.99


def test_lesson_2_the_covariance_type_matters():
    sample = draw("aniso")
    scores = [truth(sample, mixture(sample, 3, kind, tol=1e-3)) for kind in KINDS]
    assert scores == pytest.approx([1.0, 1.0, 0.53, 0.60], abs=0.01)
    assert truth(sample, kmeans(sample, 3)) == pytest.approx(0.61, abs=0.01)


def test_lesson_3_unequal_variance():
    sample = draw("unequal")
    scores = [truth(sample, mixture(sample, 3, kind)) for kind in KINDS]
    assert scores == pytest.approx([0.97, 0.82, 0.97, 0.97], abs=0.01)
    assert truth(sample, kmeans(sample, 3)) == pytest.approx(0.83, abs=0.01)


def test_lesson_4_the_best_inertia_is_not_the_truth():
    sample = draw("mouse")
    best = kmeans(sample, 3, n_init=10)
    assert best.inertia_ == pytest.approx(1221.5, abs=0.5)
    assert inertia_of_the_truth(sample) == pytest.approx(1451, abs=0.5)
    assert truth(sample, best) == pytest.approx(0.67, abs=0.01)
    assert truth(sample, mixture(sample, 3)) == pytest.approx(0.98, abs=0.01)


def test_lesson_5_a_minority_needs_a_mixture():
    sample = draw("minority")
    assert truth(sample, kmeans(sample, 2)) < 0.1
    assert truth(sample, mixture(sample, 2, "tied")) == pytest.approx(0.92, abs=0.01)
    assert truth(sample, mixture(sample, 2, tol=1e-3)) == pytest.approx(0.42, abs=0.05)
    bic = {kind: mixture(sample, 2, kind).bic(sample.points) for kind in ("full", "tied")}
    assert bic["tied"] < bic["full"]


def test_lesson_6_random_starts_are_usually_wrong():
    sample = draw("grid")
    inertia = {
        kind: np.array(
            [kmeans(sample, 9, init=kind, n_init=1, random_state=i).inertia_ for i in range(60)]
        )
        for kind in ("random", "k-means++")
    }
    right = 1.05 * inertia_of_the_truth(sample)
    assert 0.6 < (inertia["random"] > right).mean() < 0.95
    assert (inertia["k-means++"] > right).mean() < 0.05


def test_lesson_7_a_local_optimum_by_hand():
    sample = draw("corners")
    wrong = kmeans(sample, 2, init=np.array([[4.0, 0.0], [4.0, 2.0]]), n_init=1)
    right = kmeans(sample, 2, init=np.array([[0.0, 1.0], [8.0, 1.0]]), n_init=1)
    assert (wrong.n_iter_, right.n_iter_) == (2, 2)
    assert (wrong.inertia_, right.inertia_) == pytest.approx((3201, 232), abs=0.5)


def test_lesson_8_converged_is_not_arrived():
    sample = draw("bars")
    early, late = mixture(sample, 2, "tied", tol=1e-3), mixture(sample, 2, "tied")
    assert early.converged_
    assert early.n_iter_ == 7
    assert late.n_iter_ == pytest.approx(102, abs=3)
    assert truth(sample, early) == pytest.approx(0.0, abs=0.01)
    assert truth(sample, late) == pytest.approx(0.99, abs=0.01)
    bic = [fit.bic(sample.points) for fit in (early, late)]
    assert bic == pytest.approx([5376, 4630], abs=1)


def test_lesson_9_the_start_hands_on_its_mistake():
    sample = draw("bars")

    def successes(start):
        fits = [mixture(sample, 2, init_params=start, random_state=i) for i in range(12)]
        return sum(truth(sample, fit) > 0.9 for fit in fits)

    assert successes("kmeans") == 0
    assert successes("random_from_data") > 5


def test_lesson_10_units_matter_to_kmeans_only():
    metres, centimetres = draw("units", noise=1), draw("units")
    assert truth(metres, kmeans(metres, 3)) == pytest.approx(0.95, abs=0.01)
    assert truth(centimetres, kmeans(centimetres, 3)) == pytest.approx(0.46, abs=0.01)
    for sample in (metres, centimetres):
        assert truth(sample, mixture(sample, 3)) == pytest.approx(0.94, abs=0.01)


def test_lesson_11_aic_or_bic():
    few, many = draw("three", n=60), draw("three", n=300)
    by_aic, by_bic = best_ks(few, range(1, 9), "aic", "bic")
    assert by_aic >= 5
    assert by_bic <= 2
    assert best_ks(many, range(1, 9), "aic", "bic") == [3, 3]


def test_lesson_12_overfitting():
    train, test = draw("overfit"), draw("overfit", n=5000, seed=17)
    fits = [mixture(train, k, tol=1e-3) for k in (2, 30)]
    assert [fit.score(train.points) for fit in fits] == pytest.approx([-3.38, -1.41], abs=0.2)
    assert [fit.score(test.points) for fit in fits] == pytest.approx([-3.53, -8.18], abs=0.7)


def test_lesson_13_collapse_fakes_a_great_bic():
    sample = draw("duplicates")
    honest, collapsed = mixture(sample, 2), mixture(sample, 3)
    assert collapsed.bic(sample.points) == pytest.approx(372, abs=1)
    assert collapsed.bic(sample.points) < honest.bic(sample.points) - 100
    assert np.linalg.eigvalsh(collapsed.covariances_).min() < 2e-6
    with pytest.raises(ValueError, match="ill-defined empirical covariance"):
        mixture(sample, 3, reg_covar=0)


def test_lesson_14_the_same_on_real_petals():
    petals = draw("iris").points[:, 2:]
    bic = [
        GaussianMixture(k, n_init=5, tol=1e-6, max_iter=500, random_state=0).fit(petals).bic(petals)
        for k in (3, 6)
    ]
    assert bic[0] == pytest.approx(353, abs=5)
    assert bic[1] < bic[0] - 100


def test_lesson_15_components_are_not_clusters():
    assert best_k(draw("moons", n=500, noise=0.1), range(1, 11)) in (7, 8)


def test_lesson_16_noise_has_clusters_too():
    sample = draw("uniform")
    scores = [silhouette_score(sample.points, kmeans(sample, k).labels_) for k in (2, 4, 6, 8)]
    assert 0.35 < min(scores) <= max(scores) < 0.42
    assert best_k(sample, range(1, 8), tol=1e-3) == 5
    assert best_k(sample, range(1, 8)) > 1


def test_lesson_17_soft_edges():
    samples = [draw("overlap", noise=distance) for distance in (1, 2, 3, 4, 6)]
    fits = [mixture(sample, 2) for sample in samples]
    sure = [
        f.predict_proba(s.points).max(axis=1).mean() for f, s in zip(fits, samples, strict=True)
    ]
    assert sure == pytest.approx([0.80, 0.87, 0.945, 0.98, 1.0], abs=0.01)
    assert fits[0].n_iter_ > 100
    assert fits[-1].n_iter_ == 4


def test_lesson_18_false_certainty_in_many_dimensions():
    few, many = draw("manydims", centers=2), draw("manydims", centers=20)
    sure = [
        mixture(sample, 3).predict_proba(sample.points).max(axis=1).mean() for sample in (few, many)
    ]
    assert sure[0] < 0.95
    assert sure[1] > 0.9999


@pytest.mark.parametrize("start", ["kmeans", "k-means++", "random_from_data"])
def test_lesson_19_an_outlier_costs_a_cluster(start):
    sample = draw("outlier")
    for model in (kmeans(sample, 2, n_init=10), mixture(sample, 2, init_params=start)):
        assert sorted(np.bincount(model.predict(sample.points)).tolist()) == [1, 199]
