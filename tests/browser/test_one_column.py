"""A table of one column, as a person looks at it."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import in_link, painted, settle

GALAXIES = "&data=galaxies&scale=standard&k=3"
BARS_AND_CURVES = """plot => plot.data.filter(t => t.mode === 'lines').length === 5
  && plot.data.some(t => t.mode === 'markers')"""
CUTS = "plot => plot.data.some(t => t.line && t.line.dash)"
SHOWN = """name => {
  const id = JSON.stringify({kind: "graph", name: name});
  const plot = document.getElementById(id).querySelector(".js-plotly-plot");
  return [plot._fullLayout.xaxis.title.text, plot._fullLayout.yaxis.title.text];
}"""


def test_every_view_shows_one_column_or_says_why_not(open_page):
    page = open_page(f"?view=compare{GALAXIES}")
    painted(page, "gmm", BARS_AND_CURVES)
    painted(page, "kmeans", CUTS)
    assert page.evaluate(SHOWN, "gmm") == ["velocity", "density"]
    expect(page.get_by_text("full, diag and spherical are the same mixture")).to_be_visible()
    names = page.locator(".mantine-CheckboxGroup-root label").filter(visible=True).all_inner_texts()
    assert "Each component's curve" in names
    assert not [name for name in names if re.search("[Ee]llipse|circle|contour|border", name)]
    page.goto(page.url.replace("view=compare", "view=density"))
    settle(page)
    painted(page, "density", BARS_AND_CURVES)
    expect(page.get_by_text("no map, no contours and no slice")).to_be_visible()
    tools = page.get_by_role("group", name="Settings of the density")
    shown = tools.locator(".control-name > span").filter(visible=True).all_inner_texts()
    assert shown == ["New points", "Drawing seed", "Place them", "Mark outliers (%)"]
    page.goto(page.url.replace("view=density", "view=steps"))
    expect(page.locator("#error")).to_contain_text("Step by step needs two columns")
    settle(page)
    page.get_by_role("tab", name="Compare").click()  # the way out
    expect(page.locator("#error")).to_be_hidden()
    painted(page, "gmm", BARS_AND_CURVES)
    page.get_by_label("Each component's curve").uncheck()  # and the label says what it does
    painted(page, "gmm", BARS_AND_CURVES.replace("5", "2"))
    page.get_by_label("The four covariance types").check()
    title = page.locator(".panel-of-full .panel-title")
    expect(title).to_be_visible()
    assert title.inner_text() == "full: a variance each"


def test_a_plane_has_its_own_words_again(open_page):
    page = open_page(f"?view=density{GALAXIES}")
    chosen = page.get_by_role("textbox", name="Map")
    painted(page, "density", BARS_AND_CURVES)
    expect(chosen).to_be_hidden()
    page.goto(page.url.replace("data=galaxies", "data=faithful"))
    settle(page)
    expect(chosen).to_be_visible()


def test_models_and_starts_of_one_column_are_compared(open_page):
    page = open_page(f"?view=select{GALAXIES}&kmax=4&n_init=1")
    notice = page.locator("#select-notice")
    expect(notice).to_contain_text("a variance each (full = diag = spherical)", timeout=60_000)
    painted(page, "select-winner", BARS_AND_CURVES)
    page.goto(page.url.replace("view=select", "view=restarts"))
    settle(page)
    expect(page.locator("#restarts-notice")).to_contain_text("starts of EM", timeout=60_000)


def test_k_of_one_column_follows_when_the_slider_is_let_go(open_page):
    page = open_page(f"?view=compare{GALAXIES}")
    painted(page, "gmm", BARS_AND_CURVES)
    page.get_by_role("slider", name="K", exact=True).press("ArrowRight")
    in_link(page, k="4")
    painted(page, "gmm", BARS_AND_CURVES.replace("5", "6"))
    expect(page.locator("#error")).to_be_hidden()
