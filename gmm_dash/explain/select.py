"""Words for the comparison of many models: what won, by how much, and what not to believe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.explain.glossary import GLOSSARY
from gmm_dash.explain.numbers import NONE, counted, shown
from gmm_dash.results.sweep import behind, score

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gmm_dash.engine import SelectionRow
    from gmm_dash.results import Points
    from gmm_dash.results.sweep import KMeansRow, Sweep

NAMES: Final = {"bic": "BIC", "aic": "AIC", "aicc": "AICc", "icl": "ICL", "heldout": "Held-out"}
REASONS: Final = {
    "variance-floor": "a component has shrunk onto almost nothing",
    "few-points": "a component describes too few points for its shape",
    "unused": "a component is used by no point",
    "collapsed": "every restart ended in a collapse",
    "stopped": "no restart ended within the time one request may take",
}
_SHAPES: Final = {
    "full": "free ellipses (full)",
    "tied": "one shape for all (tied)",
    "diag": "upright ellipses (diag)",
    "spherical": "circles (spherical)",
}
_TIE: Final = 2.0  # a difference of BIC that is "not worth more than a bare mention"
_NOISE: Final = 0.42  # a silhouette that uniform noise in two columns reaches


def axis_title(criterion: str) -> str:
    """Return the title of the axis, with the direction that is better."""
    if criterion == "heldout":
        return "Held-out log-likelihood per point (higher is better)"
    return f"{NAMES[criterion]} (lower is better)"


def hover(row: SelectionRow, best: SelectionRow | None, criterion: str, n: int) -> str:
    """Return what the plot says of one model, as lines for Plotly."""
    value, apart = score(row, criterion), behind(row, best, criterion)
    lines = [
        f"<b>{row.covariance_type}, K = {row.n_components}</b>",
        f"{NAMES[criterion]} = {_long(value)}",
        formula(row, criterion, n),
        "" if apart is None else _apart(row, best, apart),
        f"parameters p = {row.n_parameters:,}",
        f"log-likelihood per point = {_long(row.log_likelihood)}",
        f"{counted(row.n_iter, 'iteration')} from a {row.init} start, seed {row.random_state}",
        *(f"⚠ {warning}" for warning in warnings(row)),
        "click to compare it with k-means",
    ]
    return "<br>".join(line for line in lines if line)


def formula(row: SelectionRow, criterion: str, n: int) -> str:
    """Return the criterion's formula with this model's numbers in it."""
    if row.log_likelihood is None:
        return ""
    total, p = f"2 × {_long(row.log_likelihood * n)}", row.n_parameters
    entropy = 0.0 if row.icl is None or row.bic is None else row.icl - row.bic
    return {
        "bic": f"= p log n − 2 log L = {p} × log {n:,} − {total}",
        "aic": f"= 2p − 2 log L = 2 × {p} − {total}",
        "aicc": "= AIC + 2p(p + 1) / (n − p − 1)",
        "icl": f"= BIC + 2 × entropy = {_long(row.bic)} + {_long(entropy)}",
        "heldout": "= mean log density of points left out of the fit",
    }[criterion]


def warnings(row: SelectionRow) -> list[str]:
    """Return why a model is not to be trusted."""
    found = [f"not a candidate: {REASONS[row.reason]}"] if row.reason else []
    return found if row.converged else [*found, "stopped at the iteration limit"]


def badge(sweep: Sweep, criterion: str) -> str:
    """Return the winner in a few words."""
    best = sweep.best(criterion)
    return "" if best is None else f"best: {best.covariance_type}, K = {best.n_components}"


def select_notice(
    sweep: Sweep, criterion: str, points: Points, counts: range, *, finished: bool, waiting: bool
) -> str:
    """Return the sentences over the view, computed from its rows."""
    if waiting and not sweep.mixtures:
        return (
            "This comparison takes a while for so many points and models. Press Start; results "
            "appear as they are computed, and you can stop at any time."
        )
    best = sweep.best(criterion)
    if best is None and all(row.reason == "stopped" for row in sweep.mixtures):
        return "No model so far ended in time, so there is nothing to choose. Use fewer rows."
    if best is None:
        return "Every model so far has collapsed onto a few points, so there is nothing to choose."
    said = [_winner(best, criterion, finished=finished)]
    if finished:
        said += [_parsimony(sweep, best, criterion), _edge(best, counts)]
        said += [_tie(sweep, best, criterion), _other_opinion(sweep, best, criterion)]
        said.append(_truth(best, points))
    said.append(_collapsed(sweep, best, criterion))
    return " ".join(sentence for sentence in said if sentence)


def select_caption(sweep: Sweep, criterion: str, chart: str) -> str:
    """Return what the plot shows."""
    parts = [f"{counted(len(sweep.mixtures), 'model')}."]
    if any(row.degenerate for row in sweep.mixtures):
        parts.append("Hollow: degenerate, not a candidate.")
    if chart == "bars":
        parts.append("Bars start at the edge of the plot, not at zero: compare their ends.")
    term = GLOSSARY.get("heldout" if criterion == "heldout" else criterion)
    return " ".join(parts if term is None else [*parts, term.sentence])


def kmeans_select_caption(rows: Iterable[KMeansRow], d: int) -> str:
    """Return what k-means' scores say, and how little that may be."""
    scored = [row for row in rows if row.silhouette is not None]
    warning = "An elbow in the inertia appears on uniform noise too, so it proves nothing."
    if not scored:
        return warning
    best = max(scored, key=lambda row: row.silhouette or 0.0)
    said = f"The silhouette is highest at K = {best.n_clusters} ({shown(best.silhouette, 2)})."
    if d == 2 and (best.silhouette or 0.0) <= _NOISE:
        said += " Points without any groups reach as much."
    return f"{warning} {said}"


def kmeans_hover(row: KMeansRow) -> str:
    """Return what the plot says of k-means at one K, as lines for Plotly."""
    stopped = "" if row.converged else " · stopped at the limit"
    return "<br>".join(
        [
            f"<b>k-means, K = {row.n_clusters}</b>",
            f"inertia = {_long(row.inertia)} (always falls)",
            f"silhouette = {shown(row.silhouette, 3)} (higher is better)",
            f"Calinski–Harabasz = {shown(row.calinski_harabasz, 4)} (higher is better)",
            f"{counted(row.n_iter, 'iteration')}{stopped}",
        ]
    )


def left_out(models: Iterable[tuple[str, int]], seconds: float) -> tuple[str, ...]:
    """Return which models are too costly to fit at all."""
    found = list(models)
    if not found:
        return ()
    kinds = ", ".join(dict.fromkeys(shape for shape, _ in found))
    return (
        f"Left out: {counted(len(found), 'model')} ({kinds}, from K = {min(k for _, k in found)}), "
        f"because one fit would take more than {seconds:g} s. Use fewer rows or restarts.",
    )


def _long(value: float | None) -> str:
    """Return a number with enough digits to tell two models apart."""
    if value is None:
        return NONE
    return f"{value:,.1f}" if abs(value) >= 1000 else shown(value, 5)


def _apart(row: SelectionRow, best: SelectionRow | None, apart: float) -> str:
    if row is best:
        return "the best of all"
    if apart < 0:
        return f"{_long(-apart)} better than the best sound model: an artefact"
    return f"{_long(apart)} worse than the best"


def _winner(best: SelectionRow, criterion: str, *, finished: bool) -> str:
    verb = f"{NAMES[criterion]} prefers" if finished else f"So far {NAMES[criterion]} prefers"
    return (
        f"{verb} {counted(best.n_components, 'component')} with "
        f"{_SHAPES[best.covariance_type]}: {_long(score(best, criterion))}."
    )


def _parsimony(sweep: Sweep, best: SelectionRow, criterion: str) -> str:
    """Return how the winner stands to the most flexible shape at the same K."""
    rival = next((r for r in sweep.of_type("full") if r.n_components == best.n_components), None)
    if rival is None or rival is best or rival.log_likelihood is None:
        return ""
    apart = behind(rival, best, criterion)
    saved = rival.n_parameters - best.n_parameters
    if saved <= 0 or apart is None or rival.degenerate:
        return ""
    return (
        f"Full ellipses would need {counted(saved, 'parameter')} more and score "
        f"{_long(apart)} worse."
    )


def _edge(best: SelectionRow, counts: range) -> str:
    if len(counts) > 1 and best.n_components == counts[-1]:
        return "That is the largest K compared: compare more before you believe it."
    return ""


def _other_opinion(sweep: Sweep, best: SelectionRow, criterion: str) -> str:
    """Return what AIC says beside BIC, or BIC beside any other."""
    other = "aic" if criterion == "bic" else "bic"
    rival = sweep.best(other)
    if rival is None or rival.n_components == best.n_components:
        return ""
    return (
        f"{NAMES[other]} would take {rival.n_components} ({rival.covariance_type}): "
        "there is no single right number."
    )


def _tie(sweep: Sweep, best: SelectionRow, criterion: str) -> str:
    """Return which other K is so close that the data hardly decide."""
    if criterion == "heldout":
        return ""
    others = [
        (apart, row)
        for row in sweep.mixtures
        if not row.degenerate
        and row.n_components != best.n_components
        and (apart := behind(row, best, criterion)) is not None
    ]
    apart, row = min(others, key=lambda pair: pair[0], default=(_TIE, best))
    if apart >= _TIE:
        return ""
    return (
        f"K = {row.n_components} ({row.covariance_type}) is only {_long(apart)} behind: the data "
        "hardly decide between the two."
    )


def _truth(best: SelectionRow, points: Points) -> str:
    if points.labels is None:
        return ""
    groups = len(set(points.labels.tolist()))
    if best.n_components <= groups:
        return ""
    there = "only one group" if groups == 1 else f"{groups} groups"
    return f"The data have {there}: a component is not a cluster."


def _collapsed(sweep: Sweep, best: SelectionRow, criterion: str) -> str:
    fallen = [row for row in sweep.mixtures if row.degenerate]
    if not fallen:
        return ""
    false = [row for row in fallen if (behind(row, best, criterion) or 0.0) < 0]
    said = f"{counted(len(fallen), 'hollow model is', 'hollow models are')} degenerate"
    if not false:
        return f"{said}: not {'a candidate' if len(fallen) == 1 else 'candidates'}."
    fake = min(false, key=lambda row: behind(row, best, criterion) or 0.0)
    return (
        f"{said}; {fake.covariance_type} with K = {fake.n_components} fakes a better score "
        f"({_long(score(fake, criterion))}) that way."
    )
