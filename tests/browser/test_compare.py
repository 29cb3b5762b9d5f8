"""The Compare view as a person uses it."""

import io
import json
import time
from urllib.parse import urlsplit

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from gmm_dash import ids
from tests.browser.conftest import PHONE, hover_until, in_link, looks, painted, settle

RANGES = """() => ["kmeans", "gmm"].map(name => {
  const box = document.getElementById(JSON.stringify({kind: "graph", name: name}));
  const full = box.querySelector(".js-plotly-plot")._fullLayout;
  return [...full.xaxis.range, ...full.yaxis.range].map(v => Number(v.toFixed(3)));
})"""

ZOOMED = f"""first => {{
  const [one, other] = ({RANGES})();
  return one[0] !== first[0] && one.every((v, i) => Math.abs(v - other[i]) < 0.02);
}}"""
NEAR = f"([to, by]) => ({RANGES})()[0].every((v, i) => Math.abs(v - to[i]) < by)"


def number(page, panel, term):
    """The locator of one number on the page."""
    wanted = json.dumps({"kind": "number", "panel": panel, "term": term}, separators=(",", ":"))
    return page.locator(f"[id='{wanted}']")


@looks
def test_the_first_sight_shows_k_means_fail_and_the_mixture_succeed(open_page, size, scheme):
    page = open_page(size=size, scheme=scheme)
    expect(number(page, "kmeans", "inertia")).to_have_text("163.9")
    expect(number(page, "gmm", "ari")).to_have_text("0.987")
    expect(page.locator("#compare-notice")).to_contain_text("straight walls halfway between")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, background[4:-1].split(","))) < 200) == (scheme == "dark")


def test_the_numbers_of_the_centres_are_seen_above_many_points(open_page):
    """WebGL draws more than 2,000 points on a canvas, which lies above the rest of a plot."""
    page = open_page("?view=compare&data=blobs&n=5000&k=4&show=centers")
    for name in ("kmeans", "gmm"):
        painted(page, name)
        box = page.locator(f"[id='{json.dumps(ids.graph(name), separators=(',', ':'))}']")
        expect(box.locator(".gl-canvas").first).to_be_attached()
        badges = box.locator(".scatterlayer .point")
        expect(badges).to_have_count(4)
        for badge in badges.all():
            seen = np.asarray(Image.open(io.BytesIO(badge.screenshot())).convert("RGB"), dtype=int)
            paper = (seen > 200).all(axis=2).mean()
            assert paper > 0.25, "the badge is the colour of paper, whatever lies below it"


def test_both_plots_show_the_same_ranges_and_zoom_together(page):
    for name in ("kmeans", "gmm"):
        painted(page, name)
    first, second = page.evaluate(RANGES)
    assert first == pytest.approx(second, abs=0.02)
    box = page.locator(".js-plotly-plot").first.bounding_box()
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.mouse.wheel(0, -300)
    page.wait_for_function(ZOOMED, arg=first)
    zoomed = page.evaluate(RANGES)[0]
    painted(page, "kmeans", "plot => { plot.data.old = true; return true; }")
    slider = page.get_by_role("slider", name="K", exact=True)
    slider.focus()
    slider.press("ArrowRight")
    expect(number(page, "kmeans", "inertia")).not_to_have_text("163.9")
    painted(page, "kmeans", "plot => !plot.data.old")
    settle(page)
    assert page.evaluate(RANGES)[0] == pytest.approx(zoomed, abs=0.02), "the zoom is kept"
    page.get_by_role("button", name="Reset zoom").first.click()
    page.wait_for_function(NEAR, arg=[first, 0.5])


def test_one_change_asks_the_server_once_and_is_written_into_the_link(page):
    page.requests.clear()
    slider = page.get_by_role("slider", name="K", exact=True)
    slider.focus()
    slider.press("ArrowRight")
    expect(number(page, "kmeans", "inertia")).not_to_have_text("163.9")
    settle(page)
    assert len(_settled(page)) == 1
    in_link(page, k="5")


COUNT_DRAWINGS = """() => {
  window.drawings = [];
  const own = Plotly.react;
  Plotly.react = (plot, ...rest) => {
    window.drawings.push(JSON.parse(plot.closest("[id^='{']").id).name);
    return own(plot, ...rest);
  };
}"""


def test_what_a_plot_shows_already_is_not_drawn_again(open_page):
    """K-means has no covariances: with others its panel only says for which it holds now."""
    page = open_page("?view=compare&k=4&dseed=3", own=True)
    painted(page, "gmm")
    page.evaluate(COUNT_DRAWINGS)
    for cov in ("tied", "spherical"):
        page.evaluate("() => { drawings.length = 0; }")
        page.locator("label", has_text=cov.title()).first.click()
        for name in ("kmeans", "gmm"):
            painted(page, name, f"plot => plot._fullLayout.meta.of.cov === '{cov}'")
        expect(page.locator(".live-canvas")).to_have_count(0)
        settle(page)
    assert page.evaluate("drawings") == ["gmm"]  # the first time it is not known what Dash drew


CLUSTERS = """plot => plot.data.filter(trace => trace.customdata).map(t => t.customdata.bdata)"""

SAYS = """() => [...document.querySelectorAll("#stage-compare :is(p, figcaption, [role=status], "
  + ".panel-badge, .number-value)")].filter(e => e.offsetParent && !e.matches(".visually-hidden"))
  .map(e => e.textContent)"""


def test_k_is_live_while_its_slider_is_dragged(page):
    """What is shown before the slider is let go is what stands after it."""
    knob = page.get_by_role("slider", name="K", exact=True)
    place, address = knob.bounding_box(), page.url
    width = knob.locator("..").bounding_box()["width"]
    x, y = (place[side] + place[size] / 2 for side, size in (("x", "width"), ("y", "height")))
    page.requests.clear()
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 2 * width / 29, y, steps=4)
    expect(knob).to_have_attribute("aria-valuenow", "6")
    expect(number(page, "kmeans", "inertia")).to_have_text("107.2")
    expect(page.locator(".live-canvas")).to_have_count(2)
    assert page.url == address, "nothing is stored before the release"
    assert not _settled(page)
    (asked,) = (one for one in page.requests if one.post_data_json["work"]["k"] == 6)
    drawn = asked.response().json()
    words = page.evaluate(SAYS)
    page.mouse.up()
    in_link(page, k="6")
    expect(page.locator(".live-canvas")).to_have_count(0)
    settle(page)
    assert len(_settled(page)) == 1, "what was asked for at the release is what the page wants"
    assert page.evaluate(SAYS) == words
    for name in ("kmeans", "gmm"):
        wanted = [t["customdata"]["bdata"] for t in drawn["pictures"][name] if "customdata" in t]
        painted(page, name, f"plot => String(({CLUSTERS})(plot)) === '{','.join(wanted)}'")
    page.requests.clear()
    page.mouse.down()
    page.mouse.move(x + width / 29, y)
    expect(number(page, "kmeans", "inertia")).to_have_text("132.9")
    page.mouse.move(x + 2 * width / 29, y)
    page.mouse.up()
    expect(page.locator(".live-canvas")).to_have_count(0)
    expect(number(page, "kmeans", "inertia")).to_have_text("107.2")
    assert not _settled(page), "back where it was, so nothing is asked"
    _widen(page)


ZOOM_OUT = """name => {
  const plot = document.getElementById(JSON.stringify({kind: "graph", name}))
    .querySelector(".js-plotly-plot");
  const [low, high] = plot._fullLayout.xaxis.range;
  return Plotly.relayout(plot, {"xaxis.range[0]": low - 1, "xaxis.range[1]": high + 1});
}"""


def test_a_zoom_leaves_the_newest_picture(page):
    """The first figure of a plot is Dash's, the next are not: a zoom brought the first back."""
    slider = page.get_by_role("slider", name="K", exact=True)
    slider.focus()
    slider.press("ArrowRight")
    for name in ("kmeans", "gmm"):
        painted(page, name, "plot => plot._fullLayout.meta.of.k === 5")
    expect(page.locator(".live-canvas")).to_have_count(0)
    settle(page)
    before = [page.evaluate(DRAWN, name) for name in ("kmeans", "gmm")]
    page.evaluate(ZOOM_OUT, "gmm")
    settle(page)
    assert [page.evaluate(DRAWN, name) for name in ("kmeans", "gmm")] == before


DRAWN = """name => {
  const plot = document.getElementById(JSON.stringify({kind: "graph", name}))
    .querySelector(".js-plotly-plot");
  return [plot._fullLayout.meta.of.k, plot.querySelectorAll(".scatterlayer .trace").length];
}"""

COUNT_UPDATES = """() => {
  window.updates = 0;
  window.store.subscribe(() => { window.updates += 1; });
}"""


def test_a_press_beside_the_thumb_is_asked_for_once_and_costs_dash_little(page):
    """The page's own question waits for the picture, a second at most: both cost the same fits."""
    knob = page.get_by_role("slider", name="K", exact=True)
    place, width = knob.bounding_box(), knob.locator("..").bounding_box()["width"]
    page.evaluate(COUNT_UPDATES)
    order, at = [], {}

    def note(what):
        order.append(what)
        at[what] = time.monotonic()

    page.on("request", lambda one: note("asks" + _kind(one)))
    page.on("response", lambda one: note("gets" + _kind(one.request)))
    page.mouse.click(place["x"] + place["width"] / 2 + 3 * width / 29, place["y"] + 5)
    painted(page, "gmm", "plot => plot._fullLayout.meta.of.k === 7")
    expect(page.locator(".live-canvas")).to_have_count(0)
    settle(page)
    own = [one for one in order if one in {"asks live 7", "gets live 7", "asks", "gets"}]
    if at["asks"] - at["asks live 7"] < 0.9:
        assert own == ["asks live 7", "gets live 7", "asks", "gets"]
    assert own.count("asks") == own.count("asks live 7") == 1
    assert page.evaluate("updates") <= 26, "of which few concern what is drawn"
    _press_where_the_mouse_rests(page, place["x"] + place["width"] / 2 + 5 * width / 29, place["y"])


def _press_where_the_mouse_rests(page, x, y):
    """What a press there would set has come before it."""
    page.mouse.move(x - 40, y - 60)
    with page.expect_response(lambda one: _kind(one.request) == " live 9"):
        page.mouse.move(x, y + 5)
    page.requests.clear()
    page.mouse.down()
    page.mouse.up()
    painted(page, "gmm", "plot => plot._fullLayout.meta.of.k === 9")
    expect(page.locator(".live-canvas")).to_have_count(0)
    assert " live 9" not in {_kind(one) for one in page.requests}


def _kind(request):
    """Return what a request is for: a live picture of K, or the page's own answer."""
    if "/live/" in request.url:
        return f" live {request.post_data_json['work']['k']}"
    return "" if "_dash-update-component" in request.url else f" {request.url}"


def _widen(page):
    """Drag Spread: the data follow, and the axes where they must; back again, all is as it was."""
    knob, ranges = page.get_by_role("slider", name="Spread", exact=True), page.evaluate(RANGES)
    place, width = knob.bounding_box(), knob.locator("..").bounding_box()["width"]
    x, y = (place[side] + place[size] / 2 for side, size in (("x", "width"), ("y", "height")))
    before = page.evaluate(SAYS)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + width / 2, y, steps=3)
    expect(page.locator(".live-value").first).to_have_text("Spread = 2.05")
    expect(page.locator("#stage-compare")).to_have_attribute("data-live", "now")
    wider = page.evaluate(RANGES)
    assert all(one[0] < old[0] and one[3] > old[3] for one, old in zip(wider, ranges, strict=True))
    assert page.evaluate(SAYS) != before
    page.mouse.move(x, y)
    page.mouse.up()
    expect(page.locator(".live-canvas")).to_have_count(0)
    assert page.evaluate(SAYS) == before
    page.wait_for_function(NEAR, arg=[ranges[0], 0.2])
    assert not _settled(page)


def _settled(page):
    """What was asked for but live pictures."""
    return [request for request in page.requests if "/live/" not in request.url]


def test_another_data_set_brings_its_own_settings_and_back_returns(page):
    page.requests.clear()
    page.get_by_role("textbox", name="Data set").click()
    page.get_by_role("option", name="Two moons").click()
    expect(page.locator("#compare-notice")).to_contain_text("Neither method finds")
    settle(page)
    assert len(page.requests) == 2, "one for the lists of columns, one for the picture"
    in_link(page, data="moons", noise="0.05", n="200")


def test_a_shared_link_opens_exactly_this_picture(open_page):
    page = open_page("?data=moons&k=16&show=ellipses,density,plain&cov=diag")
    expect(number(page, "gmm", "bic")).not_to_have_text("–")
    numbers = number(page, "gmm", "bic").inner_text()
    again = open_page("?" + urlsplit(page.url).query)
    expect(number(again, "gmm", "bic")).to_have_text(numbers)
    expect(again).to_have_url(page.url)


def test_a_broken_link_says_what_it_could_not_use(open_page):
    page = open_page("?k=999&data=moons")
    expect(page.get_by_text("K: '999' is out of range.")).to_be_visible()
    in_link(page, k="4", data="moons")


def test_a_dead_link_shows_no_empty_plots_but_a_way_out(open_page):
    page = open_page("?data=upload&table=nonsense")
    expect(page.locator("#error")).to_contain_text("Copy the whole link")
    expect(page.locator("#stage-compare")).to_be_hidden()
    page.get_by_role("link", name="Start from the built-in example").click()
    expect(number(page, "kmeans", "inertia")).to_have_text("163.9")
    expect(page.locator("#error")).to_be_hidden()
    page.wait_for_function(
        """() => [".plot-box", ".main-svg"].every(what =>
          document.querySelector("#stage-compare " + what)?.getBoundingClientRect().width > 300)"""
    )


def test_a_bad_number_is_refused_in_words_and_the_result_stays(page):
    page.get_by_text("Fine print").click()
    field = page.get_by_role("textbox", name="Tolerance")
    field.fill("many")
    field.press("Enter")
    expect(page.get_by_text("Tolerance: 'many' is not a number.")).to_be_visible()
    expect(number(page, "kmeans", "inertia")).to_have_text("163.9")
    field.fill("1e-3")
    field.press("Enter")
    expect(page.get_by_text("Tolerance: 'many'")).to_be_hidden()


def test_the_four_covariance_types_are_one_click_away(page):
    page.get_by_role("checkbox", name="The four covariance types").click()
    for kind in ("full", "tied", "diag", "spherical"):
        expect(number(page, kind, "bic")).to_be_visible()
        expect(number(page, kind, "bic")).not_to_have_text("–")
    expect(number(page, "kmeans", "inertia")).to_be_hidden()
    page.get_by_role("checkbox", name="The four covariance types").click()
    expect(number(page, "kmeans", "inertia")).to_be_visible()


def test_the_table_of_posteriors_sorts_and_downloads(page):
    page.get_by_role("button", name="Table of posterior probabilities").click()
    in_link(page, open="posteriors")  # whoever gets this link finds it open
    heading = page.get_by_role("button", name="P(1)")
    heading.click()
    expect(page.get_by_role("columnheader", name="P(1)")).to_have_attribute(
        "aria-sort", "ascending"
    )
    expect(page.locator(".data-table tbody tr").first.locator("td").nth(6)).to_have_text("0.000")
    heading.click()
    expect(page.locator(".data-table tbody tr").first.locator("td").nth(6)).to_have_text("1.000")
    page.wait_for_function("() => document.activeElement.dataset.column === '6'")  # still there
    page.get_by_role("button", name="20", exact=True).click()
    expect(page.locator(".data-table tbody tr").first.locator("td").nth(6)).to_have_text("0.000")
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="Download (CSV)").click()
    lines = downloaded.value.path().read_text().splitlines()
    assert len(lines) == 401
    assert lines[0].startswith("row,x,y,true group,cluster,component,certainty,P(1)")


def test_a_point_under_the_mouse_shows_its_posteriors(page):
    painted(page, "gmm", "plot => plot.querySelectorAll('.points path').length > 10")
    point = """() => {
      const box = document.getElementById(JSON.stringify({kind: "graph", name: "gmm"}));
      const rect = [...box.querySelectorAll(".points path")][10].getBoundingClientRect();
      return [rect.x + rect.width / 2, rect.y + rect.height / 2];
    }"""
    card = page.locator(".point-card")
    hover_until(page, point, card, "Posterior")
    expect(card).to_be_visible()
    expect(card).to_contain_text("Posterior")
    shares = [float(text[:-2]) for text in card.locator(".card-share").all_inner_texts()]
    assert len(shares) == 4
    assert sum(shares) == pytest.approx(100, abs=0.5)


def test_light_and_dark_can_be_changed_and_are_remembered(page):
    page.get_by_role("button", name="Light or dark").click()
    scheme = page.locator("html")
    expect(scheme).to_have_attribute("data-mantine-color-scheme", "dark")
    settle(page)
    page.reload()
    settle(page)
    expect(scheme).to_have_attribute("data-mantine-color-scheme", "dark")


PLOT_ABOVE = """() => {
  const plot = document.querySelector("#compare-pair .plot-box").getBoundingClientRect();
  const sheet = document.querySelector(".mantine-AppShell-navbar").getBoundingClientRect();
  return plot.top > 96 && plot.bottom < sheet.top && sheet.bottom <= innerHeight;
}"""


def test_the_phone_has_the_settings_in_a_drawer(open_page):
    page = open_page(size=PHONE)
    expect(page.get_by_role("textbox", name="Data set")).not_to_be_in_viewport()
    page.get_by_role("button", name="Show or hide the settings").click()
    expect(page.get_by_role("textbox", name="Data set")).to_be_in_viewport()
    close = page.get_by_role("button", name="Close the settings")
    expect(close).to_be_focused()
    page.wait_for_function(PLOT_ABOVE)  # half a sheet: what it changes stays in sight
    page.keyboard.press("Escape")
    expect(page.get_by_role("textbox", name="Data set")).to_be_hidden()
    expect(page.get_by_role("button", name="Show or hide the settings")).to_be_focused()


def test_hidden_and_locked_controls(open_page):
    page = open_page("?hide=cov,seed&lock=k")
    expect(page.get_by_role("radiogroup", name="Covariance")).to_be_hidden()
    wrapper = json.dumps({"key": "k", "kind": "wrapper"}, separators=(",", ":"))
    knob = page.locator(f"[id='{wrapper}'] [data-disabled]").first
    expect(knob).to_be_visible()
    expect(page.get_by_role("slider", name="Spread")).to_be_enabled()


def test_everything_is_reached_by_keyboard(page):
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                """() => { const e = document.activeElement;
              return e.getAttribute("aria-label") || e.innerText || e.value || e.type; }"""
            )
        )
    for wanted in ("Skip to the plots", "Share", "Data set", "K", "Draw new points"):
        assert any(wanted in (name or "") for name in reached), wanted
