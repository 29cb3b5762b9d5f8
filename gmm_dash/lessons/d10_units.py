"""Scale matters to k-means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT, gmm_ari, kmeans_ari
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run


def _who(run: Run) -> int:
    kmeans = kmeans_ari(run) < kmeans_ari(run.but(noise=1)) - 0.2
    gmm = gmm_ari(run) < gmm_ari(run.but(noise=1)) - 0.2
    return 2 if kmeans and gmm else 0 if kmeans else 1 if gmm else 3


def _why_who(run: Run) -> str:
    return (
        f"k-means falls from {kmeans_ari(run.but(noise=1)):.2f} to {kmeans_ari(run):.2f}; the "
        f"mixture has {gmm_ari(run.but(noise=1)):.2f} and {gmm_ari(run):.2f}. To k-means a step of "
        "1 in y now weighs as much as a step of 1 in x, whatever the units mean; a full "
        "covariance learns each direction's own scale."
    )


def _cure(run: Run) -> int:
    return 0 if kmeans_ari(run) > 0.85 else 1


def _why_cure(run: Run) -> str:
    return (
        f"Standardised, k-means is back at {kmeans_ari(run):.2f} (in centimetres: "
        f"{kmeans_ari(run.but(scale='none')):.2f}). Standardising is a choice too: it says that "
        "every column matters equally, so know your columns before you do it."
    )


LESSONS.add(
    Lesson(
        name="units",
        title="Metres and centimetres",
        idea="k-means depends on units; a mixture with full covariances does not.",
        course=COURSES[2],
        place=17,
        minutes=4,
        steps=(
            Step(
                "y in other units",
                {"data": "units", "k": 3, "noise": 100, "scale": "none"},
                "Three round groups; then somebody writes y in centimetres instead of metres, so "
                "all y are a hundred times larger.",
                Choice(
                    "Who does worse than before?",
                    ("Only k-means", "Only the mixture", "Both", "Neither"),
                    _who,
                ),
                _why_who,
                (
                    Claim("only k-means suffers", lambda r: _who(r) == 0),
                    Claim("the mixture stays right", lambda r: gmm_ari(r) > 0.9),
                ),
            ),
            Step(
                "Standardise first",
                {"data": "units", "k": 3, "noise": 100, "scale": "standard"},
                "Standardising gives every column mean 0 and standard deviation 1 before the fit.",
                Choice("Is k-means right again?", ("Yes", "No"), _cure),
                _why_cure,
                (Claim("standardising cures it", lambda r: _cure(r) == 0),),
            ),
        ),
        hide=FINE_PRINT,
    )
)
