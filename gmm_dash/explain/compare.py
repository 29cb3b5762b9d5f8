"""The sentence over the Compare view: what to notice in this very result, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.explain.findings import finding_sentences
from gmm_dash.explain.numbers import MINUS, counted, percent, shown
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


def _single() -> str:
    return (
        "With K = 1 k-means is one centre and the mixture one Gaussian: the mean and the "
        "covariance of all points. Raise K to split the data."
    )


def _one_group(kmeans: int, gmm: int) -> str:
    return (
        f"The labels name only one group, of which k-means makes {counted(kmeans, 'cluster')} and "
        f"the mixture {gmm}: both make as many as they are asked for, if they can."
    )


def _neither(kmeans: float, gmm: float) -> str:
    return f"Neither method finds the true groups (k-means {score(kmeans)}, mixture {score(gmm)})."


def _more_components(k: int, groups: int) -> str:
    return (
        f"With {k} components for {counted(groups, 'group')}, at least two describe the same "
        "group before all others. A component is not a cluster."
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


def _not_at_rest(there: float, here: float, ari: float) -> str:
    return (
        "This run had not come to rest: carried on, the same start reaches a log-likelihood of "
        f"{_both(there, here)}, and a score of {score(ari)}. Lower the tolerance, or raise the "
        "iteration limit."
    )


def _search_missed(there: float, here: float, ari: float) -> str:
    return (
        "The search missed a better mixture: started at the true groups, EM comes to rest at a "
        f"higher log-likelihood ({_both(there, here)}), with a score of {score(ari)}. "
        "Try more restarts, or another kind of start."
    )


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


def _not_gaussian(several: tuple[tuple[int, float, float], ...]) -> str:
    names = [str(group + 1) for group, _, _ in several]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    group, one, two = several[0]
    which = "True group" if len(names) == 1 else "True groups"
    values = f"BIC of group {group + 1} alone: {two:,.0f} with two, {one:,.0f} with one"
    verb = "is" if len(names) == 1 else "are"
    each = "" if len(names) == 1 else "each "
    return (
        f"{which} {listed} {verb} {each}better described by two Gaussians than by one ({values}), "
        "so one component cannot have that shape."
    )


def _handful(method: str, size: int, n: int) -> str:
    name = _METHODS[method]
    return f"The smallest cluster of {name} holds only {size:,} of {counted(n, 'point')}."


def _mixture_nearer(kmeans: float, gmm: float) -> str:
    return f"Against the true groups the mixture scores {score(gmm)}, k-means {score(kmeans)}."


def _kmeans_nearer(kmeans: float, gmm: float) -> str:
    return (
        f"Here k-means is nearer to the true groups ({score(kmeans)} against {score(gmm)}): "
        "a more flexible model is not always a better one."
    )


def _try_another() -> str:
    return "Try another covariance type, or more restarts."


def _same_clusters() -> str:
    return "Both methods draw the same clusters."


def _round_and_apart(silhouette: float, longest: float) -> str:
    return (
        f"They lie apart (silhouette {score(silhouette)}) and are nearly round (no component is "
        f"more than {longest:.1f} times as long as wide): the case k-means was made for."
    )


def _nearly_agree(agreement: float) -> str:
    return f"The two nearly agree (adjusted Rand index {agreement:.2f})."


def _ask_how_many() -> str:
    return 'Ask "How many?" before believing such clusters.'


def _long_components(times: float) -> str:
    return (
        f"The mixture's components are typically {times:.1f} times as long as wide; k-means parts "
        "its clusters by straight walls halfway between the centres, whatever their shape."
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


def _more_parameters(parameters: int, n: int) -> str:
    return (
        f"The mixture has {parameters:,} parameters for {n:,} points, more than the points can "
        "determine."
    )


WORDS: Final[Words] = {
    "compare.single": _single,
    "compare.one-group": _one_group,
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
