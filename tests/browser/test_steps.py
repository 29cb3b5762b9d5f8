"""The Step by step view as a class uses it: by mouse, by keyboard, and offline."""

from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import looks

READY = """() => window.dash_clientside.steps?.page.run
  && document.querySelectorAll('canvas.steps-canvas').length === 2"""
PLACE = "() => window.dash_clientside.steps.page.player.place()"
END = "() => window.dash_clientside.steps.page.player.end()"
COLOURED = """side => {
  const box = document.getElementById(JSON.stringify({kind: "graph", name: "steps-" + side}));
  const canvas = box.closest(".plot-box").querySelector("canvas.steps-canvas");
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [canvas.width, canvas.height];
  const pen = copy.getContext("2d", {willReadFrequently: true});
  pen.drawImage(canvas, 0, 0);
  const data = pen.getImageData(0, 0, canvas.width, canvas.height).data;
  let found = 0;
  for (let i = 0; i < data.length; i += 4) {
    const [low, high] = [Math.min(...data.slice(i, i + 3)), Math.max(...data.slice(i, i + 3))];
    if (data[i + 3] > 120 && high - low > 60) found++;
  }
  return found;
}"""
CORNERS = "?view=steps&data=corners&n=200&noise=0.3&k=2"


@pytest.fixture
def open_steps(open_page):
    """Open a link to the player and wait for its first picture."""

    def open_link(query, **options):
        page = open_page(query, **options)
        page.wait_for_function(READY)
        return page

    return open_link


def said(page, side="kmeans"):
    return page.locator(f"#steps-{side}-said")


def setting(page, key):
    query = parse_qs(urlsplit(page.url).query, keep_blank_values=True)
    return query[key][0]


def in_link(page, key, value):
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get(key) == [value])


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


@contextmanager
def run_of(page):
    """Wait until the run that an action asks for is on the page."""
    page.evaluate("() => { window.runBefore = window.dash_clientside.steps.page.run; }")
    yield
    page.wait_for_function("() => window.dash_clientside.steps.page.run !== window.runBefore")


@looks
def test_it_opens_at_the_end_with_both_runs_drawn(open_steps, size, scheme):
    page = open_steps("?view=steps", size=size, scheme=scheme)
    expect(page.locator(".player-count")).to_have_text("half step 25 of 25")
    expect(said(page)).to_contain_text("Converged after 8 iterations")
    expect(said(page, "gmm")).to_contain_text("Converged after 11 iterations")
    assert page.evaluate(COLOURED, "kmeans") > 500
    assert page.evaluate(COLOURED, "gmm") > 500
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_playing_asks_the_server_nothing_and_is_smooth(open_steps):
    page = open_steps("?view=steps&data=blobs&n=2000&noise=1.1&k=5&seed=3&max_iter=30&step=0")
    assert page.evaluate(END) >= 60
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    seen = page.evaluate(
        """() => new Promise(done => {
          const player = window.dash_clientside.steps.page.player;
          let frames = 0;
          const begun = performance.now();
          player.act("speed", "4");
          player.play(0);
          requestAnimationFrame(function count() {
            frames++;
            if (player.place() < 20) return requestAnimationFrame(count);
            player.pause();
            done(1000 * frames / (performance.now() - begun));
          });
        })"""
    )
    assert asked == []
    assert seen > 10, "20 on an idle machine; tests share theirs"


def test_the_keyboard_alone_steps_plays_and_pauses(open_steps):
    page = open_steps("?view=steps&step=0")
    count = page.locator(".player-count")
    press(page, "ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft")
    expect(count).to_have_text("half step 2 of 25")
    expect(said(page)).to_have_text(
        "Every centre goes to the mean of its points. Centre 2 moves most, by 0.640. "
        "Inertia 253.3 → 174.2."
    )
    in_link(page, "step", "2")
    press(page, "End")
    expect(count).to_have_text("half step 25 of 25")
    in_link(page, "step", "last")
    press(page, "Home", " ")
    page.wait_for_function(f"() => ({PLACE})() >= 2")
    press(page, " ")
    paused = page.evaluate(PLACE)
    page.wait_for_timeout(1200)
    assert page.evaluate(PLACE) == paused
    in_link(page, "step", str(paused))
    asked = [r for r in page.requests if "steps-trace" in (r.post_data or "")]
    assert len(asked) == 1, "steps are in the link without a request"


def test_every_half_step_is_spoken(open_steps):
    page = open_steps("?view=steps&step=0")
    live = page.locator("#steps-live")
    press(page, "ArrowRight")
    expect(live).to_contain_text("half step 1 of 25. k-means, Assign: Each of the 400 points")
    expect(live).to_contain_text("Gaussian mixture, E-step: To begin with")
    assert live.get_attribute("aria-live") == "polite"


def test_points_are_coloured_by_assigning_and_not_before(open_steps):
    page = open_steps("?view=steps&step=0&data=moons&n=200&noise=0.05&k=2")
    grey = page.evaluate(COLOURED, "kmeans")
    press(page, "ArrowRight")
    page.wait_for_timeout(700)
    assert page.evaluate(COLOURED, "kmeans") > grey + 1000


def test_a_click_on_the_curve_and_the_slider_go_there(open_steps):
    page = open_steps("?view=steps")
    box = page.locator("#steps-gmm-curve svg").bounding_box()
    left, right = box["width"] * 58 / 560, box["width"] * 548 / 560
    page.mouse.click(box["x"] + left + (right - left) * 6 / 25, box["y"] + 40)
    expect(page.locator(".player-count")).to_have_text("half step 6 of 25")
    slider = page.get_by_role("slider", name="Half step")
    slider.fill("9")
    expect(page.locator(".player-count")).to_have_text("half step 9 of 25")
    slider.press("ArrowRight")
    expect(page.locator(".player-count")).to_have_text("half step 10 of 25")
    assert slider.get_attribute("aria-valuetext") == "half step 10 of 25"


def test_linked_sides_share_the_half_step_and_the_shorter_run_rests(open_steps):
    page = open_steps("?view=steps&step=20")
    expect(page.locator("#steps-kmeans-phase")).to_have_text("Assign · end")
    expect(page.locator("#steps-gmm-phase")).to_have_text("M-step")
    page.get_by_label("What the player moves").select_option("kmeans")
    expect(page.locator(".player-count")).to_have_text("half step 17 of 17")
    press(page, "Home")
    page.locator("body").click(position={"x": 700, "y": 5})
    press(page, "Home")
    expect(page.locator("#steps-kmeans-phase")).to_have_text("Start")
    expect(page.locator("#steps-gmm-phase")).to_have_text("M-step")


def test_reduced_motion_shows_every_step_at_once(browser, server):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{server}?view=steps&step=0")
    page.wait_for_function(READY)
    press(page, "ArrowRight")
    assert page.evaluate("() => window.dash_clientside.steps.page.player.state.t") == 1
    context.close()


def test_lesson_seven_by_mouse(open_steps):
    page = open_steps(CORNERS + "&step=0")
    with run_of(page):
        page.get_by_text("Bad start").click()
    expect(page.locator(".steps-note")).to_contain_text("a bad place on purpose")
    press(page, "End")
    expect(said(page)).to_contain_text("Inertia 3,201. Converged after 2 iterations")
    page.locator("#steps-place").click()
    expect(page.locator(".player-count")).to_have_text("half step 0 of 7")
    handle = page.locator(".steps-handle[data-centre='0']").first
    box = handle.bounding_box()
    with run_of(page):
        page.mouse.move(box["x"] + 15, box["y"] + 15)
        page.mouse.down()
        page.mouse.move(box["x"] - 130, box["y"], steps=6)
        page.mouse.up()
    assert setting(page, "start") == "own"
    page.locator("#steps-run").click()
    page.wait_for_function(f"() => ({PLACE})() >= 1")
    press(page, "End")
    expect(said(page)).to_contain_text("Inertia 231.8. Converged")
    expect(page.locator("#steps-centres")).to_be_hidden()


def test_lesson_seven_by_keyboard(open_steps):
    page = open_steps(CORNERS + "&step=0")
    page.locator("#steps-place").focus()
    press(page, "Enter")
    for name, value in (("0-0", "4"), ("0-1", "0"), ("1-0", "4"), ("1-1", "2")):
        page.locator(f"[data-field='{name}']").focus()
        press(page, "Control+a")
        page.keyboard.type(value)
    with run_of(page):
        press(page, "Tab")
    in_link(page, "centres", "4,0,4,2")
    page.locator("#steps-run").focus()
    press(page, "Enter")
    page.wait_for_function(f"() => ({PLACE})() >= 1")
    press(page, "End")
    expect(said(page)).to_contain_text("Inertia 3,201")
    page.locator("#steps-place").focus()
    press(page, "Enter")
    handle = page.locator(".steps-handle[data-centre='0']").first
    handle.focus()
    with run_of(page):
        press(page, *["ArrowLeft"] * 12)
    assert float(setting(page, "centres").split(",")[0]) < 2


def test_a_run_that_was_overtaken_moves_no_centre_back(open_steps):
    page = open_steps(CORNERS + "&step=0")
    page.locator("#steps-place").click()
    page.evaluate(
        """() => {
          const { load, page } = window.dash_clientside.steps;
          const field = document.querySelector("[data-field='0-1']");
          field.value = "0";
          field.dispatchEvent(new Event("change"));
          load({...page.trace}, page.state, {time: page.visit});  // asked for before that
        }"""
    )
    assert page.locator("[data-field='0-1']").input_value() == "0"
    page.locator("[data-field='0-0']").fill("4")
    with run_of(page):
        press(page, "Tab")
    page.wait_for_url("**centres=4%2C0%2C**")


def test_a_click_places_the_chosen_centre(open_steps):
    page = open_steps(CORNERS + "&step=0")
    page.locator("#steps-place").click()
    box = page.locator(".steps-handles").first.bounding_box()
    with run_of(page):
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    x, y, *_ = map(float, setting(page, "centres").split(","))
    assert 3 < x < 5
    assert 0 < y < 2


def test_lesson_six_random_starts_disagree_and_say_their_seed(open_steps):
    page = open_steps("?view=steps&data=grid&k=9&start=random&seed=0")
    found = set()
    for seed in range(3):
        expect(page.locator(".steps-note")).to_contain_text(f"random points drawn with seed {seed}")
        press(page, "End")
        found.add(said(page).inner_text())
        with run_of(page):
            page.locator("#steps-new-start").click()
    assert len(found) > 1


def test_lesson_eight_converged_is_not_arrived(open_steps):
    link = "?view=steps&data=bars&n=600&noise=0.35&k=2&cov=tied&start=kmeans&tol="
    page = open_steps(link + "1e-3")
    expect(said(page, "gmm")).to_contain_text("Converged after 7 iterations")
    expect(said(page, "gmm")).to_contain_text("mere plateau")
    page = open_steps(link + "1e-6")
    expect(said(page, "gmm")).to_contain_text("Converged after 102 iterations")


def test_lesson_seventeen_soft_edges_take_long(open_steps):
    page = open_steps("?view=steps&data=overlap&n=1000&noise=1&k=2&start=kmeans")
    expect(said(page, "gmm")).to_contain_text("Converged after 164 iterations")
    page = open_steps("?view=steps&data=overlap&n=1000&noise=6&k=2&start=kmeans")
    expect(said(page, "gmm")).to_contain_text("Converged after 4 iterations")


def test_k_means_plus_plus_shows_its_choices_one_by_one(open_steps):
    page = open_steps("?view=steps&start=k-means%2B%2B&step=0")
    count = page.locator(".player-count")
    expect(count).to_have_text("choosing centre 1 of 4")
    press(page, "ArrowRight")
    expect(count).to_have_text("choosing centre 2 of 4")
    expect(said(page)).to_contain_text("squared distance")
    press(page, "ArrowRight", "ArrowRight", "ArrowRight")
    expect(count).to_have_text("half step 0 of 25")


def test_formulas_follow_the_step(open_steps):
    page = open_steps("?view=steps&step=2")
    block = page.locator("#steps-gmm-formulas")
    expect(block).to_be_hidden()
    page.locator("label", has_text="Formulas").first.click()
    expect(block).to_contain_text("j = 1: N = 98.00")
    press(page, "ArrowRight")
    expect(block).to_contain_text("The least certain point")


def test_overlays_change_the_picture_without_a_request(open_steps):
    page = open_steps("?view=steps")
    before = page.evaluate(COLOURED, "gmm")
    sent = len(page.requests)
    page.get_by_label("Ellipses at 1, 2, 3 standard deviations").uncheck()
    page.wait_for_timeout(300)
    assert page.evaluate(COLOURED, "gmm") < before
    assert len(page.requests) == sent


def test_the_card_of_a_point_tells_its_shares_at_this_step(open_steps):
    page = open_steps("?view=steps&data=corners&n=40&noise=0.1&k=2&start=bad&step=1")
    card = page.locator(".steps-card")
    spot = page.evaluate(
        """() => {
          const box = document.querySelector('#steps-gmm-said').closest('.panel');
          const plot = box.querySelector('.js-plotly-plot')._fullLayout;
          const {points, origin} = window.dash_clientside.steps.page.run;
          const edge = box.querySelector('.plot-box').getBoundingClientRect();
          return [edge.x + plot.xaxis._offset + plot.xaxis.l2p(points[0] + origin[0]),
                  edge.y + plot.yaxis._offset + plot.yaxis.l2p(points[1] + origin[1])];
        }"""
    )
    page.mouse.move(*spot)
    expect(card).to_contain_text("Responsibilities")
    expect(card).to_contain_text("100 %")


def test_points_can_be_added_between_two_steps(open_steps):
    page = open_steps(CORNERS + "&step=2")
    page.locator("#steps-edit").click()
    box = page.locator(".steps-touch").first.bounding_box()
    for i in range(5):
        page.mouse.click(box["x"] + box["width"] / 2 + 12 * i, box["y"] + box["height"] / 2)
    expect(page.locator(".steps-points-said")).to_have_text("5 changes; 205 points.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".steps-points-said")).to_have_text("4 changes; 204 points.")
    for name, value in (("x", "4"), ("y", "1.5")):
        page.get_by_label(f"New point, {name}").fill(value)
    page.get_by_role("button", name="Add", exact=True).click()
    with run_of(page):
        page.locator("#steps-go-on").click()
    expect(page.locator(".steps-note")).to_contain_text("where you put them")
    assert setting(page, "data") == "drawn"
    assert page.evaluate("() => window.dash_clientside.steps.page.run.n") == 205
    link = page.url
    page.goto(link)
    page.wait_for_function(READY)
    assert page.evaluate("() => window.dash_clientside.steps.page.run.n") == 205


def test_the_saved_page_plays_without_a_network(open_steps, browser, tmp_path):
    page = open_steps(CORNERS + "&step=0")
    with page.expect_download() as saved:
        page.locator("#steps-save-html").click()
    path = tmp_path / saved.value.suggested_filename
    saved.value.save_as(path)
    text = path.read_text()
    assert "http://127" not in text
    assert len(text) < 200_000
    context = browser.new_context(offline=True)
    lonely, errors = context.new_page(), []
    lonely.on("pageerror", lambda error: errors.append(str(error)))
    lonely.goto(path.as_uri())
    expect(lonely.locator("#missing")).to_have_count(0)
    lonely.keyboard.press("End")
    expect(lonely.locator(".steps-said").first).to_contain_text("Converged after 2 iterations")
    lonely.keyboard.press("Home")
    expect(lonely.locator(".player-count")).to_have_text("half step 0 of 7")
    context.close()
    assert not errors


def test_the_animation_can_be_saved_as_a_gif(open_steps):
    page = open_steps(CORNERS + "&step=0")
    with page.expect_download() as saved:
        page.locator("#steps-save-gif").click()
    with Path(saved.value.path()).open("rb") as file:
        assert file.read(6) == b"GIF89a"


def test_two_students_do_not_see_each_others_runs(open_steps):
    one = open_steps("?view=steps&data=corners&n=200&noise=0.3&k=2&start=bad&step=0")
    two = open_steps("?view=steps&step=0")
    press(one, "End")
    press(two, "ArrowRight", "ArrowRight")
    expect(said(one)).to_contain_text("Inertia 3,201")
    expect(said(two)).to_contain_text("Inertia 253.3 → 174.2")
    with run_of(two):
        two.locator("#steps-new-start").click()
    expect(said(one)).to_contain_text("Inertia 3,201")


def test_back_and_a_reopened_link_show_the_same_step(open_steps):
    page = open_steps("?view=steps&step=5")
    text = said(page).inner_text()
    page.get_by_role("tab", name="Compare").click()
    page.wait_for_url("**view=compare**")
    page.get_by_role("tab", name="Step by step").click()
    expect(said(page)).to_have_text(text)
    again = open_steps("?" + urlsplit(page.url).query)
    expect(said(again)).to_have_text(text)
