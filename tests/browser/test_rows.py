"""The rows of Compare: pressed, drawn around, found, and taken away."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import painted, settle

PLACE = """([name, index]) => {
  const box = document.getElementById(JSON.stringify({kind: "graph", name}));
  const plot = box.querySelector(".js-plotly-plot"), at = plot.getBoundingClientRect();
  const {xaxis, yaxis} = plot._fullLayout;
  for (const {x, y, customdata} of plot._fullData.filter(trace => trace.customdata)) {
    const i = [...customdata].indexOf(index);
    if (i >= 0) {
      return [at.x + xaxis._offset + xaxis.d2p(x[i]), at.y + yaxis._offset + yaxis.d2p(y[i])];
    }
  }
}"""
FADED = "plot => plot.data.some(trace => trace.selectedpoints)"
SCATTERED = "?view=compare&data=iris&k=3&tab=rows&x=petal+length+(cm)&y=sepal+width+(cm)&show=size"


def drag(page, ground=".nsewdrag"):
    """Drag over a part of the first plot."""
    ground = page.locator(ground).first.bounding_box()
    left, top = ground["x"] + 40, ground["y"] + 40
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(left + 150, top + 100, steps=4)
    page.mouse.move(left + ground["width"] / 2, top + ground["height"] / 2, steps=4)
    page.mouse.up()


def test_a_pressed_point_a_box_and_a_name_lead_to_rows(open_page):
    page = open_page(SCATTERED)
    said, record = page.locator("#rows-said"), page.locator("#rows-record-box")
    expect(said).to_contain_text("Least likely: 2 rows")
    painted(page, "gmm")
    page.mouse.click(*page.evaluate(PLACE, ["gmm", 41]))
    expect(record.locator("h2")).to_have_text("row 42")
    expect(record).to_contain_text("2.3")
    painted(page, "kmeans", "plot => plot.layout.annotations?.length === 1")

    page.locator("#rows-tool").get_by_text("Box").click()
    drag(page)
    expect(said).to_contain_text("of 150 rows")
    count = int(said.inner_text().split()[1])
    assert 0 < count < 150
    painted(page, "kmeans", FADED)
    painted(page, "gmm", FADED)  # what is selected in one plot is in the other
    lit = "plot.data.reduce((n, trace) => n + (trace.selectedpoints?.length ?? 0), 0)"
    painted(page, "gmm", f"plot => {lit} === {count}")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download these (CSV)").click()
    assert len(saved.value.path().read_text().splitlines()) == count + 1
    slider = page.get_by_role("slider", name="K", exact=True)
    slider.focus()
    slider.press("ArrowRight")
    settle(page)
    expect(said).to_contain_text(f"Selected: {count} of 150 rows.")  # another K has the same rows
    painted(page, "gmm", FADED)

    page.locator("#rows-search").fill("7")
    page.locator("#rows-search").press("Enter")
    expect(said).to_contain_text("Found for “7”: 1 row.")
    expect(record.locator("h2")).to_have_text("row 7")
    record.get_by_role("button", name="Next row").press("Enter")
    expect(record.locator("h2")).to_have_text("row 8")
    page.get_by_role("button", name="Least likely rows").click()
    expect(said).to_contain_text("Least likely")
    rows = page.locator(".row-list td a")
    expect(rows.filter(has_text=re.compile(r"^(row )?7$"))).to_have_count(0)  # who was found left
    rows.first.press("Enter")
    expect(record).to_contain_text("0 of the 150 fitted")
    assert "row" not in page.url.replace("tab=rows", ""), "what is chosen is no part of the link"


def test_what_is_chosen_goes_with_its_data(open_page):
    page = open_page(SCATTERED)
    said, record = page.locator("#rows-said"), page.locator("#rows-record-box")
    painted(page, "gmm")
    page.locator("#rows-search").fill("7")
    page.locator("#rows-find").click()
    expect(record.locator("h2")).to_have_text("row 7")
    page.locator("#rows-tool").get_by_text("Box").click()
    drag(page)
    expect(said).to_contain_text("Selected: ")
    page.get_by_role("textbox", name="Data set").click()
    page.get_by_role("option", name="Two moons").click()
    settle(page)
    expect(said).to_contain_text("Least likely")
    expect(record).to_be_empty()
    painted(page, "gmm", "plot => !plot.layout.selections?.length")
    painted(page, "gmm", "plot => !plot.layout.annotations?.length")


def test_the_four_covariance_types_answer_presses_too(open_page):
    page = open_page(f"{SCATTERED},shapes&cov=tied")
    said, record = page.locator("#rows-said"), page.locator("#rows-record-box")
    expect(said).to_contain_text("those of the mixture of the settings, tied.")
    painted(page, "tied")
    page.mouse.click(*page.evaluate(PLACE, ["tied", 41]))
    expect(record.locator("h2")).to_have_text("row 42")
    painted(page, "full", "plot => plot.layout.annotations?.length === 1")
    page.locator("#rows-tool").get_by_text("Box").click()
    drag(page, "#compare-shapes .nsewdrag")
    expect(said).to_contain_text("of 150 rows")
    painted(page, "spherical", FADED)
