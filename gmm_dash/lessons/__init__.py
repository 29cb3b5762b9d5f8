"""Lessons: predict, run, explain. Add one by adding a module to this folder."""

from gmm_dash.lessons._grade import Verdict, grade
from gmm_dash.lessons._lesson import (
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
)

__all__ = [
    "COURSES",
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
]
