"""Every step of every lesson, opened as a link and held against its own result."""

import re
from collections import Counter

import pytest

from gmm_dash.errors import StateError
from gmm_dash.layout.lesson_drawer import link
from gmm_dash.lessons import COURSES, LESSONS, Choice, grade, lesson_step, open_link
from gmm_dash.say import say
from gmm_dash.state import PARTS, AppState, from_query, to_query
from tests.lessons.declared import DECLARED
from tests.lessons.in_views import shown
from tests.lessons.stated import facts, is_among, numbers
from tests.lessons.watched import Watched

STEPS = [(lesson.name, part) for lesson in LESSONS for part in range(len(lesson.steps))]


@pytest.fixture(params=STEPS, ids=lambda step: f"{step[0]}-{step[1]}")
def at(request):
    name, part = request.param
    return LESSONS[name], part


def test_its_link_opens_exactly_this_state(at):
    lesson, part = at
    state, problems = open_link(link(lesson, part))
    assert problems == ()
    assert state == lesson.state(part)
    assert lesson_step(state) == (lesson, part)
    assert len(to_query(state)) < 2000
    assert open_link(to_query(state)) == from_query(to_query(state)) == (state, ())


def test_it_sets_only_what_there_is(at):
    lesson, part = at
    settings = lesson.steps[part].settings
    assert set(settings) <= set(AppState.fields())
    assert set(lesson.hide) <= {*AppState.fields(), *PARTS}


def test_what_it_claims_holds_in_its_result(at, runs):
    lesson, part = at
    step, run = lesson.steps[part], runs.of(lesson.state(part))
    assert step.claims
    failed = [claim.says for claim in step.claims if not claim.holds(run)]
    assert not failed


def test_its_words_are_whole_sentences_with_the_results_numbers(at, runs):
    lesson, part = at
    step, run = lesson.steps[part], runs.of(lesson.state(part))
    why = step.explain(run)
    assert why.endswith((".", "?"))
    assert not re.search(r"nan|inf\b|None|\{|\}|  ", why)
    assert re.search(r"\d", why), "an explanation speaks of this very result"
    assert step.task.endswith((".", "?"))


def test_the_right_answer_is_right_and_another_is_not(at, runs):
    lesson, part = at
    step, run = lesson.steps[part], runs.of(lesson.state(part))
    question = step.question
    answer = question.answer(run)
    assert grade(question, None, run).right is None
    if isinstance(question, Choice):
        assert len(set(question.options)) == len(question.options) >= 2
        assert grade(question, str(answer), run).right is True
        wrong = (answer + 1) % len(question.options)
        assert grade(question, str(wrong), run).right is False
    else:
        assert question.low <= answer <= question.high
        assert grade(question, answer, run).right is True
        assert grade(question, answer + 2 * question.close, run).right is False


SHOWN_IN = {
    "selection": "select",
    "restarts": "restarts",
    "from_one_start": "steps",
    "steps": "steps",
}


def _written(lesson, part, runs):
    """Return what a card says, its question without its answers, and the states it looked at."""
    step, run = lesson.steps[part], Watched(runs.of(lesson.state(part)))
    step.question.answer(run)
    why = step.explain(run)
    options = step.question.options if isinstance(step.question, Choice) else ()
    asked = " ".join((step.title, step.task, step.question.prompt))
    return numbers(why), numbers(asked), numbers(" ".join(options)), run


def _beside(lesson, part, runs, pipeline):
    """Return the numbers of the pictures that a card looked at, and those of their sentences."""
    said, asked, _, run = _written(lesson, part, runs)
    values, spoken = [], set()
    for state in dict.fromkeys(run.states):
        if state.view.view == "compare":
            found, told = facts(pipeline, state, said | asked)
            values, spoken = values + found, spoken | told
        if state.view.view != "compare" or "shapes" in state.view.show:
            values += shown(runs, state, run.methods)
        if state.view.view not in ("compare", "select", "restarts"):  # those would search again
            here = say(pipeline, state)
            spoken |= numbers(" ".join(one["text"] for one in here["sentences"]))
            values += [value for value in here["numbers"].values() if value is not None]
    return values, spoken


def test_it_looks_at_nothing_but_the_view_beside_it(at, runs):
    lesson, part = at
    *_, run = _written(lesson, part, runs)
    for name, (view, four) in run.asked.items():
        assert view == SHOWN_IN.get(name, view)
        assert four or name != "shapes"


def test_its_numbers_are_those_of_the_picture_beside_it(at, runs, pipeline):
    lesson, part = at
    said, asked, _, run = _written(lesson, part, runs)
    values, spoken = _beside(lesson, part, runs, pipeline)
    left = {number for number in (said | asked) - spoken if not is_among(number, values)}
    if (lesson.name, part) in DECLARED:
        own = DECLARED[lesson.name, part](pipeline, run.state)
        assert any(is_among(number, own) for number in left), "what is declared is needed"
        left = {number for number in left if not is_among(number, own)}
    assert left == set()
    assert not is_among("987654", values)


@pytest.mark.parametrize("answer", ["x", "9", "-1", [], {}, "1e999", "nan", float("inf")])
def test_an_answer_that_is_none_is_refused(runs, answer):
    for name in ("corners", "restarts"):
        lesson = LESSONS[name]
        run = runs.of(lesson.state(0))
        question = lesson.steps[0].question
        if not isinstance(question, Choice) and answer in ("9", "-1"):
            continue
        with pytest.raises(StateError):
            grade(question, answer, run)


def test_places_and_titles_are_unambiguous():
    assert not [p for p, n in Counter((one.course, one.place) for one in LESSONS).items() if n > 1]
    assert {one.course for one in LESSONS} == set(COURSES)
    titles = [one.title for one in LESSONS]
    assert len(set(titles)) == len(titles)


def test_the_course_fits_into_a_class():
    minutes = sum(one.minutes for one in LESSONS if one.course == COURSES[0])
    assert minutes <= 50


def test_right_answers_are_not_always_at_the_same_place(runs):
    places = Counter(
        lesson.steps[part].question.answer(runs.of(lesson.state(part)))
        for lesson, part in ((LESSONS[name], part) for name, part in STEPS)
        if isinstance(lesson.steps[part].question, Choice)
    )
    assert max(places.values()) < 0.7 * sum(places.values())


@pytest.mark.parametrize("query", ["?lesson=nothing&part=3", "?lesson=&part=2", ""])
def test_an_unknown_lesson_is_no_lesson(query):
    assert lesson_step(from_query(query)[0]) is None


def test_a_link_that_names_a_step_opens_what_the_step_is_about():
    state, problems = open_link("?lesson=corners&part=0")
    assert (state, problems) == (LESSONS["corners"].state(0), ())
    own, _ = open_link("?lesson=corners&part=0&k=3&present=1")
    assert own == state.but(k=3, present=1)
    other = "?lesson=corners&part=0&data=moons"
    assert open_link(other) == from_query(other)
    assert open_link("?lesson=nothing&part=1") == from_query("?lesson=nothing&part=1")
    assert open_link("?lesson=corners&k=99")[1] == from_query("?k=99")[1] != ()


@pytest.mark.parametrize("tab", ["groups", "rows"])
def test_where_scores_are_hidden_so_are_the_numbers_of_groups(tab):
    state, problems = open_link(f"?data=iris&k=3&tab={tab}&hide=scores")
    assert (state.view.tab, len(problems)) == ("plots", 1)
    assert "plots are shown instead" in problems[0]
    assert open_link(f"?data=iris&k=3&tab={tab}")[0].view.tab == tab
    assert open_link("?lesson=corners&part=0&tab=groups")[0].view.tab == (
        "plots" if "scores" in LESSONS["corners"].state(0).view.hide else "groups"
    )


def test_a_part_beyond_the_last_is_the_last():
    lesson = LESSONS["ideal"]
    state, _ = from_query("?lesson=ideal&part=60")
    assert lesson_step(state) == (lesson, len(lesson.steps) - 1)
