"""A class: its teacher at a projector, three pupils, each in a browser of their own."""

import logging
import threading
from dataclasses import replace
from io import BytesIO

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect
from werkzeug.serving import make_server

from gmm_dash.config import Config
from gmm_dash.factory import create_app
from gmm_dash.files import folder
from gmm_dash.rooms import room
from tests.browser.conftest import DESKTOP, PHONE, in_link, setting, settle
from tests.browser.pages import PATIENCE
from tests.browser.test_presentation import WIDE, fits

PASSWORD = "correct horse"


@pytest.fixture
def classroom(browser, tmp_path, monkeypatch):
    """Return a function that opens a page of a dashboard with classes, in a browser of its own."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    _fail_once(monkeypatch)
    app = create_app(replace(Config(), store=str(tmp_path), class_password=PASSWORD))
    running = make_server("127.0.0.1", 0, app.server, threaded=True)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    contexts, complaints = [], []

    def open_link(link="", size=DESKTOP, **options):
        url = f"http://127.0.0.1:{running.server_port}/"
        context = browser.new_context(viewport=size, base_url=url, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: _note(complaints, m))
        page.goto(url + link, wait_until="commit")  # several open at a time
        return page

    yield open_link
    for context in contexts:
        context.close()
    running.shutdown()
    thread.join()
    running.server_close()
    assert not complaints


def _note(complaints, message):
    """Keep what a console complains of, but for what is done here to network and store."""
    asked_for = ("status of 503", "net::ERR_FAILED")
    if message.type == "error" and not any(words in message.text for words in asked_for):
        complaints.append(message.text)


def _fail_once(monkeypatch):
    """Let the store refuse the first answer that anybody gives."""
    write, refused = folder._write_local, []

    def sometimes(path, *rest):
        if "answers-" in str(path) and not refused:
            refused.append(path)
            raise OSError("full")
        write(path, *rest)

    monkeypatch.setattr(folder, "_write_local", sometimes)


def _press(page, words):
    page.locator(".class-board").get_by_role("button", name=words, exact=True).click()


def _open_by_keyboard(page):
    """Open a class without a mouse; return its code."""
    page.focus("#class-open")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Code of 6 letters")).to_be_focused()
    page.locator("summary", has_text="For teachers").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".qr")).to_be_visible()
    return page.locator(".class-code").inner_text().replace(" ", "")


def _in_picture(page):
    """Return what a telephone reads off the code on a page."""
    shot = Image.open(BytesIO(page.locator(".qr").screenshot())).convert("L")
    return [found.text for found in zxingcpp.read_barcodes(shot)]


def _shown_whole(page):
    """Fail unless page and card are seen at once at a projector, and the card on a phone."""
    settle(page)
    fits(page, "class")
    card = page.locator(".class-card")
    assert card.evaluate("card => card.scrollHeight - card.clientHeight") <= 0
    page.set_viewport_size(PHONE)
    assert card.bounding_box()["width"] > 340
    assert card.evaluate("card => card.scrollWidth - card.clientWidth") <= 0
    page.set_viewport_size(WIDE)


def _words(page, words):
    expect(page.locator(".class-words")).to_have_text(words)


def _all_say(pages, place, words):
    for page in pages:
        expect(page.locator(place)).to_have_text(words)


def test_a_class_of_four_browsers(classroom, monkeypatch):
    small = "?data=moons&n=60&k=2&view=density"
    teacher = classroom(f"{small}&present=1", WIDE)
    third = classroom()
    teacher.wait_for_selector("#class-open", timeout=PATIENCE)
    code = _open_by_keyboard(teacher)
    link = teacher.locator(".class-link").inner_text()
    assert link.endswith(f"/#class={code}")
    assert _in_picture(teacher) == [link]
    assert PASSWORD not in teacher.content()
    _shown_whole(teacher)
    teacher.keyboard.press("Escape")  # the focus went from the door to the card
    expect(teacher.locator(".qr")).to_have_count(0)
    expect(teacher.locator(".class-board").get_by_role("button", name="Code")).to_be_focused()

    phone = classroom(f"#class={code}", PHONE, forced_colors="active")
    other = classroom(f"#class={code}", bypass_csp=True)  # for axe
    third.click("#class-open")
    third.get_by_label("Code of 6 letters").fill(f"{code[:3].lower()} {code[3:]}")
    _press(third, "Join")
    pupils = (phone, other, third)
    follow = teacher.locator(".class-following")
    expect(follow).to_have_text("3 of 3 follow")
    in_link(phone, data="moons", n="60", present="0")  # the projector's letters stay there
    assert not any("#" in pupil.url for pupil in pupils)

    third.route("**/class/room/**", lambda route: route.abort())
    teacher.get_by_role("tab", name="Step by step").click()
    in_link(phone, view="steps")
    state = phone.locator(".class-state")
    lit = "e => getComputedStyle(e, '::before').backgroundColor"
    expect(state).to_have_text("Following the teacher")
    on = state.evaluate(lit)
    phone.get_by_role("tab", name="Density").click()  # a change of one's own leaves
    expect(state).to_have_text("Not following")
    assert state.evaluate(lit) != on, "told apart in forced colours, too"
    expect(follow).to_have_text("2 of 3 follow")
    _press(phone, "Follow again")
    in_link(phone, view="steps")
    expect(state).to_have_text("Following the teacher")
    expect(third.locator(".class-state")).to_have_text("No answer from the class: trying again")
    third.unroute_all(behavior="ignoreErrors")
    expect(third.locator(".class-state")).to_have_text("Following the teacher")
    for pupil in pupils:
        in_link(pupil, view="steps")

    _press(teacher, "Ask")
    teacher.get_by_role("textbox", name="Question").fill("How many moons?")
    teacher.get_by_label("Options").fill("One\nTwo")
    teacher.get_by_label("Explanation").fill("Look again.")
    _press(teacher, "Put it to the class")
    show = teacher.get_by_role("button", name="Show the class its answers")
    show.focus()
    for pupil, answer in ((phone, "One"), (other, "Two"), (third, "One")):
        _press(pupil, answer)
        expect(pupil.locator(".class-said")).to_contain_text("Sent.")  # one at the second try
    _press(third, "Two")
    assert Axe().run(other, context=".class-board").response["violations"] == []
    expect(teacher.locator(".class-count")).to_have_text(["1", "2"])
    expect(show).to_be_focused()  # whatever was written around it meanwhile
    expect(phone.locator(".class-histogram")).to_have_count(0)
    teacher.keyboard.press("Enter")
    _all_say(pupils, ".class-count", ["1", "2"])
    expect(phone.locator(".class-bar-label")).to_have_text(["One (yours)", "Two"])
    expect(third.locator(".class-bar-label")).to_have_text(["One", "Two (yours)"])
    _press(teacher, "Explain")
    _all_say(pupils, ".class-why", "Look again.")
    _press(teacher, "Put away")

    _press(teacher, "Ask")
    teacher.get_by_label("Kind of answer").select_option("start")
    _press(teacher, "Put it to the class")
    for pupil in pupils:
        _press(pupil, "Draw a start")
        in_link(pupil, view="steps", start="random")
        _press(pupil, "Send my start")
        expect(pupil.locator(".class-said")).to_contain_text("k-means ends at")
    expect(teacher.locator(".class-strip")).to_have_count(2)
    expect(teacher.locator(".class-strip").first.locator("circle")).to_have_count(3)
    _press(teacher, "Show the class its answers")
    for pupil in pupils:
        expect(pupil.locator(".class-strip").first.locator("circle.mine")).to_have_count(1)
    best = teacher.get_by_role("link", name="See the best of the class").first
    assert "start=random" in best.get_attribute("href")
    _press(teacher, "End the class")
    for pupil in pupils:
        _words(pupil, "The teacher has ended the class.")
        expect(pupil.locator(".class-bar")).to_be_hidden()

    # Another class: somebody forges its teacher's link, and it is over in the middle.
    code = _open_by_keyboard(teacher)
    keys = teacher.request.post("/class/join", data={"code": code}).json()
    forged = ".".join((code, keys["key"], keys["token"]))
    other.evaluate("forged => { location.hash = `teach=${forged}`; }", forged)
    _words(other, "This is not the link of this class's teacher.")
    expect(other.locator(".class-bar")).to_be_hidden()
    expect(other.locator(".class-card")).to_be_hidden()
    third.evaluate("code => { location.hash = `class=${code}`; }", code)
    expect(follow).to_have_text("1 of 2 follow")
    kept = third.url
    monkeypatch.setattr(room.Room, "expired", True)
    for page in (third, teacher):
        _words(page, "This class is over.")
        expect(page.locator(".class-bar")).to_be_hidden()
    assert third.url == kept, "whoever followed keeps what was shown"
    third.get_by_role("tab", name="Density").click()
    in_link(third, view="density", data="moons", n="60")

    teacher.get_by_role("button", name="Export", exact=True).click()
    teacher.click("#teach-open")
    teacher.get_by_role("button", name="Only K", exact=True).click()
    teacher.click("#teach-short")
    short = teacher.get_by_role("textbox", name="Short link").input_value()
    expect(teacher.get_by_role("img", name=f"QR code of the short link {short}")).to_be_visible()
    assert _in_picture(teacher) == [short]
    assert len(short) < 60
    phone.goto(short)
    in_link(phone, data="moons", k="2", view="steps", present="1")
    assert "data" in setting(phone, "lock")
