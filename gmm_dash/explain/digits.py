"""What the Digits view shows, in words computed from the result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.explain.captions import gmm_badge_sentence
from gmm_dash.explain.numbers import counted, shown
from gmm_dash.explain.sentence import Sentence, Spoken, spell
from gmm_dash.results.claim import Claim
from gmm_dash.results.digits_claims import (
    averages_claims,
    digits_claims,
    real_claims,
    space_claim,
)

if TYPE_CHECKING:
    from gmm_dash.explain.sentence import Words
    from gmm_dash.results import DrawnImages, ImageSpace, ImageTable

_SHOWN = 100  # images of each kind, ten by ten


def _origin(bundled: bool, k: int, dimensions: int, side: int) -> str:  # noqa: FBT001
    what = "digits" if bundled else "images"
    return (
        f"Nobody made the new {what}: each is drawn from {counted(k, 'Gaussian')} in "
        f"{dimensions} dimensions and mapped back to {side} x {side} pixels."
    )


WORDS: Final[Words] = {
    "digits.origin": _origin,
    "digits.distances": lambda draws, data: (
        f"They typically lie {shown(draws, 3)} from the nearest real image, "
        f"a real one {shown(data, 3)} from the nearest other one."
    ),
    "digits.farther": lambda: (
        "So new images are plainly farther from real ones than those from each other."
    ),
    "digits.try-more": lambda: "Try more components.",
    "digits.nearer": lambda: (
        "So new images are plainly nearer to real ones than those to each other."
    ),
    "digits.try-fewer": lambda: "Try fewer components.",
    "digits.similar": lambda: (
        "So new images are about as far from real ones as those from each other."
    ),
    "digits.few": lambda each, needed: (
        f"But there are about {each:.0f} images for each component, fewer than the {needed} that "
        f"it takes to fix a full covariance in {needed - 1} dimensions, so likelihood, AIC and "
        "BIC may flatter."
    ),
    "caption.digits-real": lambda n: f"The first {min(_SHOWN, n)} of {counted(n, 'image')}.",
    "badge.digits-real": lambda kept, dimensions, pixels: (
        f"{dimensions} of {pixels} dimensions keep {100 * kept:.1f} % of the variance"
    ),
    "caption.digits-averages": lambda k, pixels: (
        f"The {counted(k, 'centre')} of k-means on the {pixels} pixels: each is an average of its "
        "members. k-means can say what is typical, but it has no recipe for anything new."
    ),
    "caption.digits-new": lambda seed: (
        f"Drawn with seed {seed}. Point at one, or click it, to see its nearest real image."
    ),
}


def digits_spoken(
    table: ImageTable, space: ImageSpace, drawn: DrawnImages, averages: int, seed: int
) -> Spoken:
    """Return everything that the view says, ``averages`` being how many it shows."""
    real, new = real_spoken(table, space, averages), drawn_spoken(table, space, drawn, seed)
    return Spoken({**real.parts, **new.parts}, {**real.numbers, **new.numbers})


def real_spoken(table: ImageTable, space: ImageSpace, averages: int) -> Spoken:
    """Return what needs no mixture: the images, their space, their averages."""
    return Spoken(
        {
            "notes": (Sentence("note.images", table.note),) if table.note else (),
            "badge.digits-real": spell([space_claim(table, space)], WORDS),
            "caption.digits-real": spell(real_claims(table), WORDS),
            "caption.digits-averages": spell(averages_claims(table, averages), WORDS),
        }
    )


def drawn_spoken(table: ImageTable, space: ImageSpace, drawn: DrawnImages, seed: int) -> Spoken:
    """Return what is said of the new images."""
    return Spoken(
        {
            "notice": spell(digits_claims(table, space, drawn), WORDS),
            "badge.digits-new": gmm_badge_sentence(drawn.fit),
            "caption.digits-new": spell([Claim("caption.digits-new", {"seed": seed})], WORDS),
        },
        {
            "draws.draw_distance": drawn.spacing.draws,
            "draws.data_distance": drawn.spacing.data,
        },
    )


def sweep_offer(sizes: tuple[int, ...], seconds: float) -> str:
    """Return what trying all numbers of components will cost."""
    return (
        f"{len(sizes)} mixtures with {sizes[0]} to {sizes[-1]} components: up to about "
        f"{max(1, round(seconds)):,} s of computing. You can stop and go on at any time."
    )
