"""What a teacher puts to the class: a question of their own, or the one of a lesson's step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gmm_dash.callbacks.pooling import base_of
from gmm_dash.errors import RoomError
from gmm_dash.lessons import LESSONS, Choice, grade
from gmm_dash.pipeline import Runs
from gmm_dash.rooms import Question
from gmm_dash.rooms.questions import CHOICE, NUMBER, START

if TYPE_CHECKING:
    from gmm_dash.lessons import Lesson
    from gmm_dash.pipeline import Pipeline


def question_of(found: Any, pipeline: Pipeline) -> Question:
    """Return the question that is asked for.

    Raises
    ------
    RoomError
        When it is none.
    """
    if isinstance(found, dict) and "lesson" in found:
        return _of_lesson(found, pipeline)
    if isinstance(found, dict) and found.get("kind") == START:
        return Question.read(found | {"base": base_of(found.get("link"), pipeline)})
    return Question.read(found)


def _of_lesson(found: dict[str, Any], pipeline: Pipeline) -> Question:
    """Return a step's question; its explanation is computed from the result, as in the lesson."""
    name, part = found["lesson"], found.get("part")
    if name not in LESSONS.names() or type(part) is not int:
        raise RoomError("There is no such lesson.", hint="Open a step of a lesson first.")
    lesson: Lesson = LESSONS[name]
    if not 0 <= part < len(lesson.steps):
        raise RoomError("There is no such step.", hint="Open a step of a lesson first.")
    step, run = lesson.steps[part], Runs(pipeline).of(lesson.state(part))
    why = f"{grade(step.question, None, run).sentence} {step.explain(run)}"
    asked = step.question
    if isinstance(asked, Choice):
        kind: dict[str, Any] = {"kind": CHOICE, "options": list(asked.options)}
    else:
        whole = asked.step == 1 and float(asked.low).is_integer()
        kind = {"kind": NUMBER, "x": [asked.low, asked.high], "whole": whole}
    return Question.read(kind | {"prompt": asked.prompt, "why": why})
