"""What the Density view shows, in words computed from the result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.contract.names import SCALE_NAMES
from gmm_dash.engine.cost import spoken
from gmm_dash.explain.captions import WORDS as CAPTION_WORDS
from gmm_dash.explain.captions import drawn_sentences, note_sentences
from gmm_dash.explain.findings import finding_sentences
from gmm_dash.explain.numbers import counted, percent, shown, the_labels
from gmm_dash.explain.row_notes import WORDS as NOTE_WORDS
from gmm_dash.explain.sentence import Sentence, Spoken, spell
from gmm_dash.results.density_claims import (
    density_badge_claim,
    density_caption_claims,
    density_claims,
    density_rows_claims,
    draws_badge_claim,
    draws_caption_claims,
    held_out_claims,
)

if TYPE_CHECKING:
    from gmm_dash.explain.sentence import Words
    from gmm_dash.results import DensityStudy, HeldOut, Projection
    from gmm_dash.results.slice import Slice


OPEN_COMPARE: Final = "Open Compare with these settings"


def _parts(k: int) -> str:
    return "one Gaussian" if k == 1 else f"{k} Gaussians added up"


def _distances(draws: float, data: float, beyond: float, far: float, among: int, n: int) -> str:
    some = f"Measured among a random {among:,} of the {n:,} points: a" if among else "A"
    return (
        f"{some} drawn point typically lies {shown(draws, 2)} from the nearest data point, "
        f"a data point {shown(data, 2)} from the nearest other one. "
        f"{percent(beyond)} of the draws fall farther away than {shown(far, 2)}, "
        "the 99 % quantile of the data's own distances."
    )


def _try_freer(more: bool, fuller: bool) -> str:  # noqa: FBT001  (facts by name)
    advice = " or ".join([*(["a larger K"] if more else []), *(["full covariances"] * fuller)])
    return f"Try {advice}."


def _follows(beyond: float) -> str:
    return f"{'Nearly all draws' if beyond else 'The draws'} fall where the data do."


def _by_heart(last: int, seen: tuple[float, float], unseen: tuple[float, float]) -> str:
    (seen_from, seen_to), (from_, to) = seen, unseen
    return (
        f"Beyond, up to K = {last}, the mixture learns the points by heart: seen rises from "
        f"{shown(seen_from)} to {shown(seen_to)}, unseen falls from {shown(from_)} to {shown(to)}."
    )


def _outliers(n: int, worst: int, highest: float, ringed: int) -> str:
    which = "the" if ringed == n else f"the {ringed:,} least likely of the"
    return (
        f"Ringed: {which} {counted(n, 'point')} of lowest density "
        f"(log density up to {shown(highest, 3)}); none is less likely than point {worst:,}."
    )


def _sample(n: int, n_total: int, seconds: float, limit: float, *, pieces: bool) -> str:
    way = (
        "In Compare Fit all rows goes on to them in pieces; then this view is of all rows, too."
        if pieces
        else "How many? goes on to all rows in pieces."
    )
    return (
        f"The mixture and all that is drawn of the data are of a random sample of {n:,} of "
        f"{n_total:,} rows (seed 0): all would take about {spoken(seconds)} of computing; the "
        f"limit is {spoken(limit)}. {way}"
    )


def _best(outside: int, n: int, n_total: int, best: int) -> str:
    of = f"a random {n:,} of the {n_total:,} points" if n_total else counted(n, "point")
    return (
        f"{outside:,} of {of} {'is' if outside == 1 else 'are'} held out; the "
        f"fit never sees them. They are predicted best with K = {best}."
    )


def _slice(across: str, up: str, at: float, mean: float, low: float, high: float, bend: str) -> str:
    scale = f", both on the {SCALE_NAMES[bend]}" if bend else ""
    return (
        f"Slice at {across} = {shown(at, 3)}: the curve on the thin line is what the mixture "
        f"expects of {up} there, {shown(mean, 3)} in the mean, {shown(low, 3)} to {shown(high, 3)} "
        f"within one standard deviation{scale}. The thick line joins the means of all slices."
    )


WORDS: Final[Words] = {
    "density.recipe": lambda k: (
        f"The mixture is a recipe for data: {_parts(k)}. Where its density is high it expects "
        "points; draw some new ones to see what it has learned."
    ),
    "density.all-rows": lambda n, sample: (
        f"The mixture and all that is drawn of the data are of all {n:,} rows; EM on them "
        f"begins at the best fit to a random sample of {sample:,} (seed 0)."
    ),
    "density.sample": _sample,
    "density.stopped": lambda n, n_total, seconds: (
        f"The mixture and all that is drawn of the data are of a random sample of {n:,} of "
        f"{n_total:,} rows (seed 0): EM over all of them was stopped after {spoken(seconds)} of "
        "computing. How many? goes on to all rows in pieces."
    ),
    "density.distances": _distances,
    "density.beside": lambda k: f"The mixture of {_parts(k)} puts points where no data are.",
    "density.try-freer": _try_freer,
    "density.hugs": lambda: (
        "The draws lie less than half as far from the data as the data from each other."
    ),
    "density.try-fewer": lambda: "Try a smaller K.",
    "density.follows": _follows,
    "density.shared-groups": lambda k, groups, labelled, n: (
        f"{the_labels(labelled, n)} name {counted(groups, 'group')}, shared by {k} components: "
        "at least two have the same most frequent group."
        if labelled < n
        else f"{k} components for {counted(groups, 'group')}: "
        "at least two components share a group."
    ),
    "density.looser": lambda: "The draws lie farther from the data than the data from each other.",
    **{
        code: CAPTION_WORDS[code]
        for code in ("caption.histogram", "caption.curves", "caption.curve-above")
    },
    "caption.no-map": lambda: (
        "One column has no map, no contours and no slice: this curve, on a linear scale, is the "
        "whole density."
    ),
    "caption.plane": lambda across, up: f"{up} against {across}.",
    "caption.contours": lambda: (
        "Contours hold about 10, 30, 50, 70 and 90 % of the mixture's probability."
    ),
    "caption.margins": lambda: (
        "In the margins: each component, their sum (thick), and the points as bars."
    ),
    "caption.slice": _slice,
    "caption.slice-peaks": lambda peaks: (
        f"The curve has {peaks} peaks: its mean need not be a likely value."
    ),
    "caption.marginal": lambda d: (
        f"The mixture lives in {d} columns; this is its exact marginal in "
        "the two directions shown, not a fit to the picture."
    ),
    "caption.outliers": _outliers,
    "caption.draws": lambda across, up: (
        f"{up} against {across}, on the same axes. Nobody measured these points: each is "
        "drawn from the mixture, first a component by its weight, then a point of that component."
    ),
    "caption.draws-line": lambda across: (
        f"A histogram of {across} of the new points, with the same curves. Nobody measured these: "
        "each is drawn from the mixture, first a component by its weight, then a value of it."
    ),
    "badge.density": lambda kind, k: f"{kind} · {counted(k, 'component')}",
    "badge.draws": lambda n, seed: f"{counted(n, 'point')} · seed {seed}",
    "heldout.none": lambda: "No mixture could be tried on points held out.",
    "heldout.best": _best,
    "heldout.in-use": lambda: "That is the K in use.",
    "heldout.not-in-use": lambda: "The dashed line is the K in use.",
    "heldout.by-heart": _by_heart,
    "heldout.refused": lambda problem: f"No curve for these data: {problem}",
}


def density_spoken(
    study: DensityStudy,
    projection: Projection,
    *,
    contours: bool,
    seed: int,
    beside: bool,
    most: int,
    held_out: tuple[Sentence, ...] = (),
    cut: Slice | None = None,
) -> Spoken:
    """Return everything that the view says.

    Parameters
    ----------
    study : DensityStudy
    projection : Projection
    contours : bool
        Whether the map has them.
    seed : int
        Of the drawing.
    beside : bool
        Whether the draws have a plot of their own.
    most : int
        Points of the data that a plot draws at most.
    held_out : tuple of Sentence, optional
        The caption of the held-out curve, which comes in an answer of its own.
    cut : Slice, optional
        What is shown of the vertical axis at one place.
    """
    parts = {
        "notice": (*spell(density_claims(study), WORDS), *finding_sentences(study.fit)),
        "notes": (
            *spell(density_rows_claims(study.rows), {**NOTE_WORDS, **WORDS}),
            *drawn_sentences(study.points.n, most),
            *note_sentences(study.points, projection, ()),
        ),
        "badge.density": spell([density_badge_claim(study)], WORDS),
        "caption.density": spell(
            density_caption_claims(study, projection, cut, contours=contours, most=most), WORDS
        ),
    }
    if beside:
        parts |= {
            "badge.draws": spell([draws_badge_claim(study, seed)], WORDS),
            "caption.draws": spell(draws_caption_claims(projection), WORDS),
        }
    if held_out:
        parts["caption.heldout"] = held_out
    spacing = study.spacing
    return Spoken(
        parts,
        {
            "gmm.log_likelihood": study.fit.log_likelihood,
            "gmm.bic": study.fit.bic,
            "draws.draw_distance": None if spacing is None else spacing.draws,
            "draws.data_distance": None if spacing is None else spacing.data,
            "draws.beyond": None if spacing is None else spacing.beyond,
            **({} if cut is None else {"slice.mean": cut.mean, "slice.deviation": cut.deviation}),
        },
    )


def held_out_sentences(result: HeldOut, k: int) -> tuple[Sentence, ...]:
    """Return what the held-out scores show about K."""
    return spell(held_out_claims(result, k), WORDS)


def held_out_refusal(problem: str) -> tuple[Sentence, ...]:
    """Return why there is no curve, given the problem's own sentence."""
    return (Sentence("heldout.refused", WORDS["heldout.refused"](problem=problem)),)
