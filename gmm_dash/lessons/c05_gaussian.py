"""A Gaussian: centre, spread, slant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT, MUTE, percent_inside
from gmm_dash.lessons._lesson import COURSES, LESSONS, Claim, Estimate, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_ROUND = {"data": "blobs", "n": 400, "noise": 1.0, "centers": 1, "dseed": 2, "k": 1}
_SLANTED = {"data": "stretched", "n": 400, "noise": 1.0, "centers": 1, "dseed": 2, "k": 1}
_SHOW = {"show": ["ellipses", "centers"]}


def _inside(run: Run) -> float:
    return percent_inside(run.comparison, 2)


def _why_inside(run: Run) -> str:
    within = [percent_inside(run.comparison, r) for r in (1, 2, 3)]
    return (
        f"Within 1, 2 and 3 standard deviations lie {within[0]:.0f}, {within[1]:.0f} and "
        f"{within[2]:.0f} % of these points; in theory 39, 86 and 99 %. The three rings are drawn "
        "there. There is no edge: the cloud only gets thinner, so no place is impossible."
    )


def _numbers(run: Run) -> float:
    return float(run.comparison.gmm_fit.n_parameters)


def _why_numbers(run: Run) -> str:
    fit = run.comparison.gmm_fit
    (a, b), (_, d) = fit.covariances[0].tolist()
    x, y = fit.means[0].tolist()
    return (
        f"{fit.n_parameters}: the centre ({x:.1f}, {y:.1f}), the spread in x and in y (standard "
        f"deviations {a**0.5:.1f} and {d**0.5:.1f}), and one number for the slant ({b:.2f}). The "
        "rings of equal distance have become ellipses that follow the cloud."
    )


LESSONS.add(
    Lesson(
        name="gaussian",
        title="A Gaussian",
        idea="A Gaussian is a cloud with a centre, a spread in each direction, and a slant.",
        course=COURSES[0],
        place=5,
        minutes=3,
        steps=(
            Step(
                "A round cloud",
                _ROUND | {"cov": "spherical"} | _SHOW,
                "A Gaussian is a cloud of points: densest at its centre, thinner the farther you "
                "go. How wide it is, is told by its standard deviation: the typical distance from "
                "the centre in one direction, here about 1.",
                Estimate(
                    "What percentage of the points lies within 2 standard deviations?",
                    _inside,
                    6,
                    0,
                    100,
                ),
                _why_inside,
                (
                    Claim("about 86 % are inside", lambda r: 80 < _inside(r) < 92),
                    Claim(
                        "its width is about 1",
                        lambda r: 0.9 < r.comparison.gmm_fit.covariances[0][0][0] ** 0.5 < 1.1,
                    ),
                ),
            ),
            Step(
                "A slanted cloud",
                _SLANTED | _SHOW,
                "A Gaussian may be longer in one direction than in another, and slanted. Its "
                "spread in x, its spread in y and its slant together are called its covariance.",
                Estimate(
                    "With its centre (x and y), how many numbers describe it in all?",
                    _numbers,
                    0.5,
                    1,
                    20,
                ),
                _why_numbers,
                (Claim("five numbers", lambda r: _numbers(r) == 5),),
            ),
        ),
        hide=(*FINE_PRINT, *MUTE, "kmeans"),
    )
)
