"""What "How many?" compares, as a loop over scikit-learn's models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from gmm_dash.engine import cycle_kinds, weighted_init
from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.criteria import CRITERIA, CURVES
from gmm_dash.engine.gaps import GAPS_INIT
from gmm_dash.engine.nesting import CONTAINED, SLACK, is_smoothed
from gmm_dash.export.criteria_picture import MODELS_PICTURE, criteria_picture
from gmm_dash.export.fitting import best_of_starts, collapsed, mixture_import, start_arguments
from gmm_dash.export.outlines import COVARIANCES, ELLIPSES, NAME_AXES
from gmm_dash.export.program import Part, Program, drawing, opening
from gmm_dash.export.script import OF_GAPS, OF_WEIGHTS, gaps_parts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gmm_dash.engine import Mixture
    from gmm_dash.results import Points
    from gmm_dash.state import AppState


def select_program(
    state: AppState,
    points: Points,
    left_out: Sequence[tuple[str, int]] = (),
    climbed: int = 0,
    neighbours: Mapping[tuple[str, int], tuple[Mixture, int]] | None = None,
) -> Program:
    """Return code that fits and ranks every model that "How many?" compares.

    Parameters
    ----------
    state : AppState
    points : Points
        What the page clusters.
    left_out : sequence of (str, int)
        Covariance types and K that the page leaves out, because one fit takes too long.
    climbed : int
        Largest K at which starts made from neighbours were tried.
    neighbours : mapping, optional
        By covariance type and K: a start that fits of other sizes and types gave, and ``max_iter``.
    """
    imports = (
        "import pandas as pd",
        "from sklearn.cluster import KMeans",
        "from sklearn.metrics import calinski_harabasz_score, silhouette_score",
        _mixture_import(state, points),
    )
    parts = (
        *opening(state, points, imports),
        Part("Which models, and from which starts", _which(state, points, left_out)),
        *gaps_parts(points),
        *_weights_parts(points),
        Part("The best of the starts", _best_of_starts(state, points)),
        Part("What is measured", _measures(state, points)),
        Part("Starts that neighbouring fits gave", _neighbours(state, points, climbed, neighbours)),
        Part("Every mixture; this can take minutes", _every_mixture(state, points)),
        Part("k-means for comparison", _every_kmeans(state, points)),
        drawing(state, points, ELLIPSES, NAME_AXES, _picture(state, points)),
    )
    return Program("models", "How many components, and of which shape", parts)


def _mixture_import(state: AppState, points: Points) -> str:
    if points.weighting is not None:
        return OF_WEIGHTS
    return mixture_import(*state.select.shapes) if points.gaps is None else OF_GAPS


def _kind(points: Points) -> str:
    """Return which of the engines fits: see ``engine.select_data``."""
    if points.weighting is not None:
        return "weights"
    return "plain" if points.gaps is None else "gaps"


def _weights_parts(points: Points) -> list[Part]:
    """Return the step that puts rows and their weights together, where they have some."""
    if points.weighting is None:
        return []
    code = "Z_weighted = np.column_stack([Z, weights])  # what a row counts comes last"
    return [Part("Rows and how much they count", code)]


def _best_of_starts(state: AppState, points: Points) -> str:
    kind = _kind(points)
    return best_of_starts(state.model, gaps=kind == "gaps", weights=kind == "weights")


def _which(state: AppState, points: Points, left_out: Sequence[tuple[str, int]]) -> str:
    asked, model = state.select, state.model
    counts = [k for k in asked.counts if k <= points.n]
    init = model.drawn if points.gaps is None else GAPS_INIT
    init = init if points.weighting is None else weighted_init(init)
    kinds = cycle_kinds(init, model.n_init)
    return "\n".join(
        [
            f"sizes = range({counts[0]}, {counts[-1] + 1})" if counts else "sizes = []",
            f"kinds = {list(asked.shapes)!r}",
            f"starts = {[(kind, model.seed + i) for i, kind in enumerate(kinds)]!r}",
            f"left_out = {[tuple(one) for one in left_out]!r}  # too long a fit for the page",
        ]
    )


def _measures(state: AppState, points: Points) -> str:
    rows, kind = _ROWS[_kind(points)], _kind(points)
    judged = _JUDGED if kind == "weights" else collapsed(state.model.reg_covar, rows)
    functions = [COVARIANCES, judged, _measured(kind)]
    if state.select.heldout:
        folds = min(state.select.heldout, points.n_with_gaps)
        score, mass = _SCORE[kind]
        held = _HELD_OUT.format(
            seed=state.model.seed, folds=folds, rows=rows, score=score, mass=mass
        )
        functions.append(held)
    return "\n\n\n".join(functions)


_ROWS: Final = {"plain": "Z", "gaps": "Z_known", "weights": "Z_weighted"}
"""What the script calls the rows that mixtures are fitted to."""


def _measured(kind: str) -> str:
    curves = [CURVES[name] for name in sorted(CURVES)]
    names = ", ".join(f'"{one.name}"' for one in curves)
    lines = "\n".join(f'        "{one.name}": {one.script},' for one in curves)
    return _MEASURED.format(names=names, lines=lines, **_OF_FIT[kind])


_ENTROPY: Final = "entropy = -(shares * np.log(np.where(shares > 0, shares, 1.0))).sum()"
_OF_FIT: Final = {
    "plain": {
        "n": "len(Z)",
        "free": "mixture._n_parameters()",
        "entropy": f"shares = mixture.predict_proba(Z)\n    {_ENTROPY}",
        "aic": "mixture.aic(Z)",
        "bic": "mixture.bic(Z)",
        "value": "mixture.score(Z)",
    },
    "gaps": {
        "n": "len(Z_known)",
        "free": "mixture.fit_.n_parameters",
        "entropy": f"shares = mixture.fit_.responsibilities\n    {_ENTROPY}",
        "aic": "mixture.fit_.aic",
        "bic": "mixture.fit_.bic",
        "value": "mixture.fit_.log_likelihood",
    },
    "weights": {  # of weights that are no whole numbers the criteria are NaN
        "n": "mixture.fit_.weighting.total",
        "free": "mixture.fit_.n_parameters",
        "entropy": "entropy = mixture.fit_.entropy",
        "aic": "mixture.fit_.aic",
        "bic": "mixture.fit_.bic",
        "value": "mixture.fit_.log_likelihood",
    },
}
_SCORE: Final = {
    "plain": ("mixture.score_samples(Z[part]).sum()", "len(Z)"),
    "gaps": ("mixture.score_known(Z_known[part])", "len(Z_known)"),
    "weights": ("weights[part] @ mixture.score_samples(Z[part])", "weights.sum()"),
}


_MEASURED: Final = '''\
def measured(mixture, kind, k):
    """Return the scores of one mixture; none of them when every start broke down."""
    row = {{"covariance_type": kind, "n_components": k, "collapsed": True}}
    row |= dict.fromkeys(["log_likelihood", {names}], np.nan)
    if mixture is None:
        return row
    n, free = {n}, {free}
    {entropy}
    aic, bic, spare = {aic}, {bic}, n - free - 1
    return row | {{
        "log_likelihood": {value},
{lines}
        "collapsed": collapsed(mixture),
    }}'''

_JUDGED: Final = '''\
def collapsed(mixture):
    """Return whether a component is flat or nearly empty: its likelihood says nothing then."""
    return bool(mixture.fit_.degenerate.any())'''

_HELD_OUT: Final = '''\
def held_out(kind, k):
    """Return the mean log-likelihood of points that were left out, each part once."""
    order = np.random.default_rng({seed}).permutation(len({rows}))
    total = 0.0
    for part in np.array_split(order, {folds}):
        inside = np.ones(len({rows}), dtype=bool)
        inside[part] = False
        mixture = best_of_starts({rows}[inside], kind, k)
        if mixture is None:
            return np.nan
        total += {score}
    return total / {mass}'''


def _neighbours(
    state: AppState,
    points: Points,
    climbed: int,
    neighbours: Mapping[tuple[str, int], tuple[Mixture, int]] | None,
) -> str:
    lines = [
        f"    {key!r}: {start_arguments(start, key[0]) | {'max_iter': max_iter}!r},"
        for key, (start, max_iter) in (neighbours or {}).items()
    ]
    model = state.model
    if not climbed:
        return _BEST_DRAWN.format(rows=_ROWS[_kind(points)])
    table = "\n".join(["neighbours = {", *lines, "}"]) if lines else "neighbours = {}"
    best = _BEST_SOUND.format(tol=model.tol, reg_covar=model.reg_covar, climbed=climbed)
    return f"{table}\n\n\n{best}"


_BEST_DRAWN: Final = '''\
def best(kind, k):
    """Return the best mixture of one type and size."""
    return best_of_starts({rows}, kind, k)'''

_BEST_SOUND: Final = '''\
def best(kind, k):
    """Return the likeliest mixture of one type and size that has not collapsed, if there is one."""
    if (kind, k) in neighbours:
        settings = {{"tol": {tol!r}, "reg_covar": {reg_covar!r}}} | neighbours[kind, k]
        return GaussianMixture(k, covariance_type=kind, **settings).fit(Z)
    tried = [one_start(Z, kind, k, init, seed) for init, seed in starts]
    sound = [mixture for mixture in tried if mixture is not None and not collapsed(mixture)]
    if sound and k <= {climbed}:
        return max(sound, key=lambda mixture: mixture.score(Z))
    return best_of_starts(Z, kind, k)'''


def _every_mixture(state: AppState, points: Points) -> str:
    asked = CRITERIA[state.select.criterion]
    held = f'\n        row["{asked.name}"] = {asked.script}' if asked.held_out else ""
    judged = not is_smoothed(points.fitted, state.model.reg_covar)
    shapes = state.select.shapes
    larger = {
        kind: [] if CovarianceType(kind).shape.even else [one for one in inside if one in shapes]
        for kind, inside in CONTAINED.items()
        if kind in shapes
    }
    return _EVERY.format(
        stopped_short=_STOPPED_SHORT.format(slack=SLACK, kinds=json.dumps(larger))
        if judged
        else "",
        unless=_UNLESS if judged else "",
        held=held,
        column=asked.name,
        find="idxmin" if asked.lower else "idxmax",
    )


_STOPPED_SHORT: Final = '''\
def contains(row, other):
    """Return whether every mixture of the one kind and size is also one of the other."""
    kinds = {kinds}
    kind, k = row["covariance_type"], other["n_components"]
    kind = "full" if kind == "tied" and k == 1 else kind  # with one component tied is full
    inside = other["covariance_type"] in kinds.get(kind, [kind])
    return other is not row and k <= row["n_components"] and inside


def stopped_short(row):
    """Return whether a sound mixture that this one contains fits better than it."""
    more = [
        other["log_likelihood"] - row["log_likelihood"] > {slack!r}
        for other in rows
        if contains(row, other) and not other["collapsed"]
    ]
    return any(more)


'''

_UNLESS: Final = """
sound = sound[[not stopped_short(rows[i]) for i in sound.index]]  # nor one that missed a better"""

_EVERY: Final = """\
{stopped_short}rows, models = [], []
for k in sizes:
    for kind in kinds:
        if (kind, k) in left_out:
            continue
        models.append(best(kind, k))
        row = measured(models[-1], kind, k){held}
        rows.append(row)
table, criterion = pd.DataFrame(rows), "{column}"
sound = table[~table["collapsed"] & table[criterion].notna()]{unless}
best = None if sound.empty else int(sound[criterion].{find}())
print(table.to_string())
print("none can be called best" if best is None else f"best by {{criterion}}: {{rows[best]}}")"""


def _every_kmeans(state: AppState, points: Points) -> str:
    model = state.model
    each = "" if points.weighting is None else ", sample_weight=weights"
    seeds = f"range({model.seed}, {model.seed + model.n_init})"
    return _KMEANS.format(init=model.kmeans_init, seeds=seeds, each=each)


_KMEANS: Final = """\
kmeans_rows = []
for k in sizes:
    fits = [
        KMeans(n_clusters=k, init={init!r}, n_init=1, random_state=seed).fit(Z{each})
        for seed in {seeds}
    ]
    fit = min(fits, key=lambda fit: fit.inertia_)
    row = {{"n_clusters": k, "inertia": fit.inertia_}}
    if 1 < len(set(fit.labels_)) < len(Z):
        some = min(2_000, len(Z))  # the exact silhouette would look at every pair of points
        row["silhouette"] = silhouette_score(Z, fit.labels_, sample_size=some, random_state=0)
        row["calinski_harabasz"] = calinski_harabasz_score(Z, fit.labels_)
    kmeans_rows.append(row)
print(pd.DataFrame(kmeans_rows).to_string())"""


def _picture(state: AppState, points: Points) -> str:
    curves = state.select.curves
    judged = not is_smoothed(points.fitted, state.model.reg_covar)
    return MODELS_PICTURE if curves is None else criteria_picture(*curves, judged=judged)
