"""What a lesson is: steps that ask before they show, and explain from the result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from gmm_dash.registry import Registry
from gmm_dash.state import AppState, dataset_defaults

if TYPE_CHECKING:
    from gmm_dash.engine import KMeansFit, MixtureFit
    from gmm_dash.results import Comparison, Points, Shapes, Steps
    from gmm_dash.results.restarts import Restarts
    from gmm_dash.results.select import Selection

COURSES: Final = ("The course", "The textbook, picture by picture", "Go deeper")
"""Headings of the catalogue, in its order."""

COURSE_NEEDS: Final = {
    COURSES[
        0
    ]: "Needs nothing but a look at a scatter plot before. One idea a step, in this order.",
    COURSES[1]: "Needs the course, or the textbook beside it: its pictures, one by one.",
    COURSES[2]: "Needs the course; each names the lesson that it goes on from.",
}
"""What a reader of each must know first."""

_KEPT: Final = ("data", "n", "noise", "centers", "dseed", "scale", "x", "y", "k", "cols")


class Run(Protocol):
    """The results of one state, each computed when it is first asked for."""

    @property
    def state(self) -> AppState:
        """The settings."""
        ...

    @property
    def points(self) -> Points:
        """The points that are fitted."""
        ...

    @property
    def comparison(self) -> Comparison:
        """Both fits, scored."""
        ...

    @property
    def shapes(self) -> Shapes:
        """The four covariance types."""
        ...

    def but(self, **flat: Any) -> Run:
        """Return the results with some settings changed, named by URL key."""
        ...

    @property
    def selection(self) -> Selection:
        """What "How many?" shows."""
        ...

    def restarts(self, method: str) -> Restarts:
        """Return what Restarts shows of ``"kmeans"`` or ``"gmm"``."""
        ...

    @property
    def steps(self) -> Steps:
        """What Step by step shows."""
        ...

    def kmeans_from(self, centers: tuple[tuple[float, ...], ...]) -> KMeansFit:
        """Return k-means from given centres."""
        ...

    def from_one_start(self) -> tuple[KMeansFit, MixtureFit]:
        """Return both runs of the player, which start from the same centres."""
        ...

    def image_sizes(self) -> tuple[int, int, int]:
        """Return the bytes of the chosen image as it is, by k-means, and by the mixture."""
        ...

    def reduced(self, variance: float) -> tuple[int, int]:
        """Return how many columns there are, and how many components keep that variance."""
        ...

    def density_of(self, fit: MixtureFit, points: Points) -> float:
        """Return the mean log-likelihood of other points under a fit."""
        ...


@dataclass(frozen=True, slots=True)
class Choice:
    """A question with a few answers.

    Attributes
    ----------
    prompt : str
    options : tuple of str
    answer : callable
        ``Run -> int``: which option this very result makes right.
    """

    prompt: str
    options: tuple[str, ...]
    answer: Callable[[Run], int]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A question for a number.

    Attributes
    ----------
    prompt : str
    answer : callable
        ``Run -> float``: the number in this very result.
    close : float
        An answer this near is right.
    low, high, step : float
        Of the field.
    """

    prompt: str
    answer: Callable[[Run], float]
    close: float
    low: float
    high: float
    step: float = 1.0


Question: TypeAlias = Choice | Estimate


@dataclass(frozen=True, slots=True)
class Claim:
    """Something a step says, and whether a result bears it out.

    Attributes
    ----------
    says : str
    holds : callable
        ``Run -> bool``.
    """

    says: str
    holds: Callable[[Run], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """One state, a question asked before it shows, and a sentence made from its result.

    Attributes
    ----------
    title : str
    settings : mapping
        URL keys that differ from the defaults of its data set.
    task : str
        What there is to know before the question.
    question : Question
    explain : callable
        ``Run -> str``: why, with the numbers on the screen.
    claims : tuple of Claim
        What ``explain`` relies on; the tests hold every one against the result.
    shows_data : bool
        Whether the bare points are shown with the question.
    hide : tuple of str
        What this step hides besides what its lesson does.
    """

    title: str
    settings: Mapping[str, Any]
    task: str
    question: Question
    explain: Callable[[Run], str]
    claims: tuple[Claim, ...]
    shows_data: bool = True
    hide: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "settings", MappingProxyType(dict(self.settings)))


@dataclass(frozen=True, slots=True)
class Lesson:
    """A few steps on one idea.

    Attributes
    ----------
    name, title : str
        URL value, and what the catalogue says.
    idea : str
        One sentence: what a student knows afterwards.
    course : str
        One of ``COURSES``.
    place : int
        Position within the course.
    minutes : int
        How long a class takes over it.
    steps : tuple of Step
    hide : tuple of str
        Controls, and parts of the page, that do not matter here.
    needs : tuple of str
        Names of the lessons that come first.
    """

    name: str
    title: str
    idea: str
    course: str
    place: int
    minutes: int
    steps: tuple[Step, ...]
    hide: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    def state(self, part: int) -> AppState:
        """Return what is on the screen at one step, counted from zero."""
        settings = dict(self.steps[part].settings)
        suggested = dataset_defaults(settings.get("data"))
        own = {key: value for key, value in suggested.items() if key in _KEPT}
        flat = own | settings | {"lesson": self.name, "part": part}
        flat["hide"] = (*self.hide, *self.steps[part].hide)
        return AppState.from_flat(flat)


LESSONS: Registry[Lesson] = Registry("lesson", "gmm_dash.lessons")


def lessons_of(course: str) -> list[Lesson]:
    """Return the lessons of one course, in its order."""
    return sorted((one for one in LESSONS if one.course == course), key=lambda one: one.place)


def lesson_step(state: AppState) -> tuple[Lesson, int] | None:
    """Return the lesson and the step that a state is at; None when it is at none."""
    if state.view.lesson not in LESSONS.names():
        return None
    lesson = LESSONS[state.view.lesson]
    return lesson, min(state.view.part, len(lesson.steps) - 1)
