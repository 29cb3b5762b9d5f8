"""Words for the study of restarts: where the starts end, and how often at the best found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.engine.rest import SAME_NATS, SAME_SHARE
from gmm_dash.explain.numbers import counted, percent, shown
from gmm_dash.explain.sentence import Spoken, Words, spell
from gmm_dash.results.restarts import COLLAPSED, optimum_name
from gmm_dash.results.restarts_claims import (
    Rule,
    best_found,
    restarts_badge_claim,
    restarts_caption_claims,
    restarts_claims,
    restarts_kind_claims,
    restarts_stop_claims,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gmm_dash.results.restarts import Restarts

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
NOTES: Final = ("notes.kmeans", "notes.gmm", "notes.kinds")
_MOST: Final = 5  # ends listed
_VALUES: Final = {"kmeans": "inertia", "gmm": "log-likelihood"}
_BEST: Final = {"kmeans": "lowest inertia", "gmm": "highest log-likelihood"}


def start_names(algorithm: str) -> dict[str, str]:
    """Return what each kind of start of an algorithm is called."""
    return KMEANS_START_NAMES if algorithm == "kmeans" else START_NAMES


def restarts_spoken(kmeans: Restarts, gmm: Restarts, *, finished: bool, rule: Rule) -> Spoken:
    """Return all that the view says of its starts; see ``results.restarts_claims``.

    Parameters
    ----------
    kmeans, gmm : Restarts
    finished : bool
        Whether all starts are in; kinds of start are compared only then.
    rule : Rule
        The mixture's tolerance and iteration limit.
    """
    both = {"kmeans": kmeans, "gmm": gmm}
    parts = {
        "notice": spell(restarts_claims(kmeans, gmm), WORDS),
        "notes.kmeans": spell(restarts_stop_claims(kmeans), WORDS),
        "notes.gmm": spell(restarts_stop_claims(gmm, rule), WORDS),
        "notes.kinds": spell(restarts_kind_claims(gmm) if finished else (), WORDS),
    }
    numbers: dict[str, float | None] = {}
    for (name, restarts), value in zip(both.items(), ("inertia", "log_likelihood"), strict=True):
        parts[f"caption.{name}"] = spell(restarts_caption_claims(restarts), WORDS)
        parts[f"badge.{name}"] = spell([restarts_badge_claim(restarts)], WORDS)
        numbers |= {
            f"{name}.{value}": best_found(restarts),
            f"{name}.starts": len(restarts.starts),
            f"{name}.reach_best": restarts.count(0),
            f"{name}.ends": len(restarts.representatives),
        }
    return Spoken(parts, numbers)


def start_hover(restarts: Restarts, i: int) -> str:
    """Return what the plot says of one start, as lines for Plotly."""
    start, optimum = restarts.starts[i], int(restarts.optimum[i])
    name = optimum_name(optimum)
    where = "collapsed: not compared" if optimum == COLLAPSED else f"end {name}"
    lines = [
        f"<b>start {start.number + 1}: {start_names(restarts.algorithm)[start.kind]}</b>",
        f"{'inertia' if restarts.algorithm == 'kmeans' else 'log-likelihood'} = "
        f"{shown(start.objective, 6)}",
        where + (" (the best found)" if optimum == 0 else ""),
        f"seed {start.seed}, {counted(start.n_iter, 'iteration')}",
        "" if start.converged else "stopped at the iteration limit",
        f"by the page's own tol: {shown(start.stopped, 6)}" if restarts.rise(start) > 0 else "",
        "click to see this fit",
    ]
    return "<br>".join(line for line in lines if line)


def optima_table(restarts: Restarts) -> dict[str, list[object]]:
    """Return the distinct ends, best first, as head and body of a table."""
    sign = "+" if restarts.algorithm == "kmeans" else ""
    body: list[object] = []
    kept = restarts.representatives[:_MOST]
    for i, start in enumerate(kept):
        best, mine = kept[0].objective or 0.0, start.objective or 0.0
        apart = "best" if i == 0 else f"{sign}{shown(mine - best, 3)}"
        count = restarts.count(i)
        share = percent(count / len(restarts.starts))
        variants = f"{restarts.variants(i)[0]}"
        body.append([optimum_name(i), shown(mine, 6), apart, f"{count}", share, variants])
    rest = len(restarts.representatives) - len(kept)
    if rest > 0:
        many = sum(restarts.count(i) for i in range(_MOST, _MOST + rest))
        name = f"{rest} more"
        body.append([name, "", "", f"{many}", percent(many / len(restarts.starts)), ""])
    if fallen := restarts.count(COLLAPSED):
        body.append(["collapsed", "", "", f"{fallen}", percent(fallen / len(restarts.starts)), ""])
    head: list[object] = ["End", "Objective", "To the best", "Starts", "Share", "Variants"]
    return {"head": head, "body": body}


def _all_collapsed(algorithm: str, total: int) -> str:
    one = "The one start" if total == 1 else f"All {total} starts"
    return f"{one} of {METHODS[algorithm]} collapsed."


def _one_place(algorithm: str, total: int, best: float, fallen: int, **group: int) -> str:
    if total == 1:
        return f"The one start of {METHODS[algorithm]} ends at {_VALUES[algorithm]} {shown(best)}."
    lost = f"; {fallen} collapsed" if fallen else ""
    who = f"{group['there']} of {total} starts" if fallen else f"All {total} starts"
    return f"{who} of {METHODS[algorithm]} {_arrive(algorithm, best, **group)}{lost}."


def _places(
    algorithm: str,
    total: int,
    best: float,
    fallen: int,
    elsewhere: int,
    nearest: float | None,
    farthest: float | None,
    **group: int,
) -> str:
    lost = f"; {fallen} collapsed" if fallen else ""
    return (
        f"{group['there']} of {total} starts of {METHODS[algorithm]} "
        f"{_arrive(algorithm, best, **group)}; {elsewhere} {_verb(elsewhere)} "
        f"elsewhere{_worse(algorithm, nearest, farthest)}{lost}."
    )


def _arrive(
    algorithm: str, best: float, *, n: int, there: int, variants: int, apart: int, points: int
) -> str:
    """Return that so many starts end with the best value found, or as good a one."""
    if there == 1:
        return f"ends at the {_BEST[algorithm]} found ({shown(best)})"
    where = f"end within {within(algorithm, n)} of the {_BEST[algorithm]} found ({shown(best)})"
    return where + _as_variants(variants, apart, points, n)


def _as_variants(variants: int, apart: int, points: int, n: int) -> str:
    """Return in how many ways those starts divide the points."""
    if variants == 1:
        looked = "" if points == n else f" on {points:,} points drawn"
        return f", all with the same clusters{looked}"
    of = f"{points:,} points" if points == n else f"{points:,} points drawn"
    return f", in {variants} variants that differ from the best in at most {apart} of {of}"


def _worse(algorithm: str, nearest: float | None, farthest: float | None) -> str:
    """Return how much worse the other ends are."""
    if nearest is None or farthest is None:
        return ""
    if algorithm == "kmeans":
        least, most, unit = percent(nearest), percent(farthest), "worse"
    else:
        least, most, unit = shown(nearest, 2), shown(farthest, 2), "nats lower in total"
    span = most if least == most else f"{least} to {most}"
    return f", {span} {unit}"


def _left_out(algorithm: str, starts: int) -> str:
    better = "higher" if algorithm == "gmm" else "lower"
    which = "1 collapsed start has" if starts == 1 else f"{starts} collapsed starts have"
    return f"{which} a {better} {_VALUES[algorithm]}, and {_is(starts)} left out."


def _limit(algorithm: str, starts: int, limit: int) -> str:
    return (
        f"{counted(starts, 'start')} of {METHODS[algorithm]} {_is(starts, past=True)} stopped by "
        f"the limit of {counted(limit, 'iteration')}."
    )


def _tolerance(algorithm: str, tol: float, limit: int) -> str:  # noqa: ARG001  (facts of one claim)
    much = "Carrying all these starts on to rest would take too long: "
    if algorithm == "kmeans":
        return (
            f"{much}a run of k-means ends when its centres move by less than tol = {tol:g} of the "
            "variance, where points may still be to move."
        )
    return (
        f"{much}a run of EM ends when a step changes the log-likelihood per point by less than "
        f"tol = {tol:g}, and that need not be rest."
    )


def _stopped_early(
    algorithm: str, tol: float, limit: int, starts: int, most: float, moved: int, n: int
) -> str:
    had = f"tol = {tol:g} and {counted(limit, 'iteration')} at most would have stopped {starts}"
    if algorithm == "kmeans":
        return f"k-means: {had} with points still to move, up to {moved:,} of {n:,}."
    total = shown(most * n, 2)
    return (
        f"EM: {had} with more than {within('gmm', n)} still to rise, up to {shown(most, 2)} "
        f"({total} nats in total)."
    )


def _carried_on(algorithm: str, tol: float, limit: int) -> str:
    if algorithm == "kmeans":
        return "Each start runs on until no point moves (tol = 0)."
    return f"Each start runs on until it rests: tol = {tol:g}, {limit:,} iterations at most."


def _kinds(best: str, worst: str, much: float, little: float) -> str:
    return (
        f"Of these starts of EM, {percent(much)} of those from {START_NAMES[best]} end with the "
        f"highest log-likelihood found, and {percent(little)} of those from {START_NAMES[worst]}."
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
    return f"Share that ends with the best value found, by kind of start: {listed}."


def _hollow(starts: int) -> str:
    return f"{counted(starts, 'start')} collapsed (hollow)."


def _not_drawn(starts: int) -> str:
    return f"{counted(starts, 'start')} broke down without a value, and {_is(starts)} not drawn."


def _one_end(algorithm: str, n: int) -> str:
    return f"Ends count as one within {within(algorithm, n)} of the {_BEST[algorithm]} of them."


def _counted(starts: int, ends: int) -> str:
    return f"{counted(starts, 'start')} · {counted(ends, 'distinct end')}"


def within(algorithm: str, n: int) -> str:
    """Return how close values are that count as one, in words."""
    if algorithm == "kmeans":
        return f"{100 * SAME_SHARE:g} %"
    if SAME_NATS / n < SAME_SHARE:
        return f"{SAME_NATS:g} nat in total"
    return f"{SAME_SHARE:g} per point"


def _verb(count: int) -> str:
    return "ends" if count == 1 else "end"


def _is(count: int, *, past: bool = False) -> str:
    if past:
        return "was" if count == 1 else "were"
    return "is" if count == 1 else "are"


WORDS: Final[Words] = {
    "restarts.all-collapsed": _all_collapsed,
    "restarts.one-place": _one_place,
    "restarts.places": _places,
    "restarts.left-out": _left_out,
    "restarts.limit": _limit,
    "restarts.tolerance": _tolerance,
    "restarts.stopped-early": _stopped_early,
    "restarts.carried-on": _carried_on,
    "restarts.kinds": _kinds,
    "restarts.vary-kind": _vary_kind,
    "restarts.maybe-chance": _maybe_chance,
    "restarts.shares": _shares,
    "restarts.hollow": _hollow,
    "restarts.not-drawn": _not_drawn,
    "restarts.one-end": _one_end,
    "restarts.counted": _counted,
}
