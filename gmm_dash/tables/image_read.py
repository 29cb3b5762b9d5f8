"""Reading an image of unknown origin: any bytes in, bounded RGB pixels or one sentence out.

What the image claims to be is checked in its header, before a single pixel is unpacked:
a few kilobytes can otherwise unfold to a gigabyte.
"""

from __future__ import annotations

import io
import threading
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image, ImageOps

from gmm_dash.errors import ImportProblem

if TYPE_CHECKING:
    from numpy.typing import NDArray

FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
KEPT_PIXELS: Final = 640 * 480  # larger images are reduced to this many
MOST_PIXELS: Final = 25_000_000  # of an image that has to be unpacked whole
MOST_JPEG_PIXELS: Final = 60_000_000  # JPEG is unpacked at a fraction of its size
LONGEST_SIDE: Final = 20_000
_HIGH_MODES: Final = ("I", "I;16", "I;16B", "I;16L", "F")
_one_at_a_time = threading.Lock()  # unpacking is what takes memory


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """An image as the program uses it.

    Attributes
    ----------
    pixels : (height, width, 3) uint8 array, read-only
        Red, green and blue, upright, on white where the image was transparent.
    note : str
        What was changed on the way, in words; empty when nothing was.
    """

    pixels: NDArray[np.uint8]
    note: str


def read_image(data: bytes) -> Picture:
    """Return the image in ``data``, at most ``KEPT_PIXELS`` large.

    Raises
    ------
    ImportProblem
        When it is no image, of a kind that is not read, too large, or damaged.
    """
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the limits below are tighter than Pillow's
        image = _opened(data)
        kind, size = str(image.format), image.size
        _check_size(kind, size)
        try:
            return _converted(image)
        except ImportProblem:
            raise
        except Exception as error:
            raise _damaged() from error


def _opened(data: bytes) -> Image.Image:
    """Return the image with its header read and nothing unpacked."""
    try:
        return Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError:
        raise _too_large(MOST_PIXELS) from None
    except Exception as error:
        raise ImportProblem(
            "This file is not an image that can be read here.",
            hint=f"Use {', '.join(FORMATS[:-1])} or {FORMATS[-1]}.",
        ) from error


def _check_size(kind: str, size: tuple[int, int]) -> None:
    width, height = size
    most = MOST_JPEG_PIXELS if kind == "JPEG" else MOST_PIXELS
    if min(size) < 1 or width * height > most or max(size) > LONGEST_SIDE:
        raise _too_large(most)
    if width * height < 4:
        raise ImportProblem("The image has fewer than four pixels.", hint="Choose a larger image.")


def _too_large(most: int) -> ImportProblem:
    return ImportProblem(
        f"The image has more than {most // 1_000_000} million pixels.",
        hint="Save a smaller version of it, and try again.",
    )


def _damaged() -> ImportProblem:
    return ImportProblem(
        "The image is damaged or incomplete.", hint="Open it in another program and save it anew."
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
