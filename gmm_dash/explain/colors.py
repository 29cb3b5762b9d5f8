"""What repainting an image shows, in words computed from the result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.explain.findings import finding_sentences
from gmm_dash.explain.numbers import counted, shown
from gmm_dash.explain.sentence import Sentence, Spoken, spell
from gmm_dash.results.colors_claims import (
    colors_claims,
    space_claims,
    version_badge_claim,
    version_caption_claim,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gmm_dash.explain.sentence import Words
    from gmm_dash.results import ColourStudy

_METHODS = ("kmeans", "gmm")


def _size(k: int, n_distinct: int, before: int, after: int) -> str:
    saved = 100 * (1 - after / before)
    smaller = f", {saved:.0f} % less" if saved > 0 else ""
    return (
        f"{k} colours instead of {n_distinct:,}: as a PNG the image takes {kilobytes(after)} "
        f"in those of k-means instead of {kilobytes(before)}{smaller}."
    )


def _off(kmeans: float, gmm: float) -> str:
    return (
        f"A pixel's colour is off by {shown(kmeans, 3)} by k-means, {shown(gmm, 3)} by the mixture "
        "(root mean square; red, green and blue go from 0 to 255)"
    )


WORDS: Final[Words] = {
    "colors.few": lambda n_distinct: (
        f"The image has only {counted(n_distinct, 'colour')}: the palette has room for all of them."
    ),
    "colors.size": _size,
    "colors.kmeans-nearer": lambda kmeans, gmm: (
        f"{_off(kmeans, gmm)}: k-means is nearer. The sum of such squares over the pixels fitted "
        "is what it works to make small; the mixture works on the likelihood."
    ),
    "colors.gmm-nearer": lambda kmeans, gmm: f"{_off(kmeans, gmm)}: here the mixture is nearer.",
    "colors.equally-near": lambda kmeans, gmm: (
        f"{_off(kmeans, gmm)}: the two come about equally near."
    ),
    "badge.colors-kmeans": lambda k, n_bytes: f"{counted(k, 'colour')} · {kilobytes(n_bytes)}",
    "badge.colors-gmm": lambda k, n_bytes: f"{counted(k, 'colour')} · {kilobytes(n_bytes)}",
    "caption.colors-kmeans": lambda fitted, pixels: (
        f"Fitted to {fitted:,} of {pixels:,} pixels; every pixel gets the nearest of the centres."
    ),
    "caption.colors-gmm": lambda fitted, pixels: (
        f"Fitted to {fitted:,} of {pixels:,} pixels; every pixel gets the mean of the component "
        "that most probably produced it."
    ),
    "caption.space-kmeans": lambda: (
        "A sample of pixels by their red, green and blue; large marks are the centres."
    ),
    "caption.space-gmm": lambda: (
        "A sample of pixels by their red, green and blue, with each component at one "
        "standard deviation."
    ),
    "caption.space-long": lambda times: (
        f"Typically an ellipsoid is {shown(times, 2)} times as long as it is thin."
    ),
}


def colors_spoken(study: ColourStudy, sizes: Mapping[str, int], note: str) -> Spoken:
    """Return everything that the view says.

    Parameters
    ----------
    study : ColourStudy
    sizes : mapping
        Bytes of the PNG ``"before"``, and in the colours of ``"kmeans"`` and of ``"gmm"``.
    note : str
        Whose image it is, or what happened to it on the way in.
    """
    claims = colors_claims(study, sizes["before"], sizes["kmeans"])
    parts = {
        "notice": (*spell(claims, WORDS), *finding_sentences(study.gmm_fit)),
        "notes": (Sentence("note.image", note),) if note else (),
    }
    numbers: dict[str, float | None] = {}
    for name in _METHODS:
        version = study.kmeans if name == "kmeans" else study.gmm
        badge = version_badge_claim(study, name, sizes[name])
        parts |= {
            f"badge.colors-{name}": spell([badge], WORDS),
            f"caption.colors-{name}": spell([version_caption_claim(study, name)], WORDS),
            f"caption.space-{name}": spell(space_claims(study, name), WORDS),
        }
        numbers |= {
            f"{name}.colour_error": version.error,
            f"{name}.bytes_before": sizes["before"],
            f"{name}.bytes_after": sizes[name],
        }
    return Spoken(parts, numbers)


def kilobytes(n: int) -> str:
    """Return a size as people read it."""
    return f"{n / 1000:,.0f} kB" if n >= 9_950 else f"{n / 1000:,.1f} kB"
