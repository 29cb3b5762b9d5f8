"""The committed plotly.js is what its recipe makes, and holds what the figures are made of."""

import ast
import hashlib
import json
import re
from pathlib import Path

import brotli
import plotly.graph_objects as go
import pytest
from plotly.basedatatypes import BaseTraceType
from plotly.offline import get_plotlyjs_version

import gmm_dash
from gmm_dash.serving import plotly_js

RECIPE = Path(__file__).parents[2] / "browser" / "plotly"
PARTS = ("build.mjs", "bundles.json", "later.cjs", "package.json", "package-lock.json")
BUNDLES = json.loads((RECIPE / "bundles.json").read_text())
FIGURES = Path(gmm_dash.__file__).parent / "figures"


def _unpacked(name):
    path = plotly_js.FOLDER / f"plotly-{name}-{get_plotlyjs_version()}.min.js.br"
    return brotli.decompress(path.read_bytes()).decode()


@pytest.mark.parametrize("name", BUNDLES)
def test_a_file_is_stamped_with_version_traces_and_recipe(name):
    text = "\0".join((RECIPE / part).read_text() for part in PARTS)
    recipe = hashlib.sha256(text.encode()).hexdigest()[:16]
    version = get_plotlyjs_version()
    assert _unpacked(name).splitlines()[1:3] == [
        f"* plotly.js (strict - minified) v{version}, {name}: {', '.join(BUNDLES[name])}",
        f"* recipe {recipe}",
    ], "run `make plotly`"


def test_the_recipe_and_its_lock_name_the_version_that_dash_expects():
    version = get_plotlyjs_version()
    locked = json.loads((RECIPE / "package-lock.json").read_text())["packages"]
    assert locked["node_modules/plotly.js"]["version"] == version
    assert json.loads((RECIPE / "package.json").read_text())["devDependencies"]["plotly.js"] == (
        version
    )
    assert len(list(plotly_js.FOLDER.glob("plotly-*"))) == len(BUNDLES)


def test_the_first_file_names_the_others_by_their_content():
    named = re.findall(r"plotly-(\w+)\.v[\w-]+m(\w+)\.min\.js", _unpacked("flat"))
    found = {name: hashlib.sha256(_unpacked(name).encode()).hexdigest()[:16] for name, _ in named}
    assert dict(named) == found
    assert set(found) == set(BUNDLES) - {"flat"}


@pytest.mark.parametrize("name", BUNDLES)
def test_nothing_in_a_file_makes_functions_from_text(name):
    made = r"\bnew Function\b|[^.\w$]Function\(|[^.\w$]eval\("
    assert re.findall(made, _unpacked(name)) == []


def _kinds_of_trace():
    classes = (getattr(go, name) for name in go.__all__ if name[0].isupper())
    return {
        cls.__name__.lower()
        for cls in classes
        if isinstance(cls, type) and issubclass(cls, BaseTraceType)
    }


def _types_in(tree):
    """Return every text that stands for a ``"type"`` in a dict, also one of two."""
    dicts = (node for node in ast.walk(tree) if isinstance(node, ast.Dict))
    for node in dicts:
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == "type":
                yield from (n.value for n in ast.walk(value) if isinstance(n, ast.Constant))


def test_the_files_hold_the_traces_of_the_figures_and_no_others():
    """What a view gets is seen in the browser: tests/browser/test_every_view.py."""
    modules = FIGURES.glob("**/*.py")
    written = {t for path in modules for t in _types_in(ast.parse(path.read_text()))}
    assert written & _kinds_of_trace() == {t for traces in BUNDLES.values() for t in traces}
