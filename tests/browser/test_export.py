"""What the export menu hands over, taken through a real browser."""

import json
import re

import pytest
from playwright.sync_api import expect

from gmm_dash.export import read_model
from gmm_dash.layout.export_menu import ITEMS, NOTES
from tests.browser.conftest import PHONE, settle

pytestmark = pytest.mark.browser


def take(page, label):
    """Choose one line of the menu; return the name and the bytes of what arrives."""
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as arriving:
        page.get_by_role("menuitem", name=label).click()
    return arriving.value.suggested_filename, arriving.value.path().read_bytes()


def test_the_files_of_the_server(visit):
    page = visit("?data=iris&k=3&n_init=2")
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
    assert name == "labels.csv"
    assert len(posteriors.splitlines()) == 151
    name, model = take(page, "Model (JSON)")
    assert name == "mixture.json"
    assert read_model(model.decode()).mixture.n_components == 3


OFFERED = {
    "?data=iris&k=3&n_init=2&show=shapes": ("shapes.py", {"data", "posteriors"}),
    "?view=density&data=moons&k=2&n_init=1": ("density.py", {"data", "draws", "model"}),
    "?view=digits&dk=10&pca=60&cov=diag": ("digits.py", {"data"}),
    "?view=colors&colors=3": ("colours.py", {"image", "model"}),
    "?view=steps&data=moons&k=2": ("steps.py", {"data"}),
}
FILES = {
    "data": "data.csv",
    "image": "image.png",
    "draws": "new-points.csv",
    "posteriors": "labels.csv",
}


@pytest.mark.parametrize("link", OFFERED)
def test_every_view_offers_its_own_files_and_no_others(visit, link):
    page = visit(link)
    script, offered = OFFERED[link]
    page.get_by_role("button", name="Export").click()
    for what in ("data", "image", "draws", "posteriors", "model"):
        line = page.get_by_role("menuitem", name=ITEMS[what].label)
        expect(line).to_have_count(1 if what in offered else 0)
    scene = "shapes" if "shapes" in link else link.partition("view=")[2].partition("&")[0]
    expect(page.get_by_text(ITEMS["script"].hints[scene], exact=True)).to_be_visible()
    if scene in NOTES:
        expect(page.get_by_text(NOTES[scene], exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    name, text = take(page, "Python script")
    assert name == script
    compile(text, name, "exec")
    for what in offered & set(FILES):
        name, content = take(page, ITEMS[what].label)
        assert name == FILES[what]
        assert len(content) > 500


def test_the_menu_follows_the_open_view_and_its_keys_pass_by_what_is_hidden(page):
    page.get_by_role("tab", name="Colours").click()
    settle(page)
    page.get_by_role("button", name="Export").press("Enter")
    expect(page.get_by_role("menuitem", name="Image on the page (PNG)")).to_be_visible()
    expect(page.get_by_role("menuitem", name="Labels and probabilities (CSV)")).to_be_hidden()
    visited = []
    focus = "() => document.activeElement.innerText.split('\\n')[0]"
    for _ in range(6):
        page.keyboard.press("ArrowDown")
        page.wait_for_function(
            f"last => document.activeElement.role === 'menuitem' && ({focus})() !== last",
            arg=visited[-1] if visited else "",
        )
        visited.append(page.evaluate(focus))
    assert len(set(visited)) == 6
    assert "Model (JSON)" in visited
    assert "Labels and probabilities (CSV)" not in visited


def test_pictures_of_the_plots_on_the_screen(page):
    for kind, begins in (("png", b"\x89PNG"), ("svg", b"<svg")):
        page.get_by_role("button", name="Export").click()
        with (
            page.expect_download(_named(f"gaussian-mixture.{kind}")) as second,
            page.expect_download(_named(f"k-means.{kind}")) as first,
        ):
            page.get_by_role("menuitem", name=f"Plots as {kind.upper()}").click()
        for arrived in (first, second):
            assert arrived.value.path().read_bytes().startswith(begins)


def _named(name):
    return lambda download: download.suggested_filename == name


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
    expect(page.locator("#compare-notice")).not_to_be_empty()
    notice = page.locator("#compare-notice").inner_text()
    assert shown.locator(".notice").first.inner_text() == notice
    bic = page.locator(".panel").nth(1).locator(".number", has_text="BIC")
    shown_bic = shown.locator("figure").nth(1).locator("tr", has_text="BIC").locator("td")
    assert bic.locator(".number-value").inner_text() == shown_bic.inner_text()
    assert shown.locator(".settings").get_by_text("moons").count() == 1
    assert shown.get_by_role("link").get_attribute("href") == page.url
    context.close()


def test_the_report_of_colours_has_both_images_and_only_settings_of_that_view(visit):
    page = visit("?view=colors&colors=3&data=moons")
    name, report = take(page, "Report (HTML)")
    assert name == "mixture-report.html"
    text = report.decode()
    assert text.count("data:image/png;base64,") == 2
    assert text.count("data:image/svg+xml;base64,") == 2
    settings = text.partition('class="settings"')[2]
    assert "Covariance" in settings
    assert "moons" not in settings.partition("</table>")[0]
