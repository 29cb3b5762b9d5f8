"""Writes requirements*.txt from pyproject.toml: every package, every file's hash (make pins).

uv decides for all systems and Python versions at once; pip alone installs what is written.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from supply.requirements import parsed, read, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supply.requirements import Pin

ROOT: Final = Path(__file__).parents[1]
OLDEST: Final = "3.11"
LEFT_OUT: Final = (
    "brotlicffi",  # what Brotli is on PyPy
    "pip",  # it installs all others, and is there
)
_OF_BROTLICFFI: Final = ("cffi", "pycparser")  # the tests' S3 needs them on every Python


def _without(names: Sequence[str]) -> tuple[str, ...]:
    """Return the options that leave some packages out."""
    return tuple(word for name in names for word in ("--no-emit-package", name))


# Each file holds what it adds to the one before, which it names.
FILES: Final = {
    "requirements.txt": ("What the dashboard runs on.", _without(_OF_BROTLICFFI)),
    "requirements-cluster.txt": (
        "A Dask cluster and S3 as the table store: the 'cluster' extra of pyproject.toml.",
        ("--extra", "cluster", *_without(_OF_BROTLICFFI)),
    ),
    "requirements-dev.txt": (
        "Tests, checks and the audit: the group 'dev' of pyproject.toml.",
        ("--extra", "cluster", "--group", "dev"),
    ),
}
_HEAD: Final = """\
# {says} Every package is pinned, with
# the hash of each of its files; pip refuses any other. Made from pyproject.toml by `make pins`.
"""


def _compiled(options: Sequence[str], *, upgrade: bool) -> tuple[Pin, ...]:
    command = [
        *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal"),
        *("--python-version", OLDEST, "--generate-hashes", "--no-header", "--no-annotate"),
        *_without(LEFT_OUT),
        *options,
        "pyproject.toml",
    ]
    if not upgrade:
        command += ["--constraint", [*FILES][-1]]  # which names the others
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return parsed(done.stdout)


def made(*, upgrade: bool = False) -> dict[str, str]:
    """Return the text of every requirements file, by name.

    Parameters
    ----------
    upgrade : bool
        Whether to take the newest versions that pyproject.toml allows instead of those pinned.
    """
    texts: dict[str, str] = {}
    known: set[str] = set()
    former = ""
    for name, (says, options) in FILES.items():
        pins = tuple(pin for pin in _compiled(options, upgrade=upgrade) if pin.name not in known)
        known |= {pin.name for pin in pins}
        head = _HEAD.format(says=says) + (f"-r {former}\n" if former else "")
        texts[name], former = head + written(pins), name
    return texts


def main() -> int:
    """Write the files and tell what changed."""
    parser = argparse.ArgumentParser(prog="python -m supply.pins", description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")
    upgrade = parser.parse_args().upgrade
    for name, text in made(upgrade=upgrade).items():
        path = ROOT / name
        before = {(pin.name, pin.version) for pin in read(path)} if path.exists() else set()
        after = {(pin.name, pin.version) for pin in parsed(text)}
        path.write_text(text)
        changes = [f"-{n}=={v}" for n, v in sorted(before - after)]
        changes += [f"+{n}=={v}" for n, v in sorted(after - before)]
        print(f"{name}: {len(after)} packages", *changes)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
