"""The four shapes: what each costs, and when to use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import DRAWING, FINE_PRINT, MUTE, misplaced
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Estimate, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_SHOW = {"show": ["ellipses", "centers", "shapes"]}
_STRIPES = {"data": "aniso", "k": 3} | _SHOW
_WIDTHS = {"data": "unequal", "k": 3} | _SHOW
_NAMES = ("full", "tied", "diag", "spherical")


def _parameters(run: Run) -> dict[str, int]:
    return {str(fit.covariance_type): fit.n_parameters for fit in run.shapes.fits}


def _full(run: Run) -> float:
    return float(_parameters(run)["full"])


def _why_full(run: Run) -> str:
    count = _parameters(run)
    return (
        f"{count['full']}: 3 centres of 2, 3 covariances of 3, and 2 weights (the third is what is "
        f"left of 1). The others: tied {count['tied']} (one covariance), diag {count['diag']} (2 "
        f"spreads each), spherical {count['spherical']} (1 each). In the plane a component more "
        "costs 6, 3, 5 or 4."
    )


def _wrong(run: Run) -> dict[str, int]:
    truth = run.points.labels
    assert truth is not None
    pairs = zip(run.shapes.fits, run.shapes.sides, strict=True)
    return {
        str(fit.covariance_type): misplaced(side.labels.tolist(), truth.tolist())
        for fit, side in pairs
    }


def _good(run: Run) -> set[str]:
    return {kind for kind, count in _wrong(run).items() if count < 0.03 * run.points.n}


def _slanted(run: Run) -> int:
    good = _good(run)
    return 0 if len(good) == 4 else 1 if good == {"full", "tied"} else 2


def _told(run: Run) -> str:
    found = _wrong(run)
    return ", ".join(f"{kind} {found[kind]}" for kind in _NAMES)


def _why_slanted(run: Run) -> str:
    return (
        f"Points that end in a wrong component: {_told(run)}. Only full and tied ellipses may "
        "slant. All stripes have one shape, so tied does it with fewer parameters. Use tied when "
        "groups look alike, full when they do not and there are points enough."
    )


def _worst(run: Run) -> int:
    found = _wrong(run)
    return 1 if found["tied"] == max(found.values()) else 0


def _why_worst(run: Run) -> str:
    return (
        f"Points in a wrong component: {_told(run)}. One shape for all is the very assumption that "
        "fails here. Use spherical for round groups of any width, diag when spreads differ in x "
        "and y but nothing slants: x and y do not rise together."
    )


LESSONS.add(
    Lesson(
        name="types",
        title="Four shapes",
        idea="Spherical, diag, tied and full: each allows more and costs more parameters.",
        course=COURSES[0],
        place=9,
        minutes=4,
        steps=(
            Step(
                "What each may do",
                _STRIPES,
                "Spherical: circles of any size. Diag: ellipses along the axes. Tied: one ellipse, "
                "the same for all. Full: any ellipse each. The numbers a mixture has to find are "
                "its parameters.",
                Estimate(
                    "Three components, full, in the plane: how many parameters?", _full, 1, 1, 100
                ),
                _why_full,
                (
                    Claim(
                        "17, 11, 14 and 11",
                        lambda r: [_parameters(r)[kind] for kind in _NAMES] == [17, 11, 14, 11],
                    ),
                ),
            ),
            Step(
                "Slanted stripes",
                _STRIPES,
                "The three long, slanted groups that k-means has cut, and a mixture of each of the "
                "four shapes.",
                Choice(
                    "Which of them find the stripes?",
                    ("All four", "Only full and tied", "Only full"),
                    _slanted,
                ),
                _why_slanted,
                (Claim("full and tied succeed", lambda r: _slanted(r) == 1),),
            ),
            Step(
                "Three widths",
                _WIDTHS,
                "The round groups again: medium, wide and tight.",
                Choice(
                    "Which shape does worst?",
                    ("Spherical: circles are too simple", "Tied: one ellipse for all"),
                    _worst,
                ),
                _why_worst,
                (
                    Claim("tied is worst", lambda r: _worst(r) == 1),
                    Claim("spherical does well", lambda r: "spherical" in _good(r)),
                ),
            ),
        ),
        hide=(*DRAWING, *FINE_PRINT, *MUTE),
    )
)
