"""A flat folder anywhere fsspec reaches: written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from fsspec.core import url_to_fs

if TYPE_CHECKING:
    from collections.abc import Iterator

NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL
UNFINISHED: Final = re.compile(r"\.[0-9a-f]{16}\.tmp")  # the names of files still being written


class StoredFile(NamedTuple):
    """A file's name, its size in bytes, and when it was last written or touched."""

    name: str
    size: int
    modified: float


class Folder:
    """Files by name. Every failure is an ``OSError``; a missing file ``FileNotFoundError``.

    Parameters
    ----------
    url : str
        A path, or a location like ``s3://bucket/tables`` or ``memory://tables``.
    """

    def __init__(self, url: str) -> None:
        self._url = os.fspath(url)

    @property
    def _place(self) -> tuple[Any, str]:
        """The file system and the root in it; asked anew, as it must not cross a fork."""
        fs, root = url_to_fs(self._url, use_listings_cache=False)
        return fs, str(root)

    def _path(self, name: str) -> tuple[Any, str]:
        fs, root = self._place
        return fs, f"{root.rstrip('/')}/{name}"

    @property
    def sets_times(self) -> bool:
        """Whether a file can be given a time; elsewhere its bytes must be sent again."""
        return is_local(self._place[0])

    def write(self, name: str, data: bytes, *, when: float | None = None) -> None:
        """Write a file so that readers see all of it or none; make the folder if needed.

        ``when`` is the time it is given, in seconds since 1970, where the place allows that.
        """
        fs, path = self._path(name)
        with only_os_errors():
            if is_local(fs):
                _write_local(Path(path), data, when)
            else:
                fs.pipe_file(path, data)

    def read(self, name: str) -> bytes:
        """Return a file's bytes."""
        fs, path = self._path(name)
        with only_os_errors():
            return bytes(fs.cat_file(path))

    def read_many(self, names: list[str]) -> dict[str, bytes]:
        """Return the bytes of several files, those of missing ones aside."""
        fs, root = self._place
        if is_local(fs) or not names:
            return dict(self._those_there(names))
        with only_os_errors():
            paths = {f"{root.rstrip('/')}/{name}": name for name in names}
            found = fs.cat(list(paths), on_error="omit")
        return {path.rpartition("/")[2]: bytes(data) for path, data in found.items()}

    def _those_there(self, names: list[str]) -> Iterator[tuple[str, bytes]]:
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                yield name, self.read(name)

    def modified(self, name: str) -> float:
        """Return when a file was last written or touched, in seconds since 1970."""
        fs, path = self._path(name)
        with only_os_errors():
            return float(fs.modified(path).timestamp())

    def touch(self, name: str, when: float) -> None:
        """Set a file's time; places without that are given the same bytes again, now."""
        fs, path = self._path(name)
        with only_os_errors():
            if is_local(fs):
                os.utime(path, (when, when))
            else:
                fs.pipe_file(path, fs.cat_file(path))

    def files(self) -> list[StoredFile]:
        """Return the files in the folder; none when there is no folder."""
        fs, root = self._place
        with only_os_errors():
            if is_local(fs):
                return list(_local_files(Path(root)))
            found = fs.ls(root, detail=True) if fs.exists(root) else []
            return [_from_info(fs, info) for info in found if info["type"] == "file"]

    def names(self) -> list[str]:
        """Return the names of the files in the folder: where that is enough, it is cheaper."""
        fs, root = self._place
        if not is_local(fs):
            return [file.name for file in self.files()]
        with only_os_errors():
            return [entry.name for entry in _local_entries(Path(root))]

    def remove(self, name: str) -> None:
        """Remove a file; one that is gone already is fine."""
        fs, path = self._path(name)
        with only_os_errors(), contextlib.suppress(FileNotFoundError):
            fs.rm_file(path)

    def clear(self) -> None:
        """Remove the folder with everything in it; one that is gone already is fine."""
        fs, root = self._place
        with only_os_errors(), contextlib.suppress(FileNotFoundError):
            fs.rm(root, recursive=True)


@contextlib.contextmanager
def only_os_errors() -> Iterator[None]:
    """Turn whatever a remote file system raises into an ``OSError``."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:  # each fsspec back end has exceptions of its own
        raise OSError(str(error)) from error


def is_local(fs: Any) -> bool:
    """Return whether a file system is this machine's own."""
    protocols = fs.protocol if isinstance(fs.protocol, tuple) else (fs.protocol,)
    return "file" in protocols


def _write_local(path: Path, data: bytes, when: float | None) -> None:
    """Write beside the target and rename: a rename is all or nothing."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with os.fdopen(os.open(unfinished, NEW_FILE, mode=0o600), "wb") as file:
            file.write(data)
        if when is not None:
            os.utime(unfinished, (when, when))
        unfinished.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise


def _local_entries(root: Path) -> Iterator[os.DirEntry[str]]:
    with contextlib.suppress(FileNotFoundError), os.scandir(root) as entries:
        for entry in entries:
            with contextlib.suppress(FileNotFoundError):  # another worker removed it
                if entry.is_file(follow_symlinks=False):
                    yield entry


def _local_files(root: Path) -> Iterator[StoredFile]:
    for entry in _local_entries(root):
        with contextlib.suppress(FileNotFoundError):
            status = entry.stat(follow_symlinks=False)
            yield StoredFile(entry.name, status.st_size, status.st_mtime)


def _from_info(fs: Any, info: dict[str, Any]) -> StoredFile:
    name = info["name"].rpartition("/")[2]
    return StoredFile(name, int(info["size"]), float(fs.modified(info["name"]).timestamp()))
