"""Components are not clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT, best, gmm_ari
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Estimate, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {"data": "moons", "n": 500, "noise": 0.1, "dseed": 0}


def _picked(run: Run) -> float:
    return float(best(run, "bic").n_components)


def _why_picked(run: Run) -> str:
    return (
        f"BIC picks {_picked(run):.0f} components for two moons. That is "
        "its answer to how many Gaussians describe the density; you asked how many groups."
    )


def _labels(run: Run) -> int:
    return 0 if gmm_ari(run) > 0.8 else 1


def _why_labels(run: Run) -> str:
    return (
        f"Taken as clusters these {run.state.model.k} components score ARI {gmm_ari(run):.2f}: two "
        "groups, more components, so some share a moon. Pieces that touch could be joined "
        "afterwards; the criterion ICL, which also asks for separate clusters, is one way to see "
        "that."
    )


LESSONS.add(
    Lesson(
        name="components",
        title="Two moons, asked of BIC",
        idea="BIC counts the Gaussians that describe a density, not the groups you see.",
        course=COURSES[2],
        place=11,
        minutes=3,
        steps=(
            Step(
                "Ask BIC about two moons",
                _DATA | {"k": 7, "view": "select", "kmin": 1, "kmax": 12, "types": "full"},
                "500 points on two noisy moons. You see two groups.",
                Estimate("How many components will BIC pick?", _picked, 1, 1, 12),
                _why_picked,
                (Claim("BIC picks many more than two", lambda r: _picked(r) >= 6),),
            ),
            Step(
                "Use them as clusters",
                _DATA | {"k": 7},
                "Here is the mixture of seven that BIC has picked, with the components as "
                "clusters.",
                Choice("Does it find the two moons?", ("Yes", "No"), _labels),
                _why_labels,
                (
                    Claim("as clusters they do not match the moons", lambda r: gmm_ari(r) < 0.6),
                    Claim(
                        "BIC picks as many",
                        lambda r: (
                            _picked(r.but(view="select", kmin=1, kmax=12, types=["full"]))
                            == r.state.model.k
                        ),
                    ),
                ),
            ),
        ),
        needs=("density",),
        hide=FINE_PRINT,
    )
)
