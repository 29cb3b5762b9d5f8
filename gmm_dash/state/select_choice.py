"""What the views "How many?" and "Restarts" are asked to compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gmm_dash.engine import criteria
from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.state.bounds import MOST_COMPONENTS
from gmm_dash.state.fields import Declared, choice, flags, integer
from gmm_dash.state.model_choice import COVARIANCE_TYPES, EVERY_TYPE

CRITERIA: Final = tuple(criteria.CRITERIA)
CURVES: Final = tuple(criteria.CURVES)
_TOGETHER: Final = (criteria.BIC.name, criteria.AIC.name)
AGAINST: Final = ("more", "fewer")
CHARTS: Final = ("lines", "bars", "criteria")


@dataclass(frozen=True, slots=True)
class SelectChoice(Declared):
    """Which models are compared, and by what."""

    kmin: int = integer(
        "kmin", 1, label="Fewest components", low=1, high=MOST_COMPONENTS, explain="First K."
    )
    kmax: int = integer(
        "kmax", 20, label="Most components", low=1, high=MOST_COMPONENTS, explain="Last K."
    )
    types: tuple[str, ...] = flags(
        "types",
        COVARIANCE_TYPES,
        label="Covariances",
        options=lambda: EVERY_TYPE,
        explain="The covariance types to compare; none means the four of scikit-learn.",
    )
    criterion: str = choice(
        "criterion",
        criteria.BIC.name,
        label="Criterion",
        options=lambda: CRITERIA,
        explain="What the models are ranked by. Held-out fits every model again on parts of "
        "the points and scores it on the rest, so it takes several times as long.",
    )
    folds: int = integer(
        "folds",
        5,
        label="Folds",
        low=2,
        high=10,
        explain="For the held-out score the points are dealt into so many parts; each part is "
        "held out once.",
    )
    chart: str = choice(
        "chart",
        "lines",
        label="Chart",
        options=lambda: CHARTS,
        explain="Lines and bars show one criterion of every covariance type; Criteria shows "
        "several criteria of one.",
    )
    together: tuple[str, ...] = flags(
        "together",
        _TOGETHER,
        label="Criteria together",
        options=lambda: CURVES,
        explain="The criteria drawn as curves on one plot; none means BIC and AIC.",
    )
    together_of: str = choice(
        "ctype",
        CovarianceType.FULL.value,
        label="Curves of",
        options=lambda: EVERY_TYPE,
        explain="The covariance type whose criteria are drawn; the first one compared if it is "
        "not among them.",
    )
    starts: int = integer(
        "starts",
        100,
        label="Starts",
        low=20,
        high=200,
        explain="How many times each method starts anew in the Restarts view.",
    )

    against: str = choice(
        "against",
        "more",
        label="Question",
        options=lambda: AGAINST,
        explain="How sure? tests the best model: whether one more component is needed, or "
        "whether one fewer would do.",
    )
    replicates: int = integer(
        "reps",
        199,
        label="Replicates",
        low=19,
        high=999,
        explain="How many samples of the model under test How sure? searches as it searched the "
        "data: more make the p-value surer and take longer.",
    )

    @property
    def counts(self) -> range:
        """Numbers of components to compare, whichever way round the ends were given."""
        return range(min(self.kmin, self.kmax), max(self.kmin, self.kmax) + 1)

    @property
    def shapes(self) -> tuple[str, ...]:
        """Covariance types to compare."""
        return self.types or COVARIANCE_TYPES

    @property
    def curves(self) -> tuple[tuple[str, ...], str] | None:
        """Criteria to draw together and their covariance type; None for the other charts."""
        if self.chart != "criteria":
            return None
        kind = self.together_of if self.together_of in self.shapes else self.shapes[0]
        return self.together or _TOGETHER, kind

    @property
    def heldout(self) -> int:
        """Folds to hold out; 0 unless the criterion needs them."""
        return self.folds if criteria.CRITERIA[self.criterion].held_out else 0
