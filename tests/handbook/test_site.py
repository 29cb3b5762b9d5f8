"""The documentation as a site: it builds, leads everywhere, and shows what there is."""

import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
import yaml

from gmm_dash.state import from_query
from handbook import layers
from handbook.hooks import BESIDE
from handbook.pictures import PICTURES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
STAND_IN = DOCS / "compare.png"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, built with another picture in the place of each that `make site` takes."""
    place = tmp_path_factory.mktemp("site")
    docs = place / "docs"
    shutil.copytree(DOCS, docs, ignore=shutil.ignore_patterns("pictures"))
    (docs / "pictures").mkdir()
    for name in PICTURES:
        shutil.copy(STAND_IN, docs / "pictures" / f"{name}.png")
    settings = (ROOT / "mkdocs.yml").read_text()
    settings = settings.replace("docs_dir: docs", f"docs_dir: {docs}")
    settings = settings.replace("site_dir: build/site", f"site_dir: {place / 'site'}")
    settings = settings.replace("handbook/hooks.py", str(ROOT / "handbook/hooks.py"))
    (place / "mkdocs.yml").write_text(settings)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", place / "mkdocs.yml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return place / "site"


def _listed(nav):
    for entry in nav:
        for value in entry.values():
            yield from [value] if isinstance(value, str) else _listed(value)


def test_every_page_of_the_docs_is_in_the_menu():
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text())
    pages = {str(path.relative_to(DOCS)) for path in DOCS.glob("*.md")} | {"adr/README.md"}
    assert set(_listed(settings["nav"])) == pages | set(BESIDE)


def test_no_page_asks_another_host(site):
    """What a page loads is its own; links that a reader follows may lead away."""
    loads = re.compile(r"<(?:script|link|img|iframe)\b[^>]*?\b(?:src|href)=\"(https?:[^\"]*)", re.I)
    for page in site.rglob("*.html"):
        assert [link for link in loads.findall(page.read_text()) if "canonical" not in link] == []


def test_every_picture_is_shown_once_and_its_link_is_understood(site):
    shown = [name for page in DOCS.glob("*.md") for name in _marks(page)]
    assert sorted(shown) == sorted(PICTURES)
    tour = (site / "tour.html").read_text()
    for name, picture in PICTURES.items():
        assert from_query(picture.query)[1] == ()
        assert f"pictures/{name}.png" in tour
        assert picture.says in unescape(tour)


def _marks(page):
    return re.findall(r"<!-- picture: (\w+) -->", page.read_text())


def test_a_link_in_the_docs_is_understood():
    """Of the links in code that a reader appends to the address."""
    for name in ("tour.md", "faq.md", "analyst.md", "worksheets.md", "lessons.md"):
        links = re.findall(r"`(\?[^`\s…]+)`", (DOCS / name).read_text())
        for link in links:
            assert from_query(link)[1] == (), (name, link)


def test_the_tours_links_are_those_of_its_pictures():
    text = (DOCS / "tour.md").read_text()
    for name, picture in PICTURES.items():
        if name != "phone":
            assert f"`{picture.query}`" in text


def test_the_drawing_has_every_layer(site):
    drawn = (site / "architecture.html").read_text()
    rooms = re.findall(r"<text[^>]*>([\w]+)</text>", drawn)
    assert rooms == [room for floor in layers.floors() for room in floor]
    package = {path.stem for path in (ROOT / "gmm_dash").iterdir() if path.suffix in ("", ".py")}
    assert set(rooms) == package - {"__init__", "__pycache__", "assets", "py"}


def test_every_decision_is_listed(site):
    page = (site / "adr" / "index.html").read_text()
    for path in (DOCS / "adr").glob("0*.md"):
        assert f'href="{path.stem}.html"' in page
