"""No id is spelt but in ``gmm_dash/ids.py`` and what is written from it."""

import re
from pathlib import Path

import pytest

from tests.contract.spelt import in_javascript, in_python

ROOT = Path(__file__).parents[2]
MODULES = [path for path in sorted((ROOT / "gmm_dash").rglob("*.py")) if path.name != "ids.py"]
SCRIPTS = [path for path in sorted((ROOT / "assets").glob("*.js")) if path.name != "_contract.js"]


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
        "const x = byId('error')",
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
        "const part = byId(`steps-${side}-${name}`);",
    ],
)
def test_an_id_spelt_in_a_script_is_found(line):
    script = (ROOT / "assets" / "upload.js").read_text()
    assert in_javascript(script) == []
    mutated = script.replace("  return {", f"  {line}\n  return {{", 1)
    assert mutated != script
    assert in_javascript(mutated)


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
    const box = make("div", "draw-canvas");
    box.className = "share-said";
    box.setAttribute("role", "status");
    const said = state.lesson === "lesson" ? name.replace(/"/g, '""') : "#1b1f24";
    """
    assert in_javascript(script) == []
    assert (
        in_python('"""Not "main-x"."""\nbox = html.P(className="share-said", title="upload")') == []
    )


def _shadowed(script):
    """Return the names of the contract that a function of the script takes for its own."""
    taken = re.search(r"const \{([^}]+)\} = window\.explorerContract", script)
    names = [one.split(":")[-1].strip() for one in taken[1].split(",")] if taken else []
    own = (
        r"function \w*\([^)\n]*\b{0}\b|\([^()\n]*\b{0}\b[^()\n]*\) =>|\b{0} =>"
        r"|(const|let) [^=\n]*\b{0}\b[^=\n]* = "
    )
    rest = script.replace(taken[0], "") if taken else ""
    return [name for name in names if re.search(own.format(name), rest)]


def test_no_script_shadows_the_contract():
    assert [(p.name, one) for p in SCRIPTS for one in _shadowed(p.read_text())] == []
    script = (ROOT / "assets" / "teach.js").read_text()
    assert _shadowed(script.replace("values, choices,", "values, ids,")) == ["ids"]
