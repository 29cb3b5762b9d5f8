"""Starts of the player: placed by hand, drawn at random, chosen to go wrong."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import in_link, setting, settle
from tests.browser.player import CORNERS, PLACE, TOOLBAR, TRACE, press, run_of, said


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
    handle.hover()
    box = handle.bounding_box()
    with run_of(page):
        page.mouse.down()
        page.mouse.move(box["x"] - 130, box["y"], steps=6)
        page.mouse.up()
    in_link(page, start="own")
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
    in_link(page, centres="4,0,4,2")
    settle(page)
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
    first = re.compile(r"centres=([\d.]+)%2C")
    page.wait_for_url(lambda url: float(first.search(url)[1]) < 2)


def test_a_run_that_was_overtaken_moves_no_centre_back(open_steps):
    page = open_steps(CORNERS + "&step=0")
    page.locator("#steps-place").click()
    typed = page.evaluate(
        f"""() => new Promise(done => {{
          const field = document.querySelector("[data-field='0-1']");
          field.value = "0";
          field.dispatchEvent(new Event("change"));
          new MutationObserver((_, observer) => {{ observer.disconnect(); done(field.value); }})
            .observe({TOOLBAR}, {{attributeFilter: ["data-run"]}});
          const trace = {{...({TRACE})()}};  // asked for before that, and arriving now
          window.dash_clientside.set_props("steps-trace", {{data: trace}});
        }})"""
    )
    assert typed == "0"
    page.locator("[data-field='0-0']").fill("4")
    with run_of(page):
        press(page, "Tab")
    page.wait_for_url("**centres=4%2C0%2C**")


def test_hands_need_no_mode(open_steps):
    """A centre of the end is dragged, one is added, one is taken away; each can be undone."""
    page = open_steps(CORNERS)
    plot = page.locator("#stage-steps .plot-box").last
    handles = plot.locator(".steps-handle:not([hidden])")
    with run_of(page):
        handles.first.hover()
        page.mouse.down()
        box = handles.first.bounding_box()
        page.mouse.move(box["x"] + 15 + 40, box["y"] + 15, steps=4)
        held = said(page, "gmm").inner_text()
        assert "one M-step after that assignment" in held
        page.mouse.up()
    assert said(page, "gmm").inner_text().startswith(held), "what was held is what came"
    in_link(page, start="own", k="2", step="0")
    box = plot.bounding_box()
    with run_of(page):
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    in_link(page, k="3")
    assert len(setting(page, "centres").split(",")) == 6
    expect(handles).to_have_count(3)
    expect(page.locator("#steps-hands")).to_contain_text("Centre 3 added: K = 3.")
    with run_of(page):
        press(page, "Control+z")
    in_link(page, k="2")
    with run_of(page):
        handles.first.hover()
        page.mouse.down()
        page.mouse.move(box["x"] - 60, box["y"] + 60, steps=6)
        page.mouse.up()
    in_link(page, k="1")
    handles.first.focus()
    press(page, "Delete")
    expect(page.locator("#steps-hands")).to_have_text("One centre has to stay.")


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
