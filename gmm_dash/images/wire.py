"""An image on its way out of the child process: its size and note as JSON, then its pixels.

Bare pixels, because they cannot be anything else: a child that a hostile file had taken
over could answer nothing worse than a strange image, and no decoder meets it here.
"""

from __future__ import annotations

import json

import numpy as np

from gmm_dash.errors import ImportProblem
from gmm_dash.files.refusal import unpack_problem
from gmm_dash.images.picture import KEPT_PIXELS, Picture

CHANNELS = 3
LONGEST_NOTE = 200


def pack(picture: Picture) -> bytes:
    """Return an image as bytes."""
    height, width = picture.pixels.shape[:2]
    return json.dumps([height, width, picture.note]).encode() + b"\n" + picture.pixels.tobytes()


def unpack(answer: bytes) -> Picture:
    """Return the image in an answer, or raise the problem it holds.

    Raises
    ------
    ImportProblem
        The child's, or one of this function's when the answer itself is broken.
    """
    try:
        problem = unpack_problem(answer)
        picture = _picture(answer) if problem is None else None
    except (ValueError, TypeError, RecursionError):
        picture, problem = None, None
    if picture is None:
        raise problem or ImportProblem(
            "The image could not be opened.", hint="Save it anew as PNG or JPEG, and try again."
        )
    return picture


def _picture(answer: bytes) -> Picture:
    """Return the pixels once their number and size are known to be what they should be."""
    head, _, body = answer.partition(b"\n")
    height, width, note = json.loads(head)
    sides = isinstance(height, int) and isinstance(width, int) and min(height, width) > 0
    if not sides or height * width > KEPT_PIXELS or len(body) != height * width * CHANNELS:
        raise ValueError("not as many pixels as announced")
    pixels = np.frombuffer(body, np.uint8).reshape(height, width, CHANNELS)
    return Picture(pixels, str(note)[:LONGEST_NOTE])
