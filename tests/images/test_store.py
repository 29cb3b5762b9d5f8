import os
import time

import numpy as np
import pytest
from PIL import Image

from gmm_dash.errors import ImportProblem, TableGoneError
from gmm_dash.images.store import ImageStore
from gmm_dash.images.write import png_of
from gmm_dash.tables import TableStore

SECRET = b"0123456789abcdef"


def picture(seed=0, size=20):
    return np.random.default_rng(seed).integers(0, 255, (size, size, 3), dtype=np.uint8)


class Clock:
    def __init__(self):
        self.ahead = 0.0

    def __call__(self):
        return time.time() + self.ahead


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path, clock):
    return ImageStore(str(tmp_path), SECRET, 10_000_000, 3600, clock=clock)


def test_pixels_come_back_under_their_key(store):
    key, _ = store.take(png_of(picture()))
    np.testing.assert_array_equal(store.get(key).pixels, picture())


def test_equal_pixels_have_one_key_whatever_the_file(store, tmp_path):
    Image.fromarray(picture()).save(tmp_path / "a.bmp")
    keys = {store.take(data)[0] for data in (png_of(picture()), (tmp_path / "a.bmp").read_bytes())}
    assert len(keys) == 1
    assert store.take(png_of(picture(1)))[0] not in keys


def test_another_secret_gives_another_key(store, tmp_path):
    other = ImageStore(str(tmp_path), SECRET[::-1], 10_000_000, 3600)
    assert other.take(png_of(picture()))[0] != store.take(png_of(picture()))[0]


def test_where_a_photograph_was_taken_is_not_kept(store, tmp_path):
    exif = Image.Exif()
    exif[0x010E] = "my garden"
    Image.fromarray(picture()).save(tmp_path / "a.png", exif=exif)
    key, _ = store.take((tmp_path / "a.png").read_bytes())
    assert b"garden" not in (tmp_path / "images" / f"{key}.png").read_bytes()


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "a" * 43, "a" * 44, "ü" * 43])
def test_no_key_but_a_real_one_opens_anything(store, key):
    with pytest.raises(TableGoneError) as caught:
        store.get(key)
    assert caught.value.hint


def test_a_file_that_was_changed_on_disk_is_not_shown(store, tmp_path):
    key, _ = store.take(png_of(picture()))
    (tmp_path / "images" / f"{key}.png").write_bytes(png_of(picture(3)))
    with pytest.raises(TableGoneError):
        store.get(key)


def test_an_unused_image_expires_and_a_used_one_stays(store, tmp_path, clock):
    used, unused = (store.take(png_of(picture(seed)))[0] for seed in range(2))
    earlier = time.time() - 1800
    for key in (used, unused):
        os.utime(tmp_path / "images" / f"{key}.png", (earlier, earlier))
    store.get(used)
    clock.ahead = 2000
    assert store.sweep() == 1
    assert store.get(used).pixels.shape == picture().shape
    with pytest.raises(TableGoneError):
        store.get(unused)


def test_the_longest_unused_make_room(tmp_path):
    size = len(png_of(picture()))
    small = ImageStore(str(tmp_path), SECRET, int(2.5 * size), 3600)
    keys = [small.take(png_of(picture(seed)))[0] for seed in range(3)]
    assert len(list((tmp_path / "images").iterdir())) == 2
    small.get(keys[2])


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "images").write_text("in the way")
    store = ImageStore(str(tmp_path), SECRET, 10_000_000, 3600)
    with pytest.raises(ImportProblem, match="cannot store"):
        store.take(png_of(picture()))


def test_the_tables_sweep_leaves_the_images_alone(tmp_path, store, clock):
    key, _ = store.take(png_of(picture()))
    clock.ahead = 3500
    TableStore(str(tmp_path), SECRET, 10_000_000, 10**6, clock=clock).sweep()
    store.get(key)
