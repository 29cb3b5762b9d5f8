"""What a callback says of its answers where it is registered: for one person or for all.

Without a word an answer is for the one who asked for it: who forgets the word makes a page
slower, and never shows anybody what is another's. The word stands below Dash's own::

    @app.callback(Output(...), Input(...))
    @answers("shared")
    def draw(request): ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, TypeVar

Whose = Literal["private", "shared"]
F = TypeVar("F", bound=Callable[..., Any])
_WORD: Final = "answers_declared"


def answers(whose: Whose) -> Callable[[F], F]:
    """Return a decorator that declares whose the answers of a callback are.

    Shared ones depend on nothing but the request, so that they may be remembered and given to
    whoever sends the same. A stored table's content never changes under its key, so its
    pictures may be shared, too; a file made for one person may not.
    """

    def declare(function: F) -> F:
        setattr(function, _WORD, whose)
        return function

    return declare


class Declared:
    """The declarations of an app's callbacks, by what Dash calls a callback in a request.

    Parameters
    ----------
    registered : mapping
        ``Dash.callback_map``, read on every question, so that it may still grow.
    """

    def __init__(self, registered: Mapping[str, Mapping[str, Any]]) -> None:
        self._registered = registered

    def shared(self, output: str) -> bool:
        """Return whether an answer depends on nothing but its request."""
        # Dash wraps the function as functools.wraps does, so what it bears can still be seen.
        function = self._registered.get(output, {}).get("callback")
        return getattr(function, _WORD, "private") == "shared"
