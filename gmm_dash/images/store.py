"""Stored images: PNG bytes under a key that nobody can guess, beside the stored tables.

Only pixels are kept: the file that was sent, its name and whatever else it carried, such
as the place where a photograph was taken, are not.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from gmm_dash.errors import ImportProblem, TableGoneError
from gmm_dash.files.limits import Limits
from gmm_dash.files.shelf import KEY, Shelf
from gmm_dash.images.guard import read_image_guarded
from gmm_dash.images.read import read_image
from gmm_dash.images.write import png_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from gmm_dash.images.picture import Picture

_PURPOSE: Final = b"gmm-dash stored image 1\0"
_SUFFIX: Final = ".png"


class ImageStore:
    """Images by key, shared by every process that uses the same folder and secret.

    Parameters
    ----------
    url : str
        Where the tables are kept; the images get a folder of their own in it.
    secret : bytes
        Signs the keys; the same for all workers.
    quota_bytes : int
        What all images together may take; the least recently used go first.
    ttl_seconds : int
        How long an image is kept after its last use.
    clock : callable
        Returns the time in seconds since 1970.
    before_writing : callable
        Called before every write; an ``OSError`` of it prevents the write.
    """

    def __init__(
        self,
        url: str,
        secret: bytes,
        quota_bytes: int,
        ttl_seconds: int,
        *,
        clock: Callable[[], float] = time.time,
        before_writing: Callable[[], object] = lambda: None,
    ) -> None:
        self._shelf = Shelf(
            f"{url.rstrip('/')}/images",
            suffix=_SUFFIX,
            purpose=_PURPOSE,
            secret=secret,
            quota_bytes=quota_bytes,
            ttl_seconds=ttl_seconds,
            clock=clock,
            before_writing=before_writing,
        )

    def take(self, data: bytes, limits: Limits | None = None) -> tuple[str, Picture]:
        """Return the key under which a user's image is stored from now on, and its pixels.

        The file is unpacked in a limited child process, never in this one.

        Raises
        ------
        ImportProblem
            When it is no image that can be used, or cannot be stored.
        """
        picture = read_image_guarded(data, limits or Limits())
        try:
            return self._shelf.put(png_of(picture.pixels)), picture
        except OSError:
            raise ImportProblem(
                "The image was read, but the server cannot store it right now.",
                hint="The images that come with the app still work.",
            ) from None

    def get(self, key: str) -> Picture:
        """Return the image of a key, and keep it alive.

        Raises
        ------
        TableGoneError
            When there is none, it has expired, was damaged, or the key is no key.
        """
        if not KEY.fullmatch(key):
            raise TableGoneError(
                "No image has been opened yet." if not key else "The link names no stored image.",
                hint="Drop an image on the button above the pictures, or choose another one.",
            )
        try:
            data = self._shelf.read(key)
        except (OSError, ValueError):
            raise TableGoneError(
                "The image of this link is no longer stored.",
                hint="Choose the file again; the settings stay as they are.",
            ) from None
        self._shelf.touch(key)
        return read_image(data)  # no file of a user: the key signs it as written here

    def touch(self, key: str) -> None:
        """Start an image's time to live anew; an image that is gone stays gone."""
        self._shelf.touch(key)

    def sweep(self, *, keep: str = "") -> int:
        """Return how many files were removed; see :meth:`gmm_dash.files.shelf.Shelf.sweep`."""
        return self._shelf.sweep(keep=keep)
