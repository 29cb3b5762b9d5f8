"""Words for how sure the best model is, and a paragraph of them for a methods section."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

import numpy as np

from gmm_dash.engine.bootstrap import SAME_END
from gmm_dash.explain import select as comparison
from gmm_dash.explain.numbers import counted, shown
from gmm_dash.explain.sentence import Spoken, Words, spell
from gmm_dash.results.sure_claims import (
    chosen_claims,
    methods_claims,
    offer_claims,
    picture_claims,
    sure_claims,
    without_test_claims,
)

if TYPE_CHECKING:
    from gmm_dash.explain.sentence import Sentence
    from gmm_dash.results import Points
    from gmm_dash.results.select import Selection
    from gmm_dash.results.select_claims import Asked
    from gmm_dash.results.sure import Model, Sure
    from gmm_dash.state import AppState

NOTHING: Final = "Once every model has been compared, the best one can be tested here."
_INITS: Final = {"mixed": "k-means, k-means++ and random points in turn"}


def offered(model: Model) -> str:
    """Return what a press on "Start" would test."""
    return " ".join(one.text for one in spell(offer_claims(model), WORDS))


def chosen_sentences(
    selection: Selection, points: Points, asked: Asked, state: AppState
) -> tuple[Sentence, ...]:
    """Return the part of the paragraph that the comparison alone gives."""
    return spell(chosen_claims(selection, points, asked, state), {**comparison.WORDS, **WORDS})


def without_test(points: Points) -> tuple[Sentence, ...]:
    """Return why there is no test, where there is none for these points."""
    return spell(without_test_claims(points), WORDS)


def sure_spoken(sure: Sure, *, finished: bool) -> Spoken:
    """Return what test and refits say, whole or still growing.

    Parameters
    ----------
    sure : Sure
    finished : bool
    """
    return Spoken(
        {
            "sure": spell(sure_claims(sure, finished=finished), WORDS),
            "caption.sure": spell(picture_claims(sure), WORDS),
            "methods": spell(methods_claims(sure, finished=finished), WORDS),
        },
        {"sure.p": sure.p_value, "sure.statistic": sure.statistic, "sure.ari": sure.agreement},
    )


def badge(sure: Sure) -> str:
    """Return the p-value and the mean agreement, for a hasty reader."""
    p = "" if sure.p_value is None else f"p = {_p(sure.p_value)}"
    labels = "" if sure.agreement is None else f"ARI {shown(sure.agreement, 2)}"
    return " · ".join(part for part in (p, labels) if part)


def _p(value: float) -> str:
    return f"{value:.3f}"


def _offer(kind: str, null: int, chosen: int, replicates: int) -> str:
    asks = "Is one more needed?" if null == chosen else "Would one fewer do?"
    groups = "" if chosen == 1 else " Refits to rows drawn anew show how far its labels stay."
    return (
        f"{asks} Tests K = {null} against K = {null + 1} ({kind}) by {replicates} samples of the "
        f"smaller mixture.{groups}"
    )


def _picture(statistic: float, replicates: int) -> str:
    return (
        f"Bars: 2 log Λ of {counted(replicates, 'replicate')} drawn with the smaller K. "
        f"Line: the data, {shown(statistic)}."
    )


def _found(
    kind: str,
    null: int,
    statistic: float,
    as_much: int,
    replicates: int,
    p: float,
    error: float,
) -> str:
    return (
        f"K = {null} against K = {null + 1} ({kind}): 2 log Λ = {shown(statistic)}; "
        f"{as_much} of {counted(replicates, 'replicate')} reach{'es' if as_much == 1 else ''} as "
        f"much, so p = {_p(p)} (Monte Carlo error {_p(error)})."
    )


def _rejected(kind: str, null: int) -> str:
    return (
        f"At the 5 % level {counted(null, 'component')} of this type ({kind}) "
        f"{'does' if null == 1 else 'do'} not suffice."
    )


def _not_rejected(kind: str, null: int) -> str:
    return (
        f"At the 5 % level nothing speaks against {counted(null, 'component')} of this type "
        f"({kind})."
    )


def _left_out(replicates: int, k: int) -> str:
    return (
        f"{counted(replicates, 'replicate')} without a sound mixture of {k} components "
        f"{'is' if replicates == 1 else 'are'} left out; the data would have been, too."
    )


_STAY: Final = {
    "same": "the groups hardly change",
    "mostly": "most of the groups stay",
    "change": "the groups change",
}


def _labels(mean: float, low: float, refits: int, word: str) -> str:
    return (
        f"Refitted to rows drawn anew, {_STAY[word]}: the labels of all rows agree with a mean "
        f"adjusted Rand index of {shown(mean, 3)} over {counted(refits, 'refit')} (lowest tenth: "
        f"{shown(low, 3)} or less)."
    )


def _starts(reached: int, starts: int, above: int, k: int) -> str:
    better = f"; {above} even {'ends' if above == 1 else 'end'} higher" if above else ""
    return (
        f"Of {counted(starts, 'start')} with K = {k}, {reached} "
        f"{'ends' if reached == 1 else 'end'} at this sound optimum, within {SAME_END:g} nats a "
        f"point{better}."
    )


def _short(apart: float) -> str:
    return (
        f"The comparison's own model is {shown(apart, 2)} nats a point likelier: it had starts "
        "from neighbouring fits, which the test has not. More restarts may close the gap."
    )


def _fitted(  # noqa: PLR0913  (facts by name)
    *,
    n: int,
    of: int,
    d: int,
    components: int,
    kept: float,
    scaled: bool,
    low: int,
    high: int,
    kinds: tuple[str, ...],
    init: str,
    n_init: int,
    seed: int,
    climbs: bool,
    tol: float,
    max_iter: int,
    reg_covar: float,
) -> str:
    rows = f"{counted(n, 'row')}" + (f" (a random sample of {of:,})" if of > n else "")
    columns = f"{counted(d, 'column')}{' (standardised)' if scaled else ''}"
    if components:
        columns = (
            f"{counted(components, 'principal component')} of {columns} "
            f"({shown(100 * kept, 3)} % of the variance)"
        )
    version = import_module(__name__.partition(".")[0]).__version__  # it is above every layer
    near = ", improved by starts from neighbouring fits" if climbs else ""
    sizes = counted(low, "component") if low == high else f"{low} to {high} components"
    return (
        f"Gaussian mixtures of {sizes} ({', '.join(kinds)} covariances) were fitted to {rows} and "
        f"{columns} by EM, each from {counted(n_init, 'start')} ({_INITS.get(init, init)}; seeds "
        f"from {seed}){near}; tolerance {_plain(tol)} nats a row, at most {max_iter} "
        f"iterations, {_plain(reg_covar)} added to variances; "
        f"gmm-dash {version}, NumPy {np.__version__}."
    )


def _gaps(gaps: int) -> str:
    which = "One of these rows has gaps" if gaps == 1 else f"{gaps:,} of these rows have gaps"
    return (
        f"{which}, of which the known values were used; the starts are k-means of the complete "
        "rows, and the likelihood is that of the known values."
    )


def _weights(column: str, total: int) -> str:
    if total:
        return (
            f"Each row counted as often as {column[:60]} says, so they are {total:,} points: the "
            "likelihood is per point."
        )
    return (
        f"Rows were weighted by {column[:60]}, scaled to mean 1: the likelihood is a weighted mean."
    )


def _plain(value: float) -> str:
    return f"{value:g}".replace("e-0", "e-")


def _size(parameters: int, rows: float) -> str:
    return f"It has {counted(parameters, 'parameter')}, {shown(rows, 3)} rows for each."


def _test(kind: str, null: int, replicates: int) -> str:
    return (
        f"The likelihood ratio of {null} against {counted(null + 1, 'component')} ({kind}) was "
        f"bootstrapped (McLachlan 1987): {replicates} samples of the fitted mixture of {null}, "
        "each searched from the same starts as the data, the larger mixture also from the smaller "
        "one with a component cut in two; mixtures with a degenerate component do not count, on "
        "the data or on a sample."
    )


def _resampled(refits: int) -> str:
    return (
        f"The same search was made on {counted(refits, 'bootstrap sample')} of the rows, and "
        "labels were compared on all rows."
    )


WORDS: Final[Words] = {
    "sure.offer": _offer,
    "sure.picture": _picture,
    "sure.p": _found,
    "sure.rejected": _rejected,
    "sure.not-rejected": _not_rejected,
    "sure.near": lambda replicates: (
        f"That is too near to 5 % for {counted(replicates, 'replicate')}: ask for more."
    ),
    "sure.no-test": lambda kind, k: (
        f"The test's starts find no sound mixture of {counted(k, 'component')} ({kind}), so there "
        "is nothing to test: every one has a degenerate component."
    ),
    "sure.left-out": _left_out,
    "sure.labels": _labels,
    "sure.unsound": lambda refits: (
        f"{counted(refits, 'refit')} to drawn rows found no sound mixture."
    ),
    "sure.one-group": lambda: "One component has one label for all: there is none to compare.",
    "sure.starts": _starts,
    "sure.short": _short,
    "sure.gaps": lambda: (
        "The test and the refits are of complete rows, so there are none where rows with gaps are "
        "used."
    ),
    "sure.weights": lambda: (
        "The test and the refits take each row once, so there are none where rows count by weights."
    ),
    "methods.fitted": _fitted,
    "methods.gaps": _gaps,
    "methods.weights": _weights,
    "methods.size": _size,
    "methods.test": _test,
    "methods.labels": _resampled,
}
