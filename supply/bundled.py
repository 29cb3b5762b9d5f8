"""What others made and this repository brings along, with its terms (THIRD_PARTY.md).

Packages that pip installs are no part of the repository: ``requirements.txt`` names them, and
the bill of materials their licences.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
VENDOR: Final = "gmm_dash/serving/vendor"
PAGE: Final = ROOT / "THIRD_PARTY.md"


@dataclass(frozen=True, slots=True)
class Part:
    """Something that others made.

    Attributes
    ----------
    name, version : str
        The version is empty where the makers give none.
    licence : str
        SPDX identifier; empty where the makers state none, which ``remark`` then says.
    files : str
        Pattern of the files it is in, from the root of the repository.
    terms : str
        The file with the text of the licence, or where it stands.
    remark : str
        What else has to be known.
    """

    name: str
    version: str
    licence: str
    files: str
    terms: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Inner:
    """A package from npm whose code is inside the plotly.js that is served."""

    name: str
    version: str
    licence: str


def _locked(name: str, folder: str) -> dict[str, Any]:
    packages = json.loads((ROOT / folder / "package-lock.json").read_text())["packages"]
    found: dict[str, Any] = packages[f"node_modules/{name}"]
    return found


def _npm(name: str, folder: str, files: str, terms: str, remark: str) -> Part:
    """Return a part that comes from npm, as the lock file has it."""
    locked = _locked(name, folder)
    return Part(name, locked["version"], locked["license"], files, terms, remark)


def parts() -> tuple[Part, ...]:
    """Return everything that others made and the repository brings along."""
    return (
        _npm(
            "plotly.js", "browser/plotly", f"{VENDOR}/plotly-*.min.js.br",
            f"{VENDOR}/LICENSE.plotly", "built from its source; the packages in it are below",
        ),
        _npm(
            "regenerator-runtime", "browser", "assets/head-runtime.js",
            f"{VENDOR}/LICENSE.regenerator-runtime", "part of what stands in the page's head",
        ),
        Part(
            "Inter", "4.001", "OFL-1.1", "assets/fonts/*.woff2", "assets/fonts/Inter-LICENSE.txt",
            "the typeface: its Latin letters, weight variable",
        ),
        Part(
            "Old Faithful", "", "", "gmm_dash/datasets/data/faithful.csv",
            "gmm_dash/datasets/data/README.md",
            "272 measurements from a paper of 1990; the source states no terms for them",
        ),
        Part(
            "Galaxies", "", "", "gmm_dash/datasets/data/galaxies.csv",
            "gmm_dash/datasets/data/README.md",
            "82 measurements from a paper of 1990; the source states no terms for them",
        ),
        Part(
            "Galton's heights", "", "", "gmm_dash/datasets/data/galton.csv",
            "gmm_dash/datasets/data/README.md",
            "counts from a paper of 1886, which states no terms; its author died in 1911",
        ),
        Part(
            "palmerpenguins", "0.1.6", "CC0-1.0", "gmm_dash/datasets/data/penguins.csv",
            "gmm_dash/datasets/data/README.md", "its table, unchanged",
        ),
    )  # fmt: skip


def inner() -> tuple[Inner, ...]:
    """Return the packages inside plotly.js, as the build of its files has noted them."""
    noted = json.loads((ROOT / VENDOR / "parts.json").read_text())
    return tuple(Inner(one["name"], one["version"], one["license"]) for one in noted)


def page() -> str:
    """Return the text of THIRD_PARTY.md."""
    rows = [
        f"| {part.name} {part.version}".rstrip() + f" | {part.licence or 'none stated'} | "
        f"`{part.files}` | [{Path(part.terms).name}]({part.terms}) | {part.remark} |"
        for part in parts()
    ]
    inside = [f"| {one.name} {one.version} | {one.licence} |" for one in inner()]
    return "\n".join([_BEFORE, *rows, _BETWEEN, *inside, _AFTER])


_BEFORE: Final = """\
# What others made

The dashboard itself is under the [MIT licence](LICENSE); scripts, styles and icons are its own
unless they stand here. Written by `make licences` from `supply/bundled.py`; a test compares it with
the files that are there.

| what | licence | files | terms | |
|---|---|---|---|---|"""
_BETWEEN: Final = f"""
## Inside plotly.js

Noted by `make plotly` while it builds: every npm package with code in one of the three files. Their
copyright notices are in [{VENDOR}/LICENSES.parts]({VENDOR}/LICENSES.parts), as far as the packages
bring any.

| package | licence |
|---|---|"""
_AFTER: Final = """
## What is installed beside it

`requirements.txt` pins the Python packages. `make bill` writes them with their licences, and what
is above, as a software bill of materials (CycloneDX). Dash and dash-mantine-components bring
scripts of their own; scikit-learn brings the tables Iris, wine and digits, and two photographs
(danielbuechele and vultilion on Flickr, CC BY 2.0).
"""


def main() -> int:
    """Write THIRD_PARTY.md."""
    PAGE.write_text(page())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
