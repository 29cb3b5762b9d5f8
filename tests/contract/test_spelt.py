"""No id is spelt but in ``gmm_dash/ids`` and what is written from it, and there once."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.contract.spelt import in_javascript, in_python

ROOT = Path(__file__).parents[2]
IDS = ROOT / "gmm_dash" / "ids"
PYTHON = sorted((ROOT / "gmm_dash").rglob("*.py"))
NAMED_TWICE = ["f'groups-{method}'"]  # a plot and a table: their ids are of two kinds
MODULES = [path for path in PYTHON if path.parent != IDS]
SOURCES = ROOT / "browser" / "src"
SCRIPTS = [path for path in sorted(SOURCES.rglob("*.ts")) if path.name != "contract.ts"]


def _declared(source):
    """Return the names and the values that a module of ids declares."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.AnnAssign):
            yield node.target.id, node.value.value
        elif isinstance(node, ast.FunctionDef):
            made = node.body[-1].value
            pairs = zip(made.keys, made.values, strict=True) if isinstance(made, ast.Dict) else ()
            kinds = [value.value for key, value in pairs if key.value == "kind"]
            yield node.name, f"kind {kinds[0]}" if kinds else ast.unparse(made)


def _twice(sources):
    """Return the names that several modules declare, and the values that have several names."""
    declared = [one for source in sources for one in _declared(source)]
    both = [Counter(one) for one in zip(*declared, strict=True)]
    return [[text for text, count in found.items() if count > 1] for found in both]


def test_an_id_is_declared_once():
    """A second one of the same name would silently hide the first."""
    sources = [path.read_text() for path in sorted(IDS.glob("*.py"))]
    assert len(list(_declared("\n".join(sources)))) > 200
    names, values = _twice(sources)
    assert names == []
    assert values == NAMED_TWICE
    assert _twice(["A: Final = 1", "A: Final = 2", "B: Final = 2"]) == [["A"], [2]]


def test_every_module_of_ids_is_joined():
    joined = re.findall(
        r"^from gmm_dash\.ids\.(\w+) import \*$", (IDS / "__init__.py").read_text(), re.M
    )
    assert [path.stem for path in sorted(IDS.glob("[a-z]*.py"))] == joined


def test_no_module_spells_an_id():
    found = [(path.name, *one) for path in MODULES for one in in_python(path.read_text())]
    assert len(MODULES) > 300
    assert found == []


def test_no_script_spells_an_id():
    found = [(path.name, *one) for path in SCRIPTS for one in in_javascript(path.read_text())]
    assert len(SCRIPTS) > 20
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        'document.getElementById("main");',
        "const x = find('error');",
        'onPress("share", act);',
        'set("draw-status", {});',
        'window.dash_clientside.set_props("error", { hide: true });',
        "window.dash_clientside.set_props(`stage-${name}`, {});",
        'window.dash_clientside.set_props("stage-" + name, {});',
        'set("stage-compare", {});',
        'event.target.closest("#upload");',
        "document.querySelector(`#stage-${name} .plot`);",
        "document.querySelectorAll(`#${ids.MAIN} #data-notes p`);",
        'if (event.target.id === "try-again") {}',
        'picker.id = "main";',
        'refocus("reading-open", "upload");',
        'say(`a ${set("image-status", {})} b`);',
        'JSON.stringify({ kind: "graph", name: name })',
        'some.find(({ id }) => id.kind === "chain")',
        "id.replace(/^request-/, '');",
        'const places = { "steps-place": place };',
        "const part = find(`steps-${side}-${name}`);",
        'export const box = (): HTMLElement | null => find("main");',
    ],
)
def test_an_id_spelt_in_a_script_is_found(line):
    script = (SOURCES / "parts" / "shell" / "teach.ts").read_text()
    assert in_javascript(script) == []
    assert in_javascript(f"{script}\n{line}\n")


@pytest.mark.parametrize(
    "line",
    [
        'box = html.Div(id="main")',
        'box = html.Div(id=f"{ids.UPLOAD_CANCEL}-box")',
        'button = _small("Paste", component_id="paste")',
        'one = Output("error", "children")',
        'one = Input("upload-status", "children")',
        'one = {"kind": "label", "key": key}',
        'one = f"stage-{name}"',
        'one = "request-compare"',
        'one = dict(describedby="paste-says")',
        'one = html.A("Skip", href="#main")',
    ],
)
def test_an_id_spelt_in_a_module_is_found(line):
    module = (ROOT / "gmm_dash" / "layout" / "own_data.py").read_text()
    assert in_python(module) == []
    assert in_python(f"{module}\n{line}\n")


def test_words_that_are_no_ids_are_let_be():
    """A data set, a class, a tag, an attribute and a comment."""
    script = """
    // getElementById("main"), and no more
    const own = ["upload", "drawn"];
    const box = make("div", { class: "draw-canvas" });
    box.className = "share-said";
    box.setAttribute("role", "status");
    const said = state.lesson === "lesson" ? name.replace(/"/g, '""') : "#1b1f24";
    """
    assert in_javascript(script) == []
    assert (
        in_python('"""Not "main-x"."""\nbox = html.P(className="share-said", title="upload")') == []
    )
