"""What one column says of another: a slice through the density."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT, MUTE
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step
from gmm_dash.results import project
from gmm_dash.results.slice import Slice, slice_at

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_GEYSER = {"data": "faithful", "k": 2, "view": "density", "draw": 0, "slice": 15}
_MOONS = {
    "data": "moons", "n": 200, "noise": 0.05, "dseed": 0, "k": 8,
    "view": "density", "draw": 0, "slice": 50,
}  # fmt: skip


def _slice(run: Run) -> Slice:
    """Return what Density shows of this step."""
    share = run.state.density.slice / 100
    plane = project(run.points, run.state.view.x, run.state.view.y)
    found = slice_at(run.points, run.comparison.gmm_fit.mixture, plane, share)
    assert found is not None
    return found


def _all_waits(run: Run) -> float:
    return float(run.points.raw[:, 1].mean())


def _shorter(run: Run) -> int:
    found = _slice(run)
    return 0 if found.mean + found.deviation < _all_waits(run) else 1


def _why_shorter(run: Run) -> str:
    found = _slice(run)
    return (
        f"The slice at {found.at:.1f} minutes expects a wait of {found.mean:.0f} minutes, give or "
        f"take {found.deviation:.0f}. All waits have a mean of {_all_waits(run):.0f}. The curve on "
        "the line is the density along the slice, scaled so that it sums to one. Move the slider: "
        "the thick line joins the means."
    )


def _between(run: Run) -> int:
    found = _slice(run)
    low, high = found.mean - 0.2, found.mean + 0.2
    near = abs(run.points.raw[:, 0] - found.at) < 0.1
    held = run.points.raw[near, 1]
    return 2 if not ((held > low) & (held < high)).any() else int(held.mean() < 0)


def _why_between(run: Run) -> str:
    found = _slice(run)
    return (
        f"The mean at x = {found.at:.2f} is {found.mean:.2f}, where no point lies. The curve has "
        f"{found.peaks} peaks, one at each moon. A method that says one number for each x, such as "
        "a regression line, can only say the middle; the mixture says both."
    )


LESSONS.add(
    Lesson(
        name="slice",
        title="What x says of y",
        idea="A density answers what to expect of one column where another is known.",
        course=COURSES[2],
        place=15,
        minutes=4,
        steps=(
            Step(
                "After a short eruption",
                _GEYSER,
                "Eruptions of Old Faithful, in minutes, and the wait for the next one. A mixture "
                "of two components knows how dense the points are. The last eruption took 2.1 "
                "minutes.",
                Choice(
                    "What wait does the mixture expect now?",
                    ("Clearly less than the mean of all", "About the mean of all"),
                    _shorter,
                ),
                _why_shorter,
                (
                    Claim("it is shorter by more than its spread", lambda r: _shorter(r) == 0),
                    Claim("the slice is at 2.1 minutes", lambda r: f"{_slice(r).at:.1f}" == "2.1"),
                ),
            ),
            Step(
                "Between the moons",
                _MOONS,
                "Two moons, and a mixture of eight components. In the middle there is a moon above "
                "and one below.",
                Choice(
                    "Which y does the mixture expect in the mean there?",
                    ("That of the upper moon", "That of the lower moon", "One where no points lie"),
                    _between,
                ),
                _why_between,
                (
                    Claim("no point lies near the mean", lambda r: _between(r) == 2),
                    Claim("the curve has two peaks", lambda r: _slice(r).peaks == 2),
                ),
            ),
        ),
        needs=("density",),
        hide=(*FINE_PRINT, *MUTE),
    )
)
