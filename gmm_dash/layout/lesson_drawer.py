"""The lesson beside the plots, and the catalogue of all lessons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import dcc, html

from gmm_dash import ids
from gmm_dash.layout import glossary, parts
from gmm_dash.layout.graph_config import GRAPH_CONFIG
from gmm_dash.lessons import (
    COURSE_NEEDS,
    COURSES,
    LESSONS,
    Choice,
    lesson_step,
    lessons_of,
)

if TYPE_CHECKING:
    from gmm_dash.lessons import Lesson, Question, Step
    from gmm_dash.state import AppState


def link(lesson: Lesson, part: int, *, present: bool = False) -> str:
    """Return the link to a step: its name says all, but whether it is for a projector."""
    return f"?lesson={lesson.name}&part={part}" + "&present=1" * present


def button() -> dmc.Button:
    """Return the button in the header that opens the catalogue."""
    return dmc.Button(
        "Lessons", id=ids.LESSONS_OPEN, leftSection=parts.icon("lesson"), variant="light", size="xs"
    )


def catalogue() -> dmc.Drawer:
    """Return the list of all lessons; every step is one click away."""
    sections = []
    for course in COURSES:
        mine = lessons_of(course)
        minutes = sum(one.minutes for one in mine)
        time = f" {len(mine)} lessons, {minutes} min"
        name = "course first-course" if course == COURSES[0] else "course"
        sections.append(
            html.Section(
                [
                    html.H3([course, html.Span(time, className="course-time")]),
                    html.P(COURSE_NEEDS[course], className="hint"),
                    html.Ol([_entry(one) for one in mine], className=name),
                ]
            )
        )
    return dmc.Drawer(
        [
            html.P(
                "Each step asks first: predict, then see what happens, then read why. "
                "A tick marks what you have answered in this browser.",
                className="hint",
            ),
            _progress(),
            *sections,
            glossary.build(),
        ],
        id=ids.LESSONS_CATALOGUE,
        title="Lessons and glossary",
        position="right",
        size="md",
        opened=False,
        closeButtonProps={"aria-label": "Close the list of lessons"},
    )


def _progress() -> html.Div:
    """Return where to go on; the browser knows what was answered."""
    first = lessons_of(COURSES[0])[0]
    return html.Div(
        [
            html.A(
                "Begin",
                id=ids.LESSONS_CONTINUE,
                href=link(first, 0),
                className="turn next",
                **{"data-autofocus": "true"},
            ),
            html.P(id=ids.LESSONS_TOTAL, className="hint", role="status"),
            dmc.Button(
                "Start over for another class",
                id=ids.LESSONS_RESET,
                size="compact-xs",
                variant="subtle",
                disabled=True,
            ),
        ],
        className="lessons-progress",
    )


def _needed(lesson: Lesson) -> list[html.P]:
    """Return the line that says which lessons come before one."""
    if not lesson.needs:
        return []
    names = [LESSONS[name] for name in lesson.needs]
    links = [html.A(one.title, href=link(one, 0)) for one in names]
    between = [part for one in links for part in (", ", one)][1:]
    return [html.P(["First: ", *between], className="lesson-needs")]


def _entry(lesson: Lesson) -> html.Li:
    steps = [
        html.A(
            str(part + 1),
            href=link(lesson, part),
            title=step.title,
            className="step-link",
            **{
                "aria-label": f"Step {part + 1}: {step.title}",
                "data-step": f"{lesson.name}/{part}",
            },
        )
        for part, step in enumerate(lesson.steps)
    ]
    return html.Li(
        [
            html.A(lesson.title, href=link(lesson, 0), className="lesson-link"),
            html.Span(f" {lesson.minutes} min", className="course-time"),
            html.P(lesson.idea, className="lesson-idea"),
            *_needed(lesson),
            html.Nav(steps, className="step-links", **{"aria-label": f"Steps of {lesson.title}"}),
        ]
    )


def build(state: AppState) -> list[Any]:
    """Return the lesson card of a state; nothing when it is at no lesson."""
    at = lesson_step(state)
    if at is None:
        return []
    lesson, part = at
    step = lesson.steps[part]
    return [
        html.Aside(
            [
                dcc.Store(id=ids.LESSON_AT, data={"lesson": lesson.name, "part": part}),
                dcc.Store(id=ids.LESSON_ANSWERED),
                _head(lesson, part),
                html.Div(
                    [
                        html.P(step.task, className="lesson-task"),
                        _ask(step.question),
                        html.Div(
                            id=ids.LESSON_FEEDBACK, className="lesson-feedback", role="status"
                        ),
                        _turn(lesson, part, present=bool(state.teach.present)),
                    ],
                    className="lesson-body",
                ),
            ],
            id=ids.LESSON,
            className="lesson",
            **{"aria-label": f"Lesson: {lesson.title}"},
        )
    ]


def skip(card: list[Any]) -> list[html.A]:
    """Return the way past everything else to the question; nothing where there is no card.

    The card is beside the plots and so the last on the page: some fifty stops of the keyboard.
    """
    return [html.A("Skip to the lesson", href=f"#{ids.LESSON}", className="skip")] if card else []


def _head(lesson: Lesson, part: int) -> html.Div:
    count = len(lesson.steps)
    return html.Div(
        [
            html.Div(
                [
                    html.Span(lesson.title, className="lesson-name"),
                    dmc.ActionIcon(
                        parts.icon("fold"),
                        id=ids.LESSON_FOLD,
                        variant="subtle",
                        size="sm",
                        className="lesson-fold",
                        **{"aria-label": "Fold or unfold the lesson"},
                    ),
                    dmc.ActionIcon(
                        parts.icon("close"),
                        id=ids.LESSON_CLOSE,
                        variant="subtle",
                        size="sm",
                        **{"aria-label": "Leave the lesson"},
                    ),
                ],
                className="lesson-bar",
            ),
            html.H2(lesson.steps[part].title, className="lesson-title", tabIndex="-1"),
            html.Div(
                dmc.Progress(
                    value=100 * (part + 1) / count,
                    size="xs",
                    **{"aria-label": f"Step {part + 1} of {count}"},
                ),
                className="lesson-progress",
            ),
        ],
        className="lesson-head",
    )


def _ask(question: Question) -> html.Div:
    if isinstance(question, Choice):
        answer: Any = dmc.RadioGroup(
            dmc.Stack(
                [
                    dmc.Radio(label=option, value=str(i), size="sm")
                    for i, option in enumerate(question.options)
                ],
                gap=8,
            ),
            id=ids.LESSON_ANSWER,
            label=question.prompt,
            className="lesson-question",
        )
    else:
        answer = dmc.NumberInput(
            id=ids.LESSON_ANSWER,
            label=question.prompt,
            min=question.low,
            max=question.high,
            step=question.step,
            size="sm",
            className="lesson-question",
        )
    buttons = html.Div(
        [
            dmc.Button("Check my prediction", id=ids.LESSON_CHECK, size="xs", disabled=True),
            dmc.Button("Just show me", id=ids.LESSON_PASS, size="xs", variant="subtle"),
        ],
        className="lesson-buttons",
    )
    return html.Div([answer, buttons], id=ids.LESSON_ASK, className="lesson-ask")


def _turn(lesson: Lesson, part: int, *, present: bool) -> html.Nav:
    """Return the links to the step before and the step after."""
    last = part == len(lesson.steps) - 1
    following = _following(lesson) if last else None
    forward: Any = None
    if not last:
        forward = html.A(
            "Next step", href=link(lesson, part + 1, present=present), className="turn next"
        )
    elif following is not None:
        forward = html.A(
            f"Next: {following.title}",
            href=link(following, 0, present=present),
            className="turn next",
        )
    before = link(lesson, part - 1, present=present)
    back = html.A("Back", href=before, className="turn") if part else None
    place = html.Span(f"{part + 1} of {len(lesson.steps)}", className="lesson-place")
    return html.Nav(
        [back or html.Span(), place, forward or html.Span("The end", className="lesson-place")],
        className="lesson-turn",
        **{"aria-label": "Steps"},
    )


def _following(lesson: Lesson) -> Lesson | None:
    """Return the lesson that comes next in the same course."""
    later = [one for one in lessons_of(lesson.course) if one.place > lesson.place]
    return later[0] if later else None


def curtain(state: AppState) -> list[Any]:
    """Return what covers the views until the question is answered: the bare points, if any."""
    at = lesson_step(state)
    if at is None:
        return []
    step = at[0].steps[at[1]]
    words = html.P(
        [html.Strong("Your prediction first. "), "The result appears when you have answered."]
    )
    return [html.Div([words, *_bare(step)], id=ids.LESSON_CURTAIN, className="curtain")]


def _bare(step: Step) -> list[Any]:
    if not step.shows_data:
        return []
    plot = parts.plot(ids.LESSON_DATA, label="The data, before any fit", config=GRAPH_CONFIG)
    return [parts.panel("The data, before any fit", ids.LESSON_DATA, [plot])]
