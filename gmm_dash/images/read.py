"""Reading an image of unknown origin: any bytes in, bounded RGB pixels or one sentence out.

What the image claims to be is checked in its header, before a single pixel is unpacked:
a few kilobytes can otherwise unfold to a gigabyte.
"""

from __future__ import annotations

import io
from typing import Final

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from gmm_dash.errors import ImportProblem
from gmm_dash.images.picture import KEPT_PIXELS, Picture

FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
MOST_PIXELS: Final = 25_000_000  # of an image that has to be unpacked whole
MOST_JPEG_PIXELS: Final = 60_000_000  # JPEG is unpacked at a fraction of its size
LONGEST_SIDE: Final = 20_000
_JPEG_START: Final = b"\xff\xd8\xff"
_HIGH_MODES: Final = ("I", "I;16", "I;16B", "I;16L", "F")


def refuse_early() -> None:
    """Let Pillow itself refuse what no limit here allows, for this whole process.

    The decoder of WebP reserves its memory as soon as the header is read.
    """
    Image.MAX_IMAGE_PIXELS = MOST_JPEG_PIXELS // 2  # it refuses from twice as many on


def read_image(data: bytes) -> Picture:
    """Return the image in ``data``, at most ``KEPT_PIXELS`` large, unpacked in this process.

    For bytes of unknown origin use :func:`gmm_dash.images.guard.read_image_guarded`, which
    does the same where memory and time are limited.

    Raises
    ------
    ImportProblem
        When it is no image, of a kind that is not read, too large, or damaged.
    """
    try:
        image = _opened(data)
        _check_size(str(image.format), image.size)
        return _converted(image)
    except ImportProblem:
        raise
    except MemoryError:
        raise _too_much_memory() from None
    except Exception as error:
        raise _damaged() from error


def _opened(data: bytes) -> Image.Image:
    """Return the image with its header read and nothing unpacked."""
    try:
        return Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError:
        raise _too_large("JPEG" if data.startswith(_JPEG_START) else "") from None
    except UnidentifiedImageError as error:
        raise ImportProblem(
            "This file is not an image that can be read here.",
            hint=f"Use {', '.join(FORMATS[:-1])} or {FORMATS[-1]}.",
        ) from error


def _check_size(kind: str, size: tuple[int, int]) -> None:
    width, height = size
    if min(size) < 1 or width * height > _most(kind) or max(size) > LONGEST_SIDE:
        raise _too_large(kind)
    if width * height < 4:
        raise ImportProblem("The image has fewer than four pixels.", hint="Choose a larger image.")


def _most(kind: str) -> int:
    return MOST_JPEG_PIXELS if kind == "JPEG" else MOST_PIXELS


def _too_large(kind: str) -> ImportProblem:
    return ImportProblem(
        f"The image has more than {_most(kind) // 1_000_000} million pixels.",
        hint="Save a smaller version of it, and try again.",
    )


def _too_much_memory() -> ImportProblem:
    return ImportProblem(
        "The image takes too much memory to be opened.",
        hint="Save a smaller version of it, or save it as JPEG, and try again.",
    )


def _damaged() -> ImportProblem:
    # Not every decoder tells the two apart.
    return ImportProblem(
        "The image is damaged or incomplete, or takes too much memory.",
        hint="Open it in another program and save a smaller version of it.",
    )


def _converted(image: Image.Image) -> Picture:
    original = image.size
    if image.format == "JPEG":
        image.draft(None, _fitting(original))  # unpacks at 1/2, 1/4 or 1/8 where that is enough
    image.load()
    small = _reduced(image)
    upright = ImageOps.exif_transpose(small)
    turned = upright.size != small.size
    whole, target = _rgb(upright), upright.size
    pixels = np.array(whole, dtype=np.uint8)
    pixels.setflags(write=False)
    before = original[::-1] if turned else original
    note = ""
    if before != target:
        note = (
            f"The image was reduced from {before[0]:,} x {before[1]:,} "
            f"to {target[0]:,} x {target[1]:,} pixels."
        )
    return Picture(pixels, note)


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    """Return the largest size of the same shape with at most ``KEPT_PIXELS``."""
    width, height = size
    if width * height <= KEPT_PIXELS:
        return size
    factor = (KEPT_PIXELS / (width * height)) ** 0.5
    return max(1, int(width * factor)), max(1, int(height * factor))


def _reduced(image: Image.Image) -> Image.Image:
    """Return the image in its kept size, before anything else that would copy all of it."""
    target = _fitting(image.size)
    if target == image.size:
        return image
    return _averageable(image).resize(target, Image.Resampling.LANCZOS)


def _averageable(image: Image.Image) -> Image.Image:
    """Return the image in a mode whose values can be averaged, as palette entries cannot."""
    if image.mode in _HIGH_MODES:
        return image
    mode = "RGBA" if _may_be_transparent(image) else "RGB"
    return image if image.mode == mode else image.convert(mode)


def _may_be_transparent(image: Image.Image) -> bool:
    alpha = "A" in image.mode or "a" in image.mode
    return image.mode == "P" or alpha or "transparency" in image.info


def _rgb(image: Image.Image) -> Image.Image:
    """Return the image in red, green and blue, on white, whatever it is stored as."""
    if image.mode in _HIGH_MODES:
        return _from_high(image)
    if _may_be_transparent(image):
        rgba = image.convert("RGBA")
        white = Image.new("RGBA", rgba.size, "white")
        return Image.alpha_composite(white, rgba).convert("RGB")
    return image.convert("RGB")


def _from_high(image: Image.Image) -> Image.Image:
    """Return a grey image of more than 8 bits; Pillow itself would clip it to white."""
    values = np.nan_to_num(np.asarray(image, dtype=np.float64))
    top = 255.0 if values.max(initial=0.0) <= 255 and image.mode == "F" else 65_535.0
    grey = (values.clip(0, top) * (255.0 / top)).round().astype(np.uint8)
    return Image.fromarray(grey).convert("RGB")
