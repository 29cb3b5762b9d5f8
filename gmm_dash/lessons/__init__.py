"""Lessons: predict, run, explain. Add one by adding a module to this folder."""

from gmm_dash.lessons._grade import Verdict, grade
from gmm_dash.lessons._lesson import (
    COURSE_NEEDS,
    COURSES,
    LESSONS,
    Choice,
    Claim,
    Estimate,
    Lesson,
    Question,
    Run,
    Step,
    lesson_step,
    lessons_of,
)
from gmm_dash.lessons._open import open_link

__all__ = [
    "COURSES",
    "COURSE_NEEDS",
    "LESSONS",
    "Choice",
    "Claim",
    "Estimate",
    "Lesson",
    "Question",
    "Run",
    "Step",
    "Verdict",
    "grade",
    "lesson_step",
    "lessons_of",
    "open_link",
]
