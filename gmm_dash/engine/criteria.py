"""The scores that models are ranked by, each declared once: all that views, words and scripts need.

A new one is declared here, and is a column of ``SelectionRow``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gmm_dash.engine import scores

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Scored:
    """What a criterion is computed from.

    Attributes
    ----------
    log_likelihood : float
        Mean per point, in nats.
    parameters, n : int
        Free parameters of the model, and points it was fitted to.
    entropy : float
        Of the responsibilities, summed over the points, in nats.
    """

    log_likelihood: float
    parameters: int
    n: int
    entropy: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One score.

    Attributes
    ----------
    name : str
        In links and scripts; never change it.
    column : str
        In rows and tables.
    label : str
        On controls, and within a sentence.
    sentence, formula, source : str
        For the glossary: what it says, how it is computed, where it comes from.
    worked : str
        The formula with a model's numbers: {p}, {n}, {total} for 2 log L, {bic}, {entropy}.
    script : str
        In Python: of ``mixture``, ``n``, ``free`` parameters, ``spare`` points beyond these and
        one more, ``entropy``, ``aic`` and ``bic``.
    value : callable or None
        What it is of a fit; None when points are to be held out for it.
    lower : bool
        Whether lower is better.
    needs : str
        What it takes to have a value at all; empty if every fit has one.
    amount, axis : str
        What a difference is one of, and the title of an axis, where that is not the label.
    graded : bool
        Whether a difference has a grade of evidence, as one of BIC has.
    """

    name: str
    column: str
    label: str
    sentence: str
    formula: str
    source: str
    worked: str
    script: str
    value: Callable[[Scored], float | None] | None
    lower: bool = True
    needs: str = ""
    amount: str = ""
    axis: str = ""
    graded: bool = False

    @property
    def title(self) -> str:
        """The label at the beginning of a sentence, and in tables."""
        return self.label[0].upper() + self.label[1:]

    @property
    def better(self) -> str:
        """The direction that is better, in a word."""
        return "lower" if self.lower else "higher"

    @property
    def held_out(self) -> bool:
        """Whether every model is fitted again without parts of the points."""
        return self.value is None


def _bic(of: Scored) -> float:
    return scores.bic(of.log_likelihood, of.parameters, of.n)


BIC: Final = Criterion(
    name="bic",
    column="bic",
    label="BIC",
    sentence="The Bayesian criterion: bad fit plus a price of log n for each parameter, "
    "so it chooses smaller models than AIC. Compare on the same data only.",
    formula="p log n − 2 log L, p parameters, n points, L likelihood",
    source="Schwarz (1978); GaussianMixture.bic",
    worked="= p log n − 2 log L = {p} × log {n} − {total}",
    script="bic",
    value=_bic,
    graded=True,
)

AIC: Final = Criterion(
    name="aic",
    column="aic",
    label="AIC",
    sentence="Akaike's criterion: bad fit plus a price of 2 for each parameter. "
    "Compare models on the same data only; it tends to like too many components.",
    formula="2p − 2 log L, p parameters, L likelihood",
    source="Akaike (1974); GaussianMixture.aic",
    worked="= 2p − 2 log L = 2 × {p} − {total}",
    script="aic",
    value=lambda of: scores.aic(of.log_likelihood, of.parameters, of.n),
)

AICC: Final = Criterion(
    name="aicc",
    column="aicc",
    label="AICc",
    sentence="AIC with a higher price when there are few points for so many parameters; "
    "with many points it is AIC.",
    formula="AIC + 2p(p + 1) / (n − p − 1)",
    source="Hurvich and Tsai (1989)",
    worked="= AIC + 2p(p + 1) / (n − p − 1)",
    script="aic + 2.0 * free * (free + 1) / spare if spare > 0 else np.nan",
    value=lambda of: scores.aicc(of.log_likelihood, of.parameters, of.n),
    needs="at least p + 2 rows for p parameters",
)

ICL: Final = Criterion(
    name="icl",
    column="icl",
    label="ICL",
    sentence="BIC plus a price for unsure assignments: it prefers components that are also "
    "separate clusters.",
    formula="BIC − 2 Σ rᵢₖ log rᵢₖ, r responsibilities",
    source="Biernacki, Celeux and Govaert (2000)",
    worked="= BIC + 2 × entropy = {bic} + {entropy}",
    script="float(bic + 2.0 * entropy)",
    value=lambda of: _bic(of) + 2.0 * of.entropy,
)

HELD_OUT: Final = Criterion(
    name="heldout",
    column="heldout_log_likelihood",
    label="held-out",
    sentence="How probable the model makes points it was not fitted to: each part of the points "
    "is left out once. More components stop helping here when they only learn noise.",
    formula="mean log Σₖ wₖ N(x | μₖ, Σₖ) over the left-out points, in nats",
    source="Stone (1974); Smyth (2000)",
    worked="= mean log density of points left out of the fit",
    script="held_out(kind, k)",
    value=None,
    lower=False,
    needs="a fit without each part of the points",
    amount="held-out score",
    axis="Held-out log-likelihood per point",
)

CRITERIA: Final = {one.name: one for one in (BIC, AIC, AICC, ICL, HELD_OUT)}
"""By name, in the order in which the page offers them."""

CURVES: Final = {name: one for name, one in CRITERIA.items() if not one.held_out}
"""Those that one plot can show together, as they are all on the scale of −2 log L."""


def values(scored: Scored | None) -> dict[str, float | None]:
    """Return by column what every criterion of a fit is; nothing where there is no fit."""
    return {
        one.column: None if scored is None else one.value(scored)
        for one in CRITERIA.values()
        if one.value is not None
    }
