"""What Compare shows as scikit-learn code that makes it again, number for number."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.export.fitting import mixture_import
from gmm_dash.export.outlines import COVARIANCES, FUNCTIONS
from gmm_dash.export.own_file import can_read, gap_rows, labels_file, seen_gaps
from gmm_dash.export.program import (
    Part,
    Program,
    drawing,
    kmeans_call,
    mixture_call,
    opening,
)
from gmm_dash.results import known

if TYPE_CHECKING:
    from gmm_dash.results import Comparison, Points, Shapes
    from gmm_dash.state import AppState

OF_WEIGHTS: Final = "from gmm_dash.engine import WeightedMixture as GaussianMixture"
OF_GAPS: Final = "from gmm_dash.engine import GapMixture as GaussianMixture"
_MEASURE: Final = "from sklearn.metrics import adjusted_rand_score"


def compare_program(state: AppState, result: Comparison) -> Program:
    """Return code that draws, scales and fits the same points and prints the same labels.

    Parameters
    ----------
    state : AppState
    result : Comparison
        What the page shows for that state: the winning starts and the numbers of the
        clusters come from it.
    """
    imports = [
        "from sklearn.cluster import KMeans",
        *_imports(result.points, _mixture_imports(result)),
    ]
    parts = (
        *opening(state, result.points, imports),
        *(gaps_parts(result.points) if _uses_gaps(result) else ()),
        Part("k-means: the one start that won", kmeans_call(result.kmeans_fit)),
        Part(*_mixture(result)),
        Part("Labels, numbered from 1 as on the page", _labels(result)),
        *_joining(result),
        *_saving(result),
        _drawn(drawing(state, result.points, FUNCTIONS, _picture(result)), result),
    )
    return Program("mixture", "k-means and a Gaussian mixture", parts)


def _has_background(result: Comparison) -> bool:
    return result.gmm_fit.background is not None


def _has_weights(result: Comparison) -> bool:
    return result.gmm_fit.weighting is not None


def _mixture_imports(result: Comparison) -> str:
    if _has_background(result):
        return "from gmm_dash.engine import fit_background"
    if _has_weights(result):
        return OF_WEIGHTS
    return OF_GAPS if _uses_gaps(result) else mixture_import(str(result.gmm_fit.covariance_type))


def _drawn(part: Part, result: Comparison) -> Part:
    """Return the last step so that it draws what is fitted: a background is no scikit-learn's."""
    if not _has_background(result):
        return part
    code = part.code.replace(f"{COVARIANCES}\n\n\n", "")
    for theirs, ours in _OF_BACKGROUND.items():
        code = code.replace(theirs, ours)
    return Part(part.title, code)


def _uses_gaps(result: Comparison) -> bool:
    return result.gmm_fit.gapped is not None


def gaps_parts(points: Points) -> list[Part]:
    """Return the step that adds the rows with gaps, ``Z_known``, where these are used."""
    if points.gaps is None:
        return []
    if can_read(points):
        code = gap_rows(points)
    elif points.source is None:  # of a data set that comes with the page
        code = f"gaps = known[partly]\n{seen_gaps(points)}"
    else:  # the file of the page's points has the complete rows only
        flat = points.gaps.fitted.tolist()
        rows = [[None if np.isnan(value) else value for value in row] for row in flat]
        code = f"gaps = np.array({rows!r}, dtype=float)"
    lines = [code, "Z_known = np.vstack([Z, gaps])  # the complete rows first"]
    return [Part("Rows with gaps, as the models see what is known of them", "\n".join(lines))]


def _mixture(result: Comparison) -> tuple[str, str]:
    """Return the title and the code of the step that fits the mixture."""
    if _uses_gaps(result):
        title = "The mixture, by our engine, as scikit-learn takes no gaps: the start that won"
        return title, mixture_call(result.gmm_fit, "Z_known")
    if _has_background(result):
        title = "The mixture and its background, by our engine: the start that won"
        return title, mixture_call(result.gmm_fit)
    if _has_weights(result):
        title = "The mixture, by our engine, as scikit-learn's takes no weights: the start that won"
        return title, mixture_call(result.gmm_fit)
    return "The mixture: the one start that won", mixture_call(result.gmm_fit)


def _joining(result: Comparison) -> list[Part]:
    """Return the step that joins components to groups, where the page does."""
    side = result.gmm
    if side.groups is None:
        return []
    counts = np.bincount(side.labels[side.labels >= 0], minlength=side.k).tolist()
    code = _JOINING.format(groups=side.k, page=", ".join(side.called), counts=counts)
    if _has_background(result):
        for plain, loose in _JOINING_LOOSE.items():
            code = code.replace(plain, loose)
    return [Part("Components joined to groups: the pair that takes most entropy, each time", code)]


def _saving(result: Comparison) -> list[Part]:
    """Return the step that saves the labels beside the user's file."""
    if not can_read(result.points):
        return []
    title = "Every row of the file with its labels, saved as labels.csv"
    code = labels_file(
        result.points,
        joined=result.gmm.groups is not None,
        names=result.gmm.names,
        gaps=_uses_gaps(result),
        background=_has_background(result),
    )
    return [Part(title, code)]


def _picture(result: Comparison) -> str:
    """Return the function that draws both results: of joined components the groups."""
    if _has_background(result):
        joined = result.gmm.groups is not None
        labels, own = ("group_labels", ">= 0") if joined else ("mixture_labels", "> 0")
        drawn = _LOOSE_POINTS.format(labels=labels, own=own)
        return _PICTURE.replace(_POINTS, drawn).replace(
            "posteriors.max", "group_posteriors.max" if joined else "posteriors.max"
        )
    if result.gmm.groups is None:
        return _PICTURE
    return _PICTURE.replace("posteriors.max", "group_posteriors.max").replace(
        "c=mixture_labels", "c=group_labels"
    )


def _imports(points: Points, mixture: str) -> list[str]:
    """Return what mixtures need, and what compares them to known groups if there are any."""
    return [mixture, _MEASURE] if _is_judged(points) else [mixture]


def _is_judged(points: Points) -> bool:
    """Return whether enough points have a known group to score against."""
    return known.n_labelled(points.labels) >= known.FEWEST


def _ari(points: Points, labels: str) -> str:
    """Return the call that scores ``labels``, on the labelled rows where others have none."""
    if not known.is_partial(points.labels):
        return f"adjusted_rand_score(true_groups, {labels})"
    return f"adjusted_rand_score(true_groups[known], {labels}[known])"


def _labels(result: Comparison) -> str:
    kmeans, gmm = result.kmeans, result.gmm
    inertia, fit = result.kmeans_fit.inertia, result.gmm_fit
    bic, aic = "mixture.bic(Z)", "mixture.aic(Z)"
    if _uses_gaps(result) or _has_weights(result):  # of all rows, each as often as it counts
        bic, aic = "mixture.fit_.bic", "mixture.fit_.aic"
    labels = [
        "mixture_labels = np.argsort(mixture_order)[mixture.predict(Z)] + 1",
        "posteriors = mixture.predict_proba(Z)[:, mixture_order]",
    ]
    if _has_background(result):
        bic, aic = "mixture.bic", "mixture.aic"
        labels = [
            "mixture_labels = np.argsort(mixture_order)[mixture.labels] + 1",
            "mixture_labels[mixture.labels < 0] = -1  # what belongs to the background",
            "posteriors = mixture.responsibilities[:, mixture_order]",
        ]
    lines = [
        "# Number on the page -> number of the same cluster in scikit-learn, from 0.",
        f"kmeans_order = {kmeans.order.tolist()}",
        f"mixture_order = {gmm.order.tolist()}",
        "kmeans_labels = np.argsort(kmeans_order)[kmeans.labels_] + 1",
        *labels,
        f"bic = {bic}",
        f'print(f"k-means: inertia {{kmeans.inertia_:.4f}}")  # page: {inertia:.4f}',
    ]
    if fit.background is not None:
        share = f"{fit.background.share:.4f}"
        lines.append(f'print(f"mixture: background {{mixture.share:.4f}}")  # page: {share}')
    if math.isnan(fit.bic):  # withheld: such weights count no points
        value = f"{fit.log_likelihood:.6f}"
        line = "mixture: log-likelihood {mixture.fit_.log_likelihood:.6f}"
        lines.append(f'print(f"{line}")  # page: {value}')
    elif fit.variance != 0:  # without any width there is no density
        lines += [
            f'print(f"mixture: BIC {{bic:.4f}}")  # page: {fit.bic:.4f}',
            f'print(f"mixture: AIC {{{aic}:.4f}}")  # page: {fit.aic:.4f}',
        ]
    if _is_judged(result.points):
        lines += [
            'for name, labels in [("k-means", kmeans_labels), ("mixture", mixture_labels)]:',
            f'    print(f"{{name}}: ARI {{{_ari(result.points, "labels")}:.4f}}")',
        ]
    return "\n".join(lines)


_JOINING: Final = '''\
def entropy(share):
    """Return what one group's posteriors add to the entropy, in nats."""
    return -np.sum(share * np.log(np.where(share > 0, share, 1)))


def gain(one, other):
    """Return what joining two groups takes from the entropy."""
    return entropy(one) + entropy(other) - entropy(one + other)


members = [[i] for i in range(posteriors.shape[1])]
shares = list(posteriors.T)
while len(shares) > {groups}:
    pairs = [(i, j) for i in range(len(shares)) for j in range(i + 1, len(shares))]
    i, j = pairs[int(np.argmax([gain(shares[i], shares[j]) for i, j in pairs]))]
    shares[i], members[i] = shares[i] + shares.pop(j), sorted(members[i] + members.pop(j))
group_posteriors = np.column_stack(shares)
group_labels = group_posteriors.argmax(axis=1)  # from 0, in the order of group_names
group_names = ["+".join(str(component + 1) for component in group) for group in members]
print("groups:", ", ".join(group_names))  # page: {page}
print("rows:", np.bincount(group_labels, minlength=len(members)).tolist())  # page: {counts}'''

_PICTURE: Final = '''\
def picture():
    """Show both results side by side."""
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 5), sharex=True, sharey=True)
    xy = Z @ plane.T + origin
    certainty = posteriors.max(axis=1)
    left.scatter(xy[:, 0], xy[:, 1], c=kmeans_labels, cmap="tab10", s=16)
    left.set_title("k-means")
    right.scatter(xy[:, 0], xy[:, 1], c=mixture_labels, cmap="tab10", s=24 * certainty**2)
    right.set_title("Gaussian mixture")
    draw_ellipses(right, mixture)
    name_axes(left, right)
    plt.show()'''


_POINTS: Final = (
    '    right.scatter(xy[:, 0], xy[:, 1], c=mixture_labels, cmap="tab10", s=24 * certainty**2)\n'
)
_LOOSE_POINTS: Final = """\
    own = {labels} {own}
    right.scatter(*xy[own].T, c={labels}[own], cmap="tab10", s=24 * certainty[own] ** 2)
    right.scatter(*xy[~own].T, marker="x", color="0.5", s=9, linewidth=0.8)
"""
_OF_BACKGROUND: Final = {
    "full_covariances(mixture)": "mixture.mixture.covariances",
    "mixture.means_": "mixture.mixture.means",
    "mixture.weights_": "mixture.weights",
}
_JOINING_LOOSE: Final = {
    "shares = list(posteriors.T)": (
        "own = posteriors[mixture_labels > 0]  # the background is joined to nothing\n"
        "shares = list((own / own.sum(axis=1, keepdims=True)).T)"
    ),
    "group_posteriors = np.column_stack(shares)": (
        "group_posteriors = np.column_stack([posteriors[:, one].sum(axis=1) for one in members])"
    ),
    "group_labels = group_posteriors.argmax(axis=1)": (
        "group_labels = group_posteriors.argmax(axis=1)\n"
        "group_labels[mixture.background > group_posteriors.max(axis=1)] = -1"
    ),
    "np.bincount(group_labels,": "np.bincount(group_labels[group_labels >= 0],",
}


def shapes_program(state: AppState, result: Shapes) -> Program:
    """Return code that fits the four covariance types to the same points.

    Parameters
    ----------
    state : AppState
    result : Shapes
        What the page shows for that state.
    """
    kinds = {str(fit.covariance_type): fit for fit in result.fits}
    fits = [mixture_call(fit, target=f'mixtures["{kind}"]') for kind, fit in kinds.items()]
    orders = {kind: side.order.tolist() for kind, side in zip(kinds, result.sides, strict=True)}
    page = ", ".join(f"{kind} {fit.bic:.4f}" for kind, fit in kinds.items())
    parts = (
        *opening(state, result.points, _imports(result.points, mixture_import(*kinds))),
        Part(
            "The four covariance types: of each the one start that won",
            "\n".join(["mixtures = {}", *fits]),
        ),
        Part(
            "Labels, numbered from 1 as on the page",
            _SHAPE_LABELS.format(orders=orders, page=page, ari=_ari_of_shapes(result)),
        ),
        drawing(state, result.points, FUNCTIONS, _SHAPES_PICTURE),
    )
    return Program("shapes", "Four covariance types on the same points", parts)


def _ari_of_shapes(result: Shapes) -> str:
    if not _is_judged(result.points):
        return ""
    return f'\n    print(f"{{kind}}: ARI {{{_ari(result.points, "labels[kind]")}:.4f}}")'


_SHAPE_LABELS: Final = """\
# Number on the page -> number of the same component in scikit-learn, from 0.
orders = {orders!r}
labels = {{}}
bic = {{}}  # page: {page}
for kind, mixture in mixtures.items():
    labels[kind] = np.argsort(orders[kind])[mixture.predict(Z)] + 1
    bic[kind] = mixture.bic(Z)
    print(f"{{kind}}: BIC {{bic[kind]:.4f}}, AIC {{mixture.aic(Z):.4f}}"){ari}"""

_SHAPES_PICTURE: Final = '''\
def picture():
    """Show the four results side by side."""
    import matplotlib.pyplot as plt

    figure, places = plt.subplots(2, 2, figsize=(10, 9), sharex=True, sharey=True)
    xy = Z @ plane.T + origin
    for axes, (kind, mixture) in zip(places.flat, mixtures.items()):
        axes.scatter(xy[:, 0], xy[:, 1], c=labels[kind], cmap="tab10", s=16)
        axes.set_title(kind)
        draw_ellipses(axes, mixture)
    name_axes(*places.flat)
    plt.show()'''
