"""The lessons: the bare points behind the question, and what the result says to an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, html, no_update

from gmm_dash import ids
from gmm_dash.callbacks import panels
from gmm_dash.callbacks.asked import read
from gmm_dash.callbacks.declare import answers
from gmm_dash.callbacks.in_browser import calls
from gmm_dash.contract.keys import RESULT_KEYS
from gmm_dash.errors import StateError
from gmm_dash.explain.points_described import points_described
from gmm_dash.figures import bare
from gmm_dash.layout.lesson_drawer import link
from gmm_dash.lessons import grade, lesson_step
from gmm_dash.pipeline import Runs
from gmm_dash.results import project
from gmm_dash.state import AppState

if TYPE_CHECKING:
    from gmm_dash.lessons import Lesson, Verdict
    from gmm_dash.pipeline import Pipeline
    from gmm_dash.results import Points


def register(app: Dash, pipeline: Pipeline) -> None:
    """Attach the callbacks of this module."""
    _register_browser(app)
    runs = Runs(pipeline)

    @app.callback(
        Output(ids.picture(ids.LESSON_DATA), "data"),
        Output(ids.caption(ids.LESSON_DATA), "children"),
        Input(ids.LESSON_AT, "data"),
        Input(ids.SCHEME, "data"),
        prevent_initial_call=False,
    )
    @answers("shared")
    def show_points(at: Any, scheme: Any) -> tuple[Any, Any]:
        lesson, part = _step_of(at)
        state, step = lesson.state(part), lesson.steps[part]
        if not step.shows_data:
            return no_update, no_update
        points = pipeline.points(state.data)
        seen = project(points, state.view.x, state.view.y)
        # numbered as the player will number them
        starts = (
            pipeline.steps.runs(state).kmeans.centers[0] if state.view.view == "steps" else None
        )
        figure = bare.build(points, seen, "dark" if scheme == "dark" else "light", starts)
        words = points_described(points, seen, starts)
        picture = panels.picture(ids.LESSON_DATA, figure, state, words=words)
        return picture, _bare_caption(points, state)

    @app.callback(
        Output(ids.LESSON_FEEDBACK, "children"),
        Input(ids.LESSON_ANSWERED, "data"),
        State(ids.STATE, "data"),
        prevent_initial_call=True,
    )
    @answers("shared")
    def answer(given: Any, flat: Any) -> list[Any]:
        lesson, part = _step_of(given)
        lesson_state, step = lesson.state(part), lesson.steps[part]
        shown, _ = read(flat)
        run = runs.of(lesson_state)
        verdict = grade(step.question, given.get("answer"), run)
        way = link(lesson, part, present=bool(shown.teach.present))
        return _feedback(verdict, step.explain(run), way if _changed(shown, lesson_state) else "")


def _bare_caption(points: Points, state: AppState) -> str:
    scaled = ", every column standardised" if state.data.scale == "standard" else ""
    starts = " The numbers mark where the centres start." if state.view.view == "steps" else ""
    more = points.n_with_gaps - points.n
    gaps = "" if not more else f" Not drawn: {more:,} rows with gaps, which only the mixture gets."
    return f"{points.n:,} points, as the methods get them{scaled}.{gaps}{starts}"


def _step_of(at: Any) -> tuple[Lesson, int]:
    """Return the lesson that the browser is at, and the number of the step in it."""
    if not isinstance(at, dict):
        raise StateError("The page asked for a lesson that cannot be read.", hint="Reload it.")
    try:
        asked = AppState().but(lesson=at.get("lesson"), part=at.get("part"))
    except StateError:
        raise StateError("There is no such step.", hint="Choose a lesson from the list.") from None
    found = lesson_step(asked)
    if found is None:
        raise StateError("There is no such lesson.", hint="Choose a lesson from the list.")
    return found


def _changed(shown: AppState, lesson: AppState) -> bool:
    """Return whether somebody has changed what the lesson's sentence is about."""
    now, then = shown.to_flat(), lesson.to_flat()
    return any(now[key] != then[key] for key in RESULT_KEYS)


def _feedback(verdict: Verdict, why: str, way_back: str) -> list[Any]:
    """Return what the answer comes to; ``way_back`` is a link where settings have been changed."""
    kind = {True: "right", False: "wrong", None: "passed"}[verdict.right]
    parts: list[Any] = [
        html.P(verdict.sentence, className=f"verdict {kind}"),
        html.P(why, className="lesson-why"),
    ]
    if way_back:
        back = html.A("Go back to the lesson's settings", href=way_back)
        parts.append(
            html.P(
                ["You have changed settings, so the screen may differ from this. ", back, "."],
                className="hint",
            )
        )
    return parts


def _register_browser(app: Dash) -> None:
    """Attach what happens in the browser alone: the catalogue, the curtain, the progress."""
    app.clientside_callback(
        calls("lessons", "catalogue"),
        Output(ids.LESSONS_CATALOGUE, "opened"),
        Input(ids.LESSONS_OPEN, "n_clicks"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("lessons", "arrive"),
        Output(ids.LESSON_ANSWER, "value"),
        Output(ids.LESSON_ANSWERED, "data"),
        Input(ids.LESSON_AT, "data"),
    )
    app.clientside_callback(
        calls("lessons", "ready"),
        Output(ids.LESSON_CHECK, "disabled"),
        Input(ids.LESSON_ANSWER, "value"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("lessons", "answer"),
        Output(ids.LESSON_ANSWERED, "data", allow_duplicate=True),
        Input(ids.LESSON_CHECK, "n_clicks"),
        Input(ids.LESSON_PASS, "n_clicks"),
        State(ids.LESSON_ANSWER, "value"),
        State(ids.LESSON_AT, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("lessons", "leave"),
        Input(ids.LESSON_CLOSE, "n_clicks"),
        State(ids.STATE, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        calls("lessons", "fold"),
        Input(ids.LESSON_FOLD, "n_clicks"),
        prevent_initial_call=True,
    )
