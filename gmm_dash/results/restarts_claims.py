"""What is true of where many starts ended, and worth saying.

A run ends when its rule of stopping is met, which is not always rest: so these claims are about
ends, never about optima.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from scipy.stats import fisher_exact

from gmm_dash.engine.restarts import SAME_OBJECTIVE, SAME_OPTIMUM
from gmm_dash.results.claim import Claim
from gmm_dash.results.study import COLLAPSED, DIRECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gmm_dash.results.study import Study

CHANCE: Final = 0.01  # below this probability a difference of two shares is not put down to chance
_APART: Final = 0.2  # shares that differ by so much are worth a sentence, chance or not


def best_found(study: Study) -> float | None:
    """Return the best objective of a sound run, or None where no run is sound."""
    return study.representatives[0].objective if study.representatives else None


def restarts_claims(kmeans: Study, gmm: Study, *, finished: bool, tol: float) -> tuple[Claim, ...]:
    """Return what the starts so far show.

    Parameters
    ----------
    kmeans, gmm : Study
    finished : bool
        Whether all starts are in; kinds of start are compared only then.
    tol : float
        The mixture's tolerance.
    """
    said = [claim for study in (kmeans, gmm) for claim in _places(study)]
    if any(start.sound and start.converged for start in gmm.starts):
        said.append(Claim("restarts.tolerance", {"tol": tol}))
    if finished:
        said += _kinds(gmm)
    return tuple(said)


def restarts_caption_claims(study: Study, d: int) -> tuple[Claim, ...]:
    """Return what the strips of one algorithm show, for data of ``d`` columns."""
    said = []
    if study.representatives:
        shares = study.reach_best()
        said.append(Claim("restarts.shares", {"algorithm": study.algorithm, "shares": shares}))
    fallen = [start for start in study.starts if not start.sound]
    hollow = sum(start.objective is not None for start in fallen)
    if hollow:
        said.append(Claim("restarts.hollow", {"starts": hollow}))
    if len(fallen) > hollow:
        said.append(Claim("restarts.not-drawn", {"starts": len(fallen) - hollow}))
    if study.representatives:
        many = d > DIRECTIONS  # then a sketch is in units of √d, along fixed directions
        facts = {
            "algorithm": study.algorithm,
            "value": SAME_OBJECTIVE,
            "mean": SAME_OPTIMUM * (math.sqrt(d) if many else 1.0),
            "directions": DIRECTIONS if many else 0,
        }
        said.append(Claim("restarts.one-end", facts))
    return tuple(said)


def restarts_badge_claim(study: Study) -> Claim:
    """Return how many starts there are, and how many ends that differ."""
    facts = {"starts": len(study.starts), "ends": len(study.representatives)}
    return Claim("restarts.counted", facts)


def _places(study: Study) -> Iterable[Claim]:
    """Yield where the starts of one algorithm ended."""
    total, fallen = len(study.starts), study.count(COLLAPSED)
    best, others = best_found(study), len(study.representatives) - 1
    facts = {"algorithm": study.algorithm, "total": total}
    if not total:
        return
    if best is None:
        yield Claim("restarts.all-collapsed", facts)
        return
    facts |= {"best": best}
    if not others and not fallen:
        yield Claim("restarts.same-place", facts)
    elif not others:
        yield Claim("restarts.one-place", facts | {"ended": total - fallen, "fallen": fallen})
    else:
        there = study.count(0)
        more = {"there": there, "elsewhere": total - there - fallen, "places": others}
        yield Claim("restarts.places", facts | more | {"fallen": fallen})
    yield from _as_good(study, best)
    yield from _left_out(study, best)
    limited = sum(start.sound and not start.converged for start in study.starts)
    if limited:
        yield Claim("restarts.limit", {"algorithm": study.algorithm, "starts": limited})


def _as_good(study: Study, best: float) -> Sequence[Claim]:
    """Return that some starts end elsewhere with the best value all the same."""
    close = SAME_OBJECTIVE * (abs(best) if study.algorithm == "kmeans" else 1.0)
    as_good = sum(
        end > 0 and start.objective is not None and abs(start.objective - best) <= close
        for start, end in zip(study.starts, study.optimum.tolist(), strict=True)
    )
    facts = {"algorithm": study.algorithm, "starts": as_good, "value": SAME_OBJECTIVE}
    return [Claim("restarts.as-good", facts)] if as_good else []


def _left_out(study: Study, best: float) -> Sequence[Claim]:
    """Return that collapsed runs have better values, which do not count."""
    sign = 1.0 if study.algorithm == "gmm" else -1.0
    beyond = sum(
        not start.sound and start.objective is not None and sign * (start.objective - best) > 0
        for start in study.starts
    )
    facts = {"algorithm": study.algorithm, "starts": beyond}
    return [Claim("restarts.left-out", facts)] if beyond else []


def _kinds(gmm: Study) -> Iterable[Claim]:
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
