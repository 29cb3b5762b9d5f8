"""States under a short key, to be typed off a projector or read by a telephone.

What is kept is the query of a state that could be read, as this page writes it, and nothing else
of what somebody sent. Its key follows from it and the server's secret: equal states have equal
links, whichever worker is asked, and nobody can guess one. It expires as tables do.
"""

from __future__ import annotations

import re
from typing import Final

from gmm_dash.errors import LinkGoneError, StateError
from gmm_dash.files.shelf import Kind
from gmm_dash.files.store import Store
from gmm_dash.state.url import LONGEST, from_query, to_query

LETTERS: Final = 16  # 96 bits: short enough for a small picture, far too many to try
_KEY: Final = re.compile(f"[A-Za-z0-9_-]{{{LETTERS}}}")


class ShortLinks(Store):
    """Links in a folder of the store."""

    kind = Kind(".link", b"gmm-dash short link 1\0", "links", LETTERS)

    def put(self, query: object) -> str:
        """Return the key of a state's query from now on.

        Raises
        ------
        StateError
            When it is none, or not all of it can be read.
        OSError
            When it cannot be written.
        """
        if not isinstance(query, str) or not query.startswith("?") or len(query) > LONGEST:
            raise StateError("This link cannot be shortened.", hint="Use the long one.")
        state, problems = from_query(query)
        if problems:
            raise StateError("This link cannot be shortened.", hint=problems[0])
        whole = to_query(state)
        if len(whole) > LONGEST:  # it would not be read to its end
            raise StateError("This link is too long to be shortened.", hint="Use the long one.")
        return self._shelf.put(whole.encode())

    def get(self, key: str) -> str:
        """Return the query of a key, and keep it alive.

        Raises
        ------
        LinkGoneError
            When there is none, it has expired, or was damaged.
        OSError
            When the store is out of reach.
        """
        gone = LinkGoneError("This short link is gone.")
        if not _KEY.fullmatch(key):
            raise gone
        try:
            query = self._shelf.read(key).decode()
        except (FileNotFoundError, ValueError):
            raise gone from None
        self._shelf.touch(key)
        return query
