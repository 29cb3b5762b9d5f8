"""Writes the software bill of materials: a CycloneDX document of all that is shipped (make bill).

Packages come from the pinned requirements, licences from what is installed, the rest from
:mod:`supply.bundled`. The same tree and installation give the same bytes: no time, no serial.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from supply.bundled import ROOT, inner, parts
from supply.requirements import read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supply.bundled import Inner, Part
    from supply.requirements import Pin

SHIPPED: Final = ("requirements.txt", "requirements-cluster.txt")
_LICENCE: Final = "License :: "


def bill() -> dict[str, Any]:
    """Return the document."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    root = _purl("pypi", project["name"], project["version"])
    components = [*_packages(), *map(_part, parts()), *map(_inner, inner())]
    components.sort(key=lambda one: one["bom-ref"])
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": project["name"],
                "version": project["version"],
                "purl": root,
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": components,
        "dependencies": [{"ref": root, "dependsOn": [one["bom-ref"] for one in components]}],
    }


def text() -> str:
    """Return the document as JSON."""
    return json.dumps(bill(), indent=1, ensure_ascii=False) + "\n"


def _purl(kind: str, name: str, version: str) -> str:
    return f"pkg:{kind}/{quote(name, safe='/')}@{quote(version)}"


def _packages() -> Iterable[dict[str, Any]]:
    for file in SHIPPED:
        for pin in read(ROOT / file):
            yield _package(pin, file)


def _package(pin: Pin, file: str) -> dict[str, Any]:
    purl = _purl("pypi", pin.name, pin.version)
    found = {
        "type": "library",
        "bom-ref": purl,
        "name": pin.name,
        "version": pin.version,
        "purl": purl,
        "scope": "optional" if pin.marker or file != SHIPPED[0] else "required",
        "licenses": licences(pin.name),
        "properties": [
            {"name": "gmm-dash:pinned-in", "value": file},
            *([{"name": "gmm-dash:where", "value": pin.marker}] if pin.marker else []),
            *({"name": "gmm-dash:file-sha256", "value": digest} for digest in pin.hashes),
        ],
    }
    return {name: value for name, value in found.items() if value}


def licences(name: str) -> list[dict[str, Any]]:
    """Return what an installed package says of its licence, as CycloneDX has it.

    That is its SPDX expression, else its classifiers, else the first line of its field
    ``License``; nothing where it is not installed.
    """
    try:
        told = metadata.metadata(name).json
    except metadata.PackageNotFoundError:
        return []
    if told.get("license_expression"):
        return [{"expression": told["license_expression"]}]
    classified = [c.split(" :: ")[-1] for c in told.get("classifier", ()) if _LICENCE in c]
    own = str(told.get("license", "")).strip().splitlines()[:1]
    return [{"license": {"name": one}} for one in classified or own]


def _part(part: Part) -> dict[str, Any]:
    from_npm = part.files.endswith((".js", ".br"))
    kind = "library" if from_npm else "data" if part.files.endswith(".csv") else "file"
    purl = _purl("npm" if from_npm else "generic", part.name, part.version)
    found = {
        "type": kind,
        "bom-ref": purl,
        "name": part.name,
        "version": part.version,
        "purl": purl if from_npm else "",
        "scope": "required",
        "licenses": [{"license": {"id": part.licence}}] if part.licence else [],
        "description": part.remark,
        "properties": [{"name": "gmm-dash:files", "value": part.files}],
    }
    return {name: value for name, value in found.items() if value}


def _inner(one: Inner) -> dict[str, Any]:
    purl = _purl("npm", one.name, one.version)
    return {
        "type": "library",
        "bom-ref": f"{purl}#inside-plotly",
        "name": one.name,
        "version": one.version,
        "purl": purl,
        "scope": "required",
        "licenses": [{"license": {"id": one.licence}}],
        "properties": [{"name": "gmm-dash:files", "value": "gmm_dash/serving/vendor/plotly-*"}],
    }


def main() -> int:
    """Write the bill where asked to."""
    parser = argparse.ArgumentParser(prog="python -m supply.bill", description=__doc__)
    parser.add_argument("out", type=Path, metavar="OUT", help="the file to write")
    out: Path = parser.parse_args().out
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text())
    print(f"{out}: {len(bill()['components'])} parts")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
