import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from gmm_dash.errors import ImportProblem
from gmm_dash.images import picture
from gmm_dash.images.read import read_image
from gmm_dash.images.write import png_of

RAMP = np.linspace(0, 255, 60 * 40 * 3).reshape(40, 60, 3).astype(np.uint8)


def file(image, kind="PNG", **options):
    sink = io.BytesIO()
    image.save(sink, kind, **options)
    return sink.getvalue()


def close(picture, wanted, most=6):
    assert picture.pixels.shape == wanted.shape
    assert picture.pixels.dtype == np.uint8
    assert np.abs(picture.pixels.astype(int) - wanted.astype(int)).mean() < most


def test_lossless_pixels_come_back_as_they_were():
    np.testing.assert_array_equal(read_image(png_of(RAMP)).pixels, RAMP)


MODES = {
    "PNG": ("RGB", "L", "P", "1"),
    "JPEG": ("RGB", "L"),
    "WEBP": ("RGB", "L"),
    "GIF": ("RGB", "L", "P", "1"),
    "BMP": ("RGB", "L", "P", "1"),
}


@pytest.mark.parametrize(("kind", "mode"), [(k, m) for k, modes in MODES.items() for m in modes])
def test_every_format_and_plain_mode(kind, mode):
    image = Image.fromarray(RAMP).convert(mode)
    close(read_image(file(image, kind)), np.asarray(image.convert("RGB")), most=8)


def test_cmyk():
    image = Image.fromarray(RAMP).convert("CMYK")
    close(read_image(file(image, "JPEG", quality=95)), RAMP, most=8)


def test_transparent_parts_become_white():
    rgba = np.dstack([RAMP, np.zeros((40, 60), np.uint8)])
    assert (read_image(file(Image.fromarray(rgba))).pixels == 255).all()
    grey = Image.new("LA", (5, 5), (10, 0))
    assert (read_image(file(grey)).pixels == 255).all()


def test_a_palette_with_a_transparent_entry():
    image = Image.fromarray(RAMP).convert("P")
    found = read_image(file(image, transparency=int(np.asarray(image)[0, 0])))
    assert (found.pixels[0, 0] == 255).all()


def test_sixteen_bits_of_grey_are_scaled_and_not_clipped():
    values = np.linspace(0, 65535, 400).reshape(20, 20).astype(np.uint16)
    found = read_image(file(Image.fromarray(values)))
    close(found, np.repeat((values / 257).astype(np.uint8)[..., None], 3, axis=2), most=1)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_held_sideways_comes_upright(orientation):
    image = Image.fromarray(RAMP)
    exif = Image.Exif()
    exif[0x0112] = orientation
    found = read_image(file(image, "PNG", exif=exif))
    assert found.pixels.shape[:2] == ((40, 60) if orientation <= 4 else (60, 40))
    assert found.note == ""


def test_a_large_image_is_reduced_and_says_so():
    found = read_image(file(Image.new("RGB", (3000, 1000), "teal"), "JPEG"))
    height, width = found.pixels.shape[:2]
    assert height * width <= picture.KEPT_PIXELS
    assert width / height == pytest.approx(3, abs=0.02)
    assert "from 3,000 x 1,000" in found.note


HALVES = np.repeat(np.array([40, 200], np.uint8), 600)[None, :].repeat(900, axis=0)


def reduced(found, left, right):
    """Check that an image of two halves was reduced, and that both kept their colours."""
    assert "from 1,200 x 900" in found.note
    middle = found.pixels.shape[1] // 2
    assert np.ptp(found.pixels[:, : middle - 5].reshape(-1, 3), axis=0).max() <= 1
    np.testing.assert_allclose(found.pixels[5, 5], left, atol=1)
    np.testing.assert_allclose(found.pixels[5, -5], right, atol=1)


def test_what_is_transparent_in_a_large_image_becomes_white_without_a_fringe():
    rgba = np.dstack([HALVES, HALVES, HALVES, np.where(HALVES > 99, 255, 0).astype(np.uint8)])
    found = read_image(file(Image.fromarray(rgba)))
    reduced(found, [255] * 3, [200] * 3)
    assert found.pixels.min() >= 195  # nothing of the dark, invisible half shows


def test_large_palettes_keys_and_deep_grey_are_reduced_like_any_other():
    grey = Image.fromarray(HALVES)
    reduced(read_image(file(grey.convert("P"))), [40] * 3, [200] * 3)
    reduced(read_image(file(grey.convert("P"), transparency=40)), [255] * 3, [200] * 3)
    reduced(read_image(file(grey.convert("RGB"), transparency=(40,) * 3)), [255] * 3, [200] * 3)
    deep = Image.fromarray(HALVES.astype(np.uint16) * 257)
    reduced(read_image(file(deep)), [40] * 3, [200] * 3)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_large_photograph_held_sideways_comes_upright(kind):
    exif = Image.Exif()
    exif[0x0112] = 6
    found = read_image(file(Image.fromarray(HALVES), kind, exif=exif))
    height, width = found.pixels.shape[:2]
    assert height > width
    assert "from 900 x 1,200" in found.note
    assert found.pixels[5, 5].max() < 50
    assert found.pixels[-5, -5].min() > 190


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_header(width, height, body=b""):
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body + chunk(b"IDAT", zlib.compress(b"0"))
    )


@pytest.mark.parametrize("size", [(30_000, 30_000), (5_001, 5_000), (20_001, 1), (2**31 - 1, 9)])
def test_a_bomb_is_refused_by_its_header(size):
    with pytest.raises(ImportProblem, match="million pixels"):
        read_image(png_header(*size))


def test_a_bomb_in_a_text_chunk_is_refused():
    text = chunk(b"zTXt", b"x\0\0" + zlib.compress(b"0" * 100_000_000))
    with pytest.raises(ImportProblem):
        read_image(png_header(10, 10, text))


@pytest.mark.parametrize(
    "data",
    [b"", b"not an image", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"%PDF-1.7", b"<svg/>", b"II*\0" * 9],
)
def test_what_is_no_image_gets_a_sentence(data):
    with pytest.raises(ImportProblem) as caught:
        read_image(data)
    assert caught.value.hint


def test_half_an_image_is_called_damaged():
    with pytest.raises(ImportProblem, match="damaged"):
        read_image(png_of(RAMP)[:-200])


def test_an_image_of_one_pixel_is_refused():
    with pytest.raises(ImportProblem, match="four pixels"):
        read_image(png_of(RAMP[:1, :1]))


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_any_bytes_are_an_image_or_one_sentence(data):
    kind = data.draw(st.sampled_from(["PNG", "JPEG", "WEBP", "GIF", "BMP"]))
    good = bytearray(file(Image.fromarray(RAMP), kind))
    for _ in range(data.draw(st.integers(1, 6))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = read_image(bytes(good))
    except ImportProblem:
        return
    assert found.pixels.ndim == 3
    assert found.pixels.shape[0] * found.pixels.shape[1] <= picture.KEPT_PIXELS
