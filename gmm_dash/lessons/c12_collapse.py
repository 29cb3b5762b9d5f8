"""A collapsed component fakes a great BIC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import DRAWING, MUTE
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {"data": "duplicates", "k": 3, "show": ["ellipses", "centers"]}
_ROOMY = 0.1


def _collapsed(run: Run) -> bool:
    return bool(run.comparison.gmm_fit.degenerate.any())


def _trust(run: Run) -> int:
    two, three = run.but(k=2).comparison.gmm_fit, run.comparison.gmm_fit
    return 1 if three.bic < two.bic and _collapsed(run) else 0


def _why_trust(run: Run) -> str:
    two, three = run.but(k=2).comparison.gmm_fit, run.comparison.gmm_fit
    smallest = min(float(c.diagonal().min()) ** 0.5 for c in three.covariances)
    return (
        f"BIC falls from {two.bic:.0f} with two components to {three.bic:.0f} with three. But one "
        f"sits on the five copies with a standard deviation of {smallest:.3f}: a Gaussian without "
        "width is infinitely high, so the log-likelihood is faked. A component that shrinks onto a "
        "few points has collapsed; do not believe its score."
    )


def _cured(run: Run) -> int:
    return 0 if run.comparison.gmm_fit.bic > run.but(reg=1e-6).comparison.gmm_fit.bic + 50 else 1


def _why_cured(run: Run) -> str:
    fit, before = run.comparison.gmm_fit, run.but(reg=1e-6).comparison.gmm_fit
    two = run.but(k=2).comparison.gmm_fit
    return (
        f"It is gone: {fit.bic:.0f} instead of {before.bic:.0f}, where two components have "
        f"{two.bic:.0f}. The component still sits on its copies, but shrinking further would gain "
        "it nothing. When a score is too good, look at the smallest component before you believe "
        "it."
    )


LESSONS.add(
    Lesson(
        name="collapse",
        title="Copies of a point",
        idea="A component that collapses on a few points fakes a great likelihood and BIC.",
        course=COURSES[0],
        place=12,
        minutes=3,
        steps=(
            Step(
                "Five copies of one point",
                _DATA,
                "Two round groups of 30 points, and five rows that are the same point, (7, 7): a "
                "sensor that got stuck, say. The mixture gets a third component.",
                Choice(
                    "With three components BIC will be ...",
                    ("worse than with two", "far better, but not to be believed"),
                    _trust,
                ),
                _why_trust,
                (
                    Claim("a component has collapsed", _collapsed),
                    Claim("and BIC praises it", lambda r: _trust(r) == 1),
                    Claim(
                        "the page warns of it",
                        lambda r: any(
                            f.code == "variance-floor" for f in r.comparison.gmm_fit.health
                        ),
                    ),
                ),
            ),
            Step(
                "Give it width",
                _DATA | {"reg": _ROOMY},
                "Regularisation adds a little to the squared spread of every component, so that "
                f"none can shrink to nothing. Usually a millionth; here {_ROOMY:g}.",
                Choice(
                    "What becomes of the great BIC?",
                    ("It is gone", "It stays as it is"),
                    _cured,
                ),
                _why_cured,
                (
                    Claim(
                        "BIC is honest again",
                        lambda r: (
                            r.comparison.gmm_fit.bic > r.but(reg=1e-6).comparison.gmm_fit.bic + 50
                        ),
                    ),
                ),
            ),
        ),
        hide=(*DRAWING, *MUTE, "init", "kinit", "tol", "max_iter", "kmeans"),
    )
)
