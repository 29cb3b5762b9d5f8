"""What the child process of :mod:`gmm_dash.files.child` loads to read an image."""

from __future__ import annotations

from collections.abc import Callable

from gmm_dash.images import read, wire


def load(*_: object) -> Callable[[bytes], bytes]:
    """Return what reads the bytes of one image; every image is read in the same way."""
    read.refuse_early()
    return lambda data: wire.pack(read.read_image(data))
