"""A collapsed component fakes a great BIC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import DRAWING
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

_DATA = {"data": "duplicates", "k": 3}
_ROOMY = 0.1


def _collapsed(run: Run) -> bool:
    return bool(run.comparison.gmm_fit.degenerate.any())


def _warned(run: Run) -> bool:
    return any(finding.code == "variance-floor" for finding in run.comparison.gmm_fit.health)


def _trust(run: Run) -> int:
    two, three = run.but(k=2).comparison.gmm_fit, run.comparison.gmm_fit
    return 1 if three.bic < two.bic and _collapsed(run) else 0


def _why_trust(run: Run) -> str:
    two, three = run.but(k=2).comparison.gmm_fit, run.comparison.gmm_fit
    found = run.comparison
    smallest = min(float(c.diagonal().min()) for c in found.gmm.mixture.covariances)
    return (
        f"BIC falls from {two.bic:.0f} (K = 2) to {three.bic:.0f} (K = 3), but one component sits "
        f"on five copies of one point with variance {smallest:.0e}. A Gaussian without width is "
        "infinitely high, so the likelihood is faked; only the regularisation stops it."
    )


def _cured(run: Run) -> int:
    return 0 if run.comparison.gmm_fit.bic > run.but(reg=1e-6).comparison.gmm_fit.bic + 50 else 1


def _why_cured(run: Run) -> str:
    fit, before = run.comparison.gmm_fit, run.but(reg=1e-6).comparison.gmm_fit
    two = run.but(k=2).comparison.gmm_fit
    return (
        f"With {_ROOMY:g} added to every variance BIC is {fit.bic:.0f} instead of "
        f"{before.bic:.0f}; K = 2 has {two.bic:.0f}. The reward for collapse is gone, though the "
        "component still sits on its five copies and stays flagged. A score that is too good "
        "comes from somewhere: look at the smallest component before you believe it."
    )


LESSONS.add(
    Lesson(
        name="collapse",
        title="Copies of a point",
        idea="A component that collapses on a few points fakes a great likelihood and BIC.",
        course=COURSES[0],
        place=11,
        minutes=4,
        steps=(
            Step(
                "Five copies of one point",
                _DATA,
                "Two round groups of 30 points, and five rows that are the same point, (7, 7): a "
                "sensor that got stuck, say. The mixture gets a third component.",
                Choice(
                    "BIC with K = 3 will be ...",
                    ("worse than with K = 2", "far better, but not to be believed"),
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
                f"Regularisation adds a little to every variance: here {_ROOMY:g}, in squared "
                "units of the data.",
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
        hide=(*DRAWING, "init", "kinit", "tol", "max_iter"),
    )
)
