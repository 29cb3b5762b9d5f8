"""What a link locks looks locked, and says who locks it; what it hides leaves nothing behind."""

import pytest

from gmm_dash import ids
from gmm_dash.contract.keys import AXIS_KEYS, MODEL_KEYS
from gmm_dash.contract.teaching import OFFERED, PRESETS
from gmm_dash.layout import page, sidebar
from gmm_dash.layout.controls import Controls
from gmm_dash.layout.own_data import UploadPlace
from gmm_dash.state import PARTS, AppState, from_query

PLACE = UploadPlace("/tables", 1_000_000, 30)


def _parts(query):
    state, problems = from_query(query)
    assert not problems
    return list(sidebar.build(state, Controls(state), PLACE)._traverse())


def _with_id(parts, wanted):
    return next(part for part in parts if getattr(part, "id", None) == wanted)


def _note(part):
    return any(getattr(one, "className", "") == "lock-note" for one in part._traverse())


def test_what_is_locked_says_so_and_no_button_goes_around_it():
    parts = _parts("?lock=k,seed,dseed,data,tol,show")
    for key in ("k", "seed", "tol", "show", "data"):
        assert _note(_with_id(parts, ids.wrapper(key))), key
    for key in ("cov", "n"):
        assert not _note(_with_id(parts, ids.wrapper(key))), key
    for button in (ids.NEW_POINTS, ids.NEW_START, ids.SKLEARN_DEFAULTS):
        assert _with_id(parts, button).disabled
        assert not _with_id(_parts("?lock=k"), button).disabled


@pytest.mark.parametrize(
    ("hide", "gone", "there"),
    [
        (MODEL_KEYS, "Model", "Show"),
        (("show", *AXIS_KEYS), "Show", "Model"),
        (("n", "dseed"), "numbers", "Data"),
    ],
)
def test_a_group_without_anything_in_it_vanishes(hide, gone, there):
    parts = _parts(f"?hide={','.join(key for key in hide if key in OFFERED)}")
    assert _with_id(parts, ids.section(gone)).hidden
    assert not _with_id(parts, ids.section(there)).hidden
    assert not _with_id(_parts(f"?hide={hide[0]}"), ids.section(gone)).hidden


def test_a_preset_names_what_there_is():
    for preset in PRESETS.values():
        assert set(preset.free) <= set(OFFERED) <= set(AppState.fields())
        assert set(preset.hide) <= {*OFFERED, *PARTS}
        assert not set(preset.free) & set(preset.hide)


def test_the_button_of_a_class_is_there_only_where_classes_are():
    def has(board):
        parts = page.build(AppState(), (), PLACE, board=board)
        every = [one for part in parts for one in (part, *part._traverse())]
        return any(getattr(one, "id", None) == ids.CLASS_OPEN for one in every)

    assert has(board=True)
    assert not has(board=False)
