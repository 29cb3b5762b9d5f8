"""Every setting, of a deployment or of a link, is read somewhere: none is there for show."""

import ast
from dataclasses import fields
from pathlib import Path

from gmm_dash.config import RETIRED, Config, variable
from gmm_dash.layout.views import VIEWS
from gmm_dash.state import AppState

PACKAGE = Path(__file__).parents[1] / "gmm_dash"
# What no view's picture depends on: which view it is, and what a teacher or a lesson makes of it.
OF_THE_PAGE = {"view", "hide", "lock", "lesson", "part", "present", "open", "clean"}


def _read():
    """Return the names of all attributes that some module reads, but ``config`` its own."""
    modules = (path for path in PACKAGE.rglob("*.py") if path.name != "config.py")
    nodes = (node for path in modules for node in ast.walk(ast.parse(path.read_text())))
    return {n.attr for n in nodes if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Load)}


def _unread(names, read):
    return [name for name in names if name not in read]


def test_no_setting_is_there_for_show():
    read = _read()
    groups = [type(getattr(AppState(), group)) for group in AppState.groups()]
    declared = [one.name for kind in (Config, *groups) for one in fields(kind)]
    assert len(declared) > 80
    assert _unread(declared, read) == []
    assert _unread(["no_such_setting"], read) == ["no_such_setting"]


def test_every_setting_of_a_link_concerns_a_view_or_the_page():
    concerns = frozenset().union(*(view.concerns for view in VIEWS))
    assert set(AppState.fields()) == concerns | OF_THE_PAGE
    assert concerns.isdisjoint(OF_THE_PAGE)


def test_a_setting_that_is_no_more_may_still_be_set():
    known = {variable(one.name) for one in fields(Config)}
    assert known.isdisjoint(RETIRED)
    assert Config.from_env(dict.fromkeys(RETIRED, "5") | {"GMM_DASH_STORE": "/x"}).store == "/x"
