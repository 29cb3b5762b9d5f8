"""Every package is pinned, by version and by the hashes of its files, and fits what is declared."""

import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from supply.pins import FILES, ROOT
from supply.requirements import Pin, parsed, read, written

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PINS = {name: read(ROOT / name) for name in FILES}
ALL = {pin.name: pin for pins in PINS.values() for pin in pins}


@pytest.mark.parametrize("name", FILES)
def test_every_package_has_one_version_and_the_hashes_of_its_files(name):
    text = (ROOT / name).read_text()
    assert len({pin.name for pin in PINS[name]}) == len(PINS[name]) > 20
    assert [pin.name for pin in PINS[name] if not pin.hashes] == []
    assert text.endswith(written(PINS[name]))  # as `make pins` writes it
    others = [other for other in FILES if other != name]
    assert not {pin.name for pin in PINS[name]} & {p.name for o in others for p in PINS[o]}


def _declared():
    yield from PROJECT["project"]["dependencies"]
    yield from PROJECT["project"]["optional-dependencies"]["cluster"]
    yield from PROJECT["dependency-groups"]["dev"]


def test_the_pins_are_within_what_the_project_declares():
    for line in _declared():
        wanted = Requirement(line)
        pin = ALL[canonicalize_name(wanted.name)]
        assert wanted.specifier.contains(pin.version), line
        assert bool(wanted.marker) == bool(pin.marker), line


def test_what_is_no_pin_is_refused():
    digest = "0" * 64
    pins = (Pin("a", "1.0", "", (digest, "f" * 64)), Pin("b-c", "2", "os_name == 'nt'", (digest,)))
    assert parsed(f"# said\n-r other.txt\n{written(pins)}") == pins
    for line in ("a>=1", "a", "a==1 ; ", "--index-url somewhere", "a==1 --hash=md5:00"):
        with pytest.raises(ValueError, match="no pin"):
            parsed(line)
