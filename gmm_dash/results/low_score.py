"""Why a fit scores low against the true groups: what was tried, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gmm_dash.engine import log_joint
from gmm_dash.results import known

if TYPE_CHECKING:
    from gmm_dash.engine import MixtureFit
    from gmm_dash.results.comparison import Comparison
    from gmm_dash.results.points import Points

LOW: Final = 0.6
"""An adjusted Rand index below which the groups are not found."""


@dataclass(frozen=True, eq=False)
class LowScore:
    """Experiments that tell the causes of a low score apart.

    Attributes
    ----------
    at_groups, here : MixtureFit or None
        EM from the true groups themselves, and from the start of the fit that is shown; both run
        until they rest. None where that would take too long, or some points have no label.
    sources_ari : float or None
        Score of the true mixture's own decisions; None where it is not known.
    several : tuple of (int, float, float)
        True groups that BIC takes for more than one Gaussian: number of the group from zero, BIC
        of one Gaussian and of two.
    """

    at_groups: MixtureFit | None = None
    here: MixtureFit | None = None
    sources_ari: float | None = None
    several: tuple[tuple[int, float, float], ...] = ()


def is_low(result: Comparison) -> bool:
    """Return whether neither method finds the true groups, with as many clusters as groups."""
    kmeans, gmm = result.kmeans.ari, result.gmm.ari
    if kmeans is None or gmm is None or max(kmeans, gmm) >= LOW:
        return False
    return n_groups(result.points) == len(result.gmm.order)


def n_groups(points: Points) -> int:
    """Return how many true groups the points have; 0 where they are not known."""
    return known.count_groups(points.labels)


def sources_ari(points: Points) -> float | None:
    """Return how well the mixture that the points were drawn from tells their groups apart.

    No rule does better on average: each point goes to the source that most probably produced it.
    """
    if points.sources is None or points.labels is None:
        return None
    return known.ari(points.labels, log_joint(points.fitted, points.sources).argmax(axis=1))
