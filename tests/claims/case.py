"""What a checker of sentences is given, and where checkers are kept."""

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import entr
from scipy.stats import multivariate_normal
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture
from sklearn.mixture._gaussian_mixture import _compute_precision_cholesky

from gmm_dash.explain import Spoken
from gmm_dash.pipeline import Pipeline
from gmm_dash.state import AppState, starts

MARK = "\N{ZERO WIDTH SPACE}"  # before a number that had its name
CHECKERS: dict[str, Callable[["Case", str], None]] = {}


def checks(*codes):
    """Register a function ``(case, text)`` that asserts that a sentence with such a code is so.

    Names of groups are checked here, and taken out of what it reads.
    It computes from the points, with NumPy, SciPy or scikit-learn, and from the parameters of the
    fits; it calls nothing of the code that made the sentence.
    """

    def register(check):
        for code in codes:
            assert code not in CHECKERS, code
            CHECKERS[code] = lambda case, text: check(case, unnamed(case.state, text))
        return check

    return register


@dataclass(frozen=True)
class Case:
    """A link, and what the page says of it."""

    pipeline: Pipeline
    state: AppState
    spoken: Spoken

    @cached_property
    def points(self):
        """The points as they were asked for; ``.fitted`` is what the models see."""
        return self.pipeline.points(self.state.data)

    @property
    def x(self):
        """(n, d) what the models see."""
        return self.points.fitted

    @property
    def truth(self):
        """(n,) true groups, or None."""
        return self.points.labels

    @cached_property
    def kmeans(self):
        """k-means' fit, in its own numbering."""
        return self.pipeline.models.shown_kmeans(self.state.data, self.state.model)

    @cached_property
    def gmm(self):
        """The mixture's fit, in its own numbering."""
        return self.pipeline.models.shown_gmm(self.state)

    @cached_property
    def mixture(self):
        """scikit-learn's mixture with the parameters of the fit."""
        return sklearn_mixture(self.gmm)

    @cached_property
    def posteriors(self):
        """(n, k) posteriors by scikit-learn, in the fit's numbering; with a background by SciPy."""
        if self.gmm.background is None:
            return self.mixture.predict_proba(self.x)
        parts = component_densities(self.gmm, self.x)
        return parts / (parts.sum(axis=1) + background_density(self.gmm, self.x))[:, None]

    @property
    def every_posterior(self):
        """The same, and in the last column the background's where there is one."""
        if self.gmm.background is None:
            return self.posteriors
        return np.column_stack([self.posteriors, 1 - self.posteriors.sum(axis=1)])

    def likeliest(self, shares):
        """Return the likeliest of some groups for each point, -1 where the background is."""
        found = shares.argmax(axis=1)
        if self.gmm.background is None:
            return found
        return np.where(self.every_posterior[:, -1] > shares.max(axis=1), -1, found)

    def given_grouped(self, shares):
        """Return posteriors of the points that belong to a component, given that they do."""
        if self.gmm.background is None:
            return shares
        own = shares[self.likeliest(self.posteriors) >= 0]
        return own / own.sum(axis=1, keepdims=True)

    @cached_property
    def joined(self):
        """Components and posteriors of every group that is shown, by trying every pair."""
        order = self.pipeline.compare.comparison(self.state).gmm.order
        shares = self.posteriors[:, order]
        groups, _ = joined(self.given_grouped(shares), self.state.view.merge or shares.shape[1])
        return groups, np.column_stack([shares[:, group].sum(axis=1) for group in groups])

    @property
    def group_names(self):
        """What these groups are called."""
        return ["+".join(str(i + 1) for i in group) for group in self.joined[0]]


def component_densities(fit, x):
    """Return (n, k) weights times densities, by SciPy."""
    parts = zip(fit.weights, fit.means, fit.covariances, strict=True)
    return np.column_stack([w * multivariate_normal(m, c).pdf(x) for w, m, c in parts])


def background_density(fit, x):
    """Return what a uniform background over the points' own box adds to each density."""
    return fit.background.share / np.prod(np.ptp(x, axis=0))


def unnamed(state, text):
    """Return a sentence without the names of groups: each stood beside its own number, quoted."""
    pairs = (item.partition(":") for item in ([] if starts(state) else state.view.called))
    names = {int(number) - 1: name for number, _, name in pairs}
    for lowest, name in names.items():
        said = rf"(?<![\d+]){lowest + 1}((?:\+\d+)*) “{re.escape(name)}”"
        text = re.sub(said, rf"{MARK}{lowest + 1}\1", text)
    assert not re.search(r"\d “", text), "a name of another group"
    for number in re.findall(r"(?:[Cc]omponent|[Gg]roup)s? (\d+)\b(?! of k-means)", text):
        assert int(number) - 1 not in names or "pinned group" in text, "a name is not said"
    return text.replace(MARK, "")


def joined(posteriors, most):
    """Return groups of components and their posteriors, each time the pair that leaves least."""
    groups, shares = [[i] for i in range(posteriors.shape[1])], posteriors
    while len(groups) > most:
        tried = [
            (entr(together(shares, i, j)).sum(), i, j)
            for i in range(len(groups))
            for j in range(i + 1, len(groups))
        ]
        least = min(tried)[0]
        _, i, j = next(one for one in tried if one[0] <= least + 1e-9)
        shares = together(shares, i, j)
        groups[i] = sorted(groups[i] + groups.pop(j))
    return groups, shares


def together(shares, i, j):
    """Return posteriors with two groups as one, in the place of the first."""
    found = np.delete(shares, j, axis=1)
    found[:, i] = shares[:, i] + shares[:, j]
    return found


def changed(state):
    """Return the settings that differ from the defaults."""
    usual = AppState().to_flat()
    return {key: value for key, value in state.to_flat().items() if value != usual[key]}


def sklearn_mixture(fit):
    """Return scikit-learn's ``GaussianMixture`` with the parameters of a fit."""
    model = GaussianMixture(fit.n_components, covariance_type="full")
    model.weights_, model.means_ = fit.weights, fit.means
    model.covariances_ = fit.covariances
    model.precisions_cholesky_ = _compute_precision_cholesky(fit.covariances, "full")
    return model


def sklearn_fit(x, **settings):
    """Return scikit-learn's mixture; a run that its limit stops is no fault here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return GaussianMixture(**settings).fit(x)


_LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def numbers_in(text):
    """Return the numbers of a sentence, as floats: thin commas and minus signs are understood."""
    text = re.sub(r" × 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda power: "e" + power[1].translate(_LOWERED), text)
    found = re.findall(r"[−-]?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?", text)
    return [float(one.replace(",", "").replace("−", "-")) for one in found]


def near(shown, value):
    """Return whether a shown number is ``value`` to about three digits."""
    return bool(np.isclose(shown, value, rtol=6e-3, atol=6e-3))
