"""What is true of mixtures that are carried on from a sample to all rows, and worth saying."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gmm_dash.engine.criteria import BIC, CRITERIA
from gmm_dash.results.claim import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gmm_dash.results.points import Points
    from gmm_dash.results.select import Selection


@dataclass(frozen=True, slots=True)
class Offered:
    """What would be carried on.

    Attributes
    ----------
    models : int
    counts, left : sequence of int
        Numbers of components that are carried on, and those that there is no time for.
    passes : int
        The most over all rows, for one mixture.
    seconds : float
        The most that all of them may take, by estimate.
    together : (int, int), optional
        The most mixtures that go on in the same passes, and the most numbers of their sums; None
        where each goes on by itself.
    """

    models: int
    counts: Sequence[int]
    left: Sequence[int]
    passes: int
    seconds: float
    together: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class OfSample:
    """The best of the sample.

    Attributes
    ----------
    covariance_type : str
    n_components : int
    criterion : str
        By which it is.
    """

    covariance_type: str
    n_components: int
    criterion: str


def ranked_by(criterion: str) -> str:
    """Return what mixtures of all rows are ranked by: no row is held out of them."""
    return BIC.name if CRITERIA[criterion].held_out else criterion


def whole_offer_claims(sample: Points, offered: Offered) -> Iterable[Claim]:
    """Return what the comparison is of, and what a press on "Start" would do."""
    yield Claim("whole.sample", {"n": sample.n, "n_total": sample.n_total})
    facts = {"models": offered.models, "counts": tuple(offered.counts), "n": sample.n_total}
    yield Claim("whole.offer", facts | {"passes": offered.passes})
    if offered.left:
        yield Claim("whole.left", {"counts": tuple(offered.left), "seconds": offered.seconds})


def elsewhere_offer_claims(sample: Points, n: int, url: str, offered: Offered) -> Iterable[Claim]:
    """Return the same of a table in many files, with ``n`` complete rows at ``url``."""
    yield elsewhere_claim(sample, n, url)
    facts = {"models": offered.models, "counts": tuple(offered.counts)}
    yield Claim("whole.elsewhere-offer", facts | {"passes": offered.passes})
    if offered.left and offered.together:
        models, numbers = offered.together
        facts = {"counts": tuple(offered.left), "models": models, "numbers": numbers}
        yield Claim("whole.elsewhere-left", facts)


def elsewhere_claim(sample: Points, n: int, url: str) -> Claim:
    """Return which rows the comparison is of, where the table is in many files."""
    return Claim("whole.elsewhere", {"n": sample.n, "n_total": n, "url": url})


def elsewhere_claims(left_out: int) -> Iterator[Claim]:
    """Return what else there is to say of models of all rows of such a table."""
    if left_out:
        yield Claim("whole.left-out", {"rows": left_out})


def whole_kept_claims(sample: Points, why: str, limit: int) -> Iterable[Claim]:
    """Return what the comparison is of, and why nothing is carried on."""
    yield Claim("whole.sample", {"n": sample.n, "n_total": sample.n_total})
    if why == "rows":
        yield Claim("whole.too-long", {"limit": limit})
    else:
        yield Claim({"pca": "whole.components"}.get(why, f"whole.{why}"))


def whole_claims(
    selection: Selection, n: int, of_sample: OfSample, *, finished: bool
) -> Iterator[Claim]:
    """Return what the mixtures of all ``n`` rows are, and where their best is another one.

    Parameters
    ----------
    selection : Selection
        Of all rows, whole or still growing.
    n : int
    of_sample : OfSample
    finished : bool
    """
    rows = [row for row in selection.mixtures if row.log_likelihood is not None]
    if not rows:
        return
    slow = sum(not row.converged for row in rows)
    passes = max(row.n_iter for row in rows)
    yield Claim("whole.models", {"models": len(rows), "n": n, "slow": slow, "passes": passes})
    criterion = ranked_by(of_sample.criterion)
    if criterion != of_sample.criterion:
        yield Claim("whole.not-held-out", {"criterion": criterion})
        return
    best = selection.best(criterion)
    if finished and best is not None:
        facts = {"criterion": criterion}
        now, before = (
            {"kind": one.covariance_type, "k": one.n_components} for one in (best, of_sample)
        )
        if now == before:
            yield Claim("whole.same", facts | now)
        else:
            was = {f"was_{name}": value for name, value in before.items()}
            yield Claim("whole.other", facts | now | was)
