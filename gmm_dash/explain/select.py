"""Words for the comparison of many models: what won, by how much, and what not to believe."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from gmm_dash.engine.covariances import ONE_COLUMN, CovarianceType
from gmm_dash.engine.criteria import CRITERIA, CURVES
from gmm_dash.explain.columns import about
from gmm_dash.explain.glossary import GLOSSARY
from gmm_dash.explain.numbers import counted, shown, the_labels
from gmm_dash.explain.select_hover import NAMES, long
from gmm_dash.explain.sentence import Sentence, Spoken, Words, spell
from gmm_dash.results.select_claims import (
    Asked,
    select_badge_claims,
    select_caption_claims,
    select_claims,
    select_drawn_only_claims,
    select_kmeans_claims,
    select_left_out_claims,
    select_plot_claims,
)
from gmm_dash.state.select_choice import SelectChoice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gmm_dash.results import Points
    from gmm_dash.results.claim import Claim
    from gmm_dash.results.select import Selection

_SHAPES: Final = {kind.value: f"{kind.shape.phrase} ({kind})" for kind in CovarianceType}
_ONE_COLUMN: Final = {  # where several types are the same, none of them is preferred
    **{kind.value: f"{kind.shape.line} ({kind})" for kind in CovarianceType},
    **{kind.value: f"{kind.shape.line} ({' = '.join(ONE_COLUMN)})" for kind in ONE_COLUMN},
}
_EVIDENCE: Final = {
    "": "",
    "hardly": ": hardly a difference",
    "some": ": some evidence",
    "clear": ": clear evidence",
    "strong": ": strong evidence",
}
_MOST_NAME: Final = 60  # of a column's name, within a sentence
_ENGINE: Final = "our engine, from drawn starts, none from neighbouring fits"
_NUMBERS: Final = {
    "gmm.k": "n_components",
    **{f"gmm.{name}": one.column for name, one in CURVES.items()},
    "gmm.log_likelihood": "log_likelihood",
    **{f"gmm.{name}": one.column for name, one in CRITERIA.items() if one.held_out},
}


def select_spoken(
    selection: Selection,
    points: Points,
    asked: Asked,
    *,
    chosen: SelectChoice | None = None,
    left_out: Iterable[tuple[str, int]] = (),
    drawn_only_from: int | None = None,
    seconds: float = 0.0,
) -> Spoken:
    """Return what the comparison of many models says, whole or still growing.

    Parameters
    ----------
    selection : Selection
    points : Points
    asked : Asked
        The criterion, and how far the comparison is.
    chosen : SelectChoice, optional
        How it is drawn; as lines of the criterion if not given.
    left_out : iterable of (str, int)
        Models of which one fit would take more than ``seconds``.
    drawn_only_from : int, optional
        The K from which on starts made from neighbours are too costly.
    seconds : float
    """
    best = selection.best(asked.criterion)
    chosen = chosen or SelectChoice(criterion=asked.criterion)
    return Spoken(
        {
            "notice": spell(select_claims(selection, points, asked), WORDS),
            "notes": note_sentences(left_out, drawn_only_from, seconds),
            "plot.select": plot_sentences(chosen, points),
            "caption.select": spell(select_caption_claims(selection, chosen, points), WORDS),
            "caption.select-kmeans": spell(select_kmeans_claims(selection.kmeans, points), WORDS),
            "badge.select": spell(select_badge_claims(selection, points, asked), WORDS),
        },
        {
            name: None if best is None else getattr(best, column)
            for name, column in _NUMBERS.items()
        },
    )


def plot_sentences(chosen: SelectChoice, points: Points) -> tuple[Sentence, ...]:
    """Return what stands in place of the mixtures' plot, where there is nothing to draw."""
    return spell(select_plot_claims(chosen, points), WORDS)


def note_sentences(
    left_out: Iterable[tuple[str, int]], drawn_only_from: int | None, seconds: float
) -> tuple[Sentence, ...]:
    """Return which models are too costly to fit at all, and which to search with neighbours."""
    claims = select_left_out_claims(left_out, seconds), select_drawn_only_claims(drawn_only_from)
    return spell([claim for some in claims for claim in some], WORDS)


def _waiting() -> str:
    return (
        "This comparison takes a while for so many points and models. Press Start; results "
        "appear as they are computed, and you can stop at any time."
    )


def _no_model(finished: bool) -> str:  # noqa: FBT001  (facts by name)
    return "No mixture was compared." if finished else "No mixture has been compared yet."


def _none_in_time(models: int) -> str:
    which = "The one model compared" if models == 1 else f"None of {models} models"
    return (
        f"{which} {'did not end' if models == 1 else 'ended'} in time, so there is nothing to "
        "choose. Use fewer rows."
    )


def _all_collapsed(collapsed: int, stopped: int) -> str:
    late = f", {stopped} did not end in time" if stopped else ""
    return (
        f"No model is sound: {counted(collapsed, 'is', 'are')} degenerate{late}. So there is "
        "nothing to choose."
    )


def _undefined(criterion: str, candidates: int) -> str:
    whom = "the one candidate" if candidates == 1 else f"any of the {candidates} candidates"
    needs = CRITERIA[criterion].needs
    return (
        f"{NAMES[criterion]} is not defined for {whom}{f': it needs {needs}' if needs else ''}. "
        "So there is nothing to choose."
    )


def _winner(kind: str, k: int, criterion: str, value: float, *, finished: bool, line: bool) -> str:
    shape = (_ONE_COLUMN if line else _SHAPES)[kind]
    verb = f"{NAMES[criterion]} prefers" if finished else f"So far {NAMES[criterion]} prefers"
    return f"{verb} {counted(k, 'component')} with {shape}: {long(value)}."


def _more_parameters(parameters: int, n: int) -> str:
    return f"That model has {parameters:,} parameters for {n:,} points, more than one for each."


def _parsimony(saved: int, apart: float, *, line: bool) -> str:
    more = counted(saved, "parameter")
    freest = "A variance each" if line else "Full ellipses"
    return f"{freest} would need {more} more and score {shown(apart, 3)} worse."


def _evidence(kind: str, k: int, apart: float, criterion: str, grade: str) -> str:
    return (
        f"The best with another K ({kind}, K = {k}) is {shown(apart, 3)} behind in "
        f"{_lower(criterion)}{_EVIDENCE[grade]}."
    )


def _lower(criterion: str) -> str:
    return CRITERIA[criterion].amount or NAMES[criterion]


def _others(counts: Mapping[str, int]) -> str:
    (first, k), *rest = counts.items()
    said = [f"{NAMES[first]} would take {k}"]
    said += [f"{CRITERIA[name].label} {k}" for name, k in rest]
    return f"{', '.join(said)}."


def _lowest(kind: str, counts: Mapping[str, int]) -> str:
    if not counts:
        return f"No {kind} mixture is a candidate, so no curve has a lowest point."
    (first, k), *rest = counts.items()
    said = [f"{NAMES[first]} is lowest at K = {k}"]
    said += [f"{NAMES[name]} at K = {k}" for name, k in rest]
    return f"Among {kind} candidates {_joined(said)}."


def _joined(parts: list[str]) -> str:
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last


def _penalty(n: int) -> str:
    return (
        f"AIC and BIC are −2 log L and a price for each parameter: 2 in AIC, log {n:,} = "
        f"{shown(math.log(n), 3)} in BIC."
    )


def _more_than_groups(groups: int, labelled: int, n: int) -> str:
    return (
        f"{the_labels(labelled, n)} name "
        f"{'only one group' if groups == 1 else f'{groups} groups'}: "
        "a component need not be a group."
    )


def _search_failed(models: int, kind: str, k: int, by_kind: str, by_k: int, ahead: str) -> str:
    shown_by = f"{by_kind}, K = {by_k} already reaches a higher log-likelihood"
    whose = "1 model's search" if models == 1 else f"The searches of {models} models"
    such = "" if models == 1 else "such as "
    best = f" and scores best by {_lower(ahead)}" if ahead else ""
    no = "it is no candidate" if models == 1 else "they are no candidates"
    return (
        f"{whose} stopped short ({such}{kind}, K = {k}{best}: {shown_by}), so {no}; "
        "more restarts may find a better mixture."
    )


def _stopped(models: int) -> str:
    return f"{counted(models, 'model')} did not end in time: no candidate{'s' * (models > 1)}."


def _collapsed(models: int) -> str:
    return (
        f"{counted(models, 'model is', 'models are')} degenerate: no candidate{'s' * (models > 1)}."
    )


def _onto_column(doubt: Claim, others: int) -> str:
    column = doubt.facts["column"]
    also = f" The same goes for {counted(others, 'more column')}." if others else ""
    one = "one of them" if doubt.code == "column.few-values" else "them"
    cure = f" Leave {column} out." if doubt.facts["cure"] == "leave-out" else ""
    return f"{column} {about(doubt)}: a component that lies on {one} has no width.{cure}{also}"


def _collapsed_better(kind: str, k: int, criterion: str, value: float) -> str:
    return (
        f"{kind.capitalize()} with K = {k} scores better than every sound model "
        f"({NAMES[criterion]} {long(value)}), but a collapsed model is no candidate."
    )


def _gaps(n: int, gaps: int, *, folds: bool) -> str:
    rows = "row" if gaps == 1 else "rows"
    held = (
        " The held-out score is the log-likelihood of what is known of a row left out."
        if folds
        else ""
    )
    return (
        f"Every mixture is fitted to what is known of {n + gaps:,} rows: {n:,} complete ones and "
        f"{gaps:,} {rows} with gaps (our engine; its starts are k-means of the complete rows). "
        "Log-likelihood and criteria are of the known values of all these rows, so they compare "
        f"only with fits of the same rows.{held}"
    )


def _weights(column: str, n: int, total: int, *, folds: bool) -> str:
    return (
        f"Every mixture counts each row as often as {column[:_MOST_NAME]} says: {n:,} rows are "
        f"{total:,} points, of which log-likelihood and criteria are ({_ENGINE}).{_held(folds)}"
    )


def _weights_scaled(column: str, n: int, *, folds: bool) -> str:
    return (
        f"Every mixture weights each of {n:,} rows by {column[:_MOST_NAME]}, not all whole numbers "
        f"({_ENGINE}); log-likelihoods are weighted means. AIC, AICc, BIC and ICL are withheld: "
        f"they need a number of points, and such weights give none.{_held(folds)}"
    )


def _held(folds: bool) -> str:  # noqa: FBT001  (a part of a sentence)
    said = " Held-out scores are weighted means of the log-likelihood of rows left out."
    return said if folds else ""


def _withheld(criterion: str) -> str:
    return (
        f"{NAMES[criterion]} is withheld: it needs a number of points, and weights that are not "
        "all whole numbers give none. So there is nothing to choose by it; the held-out score can "
        "rank these models."
    )


def _no_points(criteria: tuple[str, ...]) -> str:
    are = "is" if len(criteria) == 1 else "are"
    return (
        f"{_joined([CRITERIA[name].label for name in criteria])} {are} withheld: weights that are "
        "not all whole numbers give no number of points."
    )


def _silhouette(k: int, silhouette: float) -> str:
    return f"The silhouette is highest at K = {k} ({shown(silhouette, 2)})."


def _left_out(models: int, kinds: tuple[str, ...], first: int, seconds: float) -> str:
    return (
        f"Left out: {counted(models, 'model')} ({', '.join(kinds)}, from K = {first}), because one "
        f"fit would take more than {seconds:g} s. Use fewer rows or restarts."
    )


def _drawn_only(first: int) -> str:
    where = "Only" if first == 1 else f"From K = {first} on only"
    return f"{where} drawn starts were tried: starts from neighbouring fits would take too long."


def _badge(
    kind: str, k: int, *, finished: bool, hardly: bool, more_parameters: bool, line: bool
) -> str:
    best = "best" if finished else "best so far"
    over = ", more parameters than rows" if more_parameters else ""
    kind = " = ".join(ONE_COLUMN) if line and kind in ONE_COLUMN else kind
    return f"{best}{', hardly' if hardly else ''}: {kind}, K = {k}{over}"


WORDS: Final[Words] = {
    "select.waiting": _waiting,
    "select.no-model": _no_model,
    "select.none-in-time": _none_in_time,
    "select.all-collapsed": _all_collapsed,
    "select.undefined": _undefined,
    "select.winner": _winner,
    "select.more-parameters": _more_parameters,
    "select.parsimony": _parsimony,
    "select.edge": lambda k: (
        f"K = {k} is the largest K compared: compare more before you believe it."
    ),
    "select.evidence": _evidence,
    "select.others": _others,
    "select.lowest": _lowest,
    "select.penalty": _penalty,
    "select.more-than-groups": _more_than_groups,
    "select.search-failed": _search_failed,
    "select.stopped": _stopped,
    "select.collapsed": _collapsed,
    "select.onto-column": _onto_column,
    "select.collapsed-better": _collapsed_better,
    "select.count": lambda models: f"{counted(models, 'model')}.",
    "select.hollow": lambda: "Hollow: degenerate, not a candidate.",
    "select.crossed": lambda: "Crossed: its search stopped short, not a candidate.",
    "select.ringed": lambda: (
        "Ringed: below a mixture that it contains, perhaps by the strong regularisation."
    ),
    "select.bars": lambda: "Bars start at the edge of the plot, not at zero: compare their ends.",
    "select.one-column": lambda: (
        "With one column full, diag and spherical are the same mixture, so their scores are equal "
        "where their searches ended alike."
    ),
    "select.criterion": lambda criterion: GLOSSARY[criterion].sentence,
    "select.gaps": _gaps,
    "select.kmeans-complete": lambda n: (
        f"k-means and all its scores are of the {n:,} complete rows alone."
    ),
    "select.weights": _weights,
    "select.weights-scaled": _weights_scaled,
    "select.withheld": _withheld,
    "select.no-points": _no_points,
    "select.kmeans-weights": lambda n: (
        f"The inertia counts each of {n:,} rows by its weight; silhouette and Calinski-Harabasz "
        "are of the rows, each once."
    ),
    "select.elbow": lambda: (
        "An elbow in the inertia appears on uniform noise too, so it proves nothing."
    ),
    "select.silhouette": _silhouette,
    "select.noise-reaches": lambda: "Uniform noise in a square reaches about 0.4.",
    "select.left-out": _left_out,
    "select.drawn-only": _drawn_only,
    "select.badge": _badge,
}
