"""A folder with folders in it, anywhere fsspec reaches: what is below it, read and written."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, BinaryIO

from fsspec.core import url_to_fs

from gmm_dash.files.folder import is_local, only_os_errors

if TYPE_CHECKING:
    from collections.abc import Iterator


class Tree:
    """Files below a place, by their names relative to it. Every failure is an ``OSError``.

    Parameters
    ----------
    url : str
        A path, or a location like ``s3://bucket/table/``; of a folder or of one file.
    """

    def __init__(self, url: str) -> None:
        self.url = os.fspath(url)

    def names(self) -> list[str]:
        """Return the names of all files below, in order; hidden ones are none.

        Hidden are files and folders of which the name begins with ``_`` or ``.``, as those that
        programs leave beside the parts of a table. A place that is one file has one name, ``""``.
        """
        fs, root = _place(self.url)
        with only_os_errors():
            if fs.isfile(root):
                return [""]
            found = fs.find(root)
        below = [path.removeprefix(root).lstrip("/") for path in found]
        return sorted(name for name in below if not _is_hidden(name))

    def holds(self, url: str) -> bool:
        """Return whether what is at another place is among the files below this one.

        By whole steps of the path, links of this machine followed; what is hidden is not.
        """
        (own, root), (other, path) = _real(self.url), _real(url)
        if own != other or not f"{path}/".startswith(f"{root}/"):
            return False
        return not _is_hidden(path.removeprefix(root).lstrip("/"))

    @contextmanager
    def reading(self, name: str) -> Iterator[BinaryIO]:
        """Open a file to read any part of it."""
        fs, root = _place(self.url)
        with only_os_errors():
            file = fs.open(_below(root, name), "rb")
        with file:
            yield file

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """Open a new file that others see when it is complete, or never."""
        fs, root = _place(self.url)
        path = _below(root, name)
        if not is_local(fs):  # where a file appears when it is closed
            with only_os_errors():
                remote = fs.open(path, "wb")
            try:
                yield remote
            except BaseException:
                with suppress(Exception):  # what they raise says less than what led here
                    remote.discard()
                    fs.rm_file(path)  # where a file is there before it is closed
                raise
            with only_os_errors():
                remote.close()
            return
        folder, _, last = path.rpartition("/")
        unfinished = f"{folder}/.{last}.{secrets.token_hex(8)}.tmp"
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103  (fsspec's paths are texts)
        try:
            with open(unfinished, "wb") as file:  # noqa: PTH123
                yield file
            os.replace(unfinished, path)  # noqa: PTH105
        except BaseException:
            with suppress(OSError):
                os.remove(unfinished)  # noqa: PTH107
            raise


def _place(url: str) -> tuple[Any, str]:
    """Return the file system and the root in it: asked anew, as it must not cross a fork."""
    try:
        fs, root = url_to_fs(url, use_listings_cache=False)
    except (ImportError, ValueError) as error:  # a protocol that nothing installed speaks
        raise OSError(str(error)) from error
    return fs, str(root).rstrip("/")


def _real(url: str) -> tuple[Any, str]:
    """Return a place of this machine as it is called without links, any other as it is."""
    fs, root = _place(url)
    return fs, os.path.realpath(root).rstrip("/") if is_local(fs) else root


def _below(root: str, name: str) -> str:
    return f"{root}/{name}" if name else root


def _is_hidden(name: str) -> bool:
    return any(part.startswith(("_", ".")) for part in name.split("/"))
