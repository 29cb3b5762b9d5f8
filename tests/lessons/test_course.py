"""The course as somebody reads it who knows nothing of the field: order, words, length."""

import re
from pathlib import Path

import pytest

from gmm_dash.layout.lesson_drawer import link
from gmm_dash.lessons import COURSES, LESSONS, lessons_of
from gmm_dash.lessons._guide import guide
from gmm_dash.lessons._mistakes import MISTAKES
from tests.lessons.read import COURSE, read

MOST_WORDS = 60  # of what is read at one time: before the answer, and after it

# Every term, the step that introduces it, and the sentence that says what it is.
TERMS = {
    r"\bgroups?\b": ("groups/0", "A group is a set of points that lie close together"),
    r"\bclusters?\b": ("groups/1", "What a method returns as groups are called its clusters."),
    r"\bK\b": ("groups/1", "How many it is asked for is called K"),
    r"\bk-means\b": ("kmeans/0", "k-means stands for every cluster by one position, its centre."),
    r"\bcentres?\b": ("kmeans/0", "by one position, its centre."),
    r"\bassign": ("kmeans/0", "Then it assigns: every point goes to the nearest centre."),
    r"(?<!k-)\bmeans?\b(?! that| undecided)": (
        "kmeans/1",
        "the mean of its points: their average x and their average y.",
    ),
    r"\brounds?\b(?! (cloud|group|comp|shape))": ("kmeans/2", "One round is both half steps."),
    r"\binertia\b": ("kmeans/3", "Add up every point's squared distance to its centre. The sum is"),
    r"\bstuck\b": ("corners/0", "it is stuck: no half step helps, though a better end exists."),
    r"\brestarts?\b": ("corners/1", "A restart is the same method from other first centres."),
    r"\bGaussian": ("gaussian/0", "A Gaussian is a cloud of points: densest at its centre"),
    r"\bstandard deviations?\b": ("gaussian/0", "the typical distance from the centre"),
    r"\bcovariances?\b": ("gaussian/1", "spread in y and its slant together are called its cov"),
    r"\bmixtures?\b": (
        "shares/0",
        "A Gaussian mixture is several Gaussians laid over one another.",
    ),
    r"\bcomponents?\b": ("shares/0", "Each is called a component, and has a weight"),
    r"\bweights?\b": ("shares/0", "a weight: the part of all points that it accounts for."),
    r"\bshares?\b": ("shares/1", "A point's share in a component is the probability that the"),
    r"\bcertain": ("shares/2", "The largest share of a point is its certainty"),
    r"\bEM\b": ("em/0", "EM finds a mixture as k-means finds clusters: two half steps"),
    r"\bE\b": ("em/0", "In the first, E, the components stay where they are"),
    r"\bM\b": ("em/1", "In the second half step, M, the shares stay as they are."),
    r"likelihood": ("em/2", "The log-likelihood says how probable the mixture makes the points"),
    r"\b(s|S)pherical\b": ("types/0", "Spherical: circles of any size."),
    r"\b(d|D)iag\b": ("types/0", "Diag: ellipses along the axes."),
    r"\b(t|T)ied\b": ("types/0", "Tied: one ellipse, the same for all."),
    r"\b(full|Full)\b": ("types/0", "Full: any ellipse each."),
    r"\bparameters?\b": ("types/0", "The numbers a mixture has to find are its parameters."),
    r"\bheld out\b": ("overfit/1", "fit the mixture on the rest, and score those held out."),
    r"\b(AIC|BIC)\b": ("criteria/0", "each add a price for every parameter to the badness of the"),
    r"\bcollaps": ("collapse/0", "A component that shrinks onto a few points has collapsed"),
    r"\b(r|R)egularis": ("collapse/1", "Regularisation adds a little to the squared spread"),
    r"\bdensity\b": ("density/2", "say for every place how many points to expect there: that is"),
    r"\b(s|S)tandardis": ("units/1", "To standardise is to give every column mean 0"),
}
NEVER = r"\b(ARI|AMI|ICL|AICc|silhouette|nats|posterior|responsibilit|optimum|hyper|prior)\b"


@pytest.fixture(scope="module")
def told(runs):
    """What is read at each step, before the answer and after it, in the course's order."""
    return read(runs)


def test_it_fits_into_a_class():
    assert 30 <= sum(lesson.minutes for lesson in lessons_of(COURSES[0])) <= 50
    assert len(COURSE) >= 30


def test_every_step_is_short(told):
    long = {
        name: [len(text.split()) for text in texts[:2]]
        for name, texts in told.items()
        if max(len(text.split()) for text in texts[:2]) > MOST_WORDS
    }
    assert long == {}


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_said_before_it_is_used(told, term):
    where, sentence = TERMS[term]
    steps = list(told)
    early = [name for name in steps[: steps.index(where)] if re.search(term, told[name][2])]
    assert early == []
    assert sentence in told[where][2]
    assert re.search(term, told[where][2])


def test_no_word_of_the_trade_is_left_unsaid(told):
    assert {name: m[0] for name, t in told.items() if (m := re.search(NEVER, t[2]))} == {}


def test_what_a_lesson_needs_comes_before_it():
    course = [lesson.name for lesson in lessons_of(COURSES[0])]
    for lesson in LESSONS:
        assert set(lesson.needs) <= set(course)
        assert bool(lesson.needs) == (lesson.course == COURSES[2])


def test_the_page_for_teachers_is_written_from_the_lessons():
    page = guide()
    assert (Path(__file__).parents[2] / "docs" / "lessons.md").read_text() == page
    assert set(MISTAKES) == {lesson.name for lesson in LESSONS}
    assert len({mistake for mistake, _ in MISTAKES.values()}) == len(MISTAKES)


def test_the_names_of_old_links_are_still_there():
    old = {
        *("ideal", "corners", "restarts", "mouse", "stretched", "unequal", "soft", "em", "density"),
        *("criteria", "collapse", "overfit", "own", "minority", "converged", "starts", "units"),
        *("iris", "components", "noise", "dimensions", "outlier", "book-kmeans", "book-soft"),
        *("book-shapes", "book-density", "book-criteria", "book-digits", "book-colours", "book-em"),
    }
    assert old <= {lesson.name for lesson in LESSONS}
    assert link(LESSONS["corners"], 0) == "?lesson=corners&part=0"
