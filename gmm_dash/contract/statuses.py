"""What the statuses of HTTP mean here: to a person who opens an address, and on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Status:
    """One status in words.

    Attributes
    ----------
    alone : str
        What the server says with it, to whoever asked.
    on_page : str
        What the page says when it was the page that asked; empty where it never is told so.
    """

    alone: str
    on_page: str = ""


_NOT_OURS: Final = "This request is not one the page sends. Reload the page and try again."
STATUSES: Final = {
    400: Status(
        _NOT_OURS,
        "The server does not understand this page any more; it may have been updated. Reload the "
        "page: your settings are in its address.",
    ),
    403: Status(
        "This request comes from another site.",
        "The server takes this request for one of another site. Open the page at its own address.",
    ),
    404: Status(
        "There is nothing at this address.",
        "The dashboard is no longer at this address. Reload the page, or ask whoever runs it.",
    ),
    405: Status("This address does not answer requests of this kind."),
    413: Status(
        "This is too large to send. Choose a smaller file.",
        "This is more than the server takes in one request. Use fewer points, or a smaller file.",
    ),
    415: Status(_NOT_OURS),
    500: Status(
        "Something went wrong here; it has been noted. Try again, or change a setting.",
        "Something went wrong on the server; it has been noted in the log. Change a setting to go "
        "on, or reload the page.",
    ),
}
OTHER: Final = Status(
    "The request could not be answered.",
    "The server could not answer ({status}). Try again in a moment, or reload the page.",
)
MAY_PASS: Final = (429, 502, 503, 504)  # busy or restarting: the next attempt may succeed


def alone(status: int) -> str:
    """Return the server's sentence for a status."""
    return STATUSES.get(status, OTHER).alone


def on_page() -> dict[str, str]:
    """Return the page's sentences by status, as JSON has them."""
    return {str(status): says.on_page for status, says in STATUSES.items() if says.on_page}
