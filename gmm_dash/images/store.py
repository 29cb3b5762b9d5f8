"""Stored images: PNG bytes under a key that nobody can guess, beside the stored tables.

Only pixels are kept: the file that was sent, its name and whatever else it carried, such
as the place where a photograph was taken, are not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmm_dash.errors import ImportProblem, TableGoneError
from gmm_dash.files.limits import Limits
from gmm_dash.files.shelf import KEY, Kind
from gmm_dash.files.store import Store
from gmm_dash.images.guard import read_image_guarded
from gmm_dash.images.read import read_image
from gmm_dash.images.write import png_of

if TYPE_CHECKING:
    from gmm_dash.images.picture import Picture


class ImageStore(Store):
    """Images by key, in a folder of their own beside the tables."""

    kind = Kind(".png", b"gmm-dash stored image 1\0", "images")

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
