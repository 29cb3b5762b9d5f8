"""Users' images are unpacked in the child process, and nowhere else."""

import dataclasses
import io
import random
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gmm_dash.errors import BusyError, ImportProblem
from gmm_dash.files import process, slots
from gmm_dash.files.limits import Limits
from gmm_dash.images import picture
from gmm_dash.images.guard import read_image_guarded
from gmm_dash.images.store import ImageStore
from gmm_dash.images.write import png_of

KINDS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
PIXELS = np.random.default_rng(0).integers(0, 255, (40, 60, 3), dtype=np.uint8)
PNG = png_of(PIXELS)


def file(image, kind, **options):
    sink = io.BytesIO()
    image.save(sink, kind, **options)
    return sink.getvalue()


def hostile(kind):
    """Return a few bytes that unfold to 25 million pixels."""
    image = Image.new("L" if kind == "GIF" else "RGBA", (5000, 5000))
    return file(image, kind, **({"lossless": True} if kind == "WEBP" else {}))


def behave(monkeypatch, code):
    """Let the child run other code: what a decoder that was taken over might do."""
    monkeypatch.setattr(process, "COMMAND", (sys.executable, "-c", code))


def answered(data, limits=None):
    """Return the image in ``data`` once it has the promised form, or the problem."""
    try:
        found = read_image_guarded(data, limits or Limits())
    except ImportProblem as problem:
        return problem
    height, width, channels = found.pixels.shape
    assert channels == 3
    assert height * width <= picture.KEPT_PIXELS
    assert not found.pixels.flags.writeable
    return found


def test_the_child_gives_every_pixel_and_the_note():
    found = read_image_guarded(PNG, Limits())
    np.testing.assert_array_equal(found.pixels, PIXELS)
    assert found.note == ""
    large = file(Image.new("RGB", (900, 600), "teal"), "JPEG")
    assert "from 900 x 600" in read_image_guarded(large, Limits()).note


@pytest.mark.parametrize("kind", KINDS)
def test_any_damage_gives_pixels_or_a_sentence(kind):
    good, draw = file(Image.fromarray(PIXELS), kind), random.Random(kind)
    for _ in range(4):
        changed = bytearray(good)
        for _ in range(draw.randint(1, 30)):
            changed[draw.randrange(len(good))] = draw.randrange(256)
        answered(bytes(changed[: draw.choice((None, draw.randrange(len(good))))]))


@pytest.mark.parametrize("data", [b"", b"x", b"<svg/>", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBPVP8L"])
def test_what_is_no_image_gives_a_sentence(data):
    with pytest.raises(ImportProblem) as caught:
        read_image_guarded(data, Limits())
    assert caught.value.hint


def peak():
    text = Path("/proc/self/status").read_text()
    return int(text.partition("VmHWM:")[2].split()[0]) * 1024


@pytest.mark.parametrize("kind", ["WEBP", "PNG", "GIF"])
def test_a_small_file_of_many_pixels_costs_this_process_nothing(kind, tmp_path):
    store, data = ImageStore(str(tmp_path), b"secret", 10_000_000, 60), hostile(kind)
    assert len(data) < 200_000
    Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew
    before = peak()
    store.take(data)
    assert peak() - before < 8_000_000


def test_this_process_never_opens_what_was_sent(monkeypatch, tmp_path):
    def fail(*_, **__):
        raise AssertionError("unpacked in the server")

    monkeypatch.setattr(Image, "open", fail)
    ImageStore(str(tmp_path), b"secret", 10_000_000, 60).take(PNG)


def test_what_is_stored_needs_no_process(monkeypatch, tmp_path):
    store = ImageStore(str(tmp_path), b"secret", 10_000_000, 60)
    key, _ = store.take(PNG)
    monkeypatch.setattr(process, "COMMAND", ("/no/such/program",))
    np.testing.assert_array_equal(store.get(key).pixels, PIXELS)
    with pytest.raises(ImportProblem, match="right now"):
        store.take(PNG)


def test_many_images_at_once_wait_for_their_turn(monkeypatch):
    limits = dataclasses.replace(Limits(), concurrent=2, queue_seconds=120)
    wait, running, most, shapes = process._wait, set(), [], []

    def counted(*arguments):
        running.add(threading.get_ident())
        most.append(len(running))
        code = wait(*arguments)
        running.discard(threading.get_ident())
        return code

    monkeypatch.setattr(process, "_wait", counted)
    threads = [
        threading.Thread(target=lambda: shapes.append(answered(PNG, limits).pixels.shape))
        for _ in range(24)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shapes == [PIXELS.shape] * 24
    assert max(most) == 2


def test_images_and_tables_share_their_places():
    limits = dataclasses.replace(Limits(), concurrent=1, queue_seconds=1)
    with slots.slot(1, 30), pytest.raises(BusyError, match="other files"):
        read_image_guarded(PNG, limits)


@pytest.mark.parametrize("image", ["photograph", "transparent"])
def test_large_honest_images_open_with_the_limits_as_they_are(image):
    if image == "photograph":
        data = file(Image.new("RGB", (6000, 4000), "teal"), "JPEG", progressive=True, subsampling=0)
    else:
        data = file(Image.new("RGBA", (5000, 5000), (0, 128, 128, 200)), "PNG", compress_level=1)
    assert "was reduced" in read_image_guarded(data, Limits()).note


@pytest.mark.parametrize("kind", ["WEBP", "PNG", "GIF", "JPEG"])
def test_too_little_memory_is_a_sentence_about_the_image(kind):
    image = Image.new("L" if kind == "GIF" else "RGB", (5000, 5000))
    data = file(image, kind, **({"progressive": True} if kind == "JPEG" else {}))
    with pytest.raises(ImportProblem, match=r"The image .* takes too much memory|The image takes"):
        read_image_guarded(data, Limits(memory_mb=20))


def test_pixels_beyond_the_bound_are_refused_before_memory_is_reserved():
    canvas = (9_999).to_bytes(3, "little") * 2  # a header of 30 bytes for 100 million pixels
    data = b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + canvas
    with pytest.raises(ImportProblem, match="million pixels"):
        read_image_guarded(data, Limits())


def test_a_file_larger_than_the_limit_is_not_even_given_to_a_child(monkeypatch):
    monkeypatch.setattr(process, "COMMAND", ("/no/such/program",))
    with pytest.raises(ImportProblem, match=r"larger than 0\.001 MB"):
        read_image_guarded(bytes(1001), Limits(max_bytes=1000))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import time; time.sleep(60)", "Opening the image takes too long"),
        ("import os; os.abort()", "image could not be opened"),
        ("raise SystemExit(3)", "image could not be opened"),
        ("pass", "image could not be opened"),
        ("print('nonsense')", "image could not be opened"),
        ("print('![1]')", "image could not be opened"),
        ("print('[' * 100_000)", "image could not be opened"),
        ("print('[2, 2]')", "image could not be opened"),
        ("""print('[2, 2, ""]')""", "image could not be opened"),
        ("""print('[-2, -2, ""]\\n' + 'x' * 12, end='')""", "image could not be opened"),
        ("""print('[700, 700, ""]\\n' + 'x' * 1_470_000, end='')""", "image could not be opened"),
    ],
)
def test_whatever_the_child_does_gives_a_sentence(monkeypatch, code, words):
    behave(monkeypatch, code)
    if "sleep" in code:
        monkeypatch.setattr(process, "_patience", lambda _: 1)
    with pytest.raises(ImportProblem, match=words) as caught:
        read_image_guarded(PNG, Limits())
    assert caught.value.hint


def test_an_image_loads_nothing_that_only_tables_need():
    code = (
        "import sys; from gmm_dash.files import child\n"
        "from gmm_dash.images.loader import load; load({}, None)\n"
        "print(sorted({'pandas', 'pyarrow', 'openpyxl', 'defusedxml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
