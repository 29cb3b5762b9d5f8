"""What a reader should know before trusting a fit: codes, and two sentences for each.

``converged`` proves little. A component that has collapsed onto a few equal points, or onto a
line, gains likelihood without end until ``reg_covar`` stops it, and fakes a great AIC and BIC.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gmm_dash.engine.types import Finding

if TYPE_CHECKING:
    from gmm_dash.engine.types import Bools, Floats, Mixture

FLOOR_MARGIN = 2.0
"""A smallest variance below this many times ``reg_covar`` is mostly ``reg_covar``."""

SINGULAR = 1e-10
"""A smallest variance below this share of the data's largest is numerically none at all."""

UNUSED = 0.5
"""A component that holds less than half a point is used by nobody."""

ALMOST = 1e-3
"""A component may hold so much less of a point than its shape needs: effective counts are sums."""


@dataclass(frozen=True)
class Diagnosis:
    """Which components are in which kind of trouble.

    Attributes
    ----------
    at_floor, few_points, unused : (k,) arrays of bool
    """

    at_floor: Bools
    few_points: Bools
    unused: Bools

    @property
    def degenerate(self) -> Bools:
        """Components whose likelihood says nothing about the data."""
        return self.at_floor | self.few_points | self.unused

    @property
    def reason(self) -> str:
        """Why the model is degenerate, as a code; empty when it is not."""
        for code, flags in (
            ("variance-floor", self.at_floor),
            ("few-points", self.few_points),
            ("unused", self.unused),
        ):
            if flags.any():
                return code
        return ""


def diagnose(
    mixture: Mixture, covariance_type: str, *, n: int, reg_covar: float, spread: float
) -> Diagnosis:
    """Return which components are degenerate.

    Parameters
    ----------
    mixture : Mixture
    covariance_type : str
    n : int
        Points it was fitted to.
    reg_covar : float
    spread : float
        Largest variance of any column of the data.
    """
    smallest = _smallest_variances(mixture.covariances, covariance_type)
    mass = mixture.weights * n
    needed = {"full": mixture.n_features + 1.0, "diag": 2.0, "spherical": 2.0}
    enough = needed.get(covariance_type, 0.0)
    return Diagnosis(
        at_floor=smallest <= max(FLOOR_MARGIN * reg_covar, SINGULAR * spread),
        few_points=(mass < enough - ALMOST) & (mass >= UNUSED),
        unused=mass < UNUSED,
    )


def _smallest_variances(covariances: Floats, covariance_type: str) -> Floats:
    """Return the (k,) smallest eigenvalues."""
    if covariance_type in ("diag", "spherical"):
        return np.asarray(np.diagonal(covariances, axis1=1, axis2=2).min(axis=1))
    if covariance_type == "tied":
        return np.full(len(covariances), np.linalg.eigvalsh(covariances[0])[0])
    if covariances.shape[1] == 2:
        xx, xy, yy = covariances[:, 0, 0], covariances[:, 0, 1], covariances[:, 1, 1]
        gap = np.hypot((xx - yy) / 2.0, xy)
        # det / largest eigenvalue: no cancellation when the ellipse is thin
        return np.asarray((xx * (yy - xy * (xy / xx))) / ((xx + yy) / 2.0 + gap))
    return np.asarray(np.linalg.eigvalsh(covariances)[:, 0])


def mixture_findings(
    diagnosis: Diagnosis, *, converged: bool, fell: bool, k: int, distinct: int, reg_covar: float
) -> tuple[Finding, ...]:
    """Return what to say about a fitted mixture."""
    found = [
        _about(diagnosis.at_floor, "variance-floor", reg_covar),
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
                "likelihood-fell",
                "The fit got slightly worse on the way: the smoothing added to each component "
                "is large for these data.",
                f"The log-likelihood fell between iterations; with reg_covar={reg_covar:g} EM "
                "no longer maximises the plain likelihood.",
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
        "A component has shrunk onto almost nothing, so its praise by likelihood, AIC and BIC "
        "is not to be believed.",
        "The smallest eigenvalue of a covariance is at the reg_covar={reg:g} floor (or is "
        "numerically zero): a singular solution of unbounded likelihood.",
    ),
    "few-points": (
        "A component describes so few points that its shape is a guess.",
        "The effective count of a component is below what its covariance needs (d + 1 for full, "
        "2 for diag and spherical).",
    ),
    "unused": (
        "A component is used by no point; a smaller K says the same.",
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
