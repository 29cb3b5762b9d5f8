"""Two moons: a density, not clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT, MUTE, best, misplaced
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Estimate, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_MOONS = {"data": "moons", "n": 200, "noise": 0.05, "dseed": 0}
_COUNTS = {
    "view": "select",
    "criterion": "heldout",
    "types": "full",
    "kmin": 1,
    "kmax": 20,
}
_BEST = 6


def _wrong(run: Run) -> int:
    truth = run.points.labels
    assert truth is not None
    return misplaced(run.comparison.gmm.labels.tolist(), truth.tolist())


def _finds(run: Run) -> int:
    return 0 if _wrong(run) < 0.05 * run.points.n else 1


def _why_not(run: Run) -> str:
    return (
        f"{_wrong(run)} of {run.points.n} points end with the wrong moon: each ellipse takes a tip "
        "of the other. A Gaussian is an ellipse, and no ellipse is bent. The data are not made of "
        "what the mixture is made of, so no shape and no restart will help."
    )


def _picked(run: Run) -> float:
    return float(best(run, "heldout").n_components)


def _held(run: Run, k: int) -> float:
    row = next(row for row in run.selection.mixtures if row.n_components == k)
    return float(row.heldout_log_likelihood or 0.0)


def _why_picked(run: Run) -> str:
    return (
        f"{_picked(run):.0f}. The score on points held out rises from {_held(run, 2):.2f} with 2 "
        f"components to {_held(run, _BEST):.2f}, and falls to {_held(run, 20):.2f} with 20. By "
        f"that score {_picked(run):.0f} components predict best where new points fall. It is not "
        "an answer to how many groups there are: you see two."
    )


def _near(run: Run) -> int:
    unseen = run.density_of(run.comparison.gmm_fit, run.but(dseed=1).points)
    return 0 if unseen > run.but(k=1).comparison.gmm_fit.log_likelihood else 1


def _why_near(run: Run) -> str:
    unseen = run.density_of(run.comparison.gmm_fit, run.but(dseed=1).points)
    one = run.but(k=1).comparison.gmm_fit.log_likelihood
    return (
        "Along the moons. To draw a point, pick a component by its weight, then a point of that "
        f"Gaussian. Other points of the moons, never seen, score {unseen:.2f} each; one single "
        f"Gaussian gives its own {one:.2f}. A density is for drawing new points, and for telling "
        "usual places from unusual ones; no component need be a cluster."
    )


LESSONS.add(
    Lesson(
        name="density",
        title="Two moons",
        idea="Many components describe where points lie, though none of them is a cluster.",
        course=COURSES[0],
        place=13,
        minutes=3,
        steps=(
            Step(
                "Two components for two moons",
                _MOONS | {"k": 2, "show": ["ellipses", "centers"]},
                "Two interleaving half moons, and a mixture with one component for each.",
                Choice("Does the mixture find the two moons?", ("Yes", "No"), _finds),
                _why_not,
                (Claim("two components do not find the moons", lambda r: _finds(r) == 1),),
                hide=("kmeans",),
            ),
            Step(
                "How many, then?",
                _MOONS | {"k": _BEST} | _COUNTS,
                "Ask the points held out: mixtures of 1 to 20 components on the moons, scored on "
                "points they have not seen.",
                Estimate("Which number of components scores best?", _picked, 1, 1, 20),
                _why_picked,
                (Claim("six score best", lambda r: _picked(r) == _BEST),),
                hide=("kmeans",),
            ),
            Step(
                "Points that never were",
                _MOONS | {"k": _BEST, "view": "density", "draw": 400, "drawseed": 42},
                "All components together say for every place how many points to expect there: that "
                f"is a density. From the mixture of {_BEST} new points can be drawn, here 400.",
                Choice(
                    "Where will they fall?",
                    ("Along the two moons", "In a cloud around the middle"),
                    _near,
                ),
                _why_near,
                (
                    Claim("unseen moons are likely under the mixture", lambda r: _near(r) == 0),
                    Claim(
                        "the number is that of the best held-out score",
                        lambda r: _picked(r.but(**_COUNTS | {"types": ["full"]})) == _BEST,
                    ),
                ),
            ),
        ),
        hide=(*FINE_PRINT, *MUTE),
    )
)
