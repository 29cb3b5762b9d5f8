"""Which models are fitted, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gmm_dash.engine.covariances import SKLEARN_TYPES, CovarianceType
from gmm_dash.state.bounds import LARGEST_SEED, MOST_COMPONENTS
from gmm_dash.state.fields import Declared, choice, integer, real

COVARIANCE_TYPES: Final = tuple(kind.value for kind in SKLEARN_TYPES)
# With those that only this engine fits.
EVERY_TYPE: Final = tuple(kind.value for kind in CovarianceType)
INITS: Final = (
    "kmeans",
    "k-means++",
    "random_from_data",
    "random",
    "mixed",
    "informed",
    "whitened",
    "random_gaussians",
)
KMEANS_INITS: Final = ("k-means++", "random")


@dataclass(frozen=True, slots=True)
class ModelChoice(Declared):
    """Which fits. A change here refits."""

    k: int = integer(
        "k",
        4,
        label="K",
        low=1,
        high=MOST_COMPONENTS,
        explain="Number of clusters for k-means and of components for the mixture.",
    )
    covariance_type: str = choice(
        "cov",
        CovarianceType.FULL.value,
        label="Covariance",
        options=lambda: EVERY_TYPE,
        explain=" ".join(
            [
                "The shapes a component may take.",
                *(f"{kind.capitalize()}: {kind.shape.explain}." for kind in CovarianceType),
            ]
        ),
    )
    background: str = choice(
        "background",
        "off",
        label="Uniform background",
        options=lambda: ("off", "on"),
        explain="On: Compare's mixture has a uniform background over the box that the points span, "
        "which takes what belongs to no group (our engine: scikit-learn has none).",
    )
    init: str = choice(
        "init",
        "mixed",
        label="Mixture starts from",
        options=lambda: INITS,
        explain="Where EM begins. Mixed tries several kinds in turn and keeps the best run. "
        "Mixed, then neighbours goes on from there: it cuts and joins what fits of other sizes and "
        "shapes have found. Whitened is k-means on uncorrelated columns of equal width. "
        "Random Gaussians draws centres and shapes; all others draw centres or shares alone.",
    )
    n_init: int = integer(
        "n_init",
        5,
        label="Restarts",
        low=1,
        high=200,
        explain="How many starts each method tries; the best result is shown.",
    )
    seed: int = integer(
        "seed",
        0,
        label="Model seed",
        low=0,
        high=LARGEST_SEED,
        explain="random_state of the first start; restart i uses seed + i.",
    )
    tol: float = real(
        "tol",
        1e-6,
        label="Tolerance",
        low=0.0,
        high=1.0,
        explain="EM stops when an iteration raises the mean log-likelihood by less than this.",
    )
    max_iter: int = integer(
        "max_iter", 500, label="Iteration limit", low=1, high=10_000, explain="Most EM iterations."
    )
    reg_covar: float = real(
        "reg",
        1e-6,
        label="Regularisation",
        low=0.0,
        high=1000.0,
        explain="Added to every variance, in squared units of the fitted data; "
        "keeps a component from collapsing onto one point.",
    )
    kmeans_init: str = choice(
        "kinit",
        "k-means++",
        label="k-means starts from",
        options=lambda: KMEANS_INITS,
        explain="k-means++ spreads the first centres out; random takes any k points.",
    )

    @property
    def drawn(self) -> str:
        """Kind of the starts that are drawn: those made from neighbours improve on mixed ones."""
        return "mixed" if self.init == "informed" else self.init

    @property
    def climbs(self) -> bool:
        """Whether "How many?" tries starts made from neighbours, too.

        Who asks for one kind of start gets that kind alone.
        """
        return self.drawn == "mixed"
