"""The Density view as a person uses it."""

from playwright.sync_api import expect

from tests.browser.conftest import in_link, looks, painted, settle
from tests.browser.test_compare import number

B13 = (
    "?view=density&data=moons&n=200&noise=0.05&dseed=0&k=16&cov=full&init=kmeans&n_init=1"
    "&seed=0&tol=1e-3&draw=400&drawseed=42"
)
EDGES = """() => {
  const box = document.getElementById(JSON.stringify({kind: "graph", name: "density"}));
  const full = box.querySelector(".js-plotly-plot")._fullLayout;
  return [full.xaxis, full.yaxis2].map(axis => axis._offset).concat(
    [full.xaxis._length, full.yaxis._length, full.yaxis._offset, full.xaxis2._offset]);
}"""


def has(trace):
    """What a plot with this trace holds."""
    return f"plot => plot.data.some(trace => (trace.name || trace.type) === '{trace}')"


@looks
def test_sixteen_components_on_moons_draw_moons(open_page, size, scheme):
    page = open_page(B13, size=size, scheme=scheme)
    expect(page.locator("#density-notice")).to_contain_text("16 components for 2 groups")
    expect(number(page, "draws", "beyond")).to_have_text("0.75 %")
    painted(page, "draws", has("New points"))
    painted(page, "density", has("heatmap"))
    painted(page, "density", has("contour"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_margins_stand_on_the_edges_of_the_map(visit):
    page = visit(B13)
    painted(page, "density", has("heatmap"))
    x, top, width, _, y, beside = page.evaluate(EDGES)
    assert beside >= x + width
    assert top < y


def test_draws_go_over_the_data_and_the_link_says_so(visit):
    page = visit(B13)
    page.get_by_text("over data", exact=True).click()
    expect(number(page, "draws", "beyond")).to_be_hidden()
    painted(page, "density", has("New points"))
    in_link(page, dplace="over")


def test_another_drawing_seed_draws_other_points_from_the_same_mixture(open_page):
    page = open_page(B13)
    for panel, term in (("draws", "draw_distance"), ("density", "bic")):
        expect(number(page, panel, term)).not_to_have_text("–")
    before = number(page, "draws", "draw_distance").inner_text()
    fit = number(page, "density", "bic").inner_text()
    field = page.get_by_role("textbox", name="Drawing seed")
    field.fill("7")
    page.requests.clear()
    field.press("Enter")
    expect(number(page, "draws", "draw_distance")).not_to_have_text(before)
    expect(number(page, "density", "bic")).to_have_text(fit)
    settle(page)
    assert len(page.requests) == 1, "the held-out curve is not asked for again"


def test_outliers_are_marked_at_the_chosen_share(visit):
    page = visit(B13)
    knob = page.get_by_role("slider", name="Mark outliers (%)")
    knob.focus()
    for _ in range(4):
        knob.press("ArrowRight")
    expect(page.get_by_text("Ringed: the 4 points of lowest density")).to_be_visible()
    painted(page, "density", has("Outliers"))


def test_more_columns_than_two_show_an_exact_marginal(visit):
    page = visit("?view=density&data=wine&scale=standard&x=PC1&y=PC2&k=3&n_init=1")
    expect(page.get_by_text("exact marginal in the two directions")).to_be_visible()


def test_a_slice_says_what_to_expect_and_follows_the_mouse(visit):
    page = visit("?view=density&data=faithful&k=2&draw=0&n=100")
    box = page.locator("#stage-density .plot-box").first
    middle = {"position": {"x": 200, "y": 200}}
    box.hover(**middle)
    expect(box.locator(".slice-canvas")).to_have_count(0)
    page.get_by_role("slider", name="Slice (%)").press("End")
    in_link(page, slice="100")
    settle(page)
    expect(page.locator("#stage-density .caption").first).to_contain_text("Slice at eruptions = ")
    box.hover(**middle)
    box.hover(position={"x": 210, "y": 210})
    expect(box.locator(".slice-canvas")).to_have_count(1)
    page.mouse.move(5, 5)
    expect(box.locator(".slice-canvas")).to_have_count(0)


def test_what_a_press_would_show_is_asked_for_where_the_mouse_rests(open_page):
    page = open_page("?view=density&k=4&n=200&draw=0")
    painted(page, "density", has("contour"))
    knob = page.get_by_role("slider", name="K", exact=True)
    place, width = knob.bounding_box(), knob.locator("..").bounding_box()["width"]
    x, y = place["x"] + place["width"] / 2 + 5 * width / 29, place["y"] + 5
    with page.expect_response(lambda one: _asks_live(one.request, 9)):
        page.mouse.move(x, y)
    page.requests.clear()
    page.mouse.down()
    page.mouse.up()
    in_link(page, k="9")
    painted(page, "density", "plot => plot._fullLayout.meta.of.k === 9")
    assert not any(_asks_live(one, 9) for one in page.requests)


def _asks_live(request, k):
    return "/live/density" in request.url and request.post_data_json["work"]["k"] == k
