"""Words for a run of EM that met its tolerance and was only slow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.explain.numbers import counted, shown
from gmm_dash.explain.sentence import Sentence, Words, spell
from gmm_dash.results.run_on_claims import run_on_claims

if TYPE_CHECKING:
    from gmm_dash.engine import MixtureFit
    from gmm_dash.results.run_on_claims import CarriedOn

GO_ON: Final = "Carry the fit on to rest"


def run_on_sentences(fit: MixtureFit, on: CarriedOn | None, *, view: str) -> tuple[Sentence, ...]:
    """Return what carrying the mixture's start on has shown; nothing where it rose no further."""
    return spell(run_on_claims(fit, on, view=view), WORDS)


def _only_slow(
    tol: float,
    n_iter: int,
    until: int,
    rested: bool,  # noqa: FBT001  (facts by name)
    here: float,
    there: float,
    nats: float,
) -> str:
    end = "where it rests" if rested else "where it still moves"
    return (
        f"EM met tol = {tol:g} after {counted(n_iter, 'iteration')} but was only slow: carried on "
        f"to iteration {until:,}, {end}, the log-likelihood per point rises from {shown(here)} to "
        f"{shown(there)}, by {shown(nats, 2)} nats in total."
    )


WORDS: Final[Words] = {"compare.only-slow": _only_slow, "steps.only-slow": _only_slow}
