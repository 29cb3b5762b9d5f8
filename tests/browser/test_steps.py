"""The Step by step view as a class uses it: by mouse, by keyboard, and offline."""

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.conftest import hover_until, in_link, looks, settle
from tests.browser.player import (
    COLOURED,
    CORNERS,
    END,
    PLACE,
    POINTS,
    READY,
    TRACE,
    TURNED,
    press,
    run_of,
    said,
    wait_coloured,
)


@looks
def test_it_opens_at_the_end_with_both_runs_drawn(open_steps, size, scheme):
    page = open_steps("?view=steps", size=size, scheme=scheme)
    expect(page.locator(".player-count")).to_have_text("half step 25 of 25")
    expect(said(page)).to_contain_text("Converged after 8 iterations")
    expect(said(page, "gmm")).to_contain_text("Converged after 11 iterations")
    wait_coloured(page, "kmeans", "found > 500")
    wait_coloured(page, "gmm", "found > 500")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_playing_asks_the_server_nothing_and_leaves_no_step_out(open_steps):
    page = open_steps("?view=steps&data=blobs&n=2000&noise=1.1&k=5&seed=3&max_iter=30&step=0")
    assert page.evaluate(END) >= 60
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_label("Speed").select_option("4")
    seen = page.evaluate(
        f"""() => new Promise(done => {{
          const place = {PLACE};
          const button = document.querySelector(".player-play");
          const seen = [place()];
          button.click();
          requestAnimationFrame(function look() {{
            if (place() !== seen.at(-1)) seen.push(place());
            if (place() < 20) return requestAnimationFrame(look);
            button.click();
            done(seen);
          }});
        }})"""
    )
    assert seen == list(range(21))
    assert asked == []


def test_the_keyboard_alone_steps_plays_and_pauses(open_steps):
    page = open_steps("?view=steps&step=0")
    count = page.locator(".player-count")
    press(page, "ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft")
    expect(count).to_have_text("half step 2 of 25")
    expect(said(page)).to_have_text(
        "Every centre goes to the mean of its points. Centre 4 moves most, by 0.640. "
        "Inertia 253.3 → 174.2."
    )
    in_link(page, step="2")
    press(page, "End")
    expect(count).to_have_text("half step 25 of 25")
    in_link(page, step="last")
    press(page, "Home", " ")
    page.wait_for_function(f"() => ({PLACE})() >= 2")
    press(page, " ")
    paused = page.evaluate(PLACE)
    page.wait_for_timeout(1200)
    assert page.evaluate(PLACE) == paused
    in_link(page, step=str(paused))
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
    wait_coloured(page, "kmeans", f"found > {grey + 1000}")


def test_a_click_on_the_curve_and_the_slider_go_there(open_steps):
    page = open_steps("?view=steps")
    curve = page.locator("#steps-gmm-curve svg")
    left, right = 58, curve.bounding_box()["width"] - 12  # PAD of views/steps/curve.ts
    curve.click(position={"x": left + (right - left) * 6 / 25, "y": 40})
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
    page.wait_for_function(READY, timeout=60_000)  # a new context has nothing cached
    press(page, "ArrowRight")
    assert page.evaluate(f"() => [({PLACE})(), ({TURNED})()]") == [1, 1]
    context.close()


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
    wait_coloured(page, "gmm", f"found < {before}")
    settle(page)
    assert len(page.requests) == sent


def test_the_card_of_a_point_tells_its_shares_at_this_step(open_steps):
    page = open_steps("?view=steps&data=corners&n=40&noise=0.1&k=2&start=bad&step=1")
    card = page.locator(".steps-card")
    point = f"""() => {{
          const box = document.querySelector('#steps-gmm-said').closest('.panel');
          const plot = box.querySelector('.js-plotly-plot')._fullLayout;
          const {{points, origin}} = ({TRACE})();
          const bytes = Uint8Array.from(atob(points.bdata), c => c.charCodeAt(0));
          const [x, y] = new Float32Array(bytes.buffer);
          const edge = box.querySelector('.plot-box').getBoundingClientRect();
          return [edge.x + plot.xaxis._offset + plot.xaxis.l2p(x + origin[0]),
                  edge.y + plot.yaxis._offset + plot.yaxis.l2p(y + origin[1])];
        }}"""
    hover_until(page, point, card, "Responsibilities")
    expect(card).to_contain_text("100 %")


def test_points_can_be_added_between_two_steps_also_where_the_server_is_busy(open_steps):
    page = open_steps(CORNERS + "&step=2")
    page.route("**/live/edited", lambda route: route.fulfill(status=204))
    page.locator("#steps-edit").click()
    touch = page.locator(".steps-touch").first
    box = touch.bounding_box()
    for i in range(5):
        touch.click(position={"x": box["width"] / 2 + 12 * i, "y": box["height"] / 2})
    expect(page.locator(".steps-points-said")).to_have_text("5 changes; 205 points.")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator(".steps-points-said")).to_have_text("4 changes; 204 points.")
    for name, value in (("x", "4"), ("y", "1.5")):
        page.get_by_label(f"New point, {name}").fill(value)
    page.get_by_role("button", name="Add", exact=True).click()
    with run_of(page):
        page.locator("#steps-go-on").click()
    expect(page.locator(".steps-note")).to_contain_text("where you put them")
    in_link(page, data="drawn")
    settle(page)
    assert page.evaluate(POINTS) == 205
    link = page.url
    page.goto(link)
    page.wait_for_function(READY)
    assert page.evaluate(POINTS) == 205


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
    in_link(page, view="steps", step="5")  # the words never left the page: they prove nothing
    expect(said(page)).to_have_text(text)
    again = open_steps("?" + urlsplit(page.url).query)
    expect(said(again)).to_have_text(text)
