"""What is true of where many starts ended, and worth saying.

Starts are carried on to rest where that can be afforded; elsewhere a run ends when its rule of
stopping is met, which is not always rest: so these claims are about ends, never about optima.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scipy.stats import fisher_exact

from gmm_dash.engine.rest import REST_ITERATIONS, REST_TOL
from gmm_dash.results.claim import Claim
from gmm_dash.results.restarts import COLLAPSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gmm_dash.results.restarts import Restarts

CHANCE: Final = 0.01  # below this probability a difference of two shares is not put down to chance
_APART: Final = 0.2  # shares that differ by so much are worth a sentence, chance or not


def best_found(restarts: Restarts) -> float | None:
    """Return the best objective of a sound run, or None where no run is sound."""
    return restarts.representatives[0].objective if restarts.representatives else None


@dataclass(frozen=True, slots=True)
class Rule:
    """By which tolerance and limit an algorithm stops on the other views of the page."""

    tol: float
    max_iter: int


KMEANS_RULE: Final = Rule(1e-4, 300)  # scikit-learn's, which no setting of the page changes


def restarts_claims(kmeans: Restarts, gmm: Restarts) -> tuple[Claim, ...]:
    """Return where the starts so far have ended."""
    return tuple(claim for restarts in (kmeans, gmm) for claim in _places(restarts))


def restarts_stop_claims(restarts: Restarts, rule: Rule | None = None) -> tuple[Claim, ...]:
    """Return by what the runs of one algorithm stopped, and what was left to gain.

    Parameters
    ----------
    restarts : Restarts
    rule : Rule, optional
        The tolerance and the iteration limit of the page; those of k-means if not given.
    """
    return tuple(_stops(restarts, rule or KMEANS_RULE))


def restarts_kind_claims(gmm: Restarts) -> tuple[Claim, ...]:
    """Return which kind of start did best, which worst, and whether that can be chance.

    True of these starts only; worth saying once all are in.
    """
    return tuple(_kinds(gmm))


def restarts_caption_claims(restarts: Restarts) -> tuple[Claim, ...]:
    """Return what the strips of one algorithm show."""
    said = []
    if restarts.representatives:
        shares = restarts.reach_best()
        said.append(Claim("restarts.shares", {"algorithm": restarts.algorithm, "shares": shares}))
    fallen = [start for start in restarts.starts if not start.sound]
    hollow = sum(start.objective is not None for start in fallen)
    if hollow:
        said.append(Claim("restarts.hollow", {"starts": hollow}))
    if len(fallen) > hollow:
        said.append(Claim("restarts.not-drawn", {"starts": len(fallen) - hollow}))
    if restarts.representatives:
        facts = {"algorithm": restarts.algorithm, "n": restarts.n}
        said.append(Claim("restarts.one-end", facts))
    if restarts.starts and restarts.rested:
        rest = {"algorithm": restarts.algorithm, "tol": REST_TOL, "limit": REST_ITERATIONS}
        said.append(Claim("restarts.carried-on", rest))
    return tuple(said)


def restarts_badge_claim(restarts: Restarts) -> Claim:
    """Return how many starts there are, and how many ends that differ."""
    facts = {"starts": len(restarts.starts), "ends": len(restarts.representatives)}
    return Claim("restarts.counted", facts)


def _places(restarts: Restarts) -> Iterable[Claim]:
    """Yield where the starts of one algorithm ended."""
    total, fallen = len(restarts.starts), restarts.count(COLLAPSED)
    best = best_found(restarts)
    facts = {"algorithm": restarts.algorithm, "total": total}
    if not total:
        return
    if best is None:
        yield Claim("restarts.all-collapsed", facts)
        return
    there = restarts.count(0)
    variants, apart = restarts.variants(0)
    facts |= {
        "best": best,
        "n": restarts.n,
        "there": there,
        "variants": variants,
        "apart": apart,
        "points": restarts.looked_at,
        "fallen": fallen,
    }
    if there == total - fallen:
        yield Claim("restarts.one-place", facts)
    else:
        nearest, farthest = _behind(restarts, best)
        more = {"elsewhere": total - there - fallen, "nearest": nearest, "farthest": farthest}
        yield Claim("restarts.places", facts | more)
    yield from _left_out(restarts, best)


def _behind(restarts: Restarts, best: float) -> tuple[float | None, float | None]:
    """Return how much worse the other ends are: nats in total, or a share of the inertia."""
    values = [
        abs(start.objective - best)
        for start, end in zip(restarts.starts, restarts.optimum.tolist(), strict=True)
        if end > 0 and start.objective is not None
    ]
    unit = restarts.n if restarts.algorithm == "gmm" else 1.0 / best if best else None
    if unit is None:  # of no inertia nothing is a share
        return None, None
    return min(values) * unit, max(values) * unit


def _stops(restarts: Restarts, rule: Rule) -> Iterable[Claim]:
    """Yield by what the runs stopped, and what was left to gain."""
    sound = [start for start in restarts.starts if start.sound]
    facts = {"algorithm": restarts.algorithm, "tol": rule.tol, "limit": rule.max_iter}
    if not restarts.rested:
        if any(start.converged for start in sound):
            yield Claim("restarts.tolerance", facts)
    elif early := restarts.stopped_early():
        most = max(restarts.rise(start) for start in early)
        moved = max(start.moved for start in early)
        counts = {"starts": len(early), "most": most, "moved": moved, "n": restarts.n}
        yield Claim("restarts.stopped-early", facts | counts)
    limited = sum(not start.converged for start in sound)
    if limited:
        carried_on = restarts.rested and restarts.algorithm == "gmm"
        most_iterations = REST_ITERATIONS if carried_on else rule.max_iter
        facts = {"algorithm": restarts.algorithm, "starts": limited, "limit": most_iterations}
        yield Claim("restarts.limit", facts)


def _left_out(restarts: Restarts, best: float) -> Sequence[Claim]:
    """Return that collapsed runs have better values, which do not count."""
    sign = 1.0 if restarts.algorithm == "gmm" else -1.0
    beyond = sum(
        not start.sound and start.objective is not None and sign * (start.objective - best) > 0
        for start in restarts.starts
    )
    facts = {"algorithm": restarts.algorithm, "starts": beyond}
    return [Claim("restarts.left-out", facts)] if beyond else []


def _kinds(gmm: Restarts) -> Iterable[Claim]:
    """Yield the kinds of start that did best and worst, and whether that can be chance.

    Which two are compared is seen only from the shares, so the p-value of their test is
    multiplied by the number of pairs (Bonferroni): the best and the worst of four equal kinds
    differ at p < 0.01 more than twice as often as that.
    """
    shares = gmm.reach_best() if gmm.representatives else {}
    if len(shares) < 2:
        return
    best, worst = max(shares, key=lambda k: shares[k]), min(shares, key=lambda k: shares[k])
    rows = []
    for kind in (best, worst):
        ends = [end for s, end in zip(gmm.starts, gmm.optimum, strict=True) if s.kind == kind]
        there = sum(end == 0 for end in ends)
        rows.append([there, len(ends) - there])
    pairs = math.comb(len(shares), 2)
    chance = min(1.0, pairs * float(fisher_exact(rows)[1]))
    if chance >= CHANCE and shares[best] - shares[worst] < _APART:
        return
    facts = {"best": best, "worst": worst, "much": shares[best], "little": shares[worst]}
    yield Claim("restarts.kinds", facts)
    clear = "restarts.vary-kind" if chance < CHANCE else "restarts.maybe-chance"
    yield Claim(clear, {"chance": chance, "pairs": pairs})
