"""The course as it is read: what each step says before its answer, and after it."""

from gmm_dash.lessons import COURSES, Choice, lessons_of

COURSE = [(lesson, part) for lesson in lessons_of(COURSES[0]) for part in range(len(lesson.steps))]


def read(runs):
    """Return, by step, what is asked, what is explained, and all of its text."""
    found = {}
    for lesson, part in COURSE:
        step = lesson.steps[part]
        question = step.question
        options = question.options if isinstance(question, Choice) else ()
        asked = " ".join((step.task, question.prompt))
        why = step.explain(runs.of(lesson.state(part)))
        found[f"{lesson.name}/{part}"] = (asked, why, " ".join((step.title, asked, *options, why)))
    return found
