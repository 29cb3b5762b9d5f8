"""A link as a picture that telephones read."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

import segno

from gmm_dash.errors import RoomError

LONGEST: Final = 400


def rows(link: object) -> list[str]:
    """Return the picture of a web address as rows of ``"0"`` and ``"1"``, without its margin.

    Raises
    ------
    RoomError
        When it is no address, or too long to be read from a screen.
    """
    if not isinstance(link, str) or len(link) > LONGEST or not _is_address(link):
        raise RoomError("This link cannot be made into a picture.")
    code = segno.make(link, error="m", micro=False)
    return ["".join("1" if dark else "0" for dark in row) for row in code.matrix]


def _is_address(link: str) -> bool:
    try:
        return urlsplit(link).scheme in {"http", "https"}
    except ValueError:
        return False
