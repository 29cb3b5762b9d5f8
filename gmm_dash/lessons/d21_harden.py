"""The mixture nearest to k-means: one number more, and the same mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import CLEARLY, DRAWING, FINE_PRINT, gmm_ari, kmeans_ari, unsure
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Estimate, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {"data": "blobs", "noise": 1.0, "cov": "equal"}


def _parameters(run: Run) -> float:
    return float(run.comparison.gmm_fit.n_parameters)


def _why_parameters(run: Run) -> str:
    fit = run.comparison.gmm_fit
    return (
        f"{fit.n_components} centres with two coordinates each, and one size for all: "
        f"{fit.n_parameters}. The weights are equal, so they are not counted. Shrink that one "
        "size to nothing and the centres are left: k-means."
    )


def _softer(run: Run) -> float:
    """Return how much nearer to the true groups equal circles come than k-means."""
    return gmm_ari(run) - kmeans_ari(run)


def _better(run: Run) -> int:
    return 0 if _softer(run) >= CLEARLY else 1


def _why_better(run: Run) -> str:
    shared = unsure(run.comparison, below=0.99)
    return (
        f"ARI {gmm_ari(run):.2f}, and k-means has {kmeans_ari(run):.2f}, though {shared} of "
        f"{run.points.n} points are shared: no circle has 99 % of them. With ellipses that may "
        f"slant it is {gmm_ari(run.but(cov='full')):.2f}. Between equal circles the border is "
        "straight and halfway, soft or hard. What k-means lacks here is the shape, not the shares."
    )


LESSONS.add(
    Lesson(
        name="harden",
        title="The mixture nearest to k-means",
        idea="One number parts k-means from its nearest mixture, and softness alone mends nothing.",
        course=COURSES[2],
        place=18,
        minutes=3,
        steps=(
            Step(
                "One size for all",
                _DATA,
                "A mixture may be held to circles of one size, all components of equal weight. "
                "Here it has four components in the plane.",
                Estimate(
                    "How many numbers does it estimate?", _parameters, close=0.4, low=1, high=40
                ),
                _why_parameters,
                (Claim("nine parameters", lambda r: _parameters(r) == 9),),
            ),
            Step(
                "Soft, but round",
                {"data": "stretched", "cov": "equal"},
                "Four long groups. Equal circles share their points out softly; k-means gives each "
                "to one centre.",
                Choice(
                    "Do the soft circles find the groups clearly better than k-means?",
                    ("Yes: soft shares follow the groups", "No: they are still equal circles"),
                    _better,
                ),
                _why_better,
                (
                    Claim("soft circles are no better", lambda r: _softer(r) < CLEARLY),
                    Claim(
                        "slanted ellipses are",
                        lambda r: gmm_ari(r.but(cov="full")) - gmm_ari(r) > CLEARLY,
                    ),
                ),
            ),
        ),
        hide=(*FINE_PRINT, *DRAWING),
        needs=("limit", "types"),
    )
)
