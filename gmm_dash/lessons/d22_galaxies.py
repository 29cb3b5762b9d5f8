"""How many groups are there in 82 velocities: one column, and answers that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT, MUTE, best
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {"data": "galaxies", "init": "informed"}
_SEARCH = {"view": "select", "kmin": 1, "kmax": 10, "types": "full", "chart": "criteria"}


def _picked(run: Run, criterion: str) -> int:
    return best(run, criterion).n_components


def _bic(run: Run) -> int:
    picked = _picked(run, "bic")
    return 0 if picked < 3 else 1 if picked < 5 else 2


def _worse_by(run: Run) -> float:
    """Return how much higher BIC is with one component more than it picks."""
    rows = {row.n_components: row.bic for row in run.selection.mixtures}
    more = rows[_picked(run, "bic") + 1]
    lowest = best(run, "bic").bic
    assert more is not None
    assert lowest is not None
    return more - lowest


def _why_picked(run: Run) -> str:
    picked = _picked(run, "bic")
    return (
        f"BIC picks {picked}, AIC {_picked(run, 'aic')}, and to BIC {picked + 1} components are "
        f"worse by only {_worse_by(run):.1f}. Those who published on these {run.points.n} values "
        "differ, too: a Bayesian fit by Roeder and Wasserman (1997) favours 3 components, one by "
        "Richardson and Green (1997) with other priors favours 5 to 7."
    )


def _components(run: Run) -> list[tuple[float, float, float]]:
    """Return mean and standard deviation in thousand km/s, and percentage, narrowest first."""
    mixture, raw = run.comparison.gmm.mixture, run.points.raw[:, 0] / 1000
    unit = float(raw.std())  # the column is standardised
    means = raw.mean() + unit * mixture.means[:, 0]
    deviations = unit * mixture.covariances[:, 0, 0] ** 0.5
    rows = zip(means.tolist(), deviations.tolist(), mixture.weights.tolist(), strict=True)
    return sorted(((mean, sd, 100 * w) for mean, sd, w in rows), key=lambda row: row[1])


def _clump(run: Run) -> list[tuple[float, float, float]]:
    """Return the components whose mean is in the large clump, the narrowest first."""
    low, high = 18, 28
    return [row for row in _components(run) if low < row[0] < high]


def _fourth(run: Run) -> int:
    """Return what becomes of the clump in the middle."""
    clump = _clump(run)
    if len(clump) != 2:
        return 2
    (narrow, _, _), (wide, deviation, _) = clump
    return 0 if abs(narrow - wide) < deviation else 1


def _why_fourth(run: Run) -> str:
    (narrow, small, less), (wide, large, more) = _clump(run)
    (_, before, _) = _clump(run.but(k=3))[0]
    return (
        f"With 3 components one has the clump, with a standard deviation of {before:.1f} thousand "
        f"km/s. With 4 it has two: one at {narrow:.1f} thousand (standard deviation {small:.2f}, "
        f"{less:.0f} % of all) inside one at {wide:.1f} ({large:.1f}, {more:.0f} %). That is one "
        "group that is not Gaussian, or two that overlap: the criteria count Gaussians, and what "
        "a group is, you must say."
    )


LESSONS.add(
    Lesson(
        name="galaxies",
        title="How many groups of galaxies?",
        idea="How many components fit depends on the question, the prior and the criterion.",
        course=COURSES[2],
        place=19,
        minutes=4,
        steps=(
            Step(
                "Eighty-two velocities",
                _DATA | _SEARCH,
                "82 galaxies, and how fast each moves away from us, in km/s. One column is enough "
                "for a mixture. Where velocities clump, galaxies are thought to clump in space.",
                Choice(
                    "How many components will BIC pick?",
                    ("1 or 2", "3 or 4", "5 or more"),
                    _bic,
                ),
                _why_picked,
                (
                    Claim("BIC picks three", lambda r: _picked(r, "bic") == 3),
                    Claim("AIC picks more", lambda r: _picked(r, "aic") > _picked(r, "bic")),
                    Claim("one more is hardly worse", lambda r: 0 < _worse_by(r) < 2),
                ),
            ),
            Step(
                "The fourth component",
                _DATA | {"k": 4, "view": "density", "draw": 0},
                "AIC picks 4 components, BIC 3: two small clumps at the ends, and a large one "
                "between.",
                Choice(
                    "What do four components make of the large clump?",
                    (
                        "A narrow one inside a wide one",
                        "Two side by side, each beyond the other's spread",
                        "One, as before",
                    ),
                    _fourth,
                ),
                _why_fourth,
                (
                    Claim("a narrow one is inside a wide one", lambda r: _fourth(r) == 0),
                    Claim("three have one there", lambda r: len(_clump(r.but(k=3))) == 1),
                    Claim(
                        "AIC picks as many, BIC three",
                        lambda r: (
                            [_picked(r.but(**_SEARCH), name) for name in ("aic", "bic")] == [4, 3]
                        ),
                    ),
                ),
            ),
        ),
        needs=("criteria", "density"),
        hide=(*FINE_PRINT, *MUTE, "kmeans"),
    )
)
