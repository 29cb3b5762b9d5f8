"""The course: its catalogue, the card of a step, and the glossary."""

from __future__ import annotations

from typing import Final

LESSONS_OPEN: Final = "lessons-open"
LESSONS_CATALOGUE: Final = "lessons-catalogue"
LESSON: Final = "lesson"
LESSON_AT: Final = "lesson-at"
LESSON_ANSWER: Final = "lesson-answer"
LESSON_CHECK: Final = "lesson-check"
LESSON_PASS: Final = "lesson-pass"
LESSON_ANSWERED: Final = "lesson-answered"
LESSON_ASK: Final = "lesson-ask"
LESSON_FEEDBACK: Final = "lesson-feedback"
LESSON_CLOSE: Final = "lesson-close"
LESSON_FOLD: Final = "lesson-fold"
LESSON_CURTAIN: Final = "lesson-curtain"
LESSON_DATA: Final = "lesson-data"
LESSONS_TOTAL: Final = "lessons-total"
LESSONS_CONTINUE: Final = "lessons-continue"
GLOSSARY: Final = "glossary"
LESSONS_RESET: Final = "lessons-reset"
