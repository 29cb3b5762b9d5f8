"""Scale matters to k-means."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT, MUTE, misplaced
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {"data": "units", "k": 3, "noise": 100, "show": ["centers"]}


def _wrong(run: Run) -> tuple[int, int]:
    """Return how many points k-means and the mixture place with another group."""
    truth, result = run.points.labels, run.comparison
    assert truth is not None
    sides = (result.kmeans, result.gmm)
    kmeans, gmm = (misplaced(side.labels.tolist(), truth.tolist()) for side in sides)
    return kmeans, gmm


def _who(run: Run) -> int:
    (kmeans, gmm), (before, gmm_before) = _wrong(run), _wrong(run.but(noise=1))
    far = 0.1 * run.points.n
    worse, gmm_worse = kmeans > before + far, gmm > gmm_before + far
    return 2 if worse and gmm_worse else 0 if worse else 1 if gmm_worse else 3


def _why_who(run: Run) -> str:
    (kmeans, gmm), (before, gmm_before) = _wrong(run), _wrong(run.but(noise=1))
    return (
        f"k-means places {kmeans} of {run.points.n} points wrongly, before it was {before}; the "
        f"mixture {gmm} and {gmm_before}. To k-means 1 in y is now as far as 1 in x, so y, with "
        "its large spread, decides alone. A full covariance learns each direction's spread: its "
        "best fit is the same in any units, a start from k-means is not."
    )


def _same_fit(run: Run) -> bool:
    """Return whether the log-likelihood differs from that in metres by the unit alone."""
    here, metres = run.comparison.gmm_fit, run.but(noise=1).comparison.gmm_fit
    return abs(metres.log_likelihood - here.log_likelihood - log(100)) < 1e-3


def _cure(run: Run) -> int:
    return 0 if _wrong(run)[0] < 0.1 * run.points.n else 1


def _why_cure(run: Run) -> str:
    return (
        f"{_wrong(run)[0]} points are wrong now, {_wrong(run.but(scale='none'))[0]} in "
        "centimetres. Standardising is a choice, too: it says that every column matters "
        "equally. Spherical mixtures need it as k-means does; full ones only for a good start. "
        "Know your columns before you do it."
    )


LESSONS.add(
    Lesson(
        name="units",
        title="Metres and centimetres",
        idea="k-means depends on units; the best fit of full covariances does not.",
        course=COURSES[0],
        place=14,
        minutes=3,
        steps=(
            Step(
                "y in other units",
                _DATA | {"scale": "none"},
                "Three round groups; then somebody writes y in centimetres instead of metres, so "
                "all y are a hundred times larger. The mixture has full covariances.",
                Choice(
                    "Who does worse than before?",
                    ("Only k-means", "Only the mixture", "Both", "Neither"),
                    _who,
                ),
                _why_who,
                (
                    Claim("only k-means suffers", lambda r: _who(r) == 0),
                    Claim("the best fit is the same but for the unit", _same_fit),
                ),
            ),
            Step(
                "Standardise first",
                _DATA | {"scale": "standard"},
                "To standardise is to give every column mean 0 and standard deviation 1 before the "
                "fit, so that no unit counts more than another.",
                Choice("Is k-means right again?", ("Yes", "No"), _cure),
                _why_cure,
                (Claim("standardising cures it", lambda r: _cure(r) == 0),),
            ),
        ),
        hide=(*FINE_PRINT, *MUTE),
    )
)
