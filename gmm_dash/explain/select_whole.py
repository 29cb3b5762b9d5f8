"""Words for mixtures that are carried on from a sample to all rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.engine.cost import spoken
from gmm_dash.explain.numbers import counted
from gmm_dash.explain.select_hover import NAMES
from gmm_dash.explain.sentence import Sentence, Words, spell
from gmm_dash.results.whole_claims import (
    elsewhere_claim,
    elsewhere_claims,
    elsewhere_offer_claims,
    whole_claims,
    whole_kept_claims,
    whole_offer_claims,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmm_dash.results import Points
    from gmm_dash.results.select import Selection
    from gmm_dash.results.whole_claims import Offered, OfSample

NOTHING: Final = "Once the sample's models have been compared, they can be carried on here."


def offer_sentences(sample: Points, offered: Offered) -> tuple[Sentence, ...]:
    """Return what a press on "Start" would do."""
    return spell(whole_offer_claims(sample, offered), WORDS)


def elsewhere_sentences(
    sample: Points, n: int, url: str, offered: Offered | None
) -> tuple[Sentence, ...]:
    """Return the same of a table in many files; with nothing offered, which rows were compared."""
    if offered is None:
        return spell([elsewhere_claim(sample, n, url)], WORDS)
    return spell(elsewhere_offer_claims(sample, n, url, offered), WORDS)


def left_out_sentences(left_out: int) -> tuple[Sentence, ...]:
    """Return how many rows of such a table no model is of."""
    return spell(elsewhere_claims(left_out), WORDS)


def starting(done: int, of: int) -> str:
    """Return how many starts of such a table's models have been found in the sample."""
    return f"Starts in the sample: {done:,} of {of:,}."


def progress(iteration: int, done: int, of: int, moving: int, models: int) -> str:
    """Return how far many models of such a table are.

    Parameters
    ----------
    iteration : int
        The present one, from 1.
    done, of : int
        Blocks of rows in it.
    moving, models : int
        Those that have not met the tolerance, and all; with none that moves it is the last pass.
    """
    what = f"Iteration {iteration}, {moving:,} of {counted(models, 'model')} still move"
    if moving == 1:
        what += "s"
    if not moving:
        what = "Last pass, for the scores"
    return f"{what}: {done:,} of {counted(of, 'block')} of all rows."


def estimate(mixtures: int, kmeans: int, seconds: float) -> str:
    """Return what the models of such a table would take."""
    return f"{_both(mixtures, kmeans)}: about {spoken(seconds)} of computing"


def finished(mixtures: int, kmeans: int, passes: int) -> str:
    """Return what the models of such a table took."""
    return f"{_both(mixtures, kmeans)} in {counted(passes, 'pass', 'passes')} over all rows"


def _both(mixtures: int, kmeans: int) -> str:
    runs = counted(kmeans, "run of k-means", "runs of k-means")
    return f"{counted(mixtures, 'mixture')} and {runs}"


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


def _elsewhere_offer(models: int, counts: tuple[int, ...], passes: int) -> str:
    which = "the one mixture" if models == 1 else f"the {models} mixtures"
    each, them = ("it", "it") if models == 1 else ("each", "them")
    return (
        f"Start carries {which} of K = {_spans(counts)} on to all complete rows: {each} goes on "
        f"from where it ended in the sample, by at most {counted(passes, 'pass', 'passes')} of EM "
        f"over every row; k-means goes on beside {them} in the same passes."
    )


def _elsewhere_left(counts: tuple[int, ...], models: int, numbers: int) -> str:
    return (
        f"K = {_spans(counts)} {'is' if len(counts) == 1 else 'are'} left out, farthest from the "
        f"sample's best: at most {models} mixtures, with sums of {numbers:,} numbers in all, go "
        "on together."
    )


WORDS: Final[Words] = {
    "whole.sample": lambda n, n_total: (
        f"All models above are of a random sample of {n:,} of {n_total:,} rows, and so is their "
        "best."
    ),
    "whole.elsewhere": lambda n, n_total, url: (
        f"All models above are of a random sample of {n:,} of {n_total:,} complete rows at {url}, "
        "and so is their best."
    ),
    "whole.elsewhere-offer": _elsewhere_offer,
    "whole.elsewhere-left": _elsewhere_left,
    "whole.left-out": lambda rows: (
        f"{counted(rows, 'row')} of the table {'has' if rows == 1 else 'have'} a gap or no finite "
        "number: left out."
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
