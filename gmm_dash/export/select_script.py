"""What "How many?" compares, as a loop over scikit-learn's models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from gmm_dash.engine import cycle_kinds
from gmm_dash.engine.covariances import CovarianceType
from gmm_dash.engine.criteria import CRITERIA, CURVES
from gmm_dash.engine.gap_select import INIT
from gmm_dash.engine.nesting import CONTAINED, SLACK, is_smoothed
from gmm_dash.export.criteria_picture import criteria_picture
from gmm_dash.export.fitting import best_of_starts, collapsed, mixture_import, start_arguments
from gmm_dash.export.outlines import COVARIANCES, ELLIPSES, NAME_AXES
from gmm_dash.export.program import Part, Program, drawing, opening
from gmm_dash.export.script import OF_GAPS, gaps_parts

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
        mixture_import(*state.select.shapes) if points.gaps is None else OF_GAPS,
    )
    parts = (
        *opening(state, points, imports),
        Part("Which models, and from which starts", _which(state, points, left_out)),
        *gaps_parts(points),
        Part("The best of the starts", best_of_starts(state.model, gaps=points.gaps is not None)),
        Part("What is measured", _measures(state, points)),
        Part("Starts that neighbouring fits gave", _neighbours(state, points, climbed, neighbours)),
        Part("Every mixture; this can take minutes", _every_mixture(state, points)),
        Part("k-means for comparison", _every_kmeans(state)),
        drawing(state, points, ELLIPSES, NAME_AXES, _picture(state, points)),
    )
    return Program("models", "How many components, and of which shape", parts)


def _which(state: AppState, points: Points, left_out: Sequence[tuple[str, int]]) -> str:
    asked, model = state.select, state.model
    counts = [k for k in asked.counts if k <= points.n]
    kinds = cycle_kinds(model.drawn if points.gaps is None else INIT, model.n_init)
    return "\n".join(
        [
            f"sizes = range({counts[0]}, {counts[-1] + 1})" if counts else "sizes = []",
            f"kinds = {list(asked.shapes)!r}",
            f"starts = {[(kind, model.seed + i) for i, kind in enumerate(kinds)]!r}",
            f"left_out = {[tuple(one) for one in left_out]!r}  # too long a fit for the page",
        ]
    )


def _measures(state: AppState, points: Points) -> str:
    rows, gaps = _rows(points), points.gaps is not None
    functions = [COVARIANCES, collapsed(state.model.reg_covar, rows), _measured(gaps=gaps)]
    if state.select.heldout:
        folds = min(state.select.heldout, points.n_with_gaps)
        score = _SCORE[gaps]
        held = _HELD_OUT.format(seed=state.model.seed, folds=folds, rows=rows, score=score)
        functions.append(held)
    return "\n\n\n".join(functions)


def _rows(points: Points) -> str:
    """Return what the script calls the rows that mixtures are fitted to."""
    return "Z" if points.gaps is None else "Z_known"


def _measured(*, gaps: bool) -> str:
    curves = [CURVES[name] for name in sorted(CURVES)]
    names = ", ".join(f'"{one.name}"' for one in curves)
    lines = "\n".join(f'        "{one.name}": {one.script},' for one in curves)
    return _MEASURED.format(names=names, lines=lines, **_OF_FIT[gaps])


_OF_FIT: Final = {
    False: {
        "n": "len(Z)",
        "free": "mixture._n_parameters()",
        "shares": "mixture.predict_proba(Z)",
        "aic": "mixture.aic(Z)",
        "bic": "mixture.bic(Z)",
        "value": "mixture.score(Z)",
    },
    True: {
        "n": "len(Z_known)",
        "free": "mixture.fit_.n_parameters",
        "shares": "mixture.fit_.responsibilities",
        "aic": "mixture.fit_.aic",
        "bic": "mixture.fit_.bic",
        "value": "mixture.fit_.log_likelihood",
    },
}
_SCORE: Final = {
    False: "mixture.score_samples(Z[part]).sum()",
    True: "mixture.score_known(Z_known[part])",
}


_MEASURED: Final = '''\
def measured(mixture, kind, k):
    """Return the scores of one mixture; none of them when every start broke down."""
    row = {{"covariance_type": kind, "n_components": k, "collapsed": True}}
    row |= dict.fromkeys(["log_likelihood", {names}], np.nan)
    if mixture is None:
        return row
    n, free = {n}, {free}
    shares = {shares}
    entropy = -(shares * np.log(np.where(shares > 0, shares, 1.0))).sum()
    aic, bic, spare = {aic}, {bic}, n - free - 1
    return row | {{
        "log_likelihood": {value},
{lines}
        "collapsed": collapsed(mixture),
    }}'''

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
    return total / len({rows})'''


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
        return _BEST_DRAWN.format(rows=_rows(points))
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


def _every_kmeans(state: AppState) -> str:
    model = state.model
    seeds = f"range({model.seed}, {model.seed + model.n_init})"
    return _KMEANS.format(init=model.kmeans_init, seeds=seeds)


_KMEANS: Final = """\
kmeans_rows = []
for k in sizes:
    fits = [
        KMeans(n_clusters=k, init={init!r}, n_init=1, random_state=seed).fit(Z)
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
    return _MODELS_PICTURE if curves is None else criteria_picture(*curves, judged=judged)


_MODELS_PICTURE: Final = '''\
def picture():
    """Show the criterion of every mixture over K, and the best one on the data."""
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 5))
    for kind, part in table.groupby("covariance_type", sort=False):
        left.plot(part["n_components"], part[criterion], marker="o", markersize=4, label=kind)
    left.set_xlabel("K")
    left.set_ylabel(criterion)
    left.legend()
    xy = Z @ plane.T + origin
    if best is None:
        right.scatter(xy[:, 0], xy[:, 1], s=16)
    else:
        labels = models[best].predict(Z)
        right.scatter(xy[:, 0], xy[:, 1], c=labels, cmap="tab10", s=16)
        draw_ellipses(right, models[best])
    name_axes(right)
    plt.show()'''
