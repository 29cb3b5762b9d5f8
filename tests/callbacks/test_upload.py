"""The address that takes tables: a key or a sentence, whatever is sent and however the disk is."""

import json
import shutil
from urllib.parse import quote

import pytest

from gmm_dash.config import Config
from gmm_dash.errors import BusyError
from gmm_dash.factory import create_app

PLAIN = "a,b\n" + "\n".join(f"{i * 0.5},{(i * 7) % 5}" for i in range(20))


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    config = Config(
        store=str(tmp_path_factory.mktemp("store")), base_path="/gmm/", upload_bytes=100_000
    )
    return create_app(config).server.test_client()


def _post(client, body, query=""):
    answer = client.post(f"/gmm/tables{query}", data=body)
    assert answer.status_code == 200
    return answer.json


def _options(**options):
    return "?options=" + quote(json.dumps(options))


def test_a_plain_table_is_stored_and_raises_no_doubt(client):
    answer = _post(client, PLAIN)
    assert answer["sentence"].startswith("Read 20 rows x 2 columns")
    assert answer["columns"] == ["a", "b"]
    assert answer["doubts"] == 0
    assert _post(client, PLAIN)["key"] == answer["key"], "equal content, equal key"


def test_a_doubtful_table_says_so(client):
    assert _post(client, PLAIN + "\n1,2,3")["doubts"] == 1


def test_a_guess_can_be_corrected(client):
    text = "a;b\n1,5;2\n2,5;3\n3,5;9\n"
    guessed, corrected = _post(client, text), _post(client, text, _options(separator=","))
    assert guessed["columns"] == ["a", "b"]
    assert corrected.get("key") != guessed["key"]
    assert "separator comma" in corrected.get("sentence", corrected.get("message"))


def test_what_cannot_be_clustered_can_still_be_looked_at(client):
    answer = _post(client, "first,last\nAda,Lovelace\nAlan,Turing\n")
    assert "key" not in answer
    assert "nothing to cluster" in answer["message"]
    assert len(answer["account"]) == 43


@pytest.mark.parametrize(
    "query",
    [
        "?options={",
        "?options=[]",
        "?options=7",
        "?options=" + "[" * 1900,
        "?options=" + quote(json.dumps({"separator": "x" * 3000})),
        _options(separator="x"),
        _options(encoding=7),
        _options(skip_rows=-1),
        _options(sheet=["a"]),
    ],
)
def test_options_nobody_can_mean_are_refused_in_words(client, query):
    assert _post(client, PLAIN, query).keys() == {"message"}


def test_a_text_of_another_kind_is_refused_with_other_ways_to_read_it(client):
    body = "ÅNGSTR;Größe;x\n1,5;2;3\n2,5;3;4\n1,7;9;5".encode("mac_roman")
    answer = _post(client, body)
    assert answer.keys() == {"message", "ways"}
    label, options = next(way for way in answer["ways"] if "Größe" in way[0])
    assert label.startswith("Mac")
    assert _post(client, body, _options(**options))["columns"] == ["ÅNGSTR", "Größe", "x"]
    answer = _post(client, b"a b c\n1 2\n3 4\n5 6\n7 8")
    assert answer["ways"] == []
    assert "row of names has 3 cells" in answer["message"]


@pytest.mark.parametrize("body", [b"", b"hello", bytes(range(256)) * 20, b"a,b\n", b"x" * 100_001])
def test_what_is_no_table_is_refused_in_words(client, body):
    if len(body) > 100_000:
        assert "larger than 0.1 MB" in _post(client, body)["message"]
    assert _post(client, body).keys() == {"message"}


def test_a_drawing_is_a_table_of_at_most_so_many_points(client):
    drawn = "x,y,group\n1.000,2.000,A\n2.000,2.500,none\n3.000,1.000,B\n"
    assert _post(client, drawn, "?as=drawn")["columns"] == ["x", "y", "group"]
    many = "x,y\n" + "\n".join(f"{i / 500:.3f},{i % 7}.000" for i in range(2_001))
    assert "at most 2,000 points" in _post(client, many, "?as=drawn")["message"]
    level = "x,y\n1.000,5.000\n2.000,5.000\n"
    assert "key" in _post(client, level, "?as=drawn"), "one column is enough"
    one_place = "x,y\n1.000,5.000\n1.000,5.000\n"
    assert "None of these columns" in _post(client, one_place, "?as=drawn")["message"]


def test_a_store_that_cannot_be_written_says_so_and_built_in_data_work(tmp_path):
    place = tmp_path / "store"
    secret = "s" * 40
    client = create_app(Config(store=str(place), secret=secret)).server.test_client()
    shutil.rmtree(place, ignore_errors=True)
    place.write_text("in the way")
    answer = client.post("/tables", data=PLAIN).json
    assert "cannot store it right now" in answer["message"]
    assert "still work" in answer["message"]
    assert client.get("/").status_code == 200
    place.unlink()
    assert "key" in client.post("/tables", data=PLAIN).json, "a folder that is back is used"
    shutil.rmtree(place)
    assert "key" in client.post("/tables", data=PLAIN).json, "a deleted folder is made again"


@pytest.mark.parametrize("address", ["/gmm/tables", "/gmm/images"])
def test_a_file_that_waits_too_long_for_a_reader_is_to_come_again(client, monkeypatch, address):
    """All places are taken by other workers: no refusal, and nothing that was sent is lost."""

    def busy(*_):
        raise BusyError("The server is reading other files.", seconds=2.0)

    monkeypatch.setattr("gmm_dash.files.process.slot", busy)
    answer = client.post(address, data=b"PAR1" * 20_000 if "tables" in address else b"\x89PNG")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert answer.json["seconds"] == 2.0
