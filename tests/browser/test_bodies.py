"""The pieces of long work that `make load` asks for are those that the page asks for."""

from playwright.sync_api import expect

from benchmarks.load.bodies import PIECES, piece
from gmm_dash.state import from_query


def test_the_load_test_asks_for_pieces_as_the_page_does(open_page):
    page = open_page("?view=select&data=moons&n=60&kmax=3&types=full&n_init=1", ready=False)
    expect(page.locator("#select-toolbar .chain-text")).to_contain_text("models in")
    sent = [request for request in page.requests if PIECES in request.url]
    (asked,) = [r.post_data_json for r in sent if '"piece":0' in r.post_data]
    meant = piece(from_query(page.url.partition("?")[2])[0], 0)
    assert asked.keys() == meant.keys()
    assert asked["piece"] == meant["piece"]
    work = meant["work"]
    assert asked["work"].keys() <= work.keys()
    assert all(_text(work[key]) == _text(value) for key, value in asked["work"].items())


def _text(value):
    """Return a setting as text: what has no control is kept as a link has it, lists included."""
    if isinstance(value, int | float):
        return f"{value:g}"  # 1.0 is 1 to a browser
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
