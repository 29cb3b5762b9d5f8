"""The pinned requirements, as this repository writes them: exact versions with hashes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_PIN: Final = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>.+))?")
_HASH: Final = re.compile(r"\s+--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Pin:
    """One package: its only version, where it is wanted, and its files.

    Attributes
    ----------
    name, version : str
        As the registry has them; the name is normalised.
    marker : str
        The condition under which it is installed; empty for always.
    hashes : tuple of str
        SHA-256, in hex, of every file of this version that may be installed.
    """

    name: str
    version: str
    marker: str = ""
    hashes: tuple[str, ...] = ()


def parsed(text: str) -> tuple[Pin, ...]:
    """Return the pins in the text of a requirements file, in its order; ``-r`` is not followed.

    Raises
    ------
    ValueError
        When a line is neither a pin, nor a comment, nor names another file.
    """
    joined = re.sub(r" \\\n(?=\s)", "", text)
    lines = (line.rstrip() for line in joined.splitlines())
    return tuple(_pin(line) for line in lines if line and not line.startswith(("#", "-r ")))


def read(path: Path) -> tuple[Pin, ...]:
    """Return the pins in a requirements file; see :func:`parsed`."""
    return parsed(path.read_text())


def _pin(line: str) -> Pin:
    hashes = tuple(_HASH.findall(line))
    found = _PIN.fullmatch(_HASH.sub("", line))
    if not found:
        raise ValueError(f"This is no pin: {line}")
    return Pin(found["name"], found["version"], found["marker"] or "", hashes)


def written(pins: tuple[Pin, ...]) -> str:
    """Return the lines of a requirements file; :func:`parsed` reads them back."""
    return "".join(f"{_line(pin)}\n" for pin in pins)


def _line(pin: Pin) -> str:
    head = f"{pin.name}=={pin.version}" + (f" ; {pin.marker}" if pin.marker else "")
    return " \\\n".join([head, *(f"    --hash=sha256:{digest}" for digest in pin.hashes)])
