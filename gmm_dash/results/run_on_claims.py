"""What is true of a run of EM that was carried on beyond its tolerance."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gmm_dash.results.claim import Claim

if TYPE_CHECKING:
    from gmm_dash.engine import MixtureFit


class CarriedOn(NamedTuple):
    """Where a run of EM comes to that goes on from its end.

    Attributes
    ----------
    n_iter : int
        Iterations from its start on.
    converged : bool
        Whether it rests.
    log_likelihood : float
        Mean per point, in nats.
    """

    n_iter: int
    converged: bool
    log_likelihood: float


def run_on_claims(fit: MixtureFit, on: CarriedOn | None, *, view: str) -> tuple[Claim, ...]:
    """Return that a fit was only slow, where ``on``, the same run carried on, is better.

    ``view`` is whose start it is: that of Compare is drawn, that of Step by step given.
    """
    if on is None:
        return ()
    facts = {
        "tol": fit.tol,
        "n_iter": fit.n_iter,
        "until": on.n_iter,
        "rested": on.converged,
        "here": fit.log_likelihood,
        "there": on.log_likelihood,
        "nats": (on.log_likelihood - fit.log_likelihood) * len(fit.labels),
    }
    return (Claim(f"{view}.only-slow", facts),)
