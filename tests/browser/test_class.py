"""A class: its teacher at a projector, and a pupil with a phone."""

import logging
import threading
from dataclasses import replace

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from gmm_dash.config import Config
from gmm_dash.factory import create_app
from tests.browser.conftest import DESKTOP, PHONE, in_link, setting
from tests.browser.pages import PATIENCE

PASSWORD = "correct horse"


@pytest.fixture
def classroom(browser, tmp_path):
    """Return a function that opens a page of a dashboard with classes, in a browser of its own."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = create_app(replace(Config(), store=str(tmp_path), class_password=PASSWORD))
    running = make_server("127.0.0.1", 0, app.server, threaded=True)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    contexts, complaints = [], []

    def open_link(link="", size=DESKTOP):
        url = f"http://127.0.0.1:{running.server_port}/"
        context = browser.new_context(viewport=size, base_url=url)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: m.type == "error" and complaints.append(m.text))
        page.goto(url + link)
        page.wait_for_selector("#class-open", timeout=PATIENCE)
        return page

    yield open_link
    for context in contexts:
        context.close()
    running.shutdown()
    thread.join()
    running.server_close()
    assert not complaints


def _press(page, words):
    page.locator(".class-board").get_by_role("button", name=words, exact=True).click()


def test_a_class_follows_and_answers(classroom):
    teacher = classroom("?data=moons&k=2&present=1")
    teacher.click("#class-open")
    teacher.locator("summary", has_text="For teachers").click()
    teacher.get_by_label("Password").fill(PASSWORD)
    _press(teacher, "Open a class")
    expect(teacher.locator(".qr")).to_be_visible()
    code = teacher.locator(".class-code").inner_text().replace(" ", "")
    assert PASSWORD not in teacher.content()
    _press(teacher, "Close")

    pupil = classroom(f"#class={code}", PHONE)
    in_link(pupil, data="moons", k="2", present="0")  # the projector's letters stay there
    assert "#" not in pupil.url
    follow = teacher.locator(".class-following")
    expect(follow).to_have_text("1 of 1 follow")

    def other(act, **said):
        """Do what another pupil's page would."""
        return pupil.request.post(f"/class/{act}", data=said).json()

    keys = other("join", code=code)
    other("here", **keys, follows=True)
    expect(follow).to_have_text("2 of 2 follow")

    teacher.get_by_role("tab", name="How many?").click()
    in_link(pupil, view="select")
    pupil.get_by_role("tab", name="Density").click()  # a change of one's own leaves
    expect(pupil.locator(".class-state")).to_have_text("Not following")
    expect(follow).to_have_text("1 of 2 follow")
    _press(pupil, "Follow again")
    in_link(pupil, view="select")
    expect(pupil.locator(".class-state")).to_have_text("Following the teacher")

    _press(teacher, "Ask")
    teacher.get_by_role("textbox", name="Question").fill("How many moons?")
    teacher.get_by_label("Options").fill("One\nTwo")
    teacher.get_by_label("Explanation").fill("Look again.")
    _press(teacher, "Put it to the class")
    _press(pupil, "One")
    expect(pupil.locator(".class-said")).to_contain_text("Sent.")
    _press(pupil, "Two")
    asked = other("desk", key=keys["key"], token=keys["token"])
    assert "this class's teacher" in asked["message"]
    seen = pupil.request.get(f"/class/room/{keys['key']}?after=").json()
    other("answer", **keys, asked=seen["asked"], answer=0)
    expect(teacher.locator(".class-count")).to_have_text(["1", "1"])
    expect(pupil.locator(".class-histogram")).to_have_count(0)
    _press(teacher, "Show the class its answers")
    expect(pupil.locator(".class-count")).to_have_text(["1", "1"])
    expect(pupil.locator(".class-bar-label")).to_have_text(["One", "Two (yours)"])
    _press(teacher, "Explain")
    expect(pupil.locator(".class-why")).to_have_text("Look again.")
    _press(teacher, "Put away")

    _press(teacher, "Ask")
    teacher.get_by_label("Kind of answer").select_option("start")
    _press(teacher, "Put it to the class")
    _press(pupil, "Draw a start")
    in_link(pupil, view="steps", start="random")
    _press(pupil, "Send my start")
    expect(pupil.locator(".class-said")).to_contain_text("k-means ends at")
    seen = pupil.request.get(f"/class/room/{keys['key']}?after=").json()
    for who in (keys, other("join", code=code)):  # three in all
        other("answer", **who, asked=seen["asked"], answer="?data=moons&k=2&start=random&seed=5")
    expect(teacher.locator(".class-strip")).to_have_count(2)
    expect(teacher.locator(".class-strip").first.locator("circle")).to_have_count(3)
    _press(teacher, "Show the class its answers")
    expect(pupil.locator(".class-strip").first.locator("circle.mine")).to_have_count(1)
    best = teacher.get_by_role("link", name="See the best of the class").first
    assert "start=random" in best.get_attribute("href")
    _press(teacher, "End the class")
    expect(pupil.locator(".class-words")).to_have_text("The teacher has ended the class.")
    expect(pupil.locator(".class-state")).to_have_count(0)

    teacher.get_by_role("button", name="Export", exact=True).click()
    teacher.click("#teach-open")
    teacher.get_by_role("button", name="Only K", exact=True).click()
    teacher.click("#teach-short")
    short = teacher.get_by_role("textbox", name="Short link").input_value()
    expect(teacher.get_by_role("img", name=f"QR code of the short link {short}")).to_be_visible()
    assert len(short) < 60
    pupil.goto(short)
    in_link(pupil, data="moons", k="2", view="select", present="1")
    assert "data" in setting(pupil, "lock")
