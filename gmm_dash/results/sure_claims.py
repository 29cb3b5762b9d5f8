"""What is true of a model's test and refits and worth saying; and what a methods section needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gmm_dash.engine import weighted_init
from gmm_dash.engine.bootstrap import SAME_END
from gmm_dash.results.claim import Claim
from gmm_dash.results.select_claims import select_claims
from gmm_dash.results.sure import LEVEL, LOWEST_TENTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gmm_dash.results.points import Points
    from gmm_dash.results.select import Selection
    from gmm_dash.results.select_claims import Asked
    from gmm_dash.results.sure import Model, Sure
    from gmm_dash.state import AppState

STEADY: Final = ((0.9, "same"), (0.7, "mostly"))
"""Mean adjusted Rand index from which on labels are said to stay; below they change."""

_OF_THE_COMPARISON: Final = (
    "select.winner",
    "select.more-parameters",
    "select.edge",
    "select.evidence",
    "select.others",
)


def sure_claims(sure: Sure, *, finished: bool) -> tuple[Claim, ...]:
    """Return what test and refits show so far; the verdict once they are finished."""
    if sure.observed is None:
        return ()
    return tuple(_claims(sure, finished=finished))


def offer_claims(model: Model) -> tuple[Claim, ...]:
    """Return what would be tested."""
    facts = _tested(model) | {"chosen": model.chosen, "replicates": model.replicates}
    return (Claim("sure.offer", facts),)


def picture_claims(sure: Sure) -> tuple[Claim, ...]:
    """Return what the plot shows."""
    if sure.statistic is None:
        return ()
    facts = {"statistic": sure.statistic, "replicates": len(sure.statistics)}
    return (Claim("sure.picture", facts),)


def chosen_claims(
    selection: Selection, points: Points, asked: Asked, state: AppState
) -> tuple[Claim, ...]:
    """Return what a methods section says of a finished comparison."""
    best = selection.best(asked.criterion)
    if best is None:
        return ()
    m, n, gaps = state.model, points.n_with_gaps, points.gaps
    init = m.drawn if points.weighting is None else weighted_init(m.drawn)
    if gaps is not None:
        init = "kmeans"
    ks = [row.n_components for row in selection.mixtures]
    fitted = {
        "n": n,
        "of": points.n_total,
        "d": points.origin.d,
        "components": points.d if points.reduction else 0,
        "kept": points.reduction.kept if points.reduction else 1.0,
        "scaled": state.data.scale != "none",
        "low": min(ks),
        "high": max(ks),
        "kinds": tuple(dict.fromkeys(row.covariance_type for row in selection.mixtures)),
        "init": init,
        "n_init": m.n_init,
        "seed": m.seed,
        "climbs": m.climbs and gaps is None and points.weighting is None,
        "tol": m.tol,
        "max_iter": m.max_iter,
        "reg_covar": m.reg_covar,
    }
    size = {"parameters": best.n_parameters, "rows": n / best.n_parameters}
    said = [
        one for one in select_claims(selection, points, asked) if one.code in _OF_THE_COMPARISON
    ]
    first = [Claim("methods.fitted", fitted)]
    if gaps is not None:
        first.append(Claim("methods.gaps", {"gaps": gaps.n}))
    if points.weighting is not None:
        counts = points.weighting.counts
        facts = {"column": points.weighted_by, "total": points.n_counted if counts else 0}
        first.append(Claim("methods.weights", facts))
    return (*first, said[0], Claim("methods.size", size), *said[1:])


def without_test_claims(points: Points) -> tuple[Claim, ...]:
    """Return why there is no test, where there is none for these points."""
    if points.weighting is not None:
        return (Claim("sure.weights"),)
    return () if points.gaps is None else (Claim("sure.gaps"),)


def methods_claims(sure: Sure, *, finished: bool) -> tuple[Claim, ...]:
    """Return what a methods section says of the test and the refits."""
    found = sure_claims(sure, finished=finished)
    if sure.p_value is None or not finished:
        return found
    how = _tested(sure.model) | {"replicates": len(sure.statistics) + sure.collapsed}
    out = [Claim("methods.test", how)]
    for claim in found:
        if claim.code == "sure.labels":
            out.append(Claim("methods.labels", {"refits": len(sure.agreements) + sure.unsound}))
        out.append(claim)
    return tuple(out)


def _tested(model: Model) -> dict[str, Any]:
    return {"kind": model.covariance_type, "null": model.null}


def _claims(sure: Sure, *, finished: bool) -> Iterator[Claim]:
    model, observed = sure.model, sure.observed
    assert observed is not None  # as the caller looked
    if sure.statistic is None:
        k = model.null + bool(observed["sound"])
        yield Claim("sure.no-test", {"kind": model.covariance_type, "k": k})
    elif sure.p_value is not None:
        yield from _test(sure, finished=finished)
    if sure.agreement is not None:
        low = float(np.quantile(sure.agreements, LOWEST_TENTH))
        word = next((word for end, word in STEADY if sure.agreement >= end), "change")
        facts = {"mean": sure.agreement, "low": low, "refits": len(sure.agreements), "word": word}
        yield Claim("sure.labels", facts)
    if sure.unsound:
        yield Claim("sure.unsound", {"refits": sure.unsound})
    if model.chosen == 1:
        yield Claim("sure.one-group")
    yield from _search(sure)


def _test(sure: Sure, *, finished: bool) -> Iterator[Claim]:
    p, error, statistic = sure.p_value, sure.error, sure.statistic
    assert p is not None
    assert error is not None
    assert statistic is not None
    as_much = int((sure.statistics >= statistic).sum())
    facts = {
        "statistic": statistic,
        "as_much": as_much,
        "replicates": len(sure.statistics),
        "p": p,
        "error": error,
    }
    yield Claim("sure.p", _tested(sure.model) | facts)
    if finished:
        code = "sure.rejected" if p <= LEVEL else "sure.not-rejected"
        yield Claim(code, _tested(sure.model))
        if abs(p - LEVEL) < 2.0 * error:
            yield Claim("sure.near", {"replicates": len(sure.statistics)})
    if sure.collapsed:
        yield Claim("sure.left-out", {"replicates": sure.collapsed, "k": sure.model.null + 1})


def _search(sure: Sure) -> Iterator[Claim]:
    """Yield how often the search found what it found, and whether there is better."""
    observed, best = sure.observed, sure.model.best
    assert observed is not None
    if observed["log_likelihood"] is None:
        return
    facts = {name: observed[name] for name in ("reached", "starts", "above")}
    yield Claim("sure.starts", facts | {"k": sure.model.chosen})
    if best is not None and best > observed["log_likelihood"] + SAME_END:
        yield Claim("sure.short", {"apart": best - observed["log_likelihood"]})
