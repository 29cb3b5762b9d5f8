"""The bill of materials is a CycloneDX document of everything that is shipped."""

import json
import tomllib

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import ComponentType
from cyclonedx.spdx import is_supported_id

from supply import bill, bundled
from supply.requirements import read


def _document():
    return json.loads(bill.text())


def test_a_reader_of_such_documents_finds_every_part():
    found = Bom.from_json(_document())
    packages = {pin.name for file in bill.SHIPPED for pin in read(bundled.ROOT / file)}
    names = {component.name for component in found.components}
    assert packages | {part.name for part in bundled.parts()} <= names
    assert len(found.components) == len({one.bom_ref.value for one in found.components})
    (plotly,) = (c for c in found.components if str(c.purl) == "pkg:pypi/plotly@7.1.0")
    assert plotly.type is ComponentType.LIBRARY
    project = tomllib.loads((bundled.ROOT / "pyproject.toml").read_text())["project"]
    assert found.metadata.component.version == project["version"]
    assert found.validate()


def test_every_part_has_its_licence():
    without = {one["name"] for one in _document()["components"] if "licenses" not in one}
    elsewhere = {"tzdata", "backports-zstd"}  # installed on some systems only
    assert without - elsewhere == {"Galaxies", "Galton's heights", "Old Faithful"}
    ids = [
        said["license"]["id"]
        for one in _document()["components"]
        for said in one.get("licenses", [])
        if "id" in said.get("license", {})
    ]
    assert len(ids) > 50
    assert [name for name in ids if not is_supported_id(name)] == []


def test_the_same_tree_gives_the_same_bytes():
    assert bill.text() == bill.text()
    assert "timestamp" not in bill.text()
