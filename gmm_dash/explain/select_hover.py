"""Words for one model of a comparison: its hover text, and its row of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.engine.criteria import CRITERIA
from gmm_dash.engine.types import INFORMED
from gmm_dash.explain.numbers import NONE, counted, shown
from gmm_dash.results.select import behind, score

if TYPE_CHECKING:
    from gmm_dash.engine import SelectionRow
    from gmm_dash.engine.nesting import Law
    from gmm_dash.results.select import KMeansRow, Selection

NAMES: Final = {name: one.title for name, one in CRITERIA.items()}
REASONS: Final = {
    "variance-floor": "a component has almost no width in some direction",
    "few-points": "a component describes fewer than three points",
    "unused": "a component holds less than half a point",
    "collapsed": "every restart ended in a collapse",
    "stopped": "no restart ended within the time one request may take",
}
_NOTES: Final = {
    "search_failed": "search stopped short",
    "not_comparable": "strong smoothing",
}


def axis_title(criterion: str) -> str:
    """Return the title of the axis, with the direction that is better."""
    one = CRITERIA[criterion]
    return f"{one.axis or one.title} ({one.better} is better)"


def curves_title(criteria: tuple[str, ...]) -> str:
    """Return the title of the axis that several criteria share."""
    return f"{', '.join(NAMES[name] for name in criteria)} (lower is better)"


def long(value: float | None) -> str:
    """Return a number with enough digits to tell two models apart."""
    if value is None:
        return NONE
    return f"{value:,.1f}" if abs(value) >= 1000 else shown(value, 5)


def hover(
    row: SelectionRow, selection: Selection, best: SelectionRow | None, criterion: str, n: int
) -> str:
    """Return what the plot says of one model, as lines for Plotly."""
    value, apart = score(row, criterion), behind(row, best, criterion)
    lines = [
        f"<b>{row.covariance_type}, K = {row.n_components}</b>",
        f"{NAMES[criterion]} = {long(value)}",
        formula(row, criterion, n),
        "" if apart is None else _apart(row, best, apart),
        f"parameters p = {row.n_parameters:,}",
        f"log-likelihood per point = {long(row.log_likelihood)}",
        f"{counted(row.n_iter, 'iteration')} {_origin(row)}",
        *(f"⚠ {warning}" for warning in warnings(row, selection.law(row))),
        "click to compare it with k-means",
    ]
    return "<br>".join(line for line in lines if line)


def _origin(row: SelectionRow) -> str:
    if row.init == INFORMED:
        return "from a start that fits of other sizes or types gave"
    return f"from a {row.init} start, seed {row.random_state}"


def formula(row: SelectionRow, criterion: str, n: int) -> str:
    """Return the criterion's formula with this model's numbers in it."""
    if row.log_likelihood is None:
        return ""
    total, p = f"2 × {long(row.log_likelihood * n)}", row.n_parameters
    entropy = 0.0 if row.icl is None or row.bic is None else row.icl - row.bic
    return CRITERIA[criterion].worked.format(
        p=p, n=f"{n:,}", total=total, bic=long(row.bic), entropy=long(entropy)
    )


def warnings(row: SelectionRow, law: Law) -> list[str]:
    """Return why a model is not to be trusted."""
    found = [f"not a candidate: {REASONS[row.reason]}"] if row.reason else []
    if law.shown_by is not None:
        inner = f"{law.shown_by.covariance_type}, K = {law.shown_by.n_components}"
        found.append(f"not a candidate: its search stopped short: {inner} already reaches more")
    if law.law == "not_comparable":
        found.append("a mixture that it contains reaches more: the regularisation is strong")
    return found if row.converged else [*found, "stopped at the iteration limit"]


def note(row: SelectionRow, law: Law, *, best: bool) -> str:
    """Return in a word or two what the table says of a model."""
    if best:
        return "best"
    if row.reason:
        return "not in time" if row.reason == "stopped" else "degenerate"
    return _NOTES.get(law.law, "" if row.converged else "iteration limit")


def kmeans_hover(row: KMeansRow) -> str:
    """Return what the plot says of k-means at one K, as lines for Plotly."""
    stopped = "" if row.converged else " · stopped at the limit"
    return "<br>".join(
        [
            f"<b>k-means, K = {row.n_clusters}</b>",
            f"inertia = {long(row.inertia)} (lower is better, but its least never rises with K)",
            f"silhouette = {shown(row.silhouette, 3)} (higher is better)",
            f"Calinski–Harabasz = {shown(row.calinski_harabasz, 4)} (higher is better)",
            f"{counted(row.n_iter, 'iteration')}{stopped}",
        ]
    )


def _apart(row: SelectionRow, best: SelectionRow | None, apart: float) -> str:
    if row is best:
        return "the best candidate"
    if apart < 0:
        return f"{long(-apart)} better than the best candidate"
    return f"{long(apart)} worse than the best"
