"""The browser has what Python says, and Python says what is so elsewhere."""

from contextlib import nullcontext
from pathlib import Path

from dash import Dash
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture

from gmm_dash import callbacks
from gmm_dash.contract import drawing, keys, methods, statuses
from gmm_dash.contract.browser import facts
from gmm_dash.contract.files import FILE
from gmm_dash.contract.functions import FUNCTIONS
from gmm_dash.contract.typescript import module
from gmm_dash.engine.select_rows import LOWER_IS_BETTER
from gmm_dash.files.limits import Limits
from gmm_dash.pipeline.drawing import drawing_of
from gmm_dash.rooms import Rooms
from gmm_dash.state import AppState, ShortLinks, StoredNames
from gmm_dash.state.select_choice import CRITERIA, CURVES
from gmm_dash.tables import ReadOptions


def test_what_is_written_is_current():
    assert FILE.read_text(encoding="utf-8") == module(), "run `make scripts`"


def test_dash_calls_every_function_of_the_browser_and_no_other(pipeline):
    app = Dash(__name__)
    rooms = Rooms(pipeline.config.store, b"secret", 9)
    links = ShortLinks(pipeline.config.store, b"secret", 9, 60)
    names = StoredNames(pipeline.config.store, b"secret", 9, 60)
    callbacks.register(app, pipeline, rooms, links, names, spare=nullcontext, turn=nullcontext)
    called = {
        (one["clientside_function"]["namespace"], one["clientside_function"]["function_name"])
        for one in app._callback_list
        if one.get("clientside_function")
    }
    assert called == {(space, name) for space, names in FUNCTIONS.items() for name in names}


def test_lists_of_keys_name_settings():
    known = {*AppState.fields(), "scheme"}
    for name, listed in facts()["keys"].items():
        assert set(listed) <= known, name
        assert len(set(listed)) == len(listed), name
    assert set(keys.RESULT_KEYS) < known


def test_defaults_and_bounds_are_those_of_the_state():
    settings = facts()["settings"]
    assert {key: one["default"] for key, one in settings.items()} == AppState().to_flat()
    assert list(settings) == list(AppState.fields())
    assert settings["cols"]["longest"] == AppState.fields()["cols"].longest


def test_the_defaults_are_scikit_learns():
    mixture, means = GaussianMixture().get_params(), KMeans().get_params()
    assert {
        "init": mixture["init_params"],
        "n_init": mixture["n_init"],
        "tol": mixture["tol"],
        "max_iter": mixture["max_iter"],
        "reg": mixture["reg_covar"],
        "kinit": means["init"],
    } == methods.SKLEARN_DEFAULTS


def test_the_browser_sets_these_very_defaults():
    typed = facts()["sklearnDefaults"]
    assert AppState().but(**typed) == AppState().but(**methods.SKLEARN_DEFAULTS)


def test_criteria_are_one_list():
    assert tuple(methods.CRITERION_NAMES) == CRITERIA
    assert set(CURVES) == set(LOWER_IS_BETTER)


def test_what_shows_at_a_value_can_have_that_value():
    for key, value in methods.SHOWN_AT.values():
        assert value in AppState.fields()[key].options()
    four = methods.FOUR_SHAPES
    assert AppState().but(view=four["view"], show=[four["overlay"]])


def test_every_status_has_a_sentence_and_some_pass():
    assert statuses.alone(500) != statuses.alone(599) == statuses.OTHER.alone
    assert set(statuses.MAY_PASS).isdisjoint(statuses.STATUSES)
    assert set(statuses.on_page()) == {"400", "403", "404", "413", "500"}


def test_a_drawing_as_the_browser_writes_it_is_read_back(pipeline, stored):
    head = ",".join((*drawing.COLUMNS, drawing.GROUP_COLUMN))
    key = stored(f"{head}\n1.000,2.000,{drawing.GROUPS[0]}\n3.000,4.500,{drawing.NO_GROUP}\n")
    found = drawing_of(key, pipeline.store)
    assert found == [(1.0, 2.0, drawing.GROUPS[0]), (3.0, 4.5, drawing.NO_GROUP)]
    assert ReadOptions.from_json(drawing.WRITTEN).to_json().items() >= drawing.WRITTEN.items()


def test_a_file_alone_may_cost_what_a_deployment_allows_by_default(pipeline):
    assert Limits() == Limits.of(pipeline.config)


def test_the_types_know_every_id_and_setting():
    types = module()
    for key in AppState.fields():
        assert f'  "{key}": ' in types
    modules = list(Path(__file__).parents[2].joinpath("gmm_dash/ids").glob("*.py"))
    lines = [line for path in modules for line in path.read_text().splitlines()]
    declared = [line.split(":")[0] for line in lines if ": Final = " in line]
    declared += [line[4:].split("(")[0] for line in lines if line.startswith("def ")]
    assert len(declared) > 200
    assert [name for name in declared if f"  {name}: " not in types] == []
