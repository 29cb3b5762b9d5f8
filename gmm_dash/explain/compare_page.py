"""Everything that the Compare view says at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.explain.captions import (
    background_sentences,
    borders_sentences,
    crosses_sentences,
    drawn_sentences,
    gap_marks_sentences,
    gaps_sentences,
    gmm_badge_sentence,
    gmm_caption_sentences,
    kmeans_badge_sentence,
    kmeans_caption_sentences,
    labelled_sentences,
    note_sentences,
    rows_sentences,
    weights_sentences,
)
from gmm_dash.explain.compare import notice
from gmm_dash.explain.merging import joined_sentences
from gmm_dash.explain.numbers import finite
from gmm_dash.explain.run_on import run_on_sentences
from gmm_dash.explain.sentence import Spoken
from gmm_dash.explain.shapes import shape_reasons, shapes_notice
from gmm_dash.explain.start import start_sentences
from gmm_dash.explain.why import reasons
from gmm_dash.results.discs import floods
from gmm_dash.results.histogram import apart

if TYPE_CHECKING:
    from collections.abc import Collection

    from gmm_dash.explain.sentence import Sentence
    from gmm_dash.results import Comparison, LowScore, Projection, Shapes
    from gmm_dash.results.run_on_claims import CarriedOn
    from gmm_dash.state import AppState


def compare_spoken(  # noqa: PLR0913  (told by name)
    result: Comparison,
    low: LowScore | None,
    on: CarriedOn | None,
    projection: Projection,
    overlays: Collection[str],
    most_drawn: int,
    *,
    start: bool = False,
    state: AppState | None = None,
    flooded: bool | None = None,
) -> Spoken:
    """Return what the two methods side by side say.

    Parameters
    ----------
    result : Comparison
    low : LowScore or None
        The experiments, where neither method finds the true groups. Where components are joined,
        what joining did is said in place of these and of all that compares components.
    on : CarriedOn or None
        The mixture's start carried on, where the fit was only slow.
    projection : Projection
        How the points are laid on the plot.
    overlays : collection of str
        What the plots show.
    most_drawn : int
        Points that a plot draws at most.
    start : bool
        Whether it is the page of a bare address, where one sentence is all there is to read.
    state : AppState, optional
        What was asked for, for what is said of settings that do not act.
    flooded : bool, optional
        What ``floods`` says of k-means' circles, where that is known.
    """
    points, kmeans, gmm, fit = result.points, result.kmeans, result.gmm, result.gmm_fit
    silhouettes = result.silhouettes
    if flooded is None:
        flooded = floods(points, kmeans, result.kmeans_fit.radii[kmeans.order], projection)
    drawn = [name for name in overlays if name != "circles" or not flooded]
    parted = borders_sentences(projection, overlays, moved=result.moved, n=points.n)
    parted = parted if len(gmm.order) > 1 else ()
    if start:
        first = start_sentences(result)
    elif result.merging is None:
        first = notice(result, low, sized="size" in overlays)
    else:
        first = joined_sentences(result)
    return Spoken(
        {
            "notice": first,
            "notes": (
                *gaps_sentences(points, fit),
                *_weights(result, state),
                *_background(result, state),
                *rows_sentences(result.rows, fit.log_likelihood),
                *drawn_sentences(points.n, most_drawn),
                *labelled_sentences(points, overlays),
                *note_sentences(points, projection, drawn),
                *(reasons(result) if result.merging is None else ()),
            ),
            "rest": run_on_sentences(fit, on, view="compare"),
            "caption.kmeans": (
                *kmeans_caption_sentences(
                    points,
                    projection,
                    overlays,
                    bootstrapped=result.bootstrapped,
                    certainty=kmeans.certainty,
                    flooded=flooded,
                    clusters=apart(kmeans.mixture.means),
                ),
                *parted,
            ),
            "caption.gmm": (
                *gmm_caption_sentences(
                    points,
                    projection,
                    set(overlays) - {"ellipses"} if fit.variance == 0 else overlays,
                    certainty=gmm.certainty,
                    mixture=gmm.mixture,
                    spoken=gmm.components.spoken,
                ),
                *gap_marks_sentences(points, fit, most_drawn),
                *crosses_sentences(gmm, projection, overlays),
                *parted,
            ),
            "badge.kmeans": kmeans_badge_sentence(result.kmeans_fit),
            "badge.gmm": gmm_badge_sentence(fit),
        },
        {
            "kmeans.ari": kmeans.ari,
            "kmeans.ami": kmeans.ami,
            "kmeans.silhouette": silhouettes[0],
            "kmeans.inertia": result.kmeans_fit.inertia,
            "kmeans.agreement": result.agreement,
            "gmm.ari": gmm.ari,
            "gmm.ami": gmm.ami,
            "gmm.silhouette": silhouettes[1],
            "gmm.log_likelihood": finite(fit.log_likelihood),
            "gmm.aic": finite(fit.aic),
            "gmm.bic": finite(fit.bic),
            **({} if fit.background is None else {"gmm.background": fit.background.share}),
        },
    )


def _weights(result: Comparison, state: AppState | None) -> tuple[Sentence, ...]:
    """Return how much rows count, and what is asked for that then does not act."""
    points, fit = result.points, result.gmm_fit
    if state is None:
        return weights_sentences(points, fit)
    asked = {
        "hard": bool(state.view.hard) and fit.covariance_type.shape.even,
        "background": state.model.background == "on",
        "bootstrap": "bootstrap" in state.view.show,
    }
    idle = tuple(name for name, there in asked.items() if there)
    return weights_sentences(points, fit, wanted=state.model.init, idle=idle)


def _background(result: Comparison, state: AppState | None) -> tuple[Sentence, ...]:
    """Return what the mixture's background is, or why one that is asked for is not there."""
    fit = result.gmm_fit
    if state is None or state.model.background == "off" or fit.weighting is not None:
        return background_sentences(result.points, fit)
    idle = "hard" if fit.variance is not None else "gaps" if fit.gapped is not None else ""
    return background_sentences(result.points, fit, wanted=state.model.init, idle=idle)


def shapes_spoken(
    result: Shapes, projection: Projection, overlays: Collection[str], most_drawn: int
) -> Spoken:
    """Return what the four covariance types side by side say; see ``compare_spoken``."""
    points = result.points
    notes = (
        *gaps_sentences(points, result.fits[0]),
        *rows_sentences(result.rows, result.fits[0].log_likelihood, shapes=True),
        *drawn_sentences(points.n, most_drawn),
        *labelled_sentences(points, overlays),
        *note_sentences(points, projection, overlays),
    )
    parts = {"notice": shapes_notice(result), "notes": (*notes, *shape_reasons(result))}
    numbers: dict[str, float | None] = {}
    for fit, side in zip(result.fits, result.sides, strict=True):
        name = str(fit.covariance_type)
        parts[f"caption.{name}"] = gmm_caption_sentences(
            points, projection, overlays, certainty=side.certainty, mixture=side.mixture
        )
        parts[f"badge.{name}"] = gmm_badge_sentence(fit, named=False)
        numbers |= {
            f"{name}.log_likelihood": fit.log_likelihood,
            f"{name}.aic": fit.aic,
            f"{name}.bic": fit.bic,
            f"{name}.ari": side.ari,
        }
    return Spoken(parts, numbers)
