"""What a reader should know before trusting a fit: codes, and two sentences for each.

``converged`` proves little. A component that has collapsed onto a few equal points, or onto a
line, gains likelihood without end until ``reg_covar`` stops it, and fakes a great AIC and BIC.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gmm_dash.engine.types import Finding

if TYPE_CHECKING:
    from gmm_dash.engine.em import Settings
    from gmm_dash.engine.features import Features
    from gmm_dash.engine.flatness import DataShape
    from gmm_dash.engine.types import Bools, Floats, Mixture

UNUSED = 0.5
"""A component that holds less than half a point is used by nobody."""

FEWEST = 3
"""Fewer points than this tell nothing of a shape. One rule for all covariance types: a mixture of
one type that is sound is then sound as a mixture of the type that contains it."""

HANDFUL = 3
"""So many times d + 1 points, or fewer, lie thin by chance; d + 1 always do."""

LARGE = 0.5
"""Share of a column's variance from which ``reg_covar`` is as good as all there is to see."""

LIKELIHOOD_FELL = "likelihood-fell"
"""Code of the finding that an iteration made the likelihood less."""

ALMOST = 1e-3
"""A component may hold so much less of a point: effective counts are sums of shares."""


@dataclass(frozen=True)
class Diagnosis:
    """Which components are in which kind of trouble.

    Attributes
    ----------
    flat, few_points, unused : (k,) arrays of bool
    """

    flat: Bools
    few_points: Bools
    unused: Bools

    @property
    def degenerate(self) -> Bools:
        """Components whose likelihood says nothing about the data."""
        return self.flat | self.few_points | self.unused

    @property
    def reason(self) -> str:
        """Why the model is degenerate, as a code; empty when it is not."""
        for code, flags in (
            ("variance-floor", self.flat),
            ("few-points", self.few_points),
            ("unused", self.unused),
        ):
            if flags.any():
                return code
        return ""


def diagnose(mixture: Mixture, *, n: int, reg_covar: float, data: DataShape) -> Diagnosis:
    """Return which components are degenerate.

    Parameters
    ----------
    mixture : Mixture
    n : int
        Points it was fitted to.
    reg_covar : float
    data : DataShape
        Of these points.
    """
    mass = mixture.weights * n
    return Diagnosis(
        flat=data.flat(mixture.covariances, reg_covar, mass < HANDFUL * (mixture.n_features + 1)),
        few_points=(mass < FEWEST - ALMOST) & (mass >= UNUSED),
        unused=mass < UNUSED,
    )


class Judgement(NamedTuple):
    """What a fitted mixture is worth.

    Attributes
    ----------
    degenerate : (k,) array of bool
        Components whose likelihood says nothing about the data.
    reason : str
        Code of why; empty when none is.
    health : tuple of Finding
    """

    degenerate: Bools
    reason: str
    health: tuple[Finding, ...]


def judge(
    mixture: Mixture,
    features: Features,
    n: int,
    settings: Settings,
    *,
    converged: bool,
    fell: bool,
) -> Judgement:
    """Return what a mixture is worth that was fitted to ``n`` points.

    Parameters
    ----------
    mixture : Mixture
    features : Features
        Of the points; of rows with gaps, of those without.
    n : int
    settings : Settings
    converged, fell : bool
        Whether its run met the tolerance, and whether its likelihood ever fell.
    """
    k = mixture.n_components
    diagnosis = diagnose(mixture, n=n, reg_covar=settings.reg_covar, data=features.shape)
    health = mixture_findings(
        diagnosis,
        settings,
        converged=converged,
        fell=fell,
        k=k,
        distinct=count_distinct(features.x, k),
        narrowest=features.narrowest,
    )
    return Judgement(diagnosis.degenerate, diagnosis.reason, health)


def mixture_findings(
    diagnosis: Diagnosis,
    settings: Settings,
    *,
    converged: bool,
    fell: bool,
    k: int,
    distinct: int,
    narrowest: float,
) -> tuple[Finding, ...]:
    """Return what to say about a fitted mixture; ``narrowest`` is the least column variance."""
    reg_covar = settings.reg_covar
    found = [
        _large(reg_covar, narrowest),
        _about(diagnosis.flat, "variance-floor", reg_covar),
        _about(diagnosis.few_points, "few-points", reg_covar),
        _about(diagnosis.unused, "unused", reg_covar),
    ]
    findings = [finding for finding in found if finding is not None]
    if distinct < k:
        findings.append(_duplicates(distinct, k))
    if not converged:
        findings.append(_not_converged("max_iter"))
    if fell:
        findings.append(
            Finding(
                LIKELIHOOD_FELL,
                "The log-likelihood fell in some step: with regularisation EM need not climb."
                if reg_covar
                else "The log-likelihood fell in some step, by no more than rounding explains.",
                f"The log-likelihood fell between iterations; with reg_covar={reg_covar:g} EM "
                "does not maximise the plain likelihood.",
            )
        )
    return tuple(findings)


def kmeans_findings(
    *, converged: bool, reseeded: tuple[int, ...], k: int, distinct: int
) -> tuple[Finding, ...]:
    """Return what to say about a k-means fit."""
    findings = []
    if distinct < k:
        findings.append(_duplicates(distinct, k))
    if reseeded:
        findings.append(
            Finding(
                "empty-cluster",
                "A cluster lost all its points on the way and was started again at the point "
                "farthest from its centre.",
                "Empty clusters were re-seeded at the points of largest squared distance, as "
                "scikit-learn does; inertia can rise on that step.",
                reseeded,
            )
        )
    if not converged:
        findings.append(_not_converged("max_iter"))
    return tuple(findings)


_SENTENCES = {
    "variance-floor": (
        "A component has almost no width in some direction; likelihood, AIC and BIC reward that "
        "without end and are not to be believed.",
        "In some direction a covariance is next to nothing beside the data's own variance, and "
        "mostly reg_covar={reg:g} or a few points: close to a singular solution.",
    ),
    "few-points": (
        "A component describes fewer than three points, so its shape is a guess.",
        "The effective count of a component is below 3.",
    ),
    "unused": (
        "A component holds less than half a point.",
        "The effective count of a component is below one half.",
    ),
}


def _about(flags: Bools, code: str, reg_covar: float) -> Finding | None:
    """Return a finding about the flagged components, if any."""
    if not flags.any():
        return None
    student, expert = _SENTENCES[code]
    components = tuple(int(c) for c in np.flatnonzero(flags))
    return Finding(code, student, expert.format(reg=reg_covar), components)


def _large(reg_covar: float, narrowest: float) -> Finding | None:
    """Return that some column disappears under the regularisation, if one does."""
    if reg_covar < LARGE * narrowest or not reg_covar:
        return None
    return Finding(
        "reg-large",
        "The regularisation is at least half as large as the variance of some column, so the "
        "mixture can hardly see that column.",
        f"reg_covar={reg_covar:g} against a column variance of {narrowest:g}.",
    )


def _duplicates(distinct: int, k: int) -> Finding:
    return Finding(
        "duplicates",
        f"There are only {distinct} different points for K = {k}.",
        f"{distinct} distinct rows cannot support {k} components; some coincide or collapse.",
    )


def _not_converged(limit: str) -> Finding:
    return Finding(
        "not-converged",
        "The run was stopped before it came to rest; more iterations may change the picture.",
        f"{limit} was reached before the change per iteration fell below tol.",
    )


def count_distinct(x: Floats, enough: int) -> int:
    """Return the number of distinct rows, or ``enough`` as soon as there are that many."""
    seen = min(len(x), 4 * enough + 64)
    while True:
        found = len(np.unique(x[:seen], axis=0))
        if found >= enough or seen == len(x):
            return min(found, enough)
        seen = min(len(x), 8 * seen)
