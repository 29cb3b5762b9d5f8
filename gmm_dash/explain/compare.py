"""The sentence over the Compare view: what to notice in this very result, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.explain.findings import finding_sentences
from gmm_dash.explain.numbers import MINUS, counted, percent, shown, whole
from gmm_dash.explain.sentence import Sentence, Words, spell
from gmm_dash.results.compare_claims import compare_claims

if TYPE_CHECKING:
    from gmm_dash.results import Comparison, LowScore

_METHODS: Final = {"kmeans": "k-means", "gmm": "the mixture"}


def notice(
    result: Comparison, low: LowScore | None = None, *, sized: bool = True
) -> tuple[Sentence, ...]:
    """Return the sentences on what this comparison shows; see ``compare_claims``."""
    said = spell(compare_claims(result, low, sized=sized), WORDS)
    return (*said, *finding_sentences(result.gmm_fit))


def score(value: float) -> str:
    """Return a score with two decimals, and never minus nothing."""
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", MINUS)


_SPREADS: Final = {
    "covariance": "the covariance of all points",
    "variance": "the variance of all points",
    "variances": "the variance of each column",
    "mean-variance": "the mean of the columns' variances",
}


def _single(spread: str) -> str:
    return (
        "With K = 1 k-means is one centre, the mean of all points, and the mixture one Gaussian: "
        f"that mean and {_SPREADS[spread]}. Raise K to split the data."
    )


def _single_weights(spread: str) -> str:
    return (
        "With K = 1 k-means is one centre, the weighted mean of all rows, and the mixture one "
        f"Gaussian: that mean and {_SPREADS[spread].replace('points', 'rows')}, weighted, too. "
        "Raise K to split the data."
    )


def _single_gaps() -> str:
    return (
        "With K = 1 k-means is one centre, the mean of the complete rows, and the mixture the one "
        "Gaussian under which the known values of all rows are likeliest. Raise K to split the "
        "data."
    )


def _single_background() -> str:
    return (
        "With K = 1 k-means is one centre, the mean of all points, and the mixture one Gaussian "
        "and a uniform background, which takes points that lie far from it. Raise K to split the "
        "data."
    )


def _background_scores(kmeans: float, gmm: float) -> str:
    return (
        f"Against the true groups the mixture scores {score(gmm)}, k-means {score(kmeans)}; the "
        "background counts as a group."
    )


def _one_group(kmeans: int, gmm: int) -> str:
    return (
        f"The labels name only one group, of which k-means makes {counted(kmeans, 'cluster')} and "
        f"the mixture {gmm}: both make as many as they are asked for, if they can."
    )


def _one_group_known(labelled: int, n: int) -> str:
    return (
        f"The labels of {labelled:,} of {n:,} points name only one group, so there is nothing to "
        "tell apart: the scores against it say little."
    )


def _neither(kmeans: float, gmm: float) -> str:
    return f"Neither method finds the true groups (k-means {score(kmeans)}, mixture {score(gmm)})."


def _more_components(k: int, groups: int) -> str:
    return (
        f"With {k} components for {counted(groups, 'group')}, the same group is the most frequent "
        "in at least two of them. A component is not a cluster."
    )


def _fewer_components(k: int, groups: int) -> str:
    return (
        f"With K = {k} for {groups} groups, some cluster must take in more than one of them, or "
        "parts of them. Raise K to have one for each."
    )


def _overlap(ari: float) -> str:
    return (
        f"The groups overlap: even the mixture they were drawn from, with its true means, widths "
        f"and shares, scores only {score(ari)}."
    )


def _both(there: float, here: float) -> str:
    return f"{shown(there, 5)} per point, against {shown(here, 5)} here"


def _not_at_rest(there: float, here: float, ari: float, *, limited: bool) -> str:
    cure = "Raise the iteration limit." if limited else "Lower the tolerance."
    return (
        "This run had not come to rest: carried on, the same start reaches a log-likelihood of "
        f"{_both(there, here)}, and a score of {score(ari)}. {cure}"
    )


def _search_missed(there: float, here: float, ari: float, *, findable: bool) -> str:
    said = (
        "The search missed a likelier mixture: started at the true groups, EM comes to rest at a "
        f"higher log-likelihood ({_both(there, here)}), with a score of {score(ari)}."
    )
    return f"{said} More restarts may find it." if findable else said


def _likelihood_prefers(there: float, here: float, ari: float) -> str:
    return (
        "The likelihood prefers this division: started at the true groups, EM comes to rest at a "
        f"lower log-likelihood ({_both(there, here)}), with a score of {score(ari)}."
    )


def _drifts(ari: float) -> str:
    return (
        "Even started at the true groups, EM comes to rest at this same mixture "
        f"(score {score(ari)})."
    )


def _as_likely(ari: float) -> str:
    return (
        "The likelihood does not decide: started at the true groups, EM comes to rest at another "
        f"mixture that is as likely to within 1 in the total log-likelihood (score {score(ari)})."
    )


def _not_gaussian(names: tuple[str, ...], one: float, two: float) -> str:
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    values = f"BIC of {names[0]} alone: {whole(two)} with two, {whole(one)} with one"
    who = f"The true group {listed} is" if len(names) == 1 else f"The true groups {listed} are each"
    return f"{who} better described by two Gaussians than by one ({values})."


def _handful(method: str, size: int, n: int) -> str:
    name = _METHODS[method]
    return f"The smallest cluster of {name} holds only {size:,} of {counted(n, 'point')}."


def _mixture_nearer(kmeans: float, gmm: float) -> str:
    return f"Against the true groups the mixture scores {score(gmm)}, k-means {score(kmeans)}."


def _kmeans_nearer(kmeans: float, gmm: float, *, fair: bool) -> str:
    moral = ": a more flexible model is not always a better one" if fair else ""
    return (
        f"Here k-means is nearer to the true groups ({score(kmeans)} against {score(gmm)}){moral}."
    )


def _try_another() -> str:
    return "Try another covariance type, or more restarts."


def _same_clusters() -> str:
    return "Both methods draw the same clusters."


def _round_and_apart(silhouette: float, longest: float) -> str:
    return (
        f"They lie apart (silhouette {score(silhouette)}), are nearly round (no component is more "
        f"than {longest:.1f} times as long as wide) and alike in width: a case that suits k-means."
    )


def _nearly_agree(agreement: float) -> str:
    return f"The two nearly agree (adjusted Rand index {agreement:.2f})."


def _ask_how_many() -> str:
    return 'Ask "How many?" before believing such clusters.'


def _long_components(least: float, most: float) -> str:
    low, high = f"{least:.1f}", f"{most:.1f}"
    times = high if low == high else f"{low} to {high}"
    return (
        f"The mixture's components are {times} times as long as wide; k-means parts its clusters "
        "by straight walls halfway between the centres, whatever their shape."
    )


def _unequal_widths(times: float) -> str:
    return (
        f"The widest component of the mixture spreads {times:.1f} times as far as the narrowest; "
        "k-means puts its walls halfway between the centres, whatever the widths."
    )


def _unequal_shares(least: float, most: float) -> str:
    return (
        f"The components of the mixture hold from {percent(least)} to {percent(most)} of the "
        "points; k-means puts its walls halfway between the centres, whatever the shares."
    )


def _shared_points() -> str:
    return "k-means gives each point to one cluster; the mixture shares some between components."


def _moved(moved: int, n: int) -> str:
    verb = "changes" if moved == 1 else "change"
    return f"{moved:,} of {n:,} points {verb} colour between the two."


def _unsure(unsure: int, *, sized: bool) -> str:
    many = "one point" if unsure == 1 else counted(unsure, "point")
    return f"The mixture is less than 80 % sure of {many}{', drawn small' if sized else ''}."


def _more_parameters(kind: str, parameters: int, n: int) -> str:
    return f"The {kind} mixture has {parameters:,} parameters, more than there are points ({n:,})."


def _hardening(width: float, shared: int, n: int) -> str:
    return (
        f"The circles' standard deviation is held at {shown(width, 3)}: of {n:,} points "
        f"{shared:,} {'is' if shared == 1 else 'are'} still shared, no component having 99 % of "
        f"{'it' if shared == 1 else 'them'}. The smaller it is, the harder the shares."
    )


def _hard_is_kmeans() -> str:
    return (
        "Hard is a limit of soft: with equal circles of equal weight and no width left every share "
        "is 0 or 1, each point belongs to the nearest centre, and this is k-means' own picture."
    )


def _hard_elsewhere(here: float, kmeans: float) -> str:
    return (
        "With no width left every share is 0 or 1, as in k-means, which stops early here: carried "
        f"on from its centres this comes to an inertia of {shown(here, 6)}, not "
        f"{shown(kmeans, 6)}."
    )


def _ladder(counts: dict[str, int]) -> str:
    (_, first), *others = counts.items()
    rungs = ", ".join(f"{kind} {count:,}" for kind, count in others)
    return (
        f"Equal circles of equal weight are the mixture nearest to k-means: "
        f"{counted(first, 'parameter')} ({rungs})."
    )


WORDS: Final[Words] = {
    "compare.single": _single,
    "compare.single-gaps": _single_gaps,
    "compare.single-weights": _single_weights,
    "compare.single-background": _single_background,
    "compare.background-scores": _background_scores,
    "compare.hardening": _hardening,
    "compare.hard-is-kmeans": _hard_is_kmeans,
    "compare.hard-elsewhere": _hard_elsewhere,
    "compare.ladder": _ladder,
    "compare.one-group": _one_group,
    "compare.one-group-known": _one_group_known,
    "compare.neither": _neither,
    "compare.more-components": _more_components,
    "compare.fewer-components": _fewer_components,
    "compare.overlap": _overlap,
    "compare.not-at-rest": _not_at_rest,
    "compare.search-missed": _search_missed,
    "compare.likelihood-prefers": _likelihood_prefers,
    "compare.drifts": _drifts,
    "compare.as-likely": _as_likely,
    "compare.not-gaussian": _not_gaussian,
    "compare.handful": _handful,
    "compare.mixture-nearer": _mixture_nearer,
    "compare.kmeans-nearer": _kmeans_nearer,
    "compare.try-another": _try_another,
    "compare.same-clusters": _same_clusters,
    "compare.round-and-apart": _round_and_apart,
    "compare.nearly-agree": _nearly_agree,
    "compare.ask-how-many": _ask_how_many,
    "compare.long-components": _long_components,
    "compare.unequal-widths": _unequal_widths,
    "compare.unequal-shares": _unequal_shares,
    "compare.shared-points": _shared_points,
    "compare.moved": _moved,
    "compare.unsure": _unsure,
    "compare.more-parameters": _more_parameters,
}
