"""The page for teachers: each lesson's aim, minutes, mistake and link."""

from __future__ import annotations

from typing import Final

from gmm_dash.lessons._lesson import COURSE_NEEDS, COURSES, LESSONS, Lesson, lessons_of
from gmm_dash.lessons._mistakes import MISTAKES

_HEAD: Final = """# Lessons, for teachers

Written by `python -m gmm_dash.lessons` from the lessons themselves; a test compares.

Each step asks before it shows. While its question is open nothing on the page answers it; then the
result appears, with a sentence made from its numbers. Put a link behind the address of your
dashboard; `&part=1` is the second step, `&present=1` a projector's screen, `&clean=1` forgets what
the browser has answered before. A step prints on one page from the browser: before the answer as a
question with its data, after it with the result. [worksheets.md](worksheets.md) says what else a
link can do."""


def guide() -> str:
    """Return ``docs/lessons.md``."""
    return "\n".join([_HEAD, *(line for course in COURSES for line in _course(course))]) + "\n"


def _course(course: str) -> list[str]:
    mine = lessons_of(course)
    minutes = sum(lesson.minutes for lesson in mine)
    steps = sum(len(lesson.steps) for lesson in mine)
    head = f"{len(mine)} lessons, {steps} steps, {minutes} minutes. {COURSE_NEEDS[course]}"
    return ["", f"## {course}", "", head, *(line for one in mine for line in _lesson(one))]


def _lesson(lesson: Lesson) -> list[str]:
    mistake, source = MISTAKES[lesson.name]
    steps = "; ".join(step.title for step in lesson.steps)
    needed = ", ".join(f"*{LESSONS[name].title}*" for name in lesson.needs)
    return [
        "",
        f"### {lesson.title}",
        "",
        f"- Aim: {lesson.idea}",
        f"- Minutes: {lesson.minutes}. Steps: {steps}.",
        f"- Removes: “{mistake}” See {source}.",
        *([f"- First: {needed}."] if needed else []),
        f"- Link: `?lesson={lesson.name}&part=0`",
    ]
