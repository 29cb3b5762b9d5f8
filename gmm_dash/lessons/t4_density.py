"""The textbook's moons: two components, sixteen components, new points."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT, gmm_ari
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run


MOONS = {"data": "moons", "n": 200, "noise": 0.05, "dseed": 0}


def _finds_moons(run: Run) -> int:
    """Return which answer is right to "does the mixture find the two moons?"."""
    return 0 if gmm_ari(run) > 0.9 else 1


def _why_not(run: Run) -> str:
    """Return why two Gaussians are no two moons."""
    return (
        f"ARI {gmm_ari(run):.2f}: each ellipse takes a tip of the other moon. A Gaussian is an "
        "ellipse, and no ellipse is bent; the data are not made of what the model is made of."
    )


def _better_density(run: Run) -> int:
    """Return which answer is right to "does the fit get better with 16 components?"."""
    two, many = run.but(k=2).comparison.gmm_fit, run.but(k=16).comparison.gmm_fit
    return 0 if many.log_likelihood > two.log_likelihood + 0.2 else 1


def _why_density(run: Run) -> str:
    """Return what sixteen components are good for."""
    two, many = run.but(k=2).comparison.gmm_fit, run.but(k=16).comparison.gmm_fit
    return (
        f"The log-likelihood of a point rises from {two.log_likelihood:.2f} with 2 components to "
        f"{many.log_likelihood:.2f} with 16: they describe the points better, but "
        f"{run.state.model.k} components for two moons are no two clusters: several share a moon."
    )


def _near_moons(run: Run) -> int:
    """Return which answer is right to "where do new points fall?"."""
    fit, drawn = run.comparison.gmm_fit, run.but(dseed=1)
    unseen = run.density_of(fit, drawn.points)
    return 0 if unseen > run.but(k=1).comparison.gmm_fit.log_likelihood else 1


def _why_new(run: Run) -> str:
    """Return why a density can be drawn from."""
    fit = run.comparison.gmm_fit
    unseen = run.density_of(fit, run.but(dseed=1).points)
    return (
        "The new points lie along the moons. To draw one, pick a component by its weight, then a "
        f"point from that Gaussian. Points of the moons that the mixture has never seen score "
        f"{unseen:.2f} each, one single Gaussian gives its own "
        f"{run.but(k=1).comparison.gmm_fit.log_likelihood:.2f}."
    )


def _moon_steps() -> tuple[Step, ...]:
    """Return the textbook's steps."""
    return (
        Step(
            "Two components for two moons",
            MOONS | {"k": 2},
            "Two interleaving half moons, and a mixture with one component for each.",
            Choice("Does the mixture find the two moons?", ("Yes", "No"), _finds_moons),
            _why_not,
            (Claim("two components do not find the moons", lambda r: gmm_ari(r) < 0.7),),
        ),
        Step(
            "Sixteen components",
            MOONS | {"k": 16, "view": "density", "draw": 0},
            "Now sixteen components on the same 200 points. Forget the labels: look at the "
            "density, which is the sum of all components.",
            Choice(
                "Does the mixture describe the points better than with two?",
                ("Yes, much better", "No, it is just more clutter"),
                _better_density,
            ),
            _why_density,
            (Claim("sixteen fit much better", lambda r: _better_density(r) == 0),),
        ),
        Step(
            "Points that never were",
            MOONS | {"k": 16, "view": "density", "draw": 400, "drawseed": 42},
            "A density can be drawn from: 400 new points, from the mixture of sixteen.",
            Choice(
                "Where will they fall?",
                ("Along the two moons", "In a cloud around the middle"),
                _near_moons,
            ),
            _why_new,
            (
                Claim("unseen moons are likely under the mixture", lambda r: _near_moons(r) == 0),
                Claim("it has 16 components", lambda r: r.comparison.gmm_fit.n_components == 16),
            ),
        ),
    )


def _bent(run: Run) -> int:
    return 1 if (run.comparison.kmeans.ari or 0) < 0.6 else 0


def _why_bent(run: Run) -> str:
    return (
        f"k-means scores {run.comparison.kmeans.ari:.2f}: its border is straight, halfway "
        "between two centres, and the moons reach around each other. No ellipse is bent either."
    )


_FIRST = Step(
    "Two moons",
    MOONS | {"k": 2, "show": ["centers", "truth", "circles"]},
    "200 points on two interleaving half circles.",
    Choice("Can k-means with K = 2 tell the moons apart?", ("Yes", "No"), _bent),
    _why_bent,
    (Claim("k-means fails on moons", lambda r: (r.comparison.kmeans.ari or 0) < 0.6),),
)


def _textbook() -> tuple[Step, ...]:
    """Return the class's steps with the textbook's seeds and one start."""
    return (
        _FIRST,
        *(replace(step, settings=dict(step.settings) | {"seed": 0}) for step in _moon_steps()),
    )


LESSONS.add(
    Lesson(
        name="book-density",
        title="Moons: a mixture as a density",
        idea="Two components do not find the moons; sixteen fit far better, and can be drawn from.",
        course=COURSES[1],
        place=4,
        minutes=8,
        steps=_textbook(),
        hide=FINE_PRINT,
    )
)
