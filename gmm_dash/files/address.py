"""Addresses of tables that somebody types: one form for each place, and only below the allowed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gmm_dash.config import ADDRESS
from gmm_dash.errors import ImportProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST: Final = 500  # characters
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")


def typed_address(
    text: str, below: Sequence[str], other: str = "Tables at this address are not opened here."
) -> str:
    """Return an address that somebody typed, in the one form that it has.

    Parameters
    ----------
    text : str
    below : sequence of str
        Addresses below which it may be, and which it may be itself.
    other : str
        What is said of one that is elsewhere.

    Raises
    ------
    ImportProblem
        When it is no address of a place elsewhere, or not below these.
    """
    way_out = f"Type one that begins with {_either(below)}."
    bare = text.strip()
    if not bare:
        raise ImportProblem("No address was typed.", hint=way_out)
    if len(bare) > LONGEST:
        raise ImportProblem(f"An address has at most {LONGEST} characters.", hint=way_out)
    scheme = _SCHEME.match(bare)
    if scheme is None:
        raise ImportProblem(
            "This is no address: files and folders of a machine are opened on its command line.",
            hint=way_out,
        )
    address = scheme[1].lower() + bare[scheme.end(1) :].rstrip("/")
    if not re.fullmatch(ADDRESS, address):
        raise ImportProblem(
            "This address cannot be used: it names one place elsewhere, step by step, without "
            "spaces, user names, coded or special characters.",
            hint=way_out,
        )
    if not any(is_below(address, one) for one in below):
        raise ImportProblem(other, hint=way_out)
    return address


def is_below(address: str, place: str) -> bool:
    """Return whether an address is a place, or below it: by whole steps of the path."""
    return f"{address.rstrip('/')}/".startswith(f"{place.rstrip('/')}/")


def _either(places: Sequence[str]) -> str:
    ended = [f"{one.rstrip('/')}/" for one in places]
    return " or ".join(filter(None, (", ".join(ended[:-1]), *ended[-1:])))
