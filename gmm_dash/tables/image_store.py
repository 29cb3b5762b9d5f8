"""Stored images: PNG bytes under a key that nobody can guess, beside the stored tables.

Only pixels are kept: the file that was sent, its name and whatever else it carried, such
as the place where a photograph was taken, are not.
"""

from __future__ import annotations

import base64
import contextlib
import hmac
import re
import time
from typing import TYPE_CHECKING, Final

from gmm_dash.errors import ImportProblem, TableGoneError
from gmm_dash.tables.folder import Folder
from gmm_dash.tables.image_read import Picture, read_image
from gmm_dash.tables.image_write import png_of

if TYPE_CHECKING:
    from collections.abc import Callable

_KEY: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_PURPOSE: Final = b"gmm-dash stored image 1\0"
_SUFFIX: Final = ".png"
_UNFINISHED_FOR: Final = 3_600  # seconds after which a file that was never finished is litter


class ImageStore:
    """Images by key, shared by every process that uses the same folder and secret.

    Parameters
    ----------
    url : str
        Where the tables are kept; the images get a folder of their own in it.
    secret : bytes
        Signs the keys; the same for all workers.
    quota_bytes : int
        What all images together may take; the longest unused go first.
    ttl_seconds : int
        How long an image is kept after its last use.
    clock : callable
        Returns the time in seconds since 1970.
    """

    def __init__(
        self,
        url: str,
        secret: bytes,
        quota_bytes: int,
        ttl_seconds: int,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._folder, self._secret = Folder(f"{url.rstrip('/')}/images"), secret
        self._quota, self._ttl, self._clock = quota_bytes, ttl_seconds, clock

    def take(self, data: bytes) -> tuple[str, Picture]:
        """Return the key under which a user's image is stored from now on, and its pixels.

        Raises
        ------
        ImportProblem
            When it is no image that can be used, or cannot be stored.
        """
        picture = read_image(data)
        kept = png_of(picture.pixels)
        key = self._key(kept)
        try:
            self._folder.write(key + _SUFFIX, kept)
            self.sweep(keep=key)
        except OSError:
            raise ImportProblem(
                "The image was read, but the server cannot store it right now.",
                hint="The images that come with the app still work.",
            ) from None
        return key, picture

    def get(self, key: str) -> Picture:
        """Return the image of a key, and keep it alive.

        Raises
        ------
        TableGoneError
            When there is none, it has expired, was damaged, or the key is no key.
        """
        if not _KEY.fullmatch(key):
            raise TableGoneError(
                "No image has been opened yet." if not key else "The link names no stored image.",
                hint="Drop an image on the button above the pictures, or choose another one.",
            )
        data = self._read(key)
        if data is None or not hmac.compare_digest(self._key(data), key):
            raise TableGoneError(
                "The image of this link is no longer stored.",
                hint="Choose the file again; the settings stay as they are.",
            )
        with contextlib.suppress(OSError):
            self._folder.touch(key + _SUFFIX)
        return read_image(data)

    def sweep(self, *, keep: str = "") -> int:
        """Return how many files were removed: expired ones, then the longest unused."""
        removed = 0
        with contextlib.suppress(OSError):
            now, files = self._clock(), sorted(self._folder.files(), key=lambda f: f.modified)
            total = sum(file.size for file in files)
            for file in files:
                lifetime = self._ttl if file.name.endswith(_SUFFIX) else _UNFINISHED_FOR
                expired = now - file.modified > lifetime
                if (expired or total > self._quota) and file.name != keep + _SUFFIX:
                    self._folder.remove(file.name)
                    total -= file.size
                    removed += 1
        return removed

    def _read(self, key: str) -> bytes | None:
        """Return the stored bytes, or None when they are gone or past their time."""
        try:
            if self._clock() - self._folder.modified(key + _SUFFIX) > self._ttl:
                return None
            return self._folder.read(key + _SUFFIX)
        except OSError:
            return None

    def _key(self, data: bytes) -> str:
        digest = hmac.digest(self._secret, _PURPOSE + data, "sha256")
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")
