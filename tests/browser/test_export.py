"""What the export menu hands over, taken through a real browser."""

import json
import re

import pytest

from gmm_dash.export import read_model
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.browser


def take(page, label):
    """Choose one line of the menu; return the name and the bytes of what arrives."""
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as arriving:
        page.get_by_role("menuitem", name=label).click()
    return arriving.value.suggested_filename, arriving.value.path().read_bytes()


def test_the_files_of_the_server(open_page):
    page = open_page("?data=iris&k=3&n_init=2")
    name, script = take(page, "Python script")
    assert name == "mixture.py"
    compile(script, name, "exec")
    assert b"load_iris" in script
    name, notebook = take(page, "Notebook")
    assert name == "mixture.ipynb"
    assert json.loads(notebook)["nbformat"] == 4
    name, data = take(page, "Data on the page (CSV)")
    assert name == "data.csv"
    assert len(data.splitlines()) == 151
    name, posteriors = take(page, "Labels and probabilities (CSV)")
    assert name == "posteriors.csv"
    assert len(posteriors.splitlines()) == 151
    name, model = take(page, "Model (JSON)")
    assert name == "mixture.json"
    assert read_model(model.decode()).mixture.n_components == 3


def test_pictures_of_the_plots_on_the_screen(page):
    name, png = take(page, "Plots as PNG")
    assert name == "k-means.png"
    assert png.startswith(b"\x89PNG")
    page.wait_for_timeout(800)  # the second plot follows the first
    name, svg = take(page, "Plots as SVG")
    assert name == "k-means.svg"
    assert svg.startswith(b"<svg")
    page.wait_for_timeout(800)


@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_the_report_stands_on_its_own(open_page, browser, size, tmp_path):
    page = open_page("?data=moons&k=2", size=size)
    name, report = take(page, "Report (HTML)")
    assert name == "mixture-report.html"
    text = report.decode()
    (tmp_path / name).write_bytes(report)
    assert not re.findall(r"<script|<link|src=\"(?!data:)", text)
    context = browser.new_context(offline=True)
    shown = context.new_page()
    shown.goto((tmp_path / name).as_uri())
    assert shown.locator("figure img").count() == 2
    assert shown.locator("img").evaluate_all("all => all.every(one => one.naturalWidth > 100)")
    notice = page.locator("#compare-notice").inner_text()
    assert shown.locator(".notice").first.inner_text() == notice
    bic = page.locator(".panel").nth(1).locator(".number", has_text="BIC")
    shown_bic = shown.locator("figure").nth(1).locator("tr", has_text="BIC").locator("td")
    assert bic.locator(".number-value").inner_text() == shown_bic.inner_text()
    assert shown.locator(".settings").get_by_text("moons").count() == 1
    assert shown.get_by_role("link").get_attribute("href") == page.url
    context.close()
