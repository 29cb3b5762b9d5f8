"""The Digits view as a person uses it."""

import json
import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, hover_until, in_link, painted

IMAGES = "plot => plot.data[0]?.type === 'heatmap'"
QUICK = "?view=digits&dk=50&cov=diag&pca=70"


def part(page, kind, name):
    """The locator of a caption or badge."""
    wanted = json.dumps({"kind": kind, "name": name}, separators=(",", ":"))
    return page.locator(f"[id='{wanted}']")


def drawn(page, name):
    """The data of one plot."""
    return page.evaluate(
        """name => {
      const box = document.getElementById(JSON.stringify({kind: "graph", name: name}));
      const plot = box.querySelector(".js-plotly-plot");
      return plot.data.map(t => ({type: t.type, x: t.x && [...t.x], y: t.y && [...t.y]}));
    }""",
        name,
    )


def test_the_textbook_digits_have_41_dimensions(open_page):
    page = open_page("?view=digits")
    expect(part(page, "badge", "digits-real")).to_contain_text("41 of 64 dimensions keep 99.0 %")
    expect(page.locator("#digits-notice")).to_contain_text("110 Gaussians in 41 dimensions")
    for name in ("digits-real", "digits-new", "digits-averages", "digits-pair"):
        painted(page, name, IMAGES)


def test_the_view_fits_a_phone_and_a_link_starts_its_sweep(open_page):
    page = open_page(f"{QUICK}&open=sweep", size=PHONE, scheme="dark")
    expect(page.locator("#sweep-status")).to_contain_text("AIC is least with")
    expect(page.locator("#digits-notice")).to_contain_text("50 Gaussians")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_new_digit_is_shown_beside_its_nearest_real_one(open_page):
    page = open_page(QUICK)
    caption = part(page, "caption", "digits-pair")
    expect(caption).to_contain_text(re.compile(r"new image 1\. .* image [\d,]+, a \d, [\d.]+ away"))
    painted(page, "digits-new", IMAGES)
    tile = """() => {
      const box = document.getElementById(JSON.stringify({kind: "graph", name: "digits-new"}));
      const plot = box.querySelector(".js-plotly-plot"), full = plot._fullLayout;
      const rect = plot.getBoundingClientRect();
      return [rect.x + full.xaxis._offset + full.xaxis.d2p(31),
              rect.y + full.yaxis._offset + full.yaxis.d2p(22)];
    }"""
    hover_until(page, tile, caption, "new image 24.")
    page.mouse.move(0, 0)
    field = page.get_by_role("textbox", name="New image number")
    field.fill("100")
    field.press("Enter")
    expect(caption).to_contain_text("new image 100.")


def test_a_hundred_others_are_drawn_from_the_same_mixture(open_page):
    page = open_page(QUICK)
    caption = part(page, "caption", "digits-pair")
    expect(caption).to_contain_text("new image 1.")
    before = caption.inner_text()
    page.get_by_role("button", name="Draw others").click()
    expect(part(page, "caption", "digits-new")).to_contain_text("seed 1")
    expect(caption).not_to_have_text(before)
    in_link(page, digitseed="1")


def test_a_sweep_is_stopped_goes_on_and_asks_for_nothing_twice(open_page):
    page = open_page(QUICK)
    status, start = page.locator("#sweep-status"), page.locator("#sweep-start")
    expect(status).to_contain_text("16 mixtures with 50 to 200 components")
    asked = []

    def hold_the_third_and_fourth(route):
        asked.append(route)
        if len(asked) not in (3, 4):
            route.continue_()

    page.route("**/pieces/digits", hold_the_third_and_fourth)
    start.click()
    expect(status).to_contain_text("2 of 16 mixtures")
    for _ in range(600):
        if len(asked) == 4:
            break
        page.wait_for_timeout(100)
    page.locator("#sweep-stop").click()
    expect(status).to_have_text("2 of 16 mixtures; stopped.")
    asked[2].continue_()
    expect(status).to_have_text("3 of 16 mixtures; stopped.")
    asked[3].continue_()
    expect(status).to_have_text("4 of 16 mixtures; stopped.")
    painted(page, "digits-sweep", "plot => plot.data[0].x.length === 4")
    expect(start).to_have_text("Go on")
    start.click()
    expect(status).to_contain_text("AIC is least with")
    painted(page, "digits-sweep", "plot => plot.data[0].x.length === 16")
    aic, bic = drawn(page, "digits-sweep")
    assert aic["x"] == bic["x"] == list(range(50, 201, 10))
    assert all(a < b for a, b in zip(aic["y"], bic["y"], strict=True))
    pieces = [route.request.post_data_json["piece"] for route in asked]
    assert sorted(pieces) == list(range(16))


def test_another_model_offers_a_sweep_of_its_own_and_the_old_one_is_kept(open_page):
    page = open_page(QUICK)
    status = page.locator("#sweep-status")
    asked = []

    def hold_all_but_two(route):  # the sweep must not end before another model is chosen
        asked.append(route)
        if len(asked) < 3:
            route.continue_()

    page.route("**/pieces/digits", hold_all_but_two)
    page.locator("#sweep-start").click()
    expect(status).to_contain_text("2 of 16")
    page.get_by_text("spherical", exact=True).click()
    expect(status).to_contain_text("16 mixtures with")
    for route in asked[2:]:
        route.continue_()
    page.get_by_text("diag", exact=True).click()
    expect(status).to_contain_text(re.compile(r"of 16 mixtures; stopped"))
