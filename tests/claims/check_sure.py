"""Checkers of what is said of the test of the best model: from its plain rows, and by refits."""

import re
from dataclasses import dataclass, field

import numpy as np
from sklearn.decomposition import PCA
from sklearn.mixture import GaussianMixture

from gmm_dash import __version__
from tests.claims.case import checks, near, numbers_in, sklearn_fit
from tests.claims.select_case import SelectCase, parameters


@dataclass(frozen=True)
class SureCase(SelectCase):
    """A comparison, and the plain rows of the test of its best model."""

    tested: dict = field(default_factory=dict)
    k: int = 1
    kind: str = "full"
    likeliest: float | None = None

    @property
    def null(self):
        """Components of the smaller model."""
        return self.k if self.state.select.against == "more" else self.k - 1

    @property
    def observed(self):
        return self.tested["observed"][0]

    def values(self, kind, name):
        """The values there are, and how many rows have none."""
        found = [row[name] for row in self.tested.get(kind, [])]
        there = [value for value in found if value is not None]
        return np.array(there), len(found) - len(there)

    @property
    def p(self):
        statistics, _ = self.values("test", "statistic")
        return np.mean([*(statistics >= self.observed["statistic"]), True])


@checks("sure.offer")
def offer(case, text):
    (null, wider), asked = re.search(r"K = (\d+) against K = (\d+)", text).groups(), case.state
    assert (int(null), int(wider)) == (case.null, case.null + 1)
    assert f"({case.kind}) by {asked.select.replicates} samples" in text
    assert ("one more" in text) == (asked.select.against == "more")
    assert ("labels" in text) == (case.k > 1)


@checks("sure.picture")
def picture(case, text):
    two, count, line = numbers_in(text)
    assert two == 2
    assert count == len(case.values("test", "statistic")[0])
    assert near(line, case.observed["statistic"])


@checks("sure.p")
def p_value(case, text):
    null, wider, two, statistic, as_much, count, p, error = numbers_in(text)
    drawn, _ = case.values("test", "statistic")
    assert (null, wider, two, count) == (case.null, case.null + 1, 2, len(drawn))
    assert f"({case.kind})" in text
    assert near(statistic, case.observed["statistic"])
    assert as_much == sum(value >= case.observed["statistic"] for value in drawn)
    assert abs(p - (1 + as_much) / (1 + count)) < 6e-4
    assert abs(error - np.sqrt(p * (1 - p) / (1 + count))) < 2e-3
    if not case.hand_made:
        gain = best_of(case, case.null + 1) - best_of(case, case.null)
        assert statistic >= 2 * len(case.x) * gain - 0.05  # at least what drawn starts find


def best_of(case, k):
    """Return the highest log-likelihood of scikit-learn's fits without a component of few rows."""
    model, kinds, found = case.state.model, ("kmeans", "k-means++", "random_from_data"), []
    for i in range(model.n_init):
        fit = sklearn_fit(
            case.x, n_components=k, covariance_type=case.kind, init_params=kinds[i % 3],
            random_state=model.seed + i, tol=model.tol, max_iter=model.max_iter,
        )  # fmt: skip
        if fit.weights_.min() * len(case.x) > case.x.shape[1] + 2:
            found.append(fit.score(case.x))
    return max(found)


@checks("sure.rejected", "sure.not-rejected")
def verdict(case, text):
    five, k = numbers_in(text)
    assert (five, k) == (5, case.null)
    assert f"({case.kind})" in text
    assert (case.p <= 0.05) == ("suffice" in text)
    assert case.finished


@checks("sure.near")
def too_near(case, text):
    count = len(case.values("test", "statistic")[0])
    assert numbers_in(text) == [5, count]
    assert abs(case.p - 0.05) < 2 * np.sqrt(case.p * (1 - case.p) / (count + 1))


@checks("sure.no-test")
def no_test(case, text):
    assert case.observed["statistic"] is None
    assert numbers_in(text) == [case.null + case.observed["sound"]]
    assert f"({case.kind})" in text


@checks("sure.left-out")
def left_out(case, text):
    assert numbers_in(text) == [case.values("test", "statistic")[1], case.null + 1]


@checks("sure.labels")
def labels(case, text):
    found, _ = case.values("labels", "agreement")
    mean, count, low = numbers_in(text)
    assert near(mean, found.mean())
    assert count == len(found)
    assert near(low, np.quantile(found, 0.1))
    said = 2 * ("hardly" in text) + ("most of" in text)
    assert said == (2 if found.mean() >= 0.9 else 1 if found.mean() >= 0.7 else 0)


@checks("sure.unsound")
def unsound(case, text):
    assert numbers_in(text) == [case.values("labels", "agreement")[1]]


@checks("sure.one-group")
def one_group(case, text):
    assert case.k == 1
    assert not case.tested.get("labels")
    assert not re.search(r"\d", text)


@checks("sure.starts")
def starts(case, text):
    count, k, reached, slack, *above = numbers_in(text)
    seen = case.observed
    assert (count, k, reached, slack) == (seen["starts"], case.k, seen["reached"], 1e-4)
    assert above == ([seen["above"]] if seen["above"] else [])
    if not case.hand_made:
        kinds, model = ("kmeans", "k-means++", "random_from_data"), case.state.model
        scores = [
            sklearn_fit(
                case.x, n_components=case.k, covariance_type=case.kind, init_params=kinds[i % 3],
                random_state=model.seed + i, tol=model.tol, max_iter=model.max_iter,
            ).score(case.x)
            for i in range(int(count))
        ]  # fmt: skip
        here = np.abs(np.array(scores) - seen["log_likelihood"]) <= 1e-4
        assert reached == here.sum()


@checks("sure.short")
def short(case, text):
    (apart,) = numbers_in(text)
    assert near(apart, case.likeliest - case.observed["log_likelihood"])
    assert apart > 1e-4


@checks("methods.fitted")
def fitted(case, text):
    model, n = case.state.model, len(case.known)
    ks = [row.n_components for row in case.rows]
    head, tail = text.split(" were fitted to ")
    assert numbers_in(head) == sorted({min(ks), max(ks)})
    assert set(re.search(r"\((.*) covariances", head)[1].split(", ")) == {
        row.covariance_type for row in case.rows
    }
    whole = [case.points.n_total] if case.points.n_total > n else []
    columns = case.points.origin.d
    reduced = case.points.reduction
    kept = [case.x.shape[1]] if reduced else []
    numbers = numbers_in(tail.split("; gmm-dash")[0].replace("k-means++", "").replace("-means", ""))
    share = [numbers[3 + len(whole)]] if reduced else []
    if reduced:
        held = PCA(len(case.x.T), svd_solver="full").fit(case.points.origin.fitted)
        assert near(share[0], 100 * held.explained_variance_ratio_.sum())
    assert numbers == [
        n, *whole, *kept, columns, *share, model.n_init, model.seed, model.tol, model.max_iter,
        model.reg_covar,
    ]  # fmt: skip
    assert text.endswith(f"gmm-dash {__version__}, NumPy {np.__version__}.")
    assert ("standardised" in text) == (case.state.data.scale == "standard")
    assert ("neighbouring" in text) == (
        model.init in ("mixed", "informed")
        and case.points.gaps is None
        and case.points.weighting is None
    )
    assert "random points" not in text or case.points.gaps is None


@checks("methods.size")
def size(case, text):
    count, each = numbers_in(text)
    best = case.best
    assert count == parameters(best.covariance_type, best.n_components, case.x.shape[1])
    assert near(each, len(case.known) / count)
    wanted = GaussianMixture(best.n_components, covariance_type=best.covariance_type)
    wanted.means_ = np.zeros((best.n_components, case.x.shape[1]))
    assert count == wanted._n_parameters()


@checks("methods.test")
def method(case, text):
    there, without = case.values("test", "statistic")
    null, wider, _, count, again = numbers_in(text)
    assert (null, wider, again) == (case.null, case.null + 1, case.null)
    assert count == len(there) + without
    assert f"({case.kind})" in text
    assert "McLachlan 1987" in text


@checks("methods.labels")
def resampled(case, text):
    there, without = case.values("labels", "agreement")
    assert numbers_in(text) == [len(there) + without]
