"""Reading an image of unknown origin where it can do no harm: in a limited child process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gmm_dash.errors import ImportProblem
from gmm_dash.files.limits import MEGABYTE
from gmm_dash.files.process import Task, answer_of
from gmm_dash.images import wire

if TYPE_CHECKING:
    from gmm_dash.files.limits import Limits
    from gmm_dash.images.picture import Picture

# The most pixels that are unpacked take a second or two, however few bytes they come in.
PIXEL_SECONDS: Final = 3
SMALLER: Final = "Save a smaller version of it, and try again."


def read_image_guarded(data: bytes, limits: Limits) -> Picture:
    """Return the image in ``data``, unpacked where memory and time are limited.

    Raises
    ------
    ImportProblem
        When there is no image, or opening it takes too much time or memory.
    BusyError
        When too many files are being read on this machine.
    """
    _check_image_bytes(len(data), limits)
    task = Task(
        loader="gmm_dash.images.loader",
        seconds=min(limits.seconds, limits.budget(len(data)) + PIXEL_SECONDS),
        too_long=("Opening the image takes too long.", SMALLER),
        ended=(
            "The image could not be opened: it is damaged, or takes too much memory.",
            "Save a smaller version of it, or save it as JPEG, and try again.",
        ),
    )
    return wire.unpack(answer_of(task, data, limits))


def _check_image_bytes(n_bytes: int, limits: Limits) -> None:
    if n_bytes == 0:
        raise ImportProblem("The file is empty.", hint="Choose a file that holds an image.")
    if n_bytes > limits.max_bytes:
        raise ImportProblem(
            f"The image is larger than {limits.max_bytes / MEGABYTE:g} MB.", hint=SMALLER
        )
