"""What somebody who has read the course, and nothing else, must be able to answer from it.

Each question is one that a teacher would ask after it; each answer is in sentences of the course,
where they stand. Words that come from numbers are left out of the quotations.
"""

import pytest

from tests.lessons.read import COURSE, read

EXAM = {
    "What is a point's share in a component, and what do its shares add up to?": {
        "shares/1": (
            "A point's share in a component is the probability that the point came from it.",
            "Always exactly 1, or 100 %.",
        ),
    },
    "What does half and half mean?": {
        "shares/1": (
            "It lies where both components are equally probable",
            "Half and half means undecided, not that the point is two things.",
        ),
    },
    "How many free parameters has each shape with three components in the plane?": {
        "types/0": (
            "17: 3 centres of 2, 3 covariances of 3, and 2 weights (the third is what is left of",
            "tied 11 (one covariance), diag 14 (2 spreads each), spherical 11 (1 each)",
        ),
    },
    "When is which shape to be used?": {
        "types/1": (
            "Use tied when groups look alike, full when they do not and there are points enough.",
        ),
        "types/2": (
            "Use spherical for round groups of any width, diag when spreads differ in x and y but "
            "nothing slants",
        ),
    },
    "Why is k-means' border between two centres straight, and halfway?": {
        "kmeans/0": (
            "every point goes to the nearest centre",
            "the places equally far from two centres are a straight line midway, and on each side "
            "of it one is nearer",
        ),
    },
    "What does one round of k-means do, and when does it stop?": {
        "kmeans/0": ("Then it assigns: every point goes to the nearest centre.",),
        "kmeans/1": ("Now every centre moves to the mean of its points",),
        "kmeans/2": ("repeats the two half steps, assign and move, until no point changes its",),
    },
    "Why does the inertia never rise?": {
        "kmeans/3": (
            "a point that goes to a nearer centre makes it smaller, and the mean is the place with "
            "the least squared distance to its points",
        ),
    },
    "What do E and M do, and what do they raise?": {
        "em/0": ("every point gets its shares",),
        "em/1": ("Every component moves to the mean of the points, each counted by its share.",),
        "em/2": (
            "E finds the shares that fit the components, M the components that fit the shares",
            "It is to EM what inertia is to k-means.",
        ),
    },
    "Why should both methods start several times, and which end is kept?": {
        "corners/0": ("k-means only goes downhill from its start",),
        "corners/1": ("So start several times, and keep the lowest.",),
        "beginnings/0": (
            "EM climbs from where it starts",
            "start several times, in different ways, and keep the highest log-likelihood",
        ),
    },
    "What does BIC trade, and what can it not do?": {
        "criteria/0": (
            "add a price for every parameter to the badness of the fit",
            "With few points BIC tends to miss groups, AIC to take too many.",
        ),
        "criteria/1": ("if the truth is among the models",),
        "collapse/0": ("so the log-likelihood is faked",),
    },
    "What is a collapsed component, and what is to be done about it?": {
        "collapse/0": (
            "A component that shrinks onto a few points has collapsed; do not believe its score.",
        ),
        "collapse/1": (
            "Regularisation adds a little to the squared spread of every component",
            "look at the smallest component before you believe it",
        ),
    },
    "What does a change of units do to each method?": {
        "units/0": (
            "so y, with its large spread, decides alone",
            "A full covariance learns each direction's spread: its best fit is the same in any "
            "units, a start from k-means is not.",
        ),
        "units/1": ("Spherical mixtures need it as k-means does",),
    },
    "In which sense is k-means a limit of a mixture?": {
        "limit/1": (
            "Both components get the same weight and the same round shape, and that shape is "
            "shrunk to nothing.",
            "with shares of 1 and 0, E is assign and M is move",
        ),
    },
    "What is a density of many components for, if they are no clusters?": {
        "density/1": ("It is not an answer to how many groups there are",),
        "density/2": (
            "A density is for drawing new points, and for telling usual places from unusual ones",
        ),
    },
}


@pytest.fixture(scope="module")
def told(runs):
    return {name: " ".join(texts) for name, texts in read(runs).items()}


@pytest.mark.parametrize("question", EXAM)
def test_the_course_answers_it_in_so_many_words(told, question):
    quoted = EXAM[question]
    assert quoted
    missing = [
        (step, one) for step, some in quoted.items() for one in some if one not in told[step]
    ]
    assert missing == []


def test_the_questions_ask_for_most_of_the_course():
    asked = {step.partition("/")[0] for quoted in EXAM.values() for step in quoted}
    lessons = {lesson.name for lesson, _ in COURSE}
    assert lessons - asked == {"groups", "borders", "gaussian", "overfit"}
