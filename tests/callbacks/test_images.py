import io

import numpy as np
import pytest
from PIL import Image

from gmm_dash.config import Config
from gmm_dash.factory import create_app
from gmm_dash.images import store as image_store
from gmm_dash.images.read import read_image
from gmm_dash.images.write import png_of

PIXELS = np.random.default_rng(0).integers(0, 255, (20, 30, 3), dtype=np.uint8)


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    config = Config(store=str(tmp_path_factory.mktemp("store")), base_path="/gmm/")
    return create_app(config).server.test_client()


def test_an_image_goes_in_and_comes_out_under_its_key(client):
    answer = client.post("/gmm/images", data=png_of(PIXELS))
    assert answer.status_code == 200
    shown = client.get(f"/gmm/images/{answer.json['key']}.jpg")
    assert shown.mimetype == "image/jpeg"
    assert Image.open(io.BytesIO(shown.data)).size == (30, 20)
    assert "private" in shown.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["china", "flower"])
def test_the_bundled_images_are_served(client, name):
    assert client.get(f"/gmm/images/{name}.jpg").status_code == 200


@pytest.mark.parametrize("name", ["nope", "a" * 43, "..%2f..%2fsecret", "%00"])
def test_nothing_else_is(client, name):
    assert client.get(f"/gmm/images/{name}.jpg").status_code == 404


@pytest.mark.parametrize("body", [b"", b"hello", png_of(PIXELS)[:50]])
def test_what_is_no_image_is_refused_in_words(client, body):
    answer = client.post("/gmm/images", data=body)
    assert answer.status_code == 422
    assert answer.json["message"].endswith(".")


def test_the_limits_of_the_deployment_reach_the_reader(monkeypatch, tmp_path):
    seen = []

    def read(data, limits):
        seen.append(limits)
        return read_image(data)

    monkeypatch.setattr(image_store, "read_image_guarded", read)
    app = create_app(Config(store=str(tmp_path), uploads_at_once=3, upload_memory_mb=300))
    assert app.server.test_client().post("/images", data=png_of(PIXELS)).status_code == 200
    assert (seen[0].concurrent, seen[0].memory_mb) == (3, 300)
