"""No id is spelt but in ``gmm_dash/ids.py`` and what is written from it."""

from pathlib import Path

import pytest

from tests.contract.spelt import in_javascript, in_python

ROOT = Path(__file__).parents[2]
MODULES = [path for path in sorted((ROOT / "gmm_dash").rglob("*.py")) if path.name != "ids.py"]
SOURCES = ROOT / "browser" / "src"
SCRIPTS = [path for path in sorted(SOURCES.rglob("*.ts")) if path.name != "contract.ts"]


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
