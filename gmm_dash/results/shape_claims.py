"""What the four covariance types show beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine.covariances import ONE_COLUMN
from gmm_dash.engine.nesting import SLACK, contains, is_smoothed
from gmm_dash.results.claim import Claim
from gmm_dash.results.compare_claims import more_parameters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gmm_dash.engine import MixtureFit
    from gmm_dash.results.comparison import Shapes

_EQUAL: Final = 1e-6  # of BIC: the same model, but for rounding


def ranked(result: Shapes) -> list[MixtureFit]:
    """Return the sound fits by BIC, the best first; of equals the one of fewer parameters.

    Types that are the same of one column compete once, if there is another to compete with.
    """
    sound = [fit for fit in result.fits if not fit.degenerate.any()]
    by_bic = sorted(sound, key=lambda fit: (round(fit.bic / _EQUAL), fit.n_parameters))
    if result.points.d > 1:
        return by_bic
    alike = [fit for fit in by_bic if fit.covariance_type in ONE_COLUMN]
    once = [fit for fit in by_bic if fit not in alike[1:]]
    return once if len(once) > 1 else by_bic


def shape_claims(result: Shapes) -> tuple[Claim, ...]:
    """Return which covariance type BIC is lowest for, and what it must be told with."""
    best = ranked(result)
    if not best:
        return (Claim("shapes.none-sound", {"k": result.fits[0].n_components}),)
    return (
        *_best(best, short=bool(_short(result))),
        *_short(result),
        *_left_out(result, best[0]),
        *more_parameters(best[0], result.points.n),
    )


def _best(best: list[MixtureFit], *, short: bool) -> Iterable[Claim]:
    first = best[0]
    name = str(first.covariance_type)
    if len(best) == 1:
        yield Claim("shapes.only-one", {"best": name, "bic": first.bic})
        return
    second = best[1]
    facts = {"best": name, "second": str(second.covariance_type), "bic": first.bic}
    apart = second.bic - first.bic
    if abs(apart) <= _EQUAL:
        yield Claim("shapes.equal", facts)
        return
    # a difference that a failed search has made is no evidence
    yield Claim("shapes.best", facts | {"apart": apart, "graded": not short})


def _short(result: Shapes) -> list[Claim]:
    """Return which search stopped short: a type that it contains is likelier."""
    if is_smoothed(result.points.fitted, result.fits[0].reg_covar):
        return []  # then EM does not maximise the likelihood, and no search is to blame
    sound = [fit for fit in result.fits if not fit.degenerate.any()]
    found = [
        Claim(
            "shapes.search-short",
            {"wider": str(wider.covariance_type), "narrower": str(narrower.covariance_type)},
        )
        for wider in sound
        for narrower in sound
        if contains(wider, narrower) and narrower.log_likelihood - wider.log_likelihood > SLACK
    ]
    return found[:1]


def _left_out(result: Shapes, best: MixtureFit) -> Iterable[Claim]:
    """Yield the lowest BIC of a type that is no candidate, where it is below the best."""
    fallen = [f for f in result.fits if f.degenerate.any() and f.bic < best.bic]
    if fallen:
        lowest = min(fallen, key=lambda fit: fit.bic)
        facts = {"kind": str(lowest.covariance_type), "bic": lowest.bic}
        yield Claim("shapes.left-out", facts)


def shape_reason_claims(result: Shapes) -> tuple[Claim, ...]:
    """Return what BIC weighed against what between the best two; nothing where they are one."""
    best = ranked(result)
    if len(best) < 2 or _short(result) or abs(best[1].bic - best[0].bic) <= _EQUAL:
        return ()
    first, second = best[0], best[1]
    n = result.points.n
    more = first.n_parameters - second.n_parameters
    price, gain = float(more * np.log(n)), 2 * n * (first.log_likelihood - second.log_likelihood)
    facts: dict[str, Any] = {
        "best": str(first.covariance_type),
        "second": str(second.covariance_type),
        "gain": gain,
    }
    if not more:
        return (Claim("shapes.same-price", facts | {"parameters": first.n_parameters}),)
    facts |= {"price": price, "more": more}
    if price > 0:
        return (Claim("shapes.pays", facts),)
    if gain >= 0:
        return (Claim("shapes.saves", facts),)
    return (Claim("shapes.would-cost", facts),)
