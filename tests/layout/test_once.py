"""Every id is on the page once, and every setting has exactly one control, whatever is open."""

import json
from collections import Counter

import pytest

from gmm_dash import ids
from gmm_dash.layout import page
from gmm_dash.layout.controls import Controls
from gmm_dash.layout.own_data import UploadPlace
from gmm_dash.layout.views import VIEWS
from gmm_dash.lessons import LESSONS
from gmm_dash.state import AppState

PLACE = UploadPlace("/tables", 1_000_000, 30)
LESSON = {"lesson": next(iter(LESSONS)).name, "part": 1}
TAUGHT = {"view": "select", "present": 1, "hide": ["k", "data"], "lock": ["cov", "kmin"]}
OWN = {"view": "steps", "data": "upload", "table": "t" * 43, "cols": ["a", "b"]}


def _traverse(parts):
    for part in parts:
        yield part
        yield from part._traverse()


def _ids(parts):
    found = (getattr(part, "id", None) for part in _traverse(parts))
    return [json.dumps(one, sort_keys=True) for one in found if one is not None]


def _page(state):
    return [page.frame(), *page.build(state, (), PLACE)]


def _all_opened(state):
    """Return the page on which every view has been opened."""
    parts = _page(state)
    stages = {ids.stage(view.name): view for view in VIEWS}
    for part in _traverse(parts):
        view = stages.get(str(getattr(part, "id", None)))
        if view and view.name != state.view.view:
            part.children = page.stage(view, state)
    return parts


@pytest.mark.parametrize(
    ("settings", "build"),
    [(LESSON, _page), (TAUGHT, _page), (OWN, _page), (OWN, _all_opened)],
    ids=["lesson", "taught", "own", "all-opened"],
)
def test_every_id_is_there_once_and_every_setting_has_one_control(settings, build):
    found = Counter(_ids(build(AppState().but(**settings))))
    assert {one: count for one, count in found.items() if count > 1} == {}
    controls = [json.loads(one) for one in found if '"kind": "control"' in one]
    assert {one["key"] for one in controls} == set(AppState.fields())


def test_every_question_mark_leads_to_an_entry_of_the_glossary():
    parts = list(_traverse(_all_opened(AppState())))
    marks = {term for part in parts if (term := getattr(part, "data-term", None))}
    assert len(marks) > 40
    assert marks <= {str(getattr(part, "id", None)) for part in parts}


def test_a_second_control_is_seen():
    state = AppState()
    twice = [*_page(state), Controls(state).carrier("k")]
    assert Counter(_ids(twice)).most_common(1)[0][1] == 2
