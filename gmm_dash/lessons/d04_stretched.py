"""Stretched groups: it is the covariance type that matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import (
    DRAWING,
    FINE_PRINT,
    cut_groups,
    gmm_ari,
    kmeans_ari,
    shape_aris,
)
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {"data": "aniso", "k": 3}


def _who(run: Run) -> int:
    return 0 if cut_groups(run.comparison) else 1 if gmm_ari(run) < 0.9 else 2


def _why_who(run: Run) -> str:
    cut = len(cut_groups(run.comparison))
    return (
        f"k-means cuts {cut} of the 3 stripes (ARI {kmeans_ari(run):.2f}); the mixture follows "
        f"all of them ({gmm_ari(run):.2f}). The borders of k-means are straight, halfway between "
        "two centres, so the far end of a stripe goes to whichever centre is nearer."
    )


def _shapes(run: Run) -> int:
    found = shape_aris(run)
    good = {kind for kind, ari in found.items() if ari > 0.9}
    return 0 if len(good) == 4 else 1 if good == {"full", "tied"} else 2


def _why_shapes(run: Run) -> str:
    found = shape_aris(run)
    return (
        f"ARI: full {found['full']:.2f}, tied {found['tied']:.2f}, diag {found['diag']:.2f}, "
        f"spherical {found['spherical']:.2f}; k-means had {kmeans_ari(run):.2f}. The stripes are "
        "slanted, and only full and tied ellipses can slant. It is the shape that helps, not the "
        "word mixture."
    )


LESSONS.add(
    Lesson(
        name="stretched",
        title="Slanted stripes",
        idea="A mixture helps only if its covariance type can take the groups' shape.",
        course=COURSES[2],
        place=4,
        minutes=4,
        steps=(
            Step(
                "Three long, slanted groups",
                _DATA,
                "Three round groups, seen through a slanted lens.",
                Choice(
                    "Which method will cut a stripe in two?",
                    ("k-means", "The mixture", "Neither"),
                    _who,
                ),
                _why_who,
                (
                    Claim("k-means cuts stripes", lambda r: len(cut_groups(r.comparison)) > 0),
                    Claim("k-means does badly", lambda r: kmeans_ari(r) < 0.7),
                    Claim("the mixture is right", lambda r: gmm_ari(r) > 0.95),
                ),
            ),
            Step(
                "Will any mixture do?",
                _DATA | {"show": ["size", "ellipses", "centers", "shapes"]},
                "Now the mixture with each of its four covariance types on the same points.",
                Choice(
                    "Which of them find the stripes?",
                    ("All four", "Only full and tied", "Only full"),
                    _shapes,
                ),
                _why_shapes,
                (
                    Claim(
                        "full and tied succeed",
                        lambda r: min(shape_aris(r)[k] for k in ("full", "tied")) > 0.95,
                    ),
                    Claim(
                        "diag and spherical fail",
                        lambda r: max(shape_aris(r)[k] for k in ("diag", "spherical")) < 0.7,
                    ),
                ),
            ),
        ),
        needs=("types",),
        hide=(*DRAWING, *FINE_PRINT),
    )
)
