"""What others made is named with its terms, and nothing that is named is missing."""

import json

import pytest
from cyclonedx.spdx import is_supported_id

from supply import bundled
from supply.bundled import ROOT, VENDOR

SHIPPED = ("assets", "gmm_dash")
# Everything of these kinds in the package is ours, and is text that can be read as such.
OUR_ENDINGS = {".py", ".css", ".svg", ".typed", ".md"}
OURS = {
    *("assets/page.js", "assets/head-first.js", "assets/head-scheme.js", "assets/saved-player.js"),
    "assets/favicon.ico",
    f"{VENDOR}/parts.json",
}


def _shipped():
    files = (path for folder in SHIPPED for path in (ROOT / folder).rglob("*") if path.is_file())
    named = {str(path.relative_to(ROOT)) for path in files if "__pycache__" not in path.parts}
    return {name for name in named if not name.startswith("gmm_dash/assets/")}  # a symbolic link


def test_every_shipped_file_is_ours_or_named_with_its_terms():
    theirs = {str(p.relative_to(ROOT)) for part in bundled.parts() for p in ROOT.glob(part.files)}
    terms = {part.terms for part in bundled.parts()} | {f"{VENDOR}/LICENSES.parts"}
    shipped = _shipped()
    assert theirs | OURS <= shipped
    rest = shipped - theirs - terms - OURS
    assert {name for name in rest if "." + name.rpartition(".")[2] not in OUR_ENDINGS} == set()


@pytest.mark.parametrize("part", bundled.parts(), ids=lambda part: part.name)
def test_a_part_is_there_with_its_terms(part):
    assert list(ROOT.glob(part.files))
    text = (ROOT / part.terms).read_text()
    if part.terms.endswith(".md"):  # tables: the row says where each is from, and its licence
        name = part.files.rpartition("/")[2]
        (row,) = (line for line in text.splitlines() if line.startswith(f"| `{name}`"))
        assert {"CC0-1.0": "CC0 1.0", "": "states none"}[part.licence] in row
    else:
        assert {"MIT": "MIT License", "OFL-1.1": "SIL OPEN FONT LICENSE"}[part.licence] in text
    assert not part.licence or is_supported_id(part.licence)


def test_the_packages_inside_plotly_are_those_of_its_lock_file():
    """The build notes which they are; the lock file says which there can be."""
    lock = json.loads((ROOT / "browser" / "plotly" / "package-lock.json").read_text())
    locked = {
        (path.rpartition("node_modules/")[2], one["version"]): one.get("license")
        for path, one in lock["packages"].items()
        if path
    }
    inside = {(one.name, one.version): one.licence for one in bundled.inner()}
    assert len(inside) > 50
    assert ("plotly.js", bundled.parts()[0].version) in inside
    assert {key: locked[key] for key in inside} == inside
    assert [name for name in inside.values() if not is_supported_id(name)] == []
    told = (ROOT / VENDOR / "LICENSES.parts").read_text()
    assert [f"== {name} {version}" for name, version in inside] == [
        line.partition(":")[0] for line in told.splitlines() if line.startswith("== ")
    ]


def test_the_page_that_says_so_is_current():
    assert bundled.PAGE.read_text() == bundled.page(), "run `make licences`"
