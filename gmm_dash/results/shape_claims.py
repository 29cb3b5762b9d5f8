"""What the four covariance types show beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.results.claim import Claim
from gmm_dash.results.compare_claims import more_parameters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gmm_dash.engine import MixtureFit
    from gmm_dash.results.comparison import Shapes

_EQUAL: Final = 1e-6  # of BIC: the same model, but for rounding


def ranked(result: Shapes) -> list[MixtureFit]:
    """Return the sound fits by BIC, the best first; of equals the one of fewer parameters."""
    sound = [fit for fit in result.fits if not fit.degenerate.any()]
    return sorted(sound, key=lambda fit: (round(fit.bic / _EQUAL), fit.n_parameters))


def shape_claims(result: Shapes) -> tuple[Claim, ...]:
    """Return which covariance type BIC is lowest for, and what it must be told with."""
    best = ranked(result)
    if not best:
        return (Claim("shapes.all-collapsed", {"k": result.fits[0].n_components}),)
    return (*_best(best), *more_parameters(best[0], result.points.n))


def _best(best: list[MixtureFit]) -> Iterable[Claim]:
    first = best[0]
    name = str(first.covariance_type)
    if len(best) == 1:
        yield Claim("shapes.only-one", {"best": name, "bic": first.bic})
        return
    second = best[1]
    facts = {"best": name, "second": str(second.covariance_type), "bic": first.bic}
    if abs(second.bic - first.bic) <= _EQUAL:
        yield Claim("shapes.equal", facts)
        return
    yield Claim("shapes.best", facts | {"apart": second.bic - first.bic})


def shape_reason_claims(result: Shapes) -> tuple[Claim, ...]:
    """Return what BIC weighed against what between the best two; nothing where they are one."""
    best = ranked(result)
    if len(best) < 2 or abs(best[1].bic - best[0].bic) <= _EQUAL:
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
