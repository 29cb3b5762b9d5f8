"""The half steps of EM and of k-means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {"data": "blobs", "n": 200, "noise": 1.6, "centers": 4, "dseed": 10, "k": 4}


def _never_falls(run: Run) -> bool:
    rises = run.from_one_start()[1].trace.log_likelihood
    return bool((rises[1:] >= rises[:-1] - 1e-9).all())


def _falls(run: Run) -> int:
    return 1 if _never_falls(run) else 0


def _why_falls(run: Run) -> str:
    trace = run.from_one_start()[1].trace.log_likelihood
    return (
        f"The log-likelihood climbs from {trace[0]:.3f} to {trace[-1]:.3f} a point and never "
        "falls. The E half step asks which component each point belongs to, in shares; the M "
        "half step moves every component to the points it holds. Neither can make the fit "
        "worse, but for the trace that the page adds to variances (its regularisation). Play it."
    )


def _longer(run: Run) -> int:
    kmeans, mixture = run.from_one_start()
    return 0 if mixture.n_iter > kmeans.n_iter else 1


def _why_longer(run: Run) -> str:
    kmeans, mixture = run.from_one_start()
    return (
        f"k-means is done after {kmeans.n_iter} iterations: when no point changes its "
        f"cluster, nothing can move. The mixture takes {mixture.n_iter}: shares go on "
        "changing a little, so it stops when an iteration gains less than the tolerance."
    )


LESSONS.add(
    Lesson(
        name="em",
        title="Half a step at a time",
        idea="k-means and EM take the same two half steps, one hard and one soft.",
        course=COURSES[0],
        place=8,
        minutes=5,
        steps=(
            Step(
                "Half steps, and one number",
                _DATA | {"view": "steps", "step": 0},
                "EM repeats two half steps: E shares every point out among the components, M "
                "moves the components to their shares. The log-likelihood says how well they fit.",
                Choice(
                    "Can the log-likelihood fall on the way?",
                    ("Yes, when a component moves too far", "No, it never falls"),
                    _falls,
                ),
                _why_falls,
                (Claim("the log-likelihood never falls", _never_falls),),
            ),
            Step(
                "Who is done first?",
                _DATA | {"view": "steps", "step": "last"},
                "k-means does the same with all-or-nothing shares.",
                Choice(
                    "Which method needs more iterations here?",
                    ("The mixture", "k-means"),
                    _longer,
                ),
                _why_longer,
                (Claim("the mixture needs more iterations", lambda r: _longer(r) == 0),),
            ),
        ),
    )
)
