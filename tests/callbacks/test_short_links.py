"""Short links as browsers reach them: two workers on one store."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gmm_dash.callbacks import short_links
from gmm_dash.config import Config
from gmm_dash.errors import LinkGoneError, StateError
from gmm_dash.factory import create_app
from gmm_dash.files import folder
from gmm_dash.state import ShortLinks, from_query, to_query
from tests.rooms.test_rooms import JSON

PAGE = "https://stats.example/gmm/"
LINK = "?data=moons&k=5&lock=k,data&hide=notice"


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    return replace(Config(), store=str(tmp_path_factory.mktemp("store")), base_path="/gmm/")


@pytest.fixture(scope="module")
def workers(config):
    return [create_app(config).server.test_client() for _ in range(2)]


def _make(client, **said):
    answer = client.post("/gmm/s", json={"page": PAGE, "link": LINK} | said)
    assert answer.status_code == 200
    return answer.json


def test_made_by_one_worker_opened_by_another(workers):
    first, second = workers
    made = _make(first)
    assert _make(second)["key"] == made["key"], "equal states, equal links"
    assert _make(second, link="?data=moons&k=4")["key"] != made["key"]
    assert len(made["key"]) == 16
    assert made["days"] == 30
    assert {len(row) for row in made["rows"]} == {len(made["rows"])}
    answer = second.get(f"/gmm/s/{made['key']}")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (302, "no-store")
    place = answer.headers["Location"]
    assert place.startswith("/gmm/?"), "behind a proxy, too"
    assert from_query(place.removeprefix("/gmm/")) == from_query(LINK)


def test_one_that_is_gone_says_so_on_the_page(workers, monkeypatch):
    answer = workers[0].get("/gmm/s/" + "A" * 16)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/gmm/?short=expired")
    assert "Ask whoever gave it to you" in short_links.spent("?short=expired")[0]
    assert from_query("?short=expired")[1] == ()
    made = _make(workers[0])

    def fail(*_):
        raise OSError("away")

    monkeypatch.setattr(folder.Folder, "modified", fail)
    answer = workers[0].get(f"/gmm/s/{made['key']}")
    assert answer.headers["Location"] == "/gmm/?short=away"
    assert "in a moment" in short_links.spent("?short=away")[0]
    assert short_links.spent("?short=other") == short_links.spent(LINK) == ()


def test_expires_with_the_store_and_keeps_nothing_else(tmp_path):
    now = [1e9]
    links = ShortLinks(str(tmp_path), b"s" * 32, 3_000, 100, clock=lambda: now[0])
    key = links.put(f"{LINK}&canary=seen")
    assert "canary" not in links.get(key)
    assert links.get(key) == to_query(from_query(LINK)[0])
    now[0] += 90
    links.get(key)
    now[0] += 90
    assert links.get(key), "used, so kept"
    now[0] += 101
    with pytest.raises(LinkGoneError):
        links.get(key)
    (tmp_path / "links" / f"{links.put('?k=2')}.link").write_text("?k=3")
    with pytest.raises(LinkGoneError):
        links.get(links._shelf._key(to_query(from_query("?k=2")[0]).encode()))
    for k in range(2, 12):
        now[0] += 1
        links.put(f"?k={k}")
    assert sum(file.stat().st_size for file in (tmp_path / "links").iterdir()) <= 3_000


@pytest.mark.parametrize(
    "link", ["", "k=2", "?k=many", f"?cols={'a' * 9_000}", None, 7, ["?k=2"], "data:x"]
)
def test_what_is_no_state_gets_a_sentence(workers, link):
    assert _make(workers[0], link=link)["message"].startswith("This link")


def test_too_many_of_one_address_get_a_sentence(workers, monkeypatch, config):
    monkeypatch.setattr(short_links, "FROM_ONE", 3)
    client = create_app(config).server.test_client()
    assert all("key" in _make(client, link=f"?k={k}") for k in (2, 3, 4))
    assert _make(client)["message"] == f"{short_links.TOO_MANY} Try again in a minute."
    assert "message" in _make(workers[0], page="javascript:alert(1)//")
    site = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/gmm/s", json={}, headers=site).status_code == 403
    assert client.post("/gmm/s", json=[1]).status_code == 400


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(said=st.dictionaries(st.sampled_from(["link", "page"]), JSON), key=st.text(max_size=20))
def test_any_payload_gets_an_answer(tmp_path, said, key):
    links = ShortLinks(str(tmp_path), b"s" * 32, 10**6, 100)
    with pytest.raises(LinkGoneError):
        links.get(key)
    if not isinstance(said.get("link"), str):
        with pytest.raises(StateError):
            links.put(said.get("link"))
