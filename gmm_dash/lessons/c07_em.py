"""EM by hand: share out, move, and the number that rises."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import DRAWING, FINE_PRINT, FOUR_WIDE, climb
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run


def _least(run: Run) -> float:
    """Return the smallest of the largest shares after the first E that shares out."""
    steps = run.steps
    return float(steps.gmm.fit.trace.responsibilities(steps.points.fitted, 0).max(axis=1).min())


def _divided(run: Run) -> int:
    return 1 if _least(run) < 0.8 else 0


def _why_divided(run: Run) -> str:
    unsure = int(run.steps.gmm.unsure[1])
    return (
        "Divided. The first E gave every point wholly to the nearest of the start centres; after "
        f"this second one {unsure} of {run.points.n} points have a certainty below 0.8, the least "
        f"{_least(run):.2f}. k-means' assign is the same half step with all or nothing: one share "
        "of 1, the others 0."
    )


def _learns(run: Run) -> int:
    first, second = run.steps.gmm.weights[0], run.steps.gmm.weights[1]
    spread = run.steps.gmm.covariances
    changed = abs(second - first).max() > 0 and abs(spread[1] - spread[0]).max() > 0
    return 1 if changed else 0


def _why_learns(run: Run) -> str:
    weights = run.steps.gmm.weights
    told = "; ".join(
        ", ".join(f"{100 * one:.0f}" for one in weights[frame].tolist()) for frame in (0, 1)
    )
    return (
        f"All three. The weights in percent, before and after: {told}. A point with share 0.9 "
        "counts 0.9 in the mean, 0.9 in the spread and slant, 0.9 in the weight. k-means' move "
        "learns the centre only, so its clusters have no width and no weight."
    )


def _never_falls(run: Run) -> bool:
    _, rises = climb(run)
    return all(after >= before - 1e-9 for before, after in pairwise(rises))


def _falls(run: Run) -> int:
    return 1 if _never_falls(run) else 0


def _why_falls(run: Run) -> str:
    _, rises = climb(run)
    steps = run.steps
    return (
        f"It climbs from {rises[0]:.3f} to {rises[-1]:.3f} in {steps.gmm.last} half steps (k-means "
        f"rests after {steps.kmeans.last}). E finds the shares that fit the components, M the "
        "components that fit the shares: neither can lower it, but for the trace that this page "
        "adds to every spread. Shares change ever less, so EM stops when a round gains next to "
        "nothing."
    )


LESSONS.add(
    Lesson(
        name="em",
        title="E and M by hand",
        idea="EM shares every point out (E) and moves components to their shares (M).",
        course=COURSES[0],
        place=7,
        minutes=5,
        steps=(
            Step(
                "E: share out",
                FOUR_WIDE | {"step": 3},
                "EM finds a mixture as k-means finds clusters: two half steps, again and again. In "
                "the first, E, the components stay where they are, and every point gets its "
                "shares.",
                Choice(
                    "What happens to a point between two components?",
                    ("It goes to the nearer one", "It is divided between both"),
                    _divided,
                ),
                _why_divided,
                (Claim("some points are divided", lambda r: _least(r) < 0.6),),
                hide=("scores",),
            ),
            Step(
                "M: move",
                FOUR_WIDE | {"step": 4},
                "In the second half step, M, the shares stay as they are. Every component moves to "
                "the mean of the points, each counted by its share.",
                Choice(
                    "What does a component learn in M?",
                    ("Its centre", "Its centre, its covariance and its weight"),
                    _learns,
                ),
                _why_learns,
                (Claim("weights and covariances change", lambda r: _learns(r) == 1),),
                hide=("scores",),
            ),
            Step(
                "What it makes large",
                FOUR_WIDE | {"step": "last"},
                "The log-likelihood says how probable the mixture makes the points you have, as an "
                "average of logarithms; higher is better. It is to EM what inertia is to k-means.",
                Choice(
                    "Can it fall on the way?",
                    ("Yes, when a component moves too far", "No, it never falls"),
                    _falls,
                ),
                _why_falls,
                (
                    Claim("the log-likelihood never falls", _never_falls),
                    Claim(
                        "the mixture needs more rounds",
                        lambda r: climb(r)[0].n_iter > r.from_one_start()[0].n_iter,
                    ),
                ),
            ),
        ),
        hide=(*DRAWING, *FINE_PRINT, "start", "notice", "captions"),
    )
)
