"""Words for mixtures that are carried on from a sample to all rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.engine.cost import spoken
from gmm_dash.explain.numbers import counted
from gmm_dash.explain.select_hover import NAMES
from gmm_dash.explain.sentence import Sentence, Words, spell
from gmm_dash.results.whole_claims import whole_claims, whole_kept_claims, whole_offer_claims

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.results import Points
    from gmm_dash.results.select import Selection
    from gmm_dash.results.whole_claims import Offered, OfSample

NOTHING: Final = "Once the sample's models have been compared, they can be carried on here."


def offer_sentences(sample: Points, offered: Offered) -> tuple[Sentence, ...]:
    """Return what a press on "Start" would do."""
    return spell(whole_offer_claims(sample, offered), WORDS)


def kept_sentences(sample: Points, why: str, limit: int) -> tuple[Sentence, ...]:
    """Return why the comparison stays with a sample."""
    return spell(whole_kept_claims(sample, why, limit), WORDS)


def whole_sentences(
    selection: Selection, n: int, of_sample: OfSample, *, finished: bool
) -> tuple[Sentence, ...]:
    """Return what the mixtures of all ``n`` rows are, whole or still growing."""
    return spell(whole_claims(selection, n, of_sample, finished=finished), WORDS)


def _spans(counts: Sequence[int]) -> str:
    """Return numbers as ``"1 to 3 and 7"``."""
    parts: list[list[int]] = []
    for k in counts:
        if parts and k == parts[-1][1] + 1:
            parts[-1][1] = k
        else:
            parts.append([k, k])
    said = [f"{first}" if first == last else f"{first} to {last}" for first, last in parts]
    return " and ".join(said)


def _offer(models: int, counts: tuple[int, ...], n: int, passes: int) -> str:
    which = "the one mixture" if models == 1 else f"the {models} mixtures"
    each = "it" if models == 1 else "each"
    return (
        f"Start carries {which} of K = {_spans(counts)} on to all {n:,} rows: {each} goes on from "
        f"where it ended in the sample, by at most {counted(passes, 'pass', 'passes')} of EM over "
        "every row."
    )


def _left(counts: tuple[int, ...], seconds: float) -> str:
    return (
        f"K = {_spans(counts)} {'is' if len(counts) == 1 else 'are'} left out, farthest from the "
        f"sample's best: all of them would take more than {spoken(seconds)} of computing."
    )


def _models(models: int, n: int, slow: int, passes: int) -> str:
    late = f"; {slow:,} had not converged after {counted(passes, 'pass', 'passes')}" if slow else ""
    return f"{counted(models, 'mixture')} of all {n:,} rows{late}."


def _other(criterion: str, kind: str, k: int, was_kind: str, was_k: int) -> str:
    return (
        f"Of all rows {NAMES[criterion]} takes {kind}, K = {k}; of the sample it takes {was_kind}, "
        f"K = {was_k}."
    )


WORDS: Final[Words] = {
    "whole.sample": lambda n, n_total: (
        f"All models above are of a random sample of {n:,} of {n_total:,} rows, and so is their "
        "best."
    ),
    "whole.offer": _offer,
    "whole.left": _left,
    "whole.too-long": lambda limit: (
        f"They stay there: here models go on to at most {limit:,} rows (GMM_DASH_ALL_ROWS)."
    ),
    "whole.components": lambda: (
        "They stay there: the principal components are those of the sample."
    ),
    "whole.weights": lambda: "They stay there: passes over all rows take every row once.",
    "whole.models": _models,
    "whole.not-held-out": lambda criterion: (
        f"No row is held out of all rows: the best is that of {NAMES[criterion]}."
    ),
    "whole.same": lambda criterion, kind, k: (
        f"Of all rows {NAMES[criterion]} takes {kind}, K = {k}, as of the sample."
    ),
    "whole.other": _other,
}
