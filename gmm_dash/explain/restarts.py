"""Words for the study of restarts: where the starts end, and how often at the best found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.explain.numbers import counted, percent, shown
from gmm_dash.explain.sentence import Spoken, Words, spell
from gmm_dash.results.restarts_claims import (
    best_found,
    restarts_badge_claim,
    restarts_caption_claims,
    restarts_claims,
)
from gmm_dash.results.study import COLLAPSED, optimum_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gmm_dash.results.study import Study

METHODS: Final = {"kmeans": "k-means", "gmm": "EM"}
OBJECTIVES: Final = {
    "kmeans": "Inertia (lower is better)",
    "gmm": "Log-likelihood per point (higher is better)",
}
START_NAMES: Final = {
    "kmeans": "k-means",
    "k-means++": "k-means++",
    "random_from_data": "random points",
    "random": "random shares",
}
KMEANS_START_NAMES: Final = {"k-means++": "k-means++", "random": "random points"}
WAITING: Final = (
    "So many starts take a while with these points. Press Start; results appear as they are "
    "computed, and you can stop at any time."
)
_MOST: Final = 5  # ends listed
_VALUES: Final = {"kmeans": "inertia", "gmm": "log-likelihood"}
_BEST: Final = {"kmeans": "lowest inertia", "gmm": "highest log-likelihood"}


def start_names(algorithm: str) -> dict[str, str]:
    """Return what each kind of start of an algorithm is called."""
    return KMEANS_START_NAMES if algorithm == "kmeans" else START_NAMES


def restarts_spoken(kmeans: Study, gmm: Study, *, finished: bool, tol: float, d: int) -> Spoken:
    """Return all that the view says of its starts, in ``d`` columns; see ``restarts_claims``."""
    studies = {"kmeans": kmeans, "gmm": gmm}
    claims = restarts_claims(kmeans, gmm, finished=finished, tol=tol)
    parts = {"notice": spell(claims, WORDS)}
    for name, study in studies.items():
        parts[f"caption.{name}"] = spell(restarts_caption_claims(study, d), WORDS)
        parts[f"badge.{name}"] = spell([restarts_badge_claim(study)], WORDS)
    return Spoken(
        parts,
        {
            "kmeans.inertia": best_found(kmeans),
            "kmeans.starts": len(kmeans.starts),
            "gmm.log_likelihood": best_found(gmm),
            "gmm.starts": len(gmm.starts),
        },
    )


def start_hover(study: Study, i: int) -> str:
    """Return what the plot says of one start, as lines for Plotly."""
    start, optimum = study.starts[i], int(study.optimum[i])
    name = optimum_name(optimum)
    where = "collapsed: not compared" if optimum == COLLAPSED else f"end {name}"
    lines = [
        f"<b>start {start.number + 1}: {start_names(study.algorithm)[start.kind]}</b>",
        f"{'inertia' if study.algorithm == 'kmeans' else 'log-likelihood'} = "
        f"{shown(start.objective, 6)}",
        where + (" (the best found)" if optimum == 0 else ""),
        f"seed {start.seed}, {counted(start.n_iter, 'iteration')}",
        "" if start.converged else "stopped at the iteration limit",
        "click to see this fit",
    ]
    return "<br>".join(line for line in lines if line)


def optima_table(study: Study) -> dict[str, list[object]]:
    """Return the distinct ends, best first, as head and body of a table."""
    sign = "+" if study.algorithm == "kmeans" else ""
    body: list[object] = []
    kept = study.representatives[:_MOST]
    for i, start in enumerate(kept):
        best, mine = kept[0].objective or 0.0, start.objective or 0.0
        apart = "best" if i == 0 else f"{sign}{shown(mine - best, 3)}"
        count = study.count(i)
        share = percent(count / len(study.starts))
        body.append([optimum_name(i), shown(mine, 6), apart, f"{count}", share])
    rest = len(study.representatives) - len(kept)
    if rest > 0:
        many = sum(study.count(i) for i in range(_MOST, _MOST + rest))
        name = f"{rest} more"
        body.append([name, "", "", f"{many}", percent(many / len(study.starts))])
    if fallen := study.count(COLLAPSED):
        body.append(["collapsed", "", "", f"{fallen}", percent(fallen / len(study.starts))])
    return {"head": ["End", "Objective", "To the best", "Starts", "Share"], "body": body}


def _all_collapsed(algorithm: str, total: int) -> str:
    one = "The one start" if total == 1 else f"All {total} starts"
    return f"{one} of {METHODS[algorithm]} collapsed."


def _same_place(algorithm: str, total: int, best: float) -> str:
    who = f"The one start of {METHODS[algorithm]} ends at"
    if total > 1:
        who = f"All {total} starts of {METHODS[algorithm]} end in one and the same place, at"
    return f"{who} {_VALUES[algorithm]} {shown(best)}."


def _one_place(algorithm: str, total: int, best: float, ended: int, fallen: int) -> str:
    where = "ends at" if ended == 1 else "end in one and the same place, at"
    return (
        f"{ended} of {total} starts of {METHODS[algorithm]} {where} {_VALUES[algorithm]} "
        f"{shown(best)}; {fallen} collapsed."
    )


def _places(
    algorithm: str, total: int, best: float, there: int, elsewhere: int, places: int, fallen: int
) -> str:
    lost = f"; {fallen} collapsed" if fallen else ""
    return (
        f"{there} of {total} starts of {METHODS[algorithm]} {_verb(there)} where the "
        f"{_BEST[algorithm]} was found ({shown(best)}); {elsewhere} {_verb(elsewhere)} in "
        f"{counted(places, 'other place')}{lost}."
    )


def _as_good(algorithm: str, starts: int, value: float) -> str:
    return (
        f"{starts} of those that end elsewhere {'has' if starts == 1 else 'have'} the same "
        f"{_VALUES[algorithm]} to within {_within(algorithm, value)}."
    )


def _left_out(algorithm: str, starts: int) -> str:
    better = "higher" if algorithm == "gmm" else "lower"
    which = "1 collapsed start has" if starts == 1 else f"{starts} collapsed starts have"
    return f"{which} a {better} {_VALUES[algorithm]}, and {_is(starts)} left out."


def _limit(algorithm: str, starts: int) -> str:
    return (
        f"{counted(starts, 'start')} of {METHODS[algorithm]} {_is(starts, past=True)} stopped by "
        "the iteration limit."
    )


def _tolerance(tol: float) -> str:
    return (
        "A run of EM ends when a step changes the log-likelihood per point by less than "
        f"tol = {tol:g}; that need not be rest."
    )


def _kinds(best: str, worst: str, much: float, little: float) -> str:
    return (
        f"Of these starts of EM, {percent(much)} of those from {START_NAMES[best]} end where the "
        f"highest log-likelihood was found, and {percent(little)} of those from "
        f"{START_NAMES[worst]}."
    )


def _vary_kind(chance: float, pairs: int) -> str:
    return (
        f"That is hardly chance ({_test(chance, pairs)}): vary the kind of start, not only the "
        "seed."
    )


def _maybe_chance(chance: float, pairs: int) -> str:
    return f"That may be chance ({_test(chance, pairs)})."


def _test(chance: float, pairs: int) -> str:
    corrected = f", corrected for {pairs} pairs of kinds" if pairs > 1 else ""
    return f"Fisher's exact test{corrected}: p = {shown(chance, 2)}"


def _shares(algorithm: str, shares: Mapping[str, float]) -> str:
    names = start_names(algorithm)
    listed = ", ".join(f"{names[kind]} {percent(share)}" for kind, share in shares.items())
    return f"Share that ends where the best value was found, by kind of start: {listed}."


def _hollow(starts: int) -> str:
    return f"{counted(starts, 'start')} collapsed (hollow)."


def _not_drawn(starts: int) -> str:
    return f"{counted(starts, 'start')} broke down without a value, and {_is(starts)} not drawn."


def _one_end(algorithm: str, value: float, mean: float, directions: int) -> str:
    along = f", along {directions} fixed directions," if directions else ""
    return (
        f"Ends are one where their {_VALUES[algorithm]} agrees to {_within(algorithm, value)} and "
        f"their {'centres' if algorithm == 'kmeans' else 'means'}{along} to about "
        f"{shown(mean, 2)} standard deviations of the data."
    )


def _counted(starts: int, ends: int) -> str:
    return f"{counted(starts, 'start')} · {counted(ends, 'distinct end')}"


def _within(algorithm: str, value: float) -> str:
    return f"{100 * value:g} %" if algorithm == "kmeans" else f"{value:g}"


def _verb(count: int) -> str:
    return "ends" if count == 1 else "end"


def _is(count: int, *, past: bool = False) -> str:
    if past:
        return "was" if count == 1 else "were"
    return "is" if count == 1 else "are"


WORDS: Final[Words] = {
    "restarts.all-collapsed": _all_collapsed,
    "restarts.same-place": _same_place,
    "restarts.one-place": _one_place,
    "restarts.places": _places,
    "restarts.as-good": _as_good,
    "restarts.left-out": _left_out,
    "restarts.limit": _limit,
    "restarts.tolerance": _tolerance,
    "restarts.kinds": _kinds,
    "restarts.vary-kind": _vary_kind,
    "restarts.maybe-chance": _maybe_chance,
    "restarts.shares": _shares,
    "restarts.hollow": _hollow,
    "restarts.not-drawn": _not_drawn,
    "restarts.one-end": _one_end,
    "restarts.counted": _counted,
}
