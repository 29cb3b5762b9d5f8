"""Compares what is pinned and bundled with a folder of known security advisories (make audit).

For machines that cannot ask a registry: the folder holds advisories in the OSV form, as JSON or
YAML, however deep; the advisory databases of PyPA, of OSV and of GitHub are published so. What
such a folder says is as old as the folder, so its age is told first.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from supply.bundled import ROOT, inner, parts
from supply.requirements import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FILES: Final = ("requirements.txt", "requirements-cluster.txt")
FOUND: Final = 1
UNUSABLE: Final = 2
OLD_DAYS: Final = 30
_ENDINGS: Final = frozenset({".json", ".yaml", ".yml"})


@dataclass(frozen=True, slots=True)
class Hole:
    """An advisory that holds for something we have."""

    id: str
    package: str
    version: str
    says: str
    fixed: str


def advisories(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield every advisory below a folder; files that are none are passed over.

    Raises
    ------
    ValueError
        When a file with an ending of advisories cannot be read as one of its kind.
    """
    for path in sorted(folder.rglob("*")):
        if path.suffix not in _ENDINGS or not path.is_file():
            continue
        try:
            text = path.read_text()
            found = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
        except (ValueError, yaml.YAMLError) as error:
            raise ValueError(f"{path} cannot be read: {error}".splitlines()[0]) from None
        if isinstance(found, dict) and "id" in found and isinstance(found.get("affected"), list):
            yield found


def shipped() -> dict[tuple[str, str], set[str]]:
    """Return the versions of all that is shipped, by ecosystem and name."""
    found: dict[tuple[str, str], set[str]] = {}
    for file in FILES:
        for pin in read(ROOT / file):
            found.setdefault(("PyPI", canonicalize_name(pin.name)), set()).add(pin.version)
    bundled = [p for p in parts() if p.files.endswith((".js", ".br"))]
    inside = [(one.name, one.version) for one in inner()]
    for name, version in (*inside, *((part.name, part.version) for part in bundled)):
        found.setdefault(("npm", name), set()).add(version)
    return found


def holes(
    known: Iterable[Mapping[str, Any]], have: Mapping[tuple[str, str], set[str]]
) -> list[Hole]:
    """Return which advisories hold for what we have; those that were withdrawn do not."""
    found = [
        Hole(
            str(advisory["id"]),
            name,
            version,
            str(advisory.get("summary") or advisory.get("details") or "").split("\n")[0][:100],
            ", ".join(_fixes(affected)),
        )
        for advisory in known
        if not advisory.get("withdrawn")
        for affected in advisory["affected"]
        for name, versions in [_asked(affected, have)]
        for version in sorted(versions)
        if is_affected(version, affected)
    ]
    return sorted(set(found), key=lambda hole: (hole.package, hole.id))


def _asked(
    affected: Mapping[str, Any], have: Mapping[tuple[str, str], set[str]]
) -> tuple[str, set[str]]:
    """Return the name of the package an advisory is about, and the versions we have of it."""
    package = affected.get("package") or {}
    ecosystem, name = str(package.get("ecosystem")), str(package.get("name"))
    name = canonicalize_name(name) if ecosystem == "PyPI" else name
    return name, have.get((ecosystem, name), set())


def is_affected(version: str, affected: Mapping[str, Any]) -> bool:
    """Return whether a version is in the list, or in a range, of an advisory.

    Ranges of commits say nothing of versions. Where versions cannot be compared, the answer
    is yes: somebody has to look.
    """
    if version in (affected.get("versions") or ()):
        return True
    ranges = [one for one in affected.get("ranges") or () if one.get("type") != "GIT"]
    try:
        return any(_within(Version(version), one["events"]) for one in ranges)
    except InvalidVersion:
        return True


def _within(version: Version, events: Iterable[Mapping[str, str]]) -> bool:
    """Return whether the last event at or below ``version`` leaves it affected."""
    inside = False
    for kind, at in sorted((_event(one) for one in events), key=lambda event: event[1]):
        if kind == "introduced" and version >= at:
            inside = True
        elif (kind == "fixed" and version >= at) or (kind == "last_affected" and version > at):
            inside = False
    return inside


def _event(event: Mapping[str, str]) -> tuple[str, Version]:
    ((kind, at),) = event.items()
    return kind, Version("0.dev0" if str(at) == "0" else str(at))


def _fixes(affected: Mapping[str, Any]) -> list[str]:
    ranges = [one for one in affected.get("ranges") or () if one.get("type") != "GIT"]
    events = [event for one in ranges for event in one["events"]]
    return sorted({str(event["fixed"]) for event in events if "fixed" in event})


def newest(known: Iterable[Mapping[str, Any]]) -> datetime:
    """Return when the youngest of the advisories was last changed."""
    return max(_moment(one["modified"]) for one in known)


def _moment(told: object) -> datetime:
    at = told if isinstance(told, datetime) else datetime.fromisoformat(str(told))
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def report(folder: Path, now: datetime) -> tuple[int, list[str]]:
    """Return the exit code of an audit, and its lines."""
    try:
        known = list(advisories(folder))
        at = newest(known)
    except (KeyError, ValueError) as problem:
        why = "it holds no advisories in the OSV form, or none with a date"
        said = str(problem) if "cannot be read" in str(problem) else why
        return UNUSABLE, [f"Nothing can be said from {folder}: {said}."]
    have, days = shipped(), (now - at).days
    found = holes(known, have)
    lines = [f"{len(known):,} advisories, the newest of {at:%Y-%m-%d}: {days} days old."]
    if days > OLD_DAYS:
        lines.append("Holes found since then are not in it: get a newer copy.")
    lines += [
        f"{hole.package} {hole.version}: {hole.id} {hole.says}"
        f" (fixed in {hole.fixed or 'no version'})"
        for hole in found
    ]
    lines.append(f"{len(found)} of them hold for the {len(have)} parts that are shipped.")
    return (FOUND if found else 0), lines


def main() -> int:
    """Print what a folder of advisories says; exit 1 when one of them holds."""
    parser = argparse.ArgumentParser(prog="python -m supply.audit", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="advisories in the OSV form")
    code, lines = report(parser.parse_args().folder, datetime.now(UTC))
    print(*lines, sep="\n", file=sys.stderr if code == UNUSABLE else sys.stdout)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
