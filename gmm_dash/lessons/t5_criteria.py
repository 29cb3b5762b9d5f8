"""The textbook's AIC and BIC, and the choice of shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT, best
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step
from gmm_dash.lessons.t4_density import MOONS

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run


def _moons(run: Run, criterion: str) -> int:
    return best(run, criterion).n_components


def _fewer(run: Run) -> int:
    return 0 if _moons(run, "bic") < _moons(run, "aic") else 1


def _why_fewer(run: Run) -> str:
    return (
        f"BIC picks {_moons(run, 'bic')} components, AIC {_moons(run, 'aic')}, for two moons. Both "
        "answer how many Gaussians describe the density well, not how many groups there are; BIC "
        "charges more for each and so wants fewer."
    )


def _gallery(run: Run) -> tuple[str, int]:
    row = best(run, "bic")
    return row.covariance_type, row.n_components


def _shape(run: Run) -> int:
    kind, count = _gallery(run)
    return {("full", 2): 0, ("spherical", 2): 1}.get((kind, count), 2)


def _why_shape(run: Run) -> str:
    row, other = best(run, "bic"), best(run, "bic", "spherical")
    return (
        f"The best of 24 bars is {row.covariance_type} with {row.n_components} components, BIC "
        f"{row.bic:,.0f}. Circles do their best with {other.n_components} components "
        f"({other.bic:,.0f}): they tile the slanted group with several. Shape and number have to "
        "be chosen together."
    )


LESSONS.add(
    Lesson(
        name="book-criteria",
        title="How many components?",
        idea="AIC and BIC over K, and over the covariance types at the same time.",
        course=COURSES[1],
        place=5,
        minutes=6,
        steps=(
            Step(
                "1 to 20 components on the moons",
                MOONS
                | {"k": 16, "seed": 0, "view": "select", "kmin": 1, "kmax": 20, "types": "full"},
                "AIC and BIC for mixtures of 1 to 20 components on the moons; lower is better.",
                Choice(
                    "Which of the two wants fewer components?",
                    ("BIC", "AIC"),
                    _fewer,
                ),
                _why_fewer,
                (
                    Claim("BIC wants fewer than AIC", lambda r: _fewer(r) == 0),
                    Claim("and more than two", lambda r: _moons(r, "bic") > 2),
                ),
            ),
            Step(
                "Shapes and numbers together",
                {
                    "data": "gallery",
                    "k": 2,
                    "view": "select",
                    "kmin": 1,
                    "kmax": 6,
                    "chart": "bars",
                    "types": "full,tied,diag,spherical",
                },
                "One slanted, thin group and one round one. BIC for four covariance types and 1 "
                "to 6 components.",
                Choice(
                    "Which of the 24 models wins?",
                    ("2 components, full", "2 components, spherical", "More than 2 components"),
                    _shape,
                ),
                _why_shape,
                (
                    Claim("two full components win", lambda r: _gallery(r) == ("full", 2)),
                    Claim(
                        "circles need more",
                        lambda r: best(r, "bic", "spherical").n_components > 2,
                    ),
                ),
            ),
        ),
        hide=FINE_PRINT,
    )
)
