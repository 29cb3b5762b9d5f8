"""The page of a bare address: one plot, one sentence, two handles, and the ways on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import html

from gmm_dash import ids
from gmm_dash.contract import live
from gmm_dash.layout.lesson_drawer import link
from gmm_dash.lessons import COURSES, lessons_of

if TYPE_CHECKING:
    from gmm_dash.layout.controls import Controls

TITLE: Final = "Which points belong together?"
_MOST: Final = 8  # groups on offer; the tools go on from there
# What the picture is made of; each is true of any picture that the start shows.
_KEY: Final = {
    "border": (
        "k-means",
        " gives each point to the nearest of its K centres: its borders are straight.",
    ),
    "ellipse": (
        "A Gaussian mixture",
        " gives every group a width and a slant of its own: its groups are the colours.",
    ),
    "ring": ("Ringed", " is each point that the two put in different groups."),
}


def head() -> html.H2:
    """Return the question over the sentence."""
    return html.H2(TITLE, className="start-title")


def hands(controls: Controls) -> html.Div:
    """Return the two handles: how many groups, and how long they are."""
    return html.Div(
        [
            controls.slider(
                "k",
                low=1,
                high=_MOST,
                step=live.STEPS["k"],
                marks=tuple(range(1, _MOST + 1)),
                name="K, the number of groups",
            ),
            controls.slider(
                "stretch",
                low=-1,
                high=1,
                step=live.STEPS["stretch"],
                name="Round … stretched",
            ),
        ],
        className="start-hands",
    )


def foot(handles: html.Div) -> html.Div:
    """Return what stands after the plot: the handles, the ways on, and what is drawn."""
    return html.Div([handles, _ways(), _key()], className="start-foot")


def _key() -> html.Ul:
    rows = [
        html.Li([html.Span(className=f"start-mark {mark}"), html.Span([html.B(name), said])])
        for mark, (name, said) in _KEY.items()
    ]
    return html.Ul(rows, className="start-key")


def _ways() -> html.Nav:
    course = lessons_of(COURSES[0])
    minutes = sum(lesson.minutes for lesson in course)
    return html.Nav(
        [
            html.A("Start the course", href=link(course[0], 0), className="turn next"),
            html.A(
                "Go straight to the tools",
                id=ids.START_TOOLS,
                href="?view=compare",
                className="turn",
            ),
            html.P(
                f"{len(course)} short lessons from nothing, {minutes} minutes: you predict, see, "
                "and read why.",
                className="hint",
            ),
        ],
        className="start-ways",
        **{"aria-label": "Ways on"},
    )
