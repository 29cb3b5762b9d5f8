"""Which packages each layer may know, and proof that the import rules bite."""

import ast
import itertools
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from supply import requirements

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "gmm_dash"

# An allow-list: a deny-list would let the next component library slip through.
_WEB = {"dash", "dash_mantine_components"}
MAY_IMPORT = {
    "cli": {"werkzeug"},
    "notebook": {"numpy", "pandas", "werkzeug"},
    "factory": _WEB | {"flask", "pandas"},
    "callbacks": _WEB | {"flask", "orjson", "plotly"},
    "say": set(),
    "telling": set(),
    "describe": set(),
    "fit_all": set(),
    "serving": {
        *("brotli", "flask", "flask_compress", "gunicorn", "orjson", "plotly", "werkzeug"),
        "prometheus_client",
    },
    "layout": _WEB,
    "figures": {"numpy", "plotly"},
    "pipeline": {"dask", "distributed", "numpy", "pandas"},
    "lessons": set(),
    "export": {"PIL", "numpy", "pandas", "plotly"},
    "explain": {"numpy"},
    "results": {"numpy", "pandas", "scipy", "sklearn"},
    "contract": set(),
    "state": set(),
    "engine": {"numpy", "pandas", "scipy", "sklearn", "threadpoolctl"},
    "datasets": {"numpy", "pandas", "scipy", "sklearn"},
    "tables": {"defusedxml", "numpy", "openpyxl", "pandas", "pyarrow"},
    "images": {"PIL", "numpy"},
    "rooms": {"orjson", "segno"},
    "files": {"fsspec"},
    "registry": set(),
    "config": set(),
    "setting": set(),
    "ids": set(),
    "theme": set(),
    "memory": {"cachetools"},
    "errors": set(),
    "__init__": set(),
}
# What is imported under another name than it is installed.
INSTALLED_AS = {"PIL": "pillow", "sklearn": "scikit-learn"}
WITH_DASH = {"flask", "werkzeug"}


def _layers(container="gmm_dash"):
    """Return the layers of ``container`` from the top, each as the names that share it."""
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    lines = next(c["layers"] for c in rules["contracts"] if c.get("containers") == [container])
    return [[name.strip(" ()") for name in line.split("|")] for line in lines]


def _layer_of(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module).split(".")[0]


def _foreign(path):
    return set(_imported(path)) - sys.stdlib_module_names - {"gmm_dash"}


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_knows_only_the_packages_of_its_layer(path):
    assert _foreign(path) <= MAY_IMPORT[_layer_of(path)]


def test_every_layer_says_what_it_may_import():
    assert {name for line in _layers() for name in line} | {"__init__"} == set(MAY_IMPORT)


def _pins(name):
    return {pin.name for pin in requirements.read(ROOT / name)}


def test_what_is_imported_is_declared_and_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    cluster = project["optional-dependencies"]["cluster"]
    names = [re.split(r"[<>=~!\[]", line)[0] for line in [*project["dependencies"], *cluster]]
    declared = {name.lower().replace("_", "-") for name in names}
    pinned = _pins("requirements.txt") | _pins("requirements-cluster.txt")
    imported = set().union(*(_foreign(path) for path in MODULES)) - WITH_DASH
    installed = {INSTALLED_AS.get(name, name).replace("_", "-") for name in imported}
    assert installed <= declared <= pinned


@pytest.fixture
def copy(tmp_path):
    """Copy the package with a stand-in for every layer that has no module."""
    shutil.copytree(PACKAGE, tmp_path / "gmm_dash", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for layer in itertools.chain(*_layers()):
        folder = tmp_path / "gmm_dash" / layer
        if not folder.is_dir() and not folder.with_suffix(".py").exists():
            folder.with_suffix(".py").touch()
    return tmp_path


def _lint(folder):
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    done = subprocess.run(
        [*command, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, re.sub(r"\s+", " ", done.stdout + done.stderr)


def _intrude(copy, layer, line):
    """Add ``line`` to ``layer`` and return the dotted name of the module that now holds it."""
    module = copy / "gmm_dash" / f"{layer}.py"
    if not module.exists():
        module = copy / "gmm_dash" / layer / "zz_intruder.py"
    with module.open("a") as file:
        file.write(f"\n{line}\n")
    return ".".join(module.relative_to(copy).with_suffix("").parts)


def _forbidden(lines):
    for i, line in enumerate(lines):
        for low in line:
            above = itertools.chain(*lines[:i])
            yield from ((low, high) for high in [*above, *line] if high != low)


def test_every_forbidden_arrow_is_caught(copy):
    """A contract that has never been seen to break is not yet a contract."""
    arrows = list(_forbidden(_layers()))
    floors = list(_forbidden(_layers("gmm_dash.tables")))
    assert len(arrows) > 100
    assert len(floors) > 20
    arrows += [(f"tables/{low}", f"tables/{high}") for low, high in floors]
    missing = set()
    for low, high in arrows:
        known = high.replace("/", ".")
        module = _intrude(copy, low, f"import gmm_dash.{known}")
        missing.add(f"- {module} -> gmm_dash.{known} (l.")
    code, said = _lint(copy)
    assert code == 1
    assert {arrow for arrow in missing if arrow not in said} == set()


def test_a_new_module_must_be_given_a_layer(copy):
    (copy / "gmm_dash" / "utils.py").write_text("GRAB_BAG = True\n")
    (copy / "gmm_dash" / "tables" / "helpers.py").write_text("GRAB_BAG = True\n")
    code, said = _lint(copy)
    assert code == 1
    assert "utils" in said
    assert "helpers" in said


def test_a_cycle_inside_a_layer_is_caught(copy):
    folder = copy / "gmm_dash" / "engine"
    folder.with_suffix(".py").unlink(missing_ok=True)
    folder.mkdir(exist_ok=True)
    (folder / "__init__.py").touch()
    (folder / "zz_hen.py").write_text("import gmm_dash.engine.zz_egg\n")
    (folder / "zz_egg.py").write_text("import gmm_dash.engine.zz_hen\n")
    code, said = _lint(copy)
    assert code == 1
    assert "No cycles inside a layer either BROKEN" in said


def test_what_is_here_keeps_the_rules(copy):
    code, said = _lint(copy)
    assert (code, "3 kept, 0 broken" in said) == (0, True), said
