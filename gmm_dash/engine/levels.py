"""What a search knows of mixtures of one size, and where runs of EM may go on from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from gmm_dash.engine.covariances import SKLEARN_TYPES, CovarianceType

if TYPE_CHECKING:
    from gmm_dash.engine.moves import Parts
    from gmm_dash.engine.types import Mixture

INSIDE: Final = (
    (CovarianceType.SPHERICAL, CovarianceType.DIAG),
    (CovarianceType.TIED, CovarianceType.FULL),
    (CovarianceType.DIAG, CovarianceType.FULL),
)
"""Which types hold all mixtures of which others, next neighbours only."""


@dataclass(frozen=True, eq=False)
class Found:
    """The best sound mixture that is known of one covariance type and size.

    Attributes
    ----------
    mixture : Mixture
    log_likelihood, entropy : float
        Per point in nats; of the responsibilities, summed.
    n_iter : int
    converged : bool
        Of the run of EM that ends here.
    init, random_state : str, int
        Kind and seed of the start, ``"informed"`` when it was made from neighbours.
    max_iter : int
        What that run was allowed: one iteration where a contained mixture was carried over, as
        it would go on to a degenerate one.
    plain : bool
        Whether the drawn starts alone would give the same: it wins among them, sound or not.
    start : Mixture or None
        Where that run began, when it was: scikit-learn's ``weights_init``, ``means_init`` and,
        inverted, ``precisions_init``.
    move : str
        How that start was made. Of one component fewer: ``"cut"`` in two, or written twice,
        ``"double"``. Of one more: two made one, ``"merge"``, or one left out, ``"drop"``. Of the
        same size: first cut and then one of those, ``"cut-merge"`` and ``"cut-drop"``; or of the
        contained type T, with shapes of its own, ``"nest-T"``, or as it is, ``"carry-T"``. Empty
        for a drawn start. All but ``"double"`` and ``"carry-T"`` have run a race since.
    """

    mixture: Mixture
    log_likelihood: float
    entropy: float
    n_iter: int
    converged: bool
    init: str
    random_state: int
    max_iter: int
    plain: bool = False
    start: Mixture | None = None
    move: str = ""


Best: TypeAlias = dict[CovarianceType, Found | None]


@dataclass(frozen=True, eq=False)
class Level:
    """What is known of one number of components.

    Attributes
    ----------
    n_components : int
    found : tuple of Found or None
        By covariance type; None where every run ended degenerate.
    usual : tuple of Found or None
        Of the usual starts with one component more.
    ahead : tuple of Leader
        Cuts of what was found, a little way on.
    """

    n_components: int
    found: tuple[Found | None, ...]
    usual: tuple[Found | None, ...]
    ahead: tuple[Leader, ...]

    def of(self, covariance_type: CovarianceType) -> Found | None:
        """Return the best sound mixture of one type; None of a type that no search tries."""
        if covariance_type not in SKLEARN_TYPES:
            return None
        return self.found[SKLEARN_TYPES.index(covariance_type)]


class Field(NamedTuple):
    """Starts of one covariance type and size that race against each other.

    Attributes
    ----------
    covariance_type : CovarianceType
    parts : Parts
        Divisions of the points, side by side.
    move : str
        How they were made: see :class:`Found`.
    """

    covariance_type: CovarianceType
    parts: Parts
    move: str


class Entry(NamedTuple):
    """Parameters that EM goes on from.

    Attributes
    ----------
    covariance_type : CovarianceType
    start : Mixture
    move : str
        How it was made: see :class:`Found`.
    """

    covariance_type: CovarianceType
    start: Mixture
    move: str


class Leader(NamedTuple):
    """A start that is still in the race after its last leg.

    Attributes
    ----------
    covariance_type : CovarianceType
    mixture : Mixture
        How far it has come.
    log_likelihood, rise : float
        Per point in nats, before the last M-step; what the M-step before that added to it.
    move : str
        How its start was made.
    """

    covariance_type: CovarianceType
    mixture: Mixture
    log_likelihood: float
    rise: float
    move: str
