"""From the lessons to data that matter to you."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import gmm_ari, kmeans_ari
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_PENGUINS = {"data": "penguins", "k": 3}


def _matters(run: Run) -> int:
    return 0 if kmeans_ari(run.but(scale="none")) < kmeans_ari(run) - 0.2 else 1


def _why_matters(run: Run) -> str:
    raw = run.but(scale="none")
    return (
        f"Standardised, k-means scores {kmeans_ari(run):.2f} against the species; in the original "
        f"units {kmeans_ari(raw):.2f}: body mass, in grams, has by far the largest spread and "
        "drowns the bills. Check this first with a file of your own."
    )


def _two(run: Run) -> int:
    return 0 if run.comparison.agreement > 0.8 else 1


def _why_two(run: Run) -> str:
    result = run.comparison
    return (
        f"They differ on {result.moved} of {result.points.n} eruptions (agreement "
        f"{result.agreement:.2f}). Now open a file of your own from the settings on the left: "
        "is it standardised? Do k-means and the mixture agree, and if not, who is right? What "
        "does BIC say, and what does the smallest component look like?"
    )


LESSONS.add(
    Lesson(
        name="own",
        title="Your own data",
        idea="What to check before you believe a clustering of real data.",
        course=COURSES[2],
        place=16,
        minutes=6,
        steps=(
            Step(
                "Penguins",
                _PENGUINS,
                "Penguins of three species, measured in millimetres and grams. Both methods get "
                "them standardised here; imagine they did not.",
                Choice(
                    "Does k-means get worse in the original units?",
                    ("Yes, much worse", "No, units do not matter"),
                    _matters,
                ),
                _why_matters,
                (
                    Claim("units matter", lambda r: _matters(r) == 0),
                    Claim("the mixture finds the species", lambda r: gmm_ari(r) > 0.6),
                ),
            ),
            Step(
                "No truth to compare with",
                {"data": "faithful", "k": 2},
                "Eruptions of a geyser. Nobody knows true groups here, so ask whether two methods "
                "tell the same story.",
                Choice("Do they?", ("Yes, nearly", "No"), _two),
                _why_two,
                (
                    Claim("they agree", lambda r: r.comparison.agreement > 0.8),
                    Claim("there is no truth", lambda r: r.points.labels is None),
                ),
            ),
        ),
        needs=("units", "collapse"),
    )
)
