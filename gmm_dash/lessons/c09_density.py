"""Two moons: components are not clusters, but they make a density."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.lessons._facts import FINE_PRINT, gmm_ari
from gmm_dash.lessons._lesson import COURSES, LESSONS, Choice, Claim, Lesson, Step

if TYPE_CHECKING:
    from gmm_dash.lessons._lesson import Run

MOONS = {"data": "moons", "n": 200, "noise": 0.05, "dseed": 0}


def finds_moons(run: Run) -> int:
    """Return which answer is right to "does the mixture find the two moons?"."""
    return 0 if gmm_ari(run) > 0.9 else 1


def why_not(run: Run) -> str:
    """Return why two Gaussians are no two moons."""
    return (
        f"ARI {gmm_ari(run):.2f}: each ellipse takes a tip of the other moon. A Gaussian is an "
        "ellipse, and no ellipse is bent; the data are not made of what the model is made of."
    )


def better_density(run: Run) -> int:
    """Return which answer is right to "does the fit get better with 16 components?"."""
    two, many = run.but(k=2).comparison.gmm_fit, run.but(k=16).comparison.gmm_fit
    return 0 if many.log_likelihood > two.log_likelihood + 0.2 else 1


def why_density(run: Run) -> str:
    """Return what sixteen components are good for."""
    two, many = run.but(k=2).comparison.gmm_fit, run.but(k=16).comparison.gmm_fit
    return (
        f"The log-likelihood of a point rises from {two.log_likelihood:.2f} with 2 components to "
        f"{many.log_likelihood:.2f} with 16: they describe the points better, but "
        f"{run.state.model.k} components for two moons are no two clusters: several share a moon."
    )


def near_moons(run: Run) -> int:
    """Return which answer is right to "where do new points fall?"."""
    fit, drawn = run.comparison.gmm_fit, run.but(dseed=1)
    unseen = run.density_of(fit, drawn.points)
    return 0 if unseen > run.but(k=1).comparison.gmm_fit.log_likelihood else 1


def why_new(run: Run) -> str:
    """Return why a density can be drawn from."""
    fit = run.comparison.gmm_fit
    unseen = run.density_of(fit, run.but(dseed=1).points)
    return (
        "The new points lie along the moons. To draw one, pick a component by its weight, then a "
        f"point from that Gaussian. Points of the moons that the mixture has never seen score "
        f"{unseen:.2f} each, one single Gaussian gives its own "
        f"{run.but(k=1).comparison.gmm_fit.log_likelihood:.2f}."
    )


def moon_steps() -> tuple[Step, ...]:
    """Return the steps, which a course of its own shares."""
    return (
        Step(
            "Two components for two moons",
            MOONS | {"k": 2},
            "Two interleaving half moons, and a mixture with one component for each.",
            Choice("Does the mixture find the two moons?", ("Yes", "No"), finds_moons),
            why_not,
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
                better_density,
            ),
            why_density,
            (Claim("sixteen fit much better", lambda r: better_density(r) == 0),),
        ),
        Step(
            "Points that never were",
            MOONS | {"k": 16, "view": "density", "draw": 400, "drawseed": 42},
            "A density can be drawn from: 400 new points, from the mixture of sixteen.",
            Choice(
                "Where will they fall?",
                ("Along the two moons", "In a cloud around the middle"),
                near_moons,
            ),
            why_new,
            (
                Claim("unseen moons are likely under the mixture", lambda r: near_moons(r) == 0),
                Claim("it has 16 components", lambda r: r.comparison.gmm_fit.n_components == 16),
            ),
        ),
    )


LESSONS.add(
    Lesson(
        name="density",
        title="Two moons",
        idea="Many components describe where points lie, though none of them is a cluster.",
        course=COURSES[0],
        place=9,
        minutes=6,
        steps=moon_steps(),
        hide=FINE_PRINT,
    )
)
