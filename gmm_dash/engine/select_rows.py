"""Models of several numbers of components and covariance types, one row a model."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gmm_dash.engine.criteria import BIC, CRITERIA
from gmm_dash.engine.validate import as_choice

if TYPE_CHECKING:
    import pandas as pd

LOWER_IS_BETTER = tuple(sorted(one.column for one in CRITERIA.values() if one.lower))
HIGHER_IS_BETTER = (
    *sorted(one.column for one in CRITERIA.values() if not one.lower),
    "log_likelihood",
)


@dataclass(frozen=True)
class SelectionRow:
    """One combination of covariance type and number of components.

    Attributes
    ----------
    covariance_type : str
    n_components : int
    log_likelihood : float or None
        Mean per point, in nats, on the points fitted; None when every restart collapsed.
    heldout_log_likelihood : float or None
        The same on points held out; None when none were.
    aic, aicc, bic, icl : float or None
    n_parameters, n_iter : int
    converged : bool
    init, random_state : str, int
        Of the winning restart.
    degenerate : bool
        At least one component's likelihood says nothing about the data.
    reason : str
        Code of why; empty when not degenerate.
    informed : bool
        Whether it takes neighbours, or the demand that it be sound, to get this model: the drawn
        starts alone return another one.
    law : str
        How it stands to the models that it contains; see :func:`select_models`.
    """

    covariance_type: str
    n_components: int
    log_likelihood: float | None
    heldout_log_likelihood: float | None
    aic: float | None
    aicc: float | None
    bic: float | None
    icl: float | None
    n_parameters: int
    n_iter: int
    converged: bool
    init: str
    random_state: int
    degenerate: bool
    reason: str
    informed: bool = False
    law: str = "ok"

    def as_dict(self) -> dict[str, Any]:
        """Return the row as a plain dictionary."""
        return asdict(self)


@dataclass(frozen=True)
class SelectionRows:
    """The models that were compared.

    Attributes
    ----------
    rows : tuple of SelectionRow
        By covariance type, then number of components, in the order asked for.
    """

    rows: tuple[SelectionRow, ...]

    @cached_property
    def table(self) -> pd.DataFrame:
        """The rows as a pandas table, missing values as NaN."""
        import pandas as pd  # noqa: PLC0415  (slow to import, and only this needs it)

        return pd.DataFrame([row.as_dict() for row in self.rows])

    def best(self, criterion: str = BIC.column) -> SelectionRow | None:
        """Return the best row that is not degenerate, or None when all of them are.

        Parameters
        ----------
        criterion : str
            aic, aicc, bic, icl (least wins), or log_likelihood, heldout_log_likelihood
            (greatest wins). Of equals the first wins.
        """
        name = as_choice(criterion, "criterion", LOWER_IS_BETTER + HIGHER_IS_BETTER)
        sign = 1.0 if name in LOWER_IS_BETTER else -1.0
        sound = [row for row in self.rows if not row.degenerate and getattr(row, name) is not None]
        return min(sound, key=lambda row: sign * getattr(row, name), default=None)
